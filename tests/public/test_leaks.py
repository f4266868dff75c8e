"""Leaks: whatever readers may not see stands in no page, whatever they click or guess.

Every text, name and caption that is not public carries the mark below; the whole site is walked,
link by link and number by number, and the mark is looked for in every answer.
"""

import html
import re

import pytest
from django.test import Client

from speeches.feeds.writing import FORMS
from speeches.models import Byline, Meeting, Membership, Person, Picture, Remark, Speaker
from speeches.moderation.composing import remark_fingerprint
from speeches.moderation.editing import record_edit
from speeches.moderation.reviewing import send_back
from speeches.moderation.withdrawing import withdraw
from speeches.text.markup import paragraphs_to_body
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
    make_remark,
    make_theme,
    make_unit,
    publish,
)
from tests.public.addresses import list_addresses, machine_addresses, row_addresses

pytestmark = pytest.mark.django_db

MARK = "机密"
# What readers had before the present wording.
CORRECTED = "改正以前"
# Far more than the walk finds; reached only when links multiply without end.
MOST_PAGES = 3000
LINK = re.compile(r'href="(/[^"#]*|\?[^"]*)')


def secret(what: str) -> str:
    return f"{MARK}{what}"


def all_secret(**links: object) -> dict[str, object]:
    """A remark of which nothing may be seen, its unit and its speaker included."""
    return {
        "heading": secret("标题"),
        "paragraphs": [secret("正文")],
        "unit": secret("单位"),
        "post": secret("职务"),
        "unit_link": make_unit(secret(f"单位{Person.objects.count()}")),
        "speakers": [Person.objects.create(name=secret("姓名"), note=secret("说明"))],
        **links,
    }


def change_without_review(meeting: Meeting) -> None:
    """Change every text of a public meeting and of its first remark."""
    remark = meeting.remarks.in_order()[0]
    remark.heading = secret("改题")
    remark.unit_as_printed = secret("改单位")
    remark.post_as_printed = secret("改职务")
    remark.body = paragraphs_to_body([secret("改正文")])
    remark.save()
    Speaker.objects.create(
        remark=remark,
        position=9,
        name_as_printed=secret("添名"),
        person=Person.objects.create(name=secret("添人")),
    )
    record_edit(remark, by=None, at=NOON, changed=["heading"])
    for name in ("kicker", "title", "subtitle", "name", "held_on_text", "place", "newspaper"):
        setattr(meeting, name, secret("会议"))
    meeting.introduction = [secret("导语")]
    meeting.page_number = MARK
    meeting.save()
    Byline.objects.create(meeting=meeting, position=9, name=secret("署名"))
    Picture.objects.create(meeting=meeting, position=9, caption=secret("图注"))
    record_edit(meeting, by=None, at=NOON, changed=["title"])


@pytest.fixture
def public_remark() -> Remark:
    """One public remark among everything that is not public; returns the public one."""
    moderator = make_moderator()
    district, theme = make_district(), make_theme()
    unit = make_unit("阿城区政协", district)
    unit.parent = make_unit(secret("上级"))
    unit.save()
    person = Person.objects.create(name="王一", note=secret("说明"))
    Membership.objects.create(person=person, unit=make_unit(secret("任职单位")), post=MARK)
    links = {"district": district, "themes": [theme]}
    shown = {"unit_link": unit, "speakers": [person], **links}

    # Withdrawn, then public in other words: no correction tells the first ones.
    meeting = publish(make_meeting(remarks=[{"heading": secret("旧题"), **shown}]))
    remark = meeting.remarks.get()
    withdraw(remark, by=moderator, at=NOON, reason=secret("理由"))
    for heading in (CORRECTED, "可见标题"):
        # The first of these is superseded: a correction tells it, and nothing else does.
        remark.refresh_from_db()
        remark.heading = heading
        remark.save()
        record_edit(remark, by=None, at=NOON, changed=["heading"])
        publish(meeting)

    # Withdrawn, returned and draft remarks of the same, public meeting.
    make_remark(meeting, **all_secret(**links))  # type: ignore[arg-type]
    publish(meeting)
    withdraw(meeting.remarks.in_order()[1], by=moderator, at=NOON, reason=secret("理由"))
    returned = make_remark(meeting, **all_secret(**links))  # type: ignore[arg-type]
    seen = remark_fingerprint(returned)
    send_back(returned, by=moderator, at=NOON, seen=seen, opinion=secret("意见"))
    make_remark(meeting, **all_secret(**links))  # type: ignore[arg-type]

    change_without_review(meeting)

    # A draft meeting and a withdrawn one.
    host = make_unit(secret("主办"))
    make_meeting(title=secret("草稿会议"), host=host, remarks=[all_secret(**links)])
    gone = publish(make_meeting(title=secret("撤稿会议"), host=host, remarks=[all_secret(**links)]))
    withdraw(gone, by=moderator, at=NOON, reason=secret("理由"))
    return remark


def links_of(text: str, address: str) -> set[str]:
    """Return the addresses of this site that a page leads to."""
    path = address.split("?")[0]
    found = {html.unescape(link) for link in LINK.findall(text)}
    return {path + link if link.startswith("?") else link for link in found} - {""}


def walk(client: Client, starts: list[str]) -> dict[str, tuple[int, str]]:
    """Return status and text of every page that can be reached from `starts`."""
    answers: dict[str, tuple[int, str]] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in answers or address.startswith("/static/"):
            continue
        page = client.get(address)
        text = page.content.decode()
        answers[address] = (page.status_code, text)
        assert len(answers) < MOST_PAGES
        waiting += links_of(text, address)
    return answers


def test_nothing_but_current_editions_is_ever_shown(client: Client, public_remark: Remark) -> None:
    guesses = [
        f"/remarks/?{facet}={number}"
        for facet in ("unit", "person", "meeting")
        for number in range(1, 20)
    ]
    pictures = [f"/meetings/{n}/pictures/{k}/" for n in range(1, 5) for k in range(1, 3)]

    feeds = [guess.replace("/remarks/", f"/feeds/remarks.{f}") for guess in guesses for f in FORMS]
    starts = [*list_addresses(), *row_addresses(), *machine_addresses()]

    answers = walk(client, [*starts, *guesses, *feeds, *pictures])

    leaks = {address for address, (_status, text) in answers.items() if MARK in text}
    assert leaks == set()
    assert {status for status, _text in answers.values()} == {200, 404, 410}
    # Feeds carry a text with its notes.
    pages = {address: text for address, (_s, text) in answers.items() if "/feeds/" not in address}
    telling = {address for address, text in pages.items() if CORRECTED in text}
    meeting = f"/meetings/{public_remark.meeting_id}/"
    assert telling == {meeting, f"{meeting}?view=full", f"/remarks/{public_remark.pk}/"}
    assert "可见标题" in answers["/remarks/"][1]
    assert "可见标题" in answers["/feeds/remarks.atom"][1]
    assert "可见标题" in answers[f"/remarks/{public_remark.pk}/"][1]


def test_a_walk_from_the_front_page_meets_no_dead_end(
    client: Client, public_remark: Remark
) -> None:
    answers = walk(client, ["/"])

    assert {address for address, (status, _text) in answers.items() if status != 200} == set()
    assert f"/remarks/{public_remark.pk}/" in answers


def test_counts_leave_out_what_is_not_public(client: Client, public_remark: Remark) -> None:
    assert "共 1 场会议、1 篇发言" in client.get("/").content.decode()
    assert "共 1 个单位" in client.get("/units/").content.decode()
    assert "共 1 人" in client.get("/people/").content.decode()
    assert "全部发言，共 1 篇" in client.get("/remarks/").content.decode()

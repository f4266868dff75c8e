"""Hostile text in every field that readers see: no page, feed or preview lets it be HTML."""

import datetime as dt
import html
import re

import pytest
from django.test import Client

from speeches.models import Meeting, Person
from speeches.moderation.reviewing import approve
from tests.admin.desk import MODERATOR, address, signed_in
from tests.factories import (
    make_district,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)
from tests.moderation.desk import LATER, retitle, reword, seen
from tests.public.addresses import list_addresses, machine_addresses, row_addresses

pytestmark = pytest.mark.django_db

# Ends an attribute of either kind and begins an element; a template's own marks besides.
HOSTILE = "甲<hostile a=\"b\" c='d'>{{ x }}{% y %}%(n)s&amp;"
# The mark as an element of a page, or as an attribute that another one was left for.
ALIVE = re.compile(r'<hostile|<[a-z][^<>]*\sa="b"', re.IGNORECASE)
QUESTIONS = ("district", "theme", "unit", "year", "q", "sort", "page")


def hostile_meeting() -> Meeting:
    district = make_district("230112", f"区{HOSTILE}"[:40])
    unit = make_unit(f"单位{HOSTILE}", district)
    theme = make_theme("organisation", f"主题{HOSTILE}"[:40])
    person = Person.objects.create(name=f"人{HOSTILE}"[:40])
    fields = {"heading": HOSTILE, "paragraphs": [HOSTILE], "unit": HOSTILE, "post": HOSTILE}
    links = {"unit_link": unit, "district": district, "themes": [theme], "speakers": [person]}
    meeting = make_meeting(
        title=HOSTILE,
        subtitle=HOSTILE,
        kicker=HOSTILE,
        name=HOSTILE,
        place=HOSTILE,
        newspaper=HOSTILE,
        introduction=[HOSTILE],
        held_from=None,
        held_on_text=HOSTILE,
        host=unit,
        remarks=[{**fields, **links}, {**fields, "heading": ""}],
    )
    return publish(meeting)


def test_no_page_or_feed_makes_html_of_a_text(client: Client) -> None:
    meeting = hostile_meeting()
    remark = meeting.remarks.first()
    assert remark is not None
    reword(remark, f"改{HOSTILE}")
    approve(remark, by=make_moderator(), at=LATER, seen=seen(remark))
    retitle(meeting, f"改{HOSTILE}")
    approve(meeting, by=make_moderator(), at=LATER + dt.timedelta(1), seen=seen(meeting))
    shown = 0

    for path in [*list_addresses(), *machine_addresses(), *row_addresses()]:
        for one in (path, f"{path}?view=full") if path.startswith("/meetings/") else (path,):
            text = client.get(one).content.decode()
            assert not ALIVE.search(text), one
            shown += "甲<hostile" in html.unescape(html.unescape(text))

    assert shown > 10


@pytest.mark.parametrize("path", ["/remarks/", "/meetings/", "/units/", "/matrix/", "/compare/"])
def test_no_page_makes_html_of_what_was_asked(client: Client, path: str) -> None:
    publish(make_meeting())

    for name in QUESTIONS:
        text = client.get(path, {name: HOSTILE}).content.decode()
        assert not ALIVE.search(text), name


def test_no_preview_makes_html_of_a_draft() -> None:
    meeting = hostile_meeting()
    remark = meeting.remarks.first()
    assert remark is not None
    desk = signed_in(MODERATOR)

    for path in (address("meeting_preview", meeting.pk), address("remark_preview", remark.pk)):
        page = desk.get(path)
        assert page.status_code == 200
        assert "预览" in page.content.decode()
        assert not ALIVE.search(page.content.decode()), path

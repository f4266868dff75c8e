"""Correcting a remark: what is cleaned, what counts as an edit, what readers see meanwhile."""

from typing import Any

import pytest
from django.test import Client

from speeches.models import (
    Act,
    Doubt,
    JournalEntry,
    Person,
    Remark,
    RemarkEdition,
    TextState,
)
from speeches.moderation.commenting import comment
from speeches.moderation.composing import remark_fingerprint
from speeches.moderation.refusals import Refused
from tests.admin.desk import EDITOR, MODERATOR, account, address, filled_in, save, signed_in
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)

pytestmark = pytest.mark.django_db


def fresh(remark: Remark) -> Remark:
    return Remark.objects.get(pk=remark.pk)


def public_remark(**fields: Any) -> Remark:
    return publish(make_meeting(remarks=[fields])).remarks.get()


def page_of(client: Client, remark: Remark) -> str:
    return client.get(f"/remarks/{remark.pk}/").content.decode()


HOSTILE = {
    "<p>好<script>alert(1)</script></p>": ["<p>好</p>"],
    '<p onclick="x()" style="color:red" class="a">好</p>': ["<p>好</p>"],
    '<p>好<img src=x onerror="alert(1)"></p>': ["<p>好</p>"],
    '<p><a href="javascript:alert(1)">好</a></p>': ['<p><a rel="noopener noreferrer">好</a></p>'],
    '<p><a href="//evil.example/x">好</a></p>': ['<p><a rel="noopener noreferrer">好</a></p>'],
    '<iframe src="https://evil.example"></iframe><p>好</p>': ["<p>好</p>"],
    "<style>p{display:none}</style><p>好</p>": ["<p>好</p>"],
}


@pytest.mark.parametrize("sent", HOSTILE)
def test_whatever_html_arrives_is_cleaned(sent: str) -> None:
    remark = make_meeting().remarks.get()

    answer = save(signed_in(EDITOR), "remark", remark.pk, body=sent)

    assert answer.status_code == 302
    assert fresh(remark).body == HOSTILE[sent]


def test_a_body_of_nothing_but_dirt_is_refused_and_the_form_comes_back_as_typed() -> None:
    remark = make_meeting().remarks.get()
    before = fresh(remark)

    answer = save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        heading="新标题",
        body="<script>alert(1)</script>",
    )

    assert answer.status_code == 200
    assert 'value="新标题"' in answer.content.decode()
    assert "<script>alert(1)" not in answer.content.decode()
    assert fresh(remark).heading == before.heading


def test_saving_without_a_change_changes_nothing() -> None:
    remark = public_remark(speakers=["王某"])
    before = Remark.objects.values().get(pk=remark.pk)
    entries = JournalEntry.objects.count()

    answer = save(signed_in(EDITOR), "remark", remark.pk)

    assert answer.status_code == 302
    assert Remark.objects.values().get(pk=remark.pk) == before
    assert JournalEntry.objects.count() == entries


def test_links_and_themes_are_no_edit_of_the_text_and_the_public_page_follows() -> None:
    remark = public_remark(speakers=["王某"])
    theme, unit, district = make_theme(), make_unit(), make_district()
    person = Person.objects.create(name="王某")

    save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        **{
            "themes": [theme.pk],
            "unit": unit.pk,
            "district": district.pk,
            "speakers-0-person": person.pk,
        },
    )

    after = fresh(remark)
    assert (after.state, after.edited_by) == (TextState.PUBLISHED, None)
    edition = RemarkEdition.objects.current().get(remark=remark)
    assert (edition.number, edition.unit, edition.district) == (1, unit, district)
    assert [link.theme for link in edition.theme_links.all()] == [theme]
    assert edition.speakers.get().person == person
    assert theme.name in page_of(Client(), remark)
    entry = JournalEntry.objects.about(remark)[0]
    assert (entry.act, entry.actor) == (Act.EDIT, account(EDITOR))
    assert set(entry.detail["changed"]) == {"themes", "unit", "district", "speaker"}


def test_an_edit_of_public_text_waits_for_review_and_the_public_page_stays() -> None:
    remark = public_remark(paragraphs=["旧的一句。"])

    save(signed_in(EDITOR), "remark", remark.pk, body="<p>新的一句。</p>")

    after = fresh(remark)
    assert (after.state, after.edited_by) == (TextState.CHANGED, account(EDITOR))
    assert after.get_state_display() == "已修改待审"
    page = page_of(Client(), remark)
    assert "旧的一句。" in page
    assert "新的一句。" not in page


def test_an_edit_taken_back_stands_as_published_again() -> None:
    remark = public_remark(paragraphs=["旧的一句。"])
    client = signed_in(EDITOR)

    save(client, "remark", remark.pk, body="<p>新的一句。</p>")
    save(client, "remark", remark.pk, body="<p>旧的一句。</p>")

    assert fresh(remark).state == TextState.PUBLISHED


def test_a_ticked_doubt_is_settled_with_who_and_when() -> None:
    remark = make_meeting().remarks.get()
    first = Doubt.objects.create(remark=remark, code="unknown-unit", message="单位不在名录中。")
    second = Doubt.objects.create(remark=remark, code="no-heading", message="缺标题。")

    save(signed_in(EDITOR), "remark", remark.pk, **{"doubts-0-settled": "on"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.settled_by == account(EDITOR)
    assert first.settled_at is not None
    assert (second.settled_by, second.settled_at) == (None, None)
    assert JournalEntry.objects.about(remark).filter(act=Act.SETTLE_DOUBT).count() == 1
    assert fresh(remark).edited_by is None


def test_a_settled_doubt_stays_settled_whatever_is_sent() -> None:
    remark = make_meeting().remarks.get()
    doubt = Doubt.objects.create(remark=remark, code="no-heading", message="缺标题。")
    client = signed_in(EDITOR)
    save(client, "remark", remark.pk, **{"doubts-0-settled": "on"})
    doubt.refresh_from_db()
    settled_at = doubt.settled_at

    save(client, "remark", remark.pk, **{"doubts-0-settled": None})

    doubt.refresh_from_db()
    assert doubt.settled_at == settled_at


def test_open_doubts_and_reasons_of_a_return_stand_above_the_form() -> None:
    remark = make_meeting().remarks.get()
    Doubt.objects.create(remark=remark, code="no-heading", message="缺标题。")
    signed_in(MODERATOR).post(
        address("meeting_review", remark.meeting_id),
        {
            "decision": f"return:remark-{remark.pk}",
            f"seen-remark-{remark.pk}": remark_fingerprint(remark),
            f"opinion-remark-{remark.pk}": "数字请核实。",
        },
    )

    page = signed_in(EDITOR).get(address("remark_change", remark.pk)).content.decode()

    above = page[: page.index('name="heading"')]
    assert "未核对的疑点：缺标题。" in above
    assert "已退回，理由：数字请核实。" in above


def test_reviewers_comments_stand_above_the_form_and_are_settled_with_a_save() -> None:
    remark = make_meeting().remarks.get()
    made = comment(
        remark,
        by=make_moderator(),
        at=NOON,
        seen=remark_fingerprint(remark),
        part="body",
        place=1,
        words="建议写明由谁牵头。",
    )
    client = signed_in(EDITOR)
    page = client.get(address("remark_change", remark.pk)).content.decode()

    save(client, "remark", remark.pk, **{"settled-comment": made.pk})

    assert "建议写明由谁牵头。" in page[: page.index('name="heading"')]
    made.refresh_from_db()
    assert made.settled_by == account(EDITOR)


def test_a_refused_save_writes_nothing_and_keeps_what_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲"]}]).remarks.get()
    theme = make_theme()
    entries = JournalEntry.objects.count()

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise Refused("现在不行。")

    monkeypatch.setattr("speeches.admin.texts.record_edit", refuse)
    answer = save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        **{
            "heading": "新标题",
            "body": "<p>新的正文。</p>",
            "themes": [theme.pk],
            "speakers-0-name_as_printed": "乙",
        },
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "现在不行。" in page
    typed = filled_in(answer)
    assert (typed["heading"], typed["body"]) == ("新标题", "<p>新的正文。</p>")
    assert (typed["themes"], typed["speakers-0-name_as_printed"]) == ([str(theme.pk)], "乙")
    after = fresh(remark)
    assert after.heading != "新标题"
    assert not after.themes.exists()
    assert after.speakers.get().name_as_printed == "甲"
    (refused,) = JournalEntry.objects.about(remark)[: JournalEntry.objects.count() - entries]
    assert (refused.act, refused.result) == (Act.ATTEMPT, "refused")
    assert refused.detail == {"asked": "save", "reason": "现在不行。"}


def test_a_decision_taken_while_the_form_was_open_is_not_undone() -> None:
    remark = make_meeting().remarks.get()
    theme = make_theme()
    client = signed_in(EDITOR)
    form = filled_in(client.get(address("remark_change", remark.pk)))
    publish(remark.meeting)

    client.post(address("remark_change", remark.pk), {**form, "themes": [theme.pk]})

    after = fresh(remark)
    assert after.state == TextState.PUBLISHED
    assert after.fingerprint == remark_fingerprint(after)
    assert [link.theme for link in remark.editions.get().theme_links.all()] == [theme]


def test_a_remark_added_by_hand_waits_for_review_behind_the_others() -> None:
    meeting = make_meeting(remarks=[{"position": 1}, {"position": 4}])
    client = signed_in(EDITOR)
    page = client.get(address("remark_add"), {"meeting": meeting.pk})
    form = {**filled_in(page), "heading": "补录", "body": "<p>一句。</p>"}

    answer = client.post(address("remark_add"), {**form, "_save": "1"})

    assert answer.status_code == 302
    remark = Remark.objects.get(heading="补录")
    assert (remark.meeting, remark.position, remark.state) == (meeting, 5, TextState.DRAFT)
    assert remark.fingerprint == remark_fingerprint(remark)
    assert remark.edited_by == account(EDITOR)
    assert [entry.act for entry in JournalEntry.objects.about(remark)] == [Act.CREATE]


def test_a_remark_stays_with_its_meeting() -> None:
    remark = make_meeting().remarks.get()
    other = make_meeting(title="另一个会议", remarks=[])

    save(signed_in(EDITOR), "remark", remark.pk, meeting=other.pk)

    assert fresh(remark).meeting == remark.meeting


def test_a_moderator_reads_the_text_and_not_its_html() -> None:
    remark = make_meeting(remarks=[{"paragraphs": ["第一段。", "第二段。"]}]).remarks.get()
    Doubt.objects.create(remark=remark, code="no-heading", message="缺标题。")

    page = signed_in(MODERATOR).get(address("remark_change", remark.pk)).content.decode()

    assert "<p>第一段。</p>\n<p>第二段。</p>" in page
    assert "&lt;p&gt;" not in page
    assert "settled" not in page.lower().replace("doubts-", "")
    assert "None" not in page
    assert 'name="heading"' not in page

"""An edition as plain data: names as printed, links beside them, few queries."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from speeches.models import MeetingEdition, Person, RemarkEdition
from speeches.moderation.composing import compose_meeting, compose_remark
from speeches.records import (
    Link,
    meeting_page,
    meeting_row,
    remark_page,
    remark_pages,
    remark_rows,
)
from speeches.records.links import link_to
from tests.factories import NOON, make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def full_remark() -> dict[str, Any]:
    """Return a remark with everything a remark can have."""
    district = make_district()
    top = make_theme("party", "党的建设", position=1)
    return {
        **{"heading": "标题", "unit": "阿城区政协", "post": "主席", "district": district},
        **{"unit_link": make_unit("阿城区政协(今名)", district)},
        **{"speakers": [Person.objects.create(name="李禾川", note="只在后台"), "王明"]},
        **{"themes": [make_theme("organisation", "组织建设", parent=top, position=2)]},
    }


def test_a_row_shows_names_as_printed_and_links_beside_them() -> None:
    meeting = publish(make_meeting(remarks=[full_remark()]))
    remark = meeting.remarks.get()

    (row,) = remark_rows(RemarkEdition.objects.current())

    assert (row["id"], row["url"], row["label"]) == (remark.pk, f"/remarks/{remark.pk}/", "标题")
    assert (row["unit"], row["post"], row["speakers"]) == ("阿城区政协", "主席", "李禾川、王明")
    assert row["unit_link"] == Link("阿城区政协(今名)", f"/units/{remark.unit_id}/")
    assert row["district"] == Link("阿城区", "/districts/230112/")
    assert row["themes"] == [Link("组织建设", "/themes/organisation/")]
    assert row["meeting"]["title"] == meeting.title
    assert row["excerpt"] == "第一段说明情况。第二段提出建议。"


def test_a_page_adds_the_text_the_speakers_and_where_it_was_printed() -> None:
    publish(make_meeting(remarks=[full_remark()]))
    person = Person.objects.get()

    (page,) = remark_pages(RemarkEdition.objects.current().values_list("pk", flat=True))

    assert page["paragraphs"] == ["<p>第一段说明情况。</p>", "<p>第二段提出建议。</p>"]
    assert page["speaker_links"] == [Link("李禾川", f"/people/{person.pk}/"), Link("王明", "")]
    assert page["source"] == {
        **{"newspaper": "示例日报", "issue_date": dt.date(2024, 5, 24), "page_number": "3"},
    }
    assert (page["number"], page["published_at"]) == (1, NOON)


def test_what_sets_namesakes_apart_stays_in_the_newsroom() -> None:
    publish(make_meeting(remarks=[full_remark()]))

    public = json.dumps(
        [
            remark_rows(RemarkEdition.objects.all()),
            remark_pages(RemarkEdition.objects.all().values_list("pk", flat=True)),
        ],
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
    )

    assert "李禾川" in public
    assert "只在后台" not in public


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ({"heading": "标题"}, "标题"),
        ({"heading": "", "unit": "市政协", "speakers": ["李明"]}, "市政协 李明"),
        ({"heading": "", "unit": "", "speakers": ["李明"]}, "李明"),
        ({"heading": "", "unit": ""}, "无标题"),
    ],
)
def test_every_remark_has_a_label(printed: dict[str, Any], label: str) -> None:
    publish(make_meeting(remarks=[printed]))

    (row,) = remark_rows(RemarkEdition.objects.current())

    assert row["label"] == label


def test_a_remark_without_links_has_none() -> None:
    publish(make_meeting(remarks=[{"speakers": []}]))

    (page,) = remark_pages(RemarkEdition.objects.current().values_list("pk", flat=True))

    assert (page["unit_link"], page["district"]) == (None, None)
    assert (page["themes"], page["speaker_links"]) == ([], [])
    assert link_to(None) is None


def test_lists_and_pages_cost_the_same_however_long_they_are(
    django_assert_num_queries: Any,
) -> None:
    publish(make_meeting(remarks=[full_remark() for _number in range(3)]))

    with django_assert_num_queries(3):
        assert len(remark_rows(RemarkEdition.objects.current())) == 3
    with django_assert_num_queries(4):
        assert len(remark_pages(RemarkEdition.objects.current().values_list("pk", flat=True))) == 3


def test_a_meeting_page_shows_the_approved_head() -> None:
    host = make_unit("市政协")
    meeting = make_meeting(host=host, place="会议中心", remarks=[])
    meeting.bylines.create(position=1, name="王越", role="文")
    meeting.pictures.create(position=1, caption="会场", credit="刘达齐")
    meeting.pictures.create(position=2, image="pictures/a.jpg")
    publish(meeting)

    page = meeting_page(MeetingEdition.objects.get())

    assert page["host"] == Link("市政协", f"/units/{host.pk}/")
    assert (page["place"], page["introduction"]) == ("会议中心", ["座谈会在市政协召开。"])
    assert page["bylines"] == [{"name": "王越", "role": "文"}]
    assert page["pictures"] == [
        {"url": "", "caption": "会场", "credit": "刘达齐"},
        {"url": f"/meetings/{meeting.pk}/pictures/2/", "caption": "", "credit": ""},
    ]
    assert page["label"] == meeting_row(MeetingEdition.objects.get())["label"] == meeting.title


def test_a_preview_gives_the_same_record_as_the_publication() -> None:
    meeting = make_meeting(remarks=[full_remark()])
    remark = meeting.remarks.get()
    edition = compose_meeting(meeting, at=NOON)
    composed = compose_remark(remark, at=NOON, meeting_edition=edition)
    preview = remark_page(composed.edition, speakers=composed.speakers, themes=composed.themes)
    preview_of_meeting = meeting_page(edition)

    publish(meeting)

    (page,) = remark_pages(RemarkEdition.objects.current().values_list("pk", flat=True))
    # Who has passed it is known once they have.
    responsible = {"responsibility": [{"role": "终审", "names": ["moderator某"]}]}
    assert preview["responsibility"] == []
    assert {**preview, "number": 1, **responsible} == page
    of_meeting = meeting_page(MeetingEdition.objects.get())
    assert {**preview_of_meeting, "number": 1, **responsible} == of_meeting

"""What the public querysets keep, in newsroom words."""

import datetime as dt
from typing import Any

import pytest

from speeches.models import District, MeetingEdition, Person, RemarkEdition, Theme, Unit
from speeches.models.editions import RemarkEditionQuerySet
from speeches.moderation.withdrawing import withdraw
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


def headings(editions: RemarkEditionQuerySet) -> list[str]:
    return [edition.heading for edition in editions]


def published(*remarks: dict[str, Any], **fields: Any) -> RemarkEditionQuerySet:
    publish(make_meeting(remarks=remarks, **fields))
    return RemarkEdition.objects.current()


def test_a_draft_has_no_edition(db: None) -> None:
    make_meeting()

    assert not MeetingEdition.objects.exists()
    assert not RemarkEdition.objects.exists()


def test_current_keeps_neither_superseded_nor_withdrawn_texts(db: None) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "留"}, {"heading": "撤"}]))
    withdraw(meeting.remarks.get(heading="撤"), by=make_moderator(), at=NOON, reason="单位来函要求")

    assert headings(RemarkEdition.objects.current()) == ["留"]
    assert headings(RemarkEdition.objects.withdrawn()) == ["撤"]


def test_newest_first_goes_by_day_and_within_a_meeting_by_position(db: None) -> None:
    published({"heading": "旧"}, held_from=dt.date(2023, 5, 1))
    published({"heading": "一"}, {"heading": "二"}, held_from=dt.date(2024, 5, 1))

    assert headings(RemarkEdition.objects.newest_first()) == ["一", "二", "旧"]
    assert headings(RemarkEdition.objects.in_order()) == ["旧", "一", "二"]
    years = [edition.year for edition in MeetingEdition.objects.newest_first()]
    assert years == [2024, 2023]


@pytest.mark.parametrize(
    ("held_from", "issue_date", "day"),
    [
        (dt.date(2024, 5, 23), dt.date(2024, 5, 24), dt.date(2024, 5, 23)),
        (None, dt.date(2024, 5, 24), dt.date(2024, 5, 24)),
        (None, None, dt.date(2024, 6, 1)),
    ],
)
def test_an_edition_always_has_a_day(
    db: None, held_from: dt.date | None, issue_date: dt.date | None, day: dt.date
) -> None:
    editions = published({}, held_from=held_from, issue_date=issue_date)

    assert editions.get().date == MeetingEdition.objects.get().date == day
    assert list(editions.of_years([day.year])) == [editions.get()]
    assert list(editions.of_years([day.year + 1])) == []


def test_a_publication_day_is_that_of_the_newsroom_not_of_greenwich(db: None) -> None:
    late_in_harbin = dt.datetime(2024, 12, 31, 17, 0, tzinfo=dt.UTC)
    meeting = make_meeting(held_from=None, issue_date=None, remarks=[])

    publish(meeting, at=late_in_harbin)

    assert MeetingEdition.objects.get().date == dt.date(2025, 1, 1)
    assert MeetingEdition.objects.get().year == 2025


def test_a_district_includes_what_was_merged_into_it(db: None) -> None:
    new = make_district("230110", "香坊区")
    old = make_district("230105", "太平区", successor=new)
    older = make_district("230107", "动力区", successor=old)
    editions = published(
        {"heading": "新", "district": new},
        {"heading": "旧", "district": old},
        {"heading": "更旧", "district": older},
        {"heading": "无"},
    )

    assert set(headings(editions.in_district("230110"))) == {"新", "旧", "更旧"}
    assert set(headings(editions.in_district("230105"))) == {"旧", "更旧"}
    assert headings(editions.in_district("230107")) == ["更旧"]
    assert headings(editions.in_district()) == []


def test_a_theme_includes_its_children_and_gives_each_remark_once(db: None) -> None:
    top = make_theme("party", "党的建设")
    child = make_theme("organisation", "组织建设", parent=top)
    editions = published(
        {"heading": "两者", "themes": [top, child]},
        {"heading": "下级", "themes": [child]},
        {"heading": "无"},
    )

    assert sorted(headings(editions.about("party"))) == ["下级", "两者"]
    assert sorted(headings(editions.about("party", "organisation"))) == ["下级", "两者"]
    assert headings(editions.about()) == []


def test_a_person_a_unit_and_a_meeting_keep_their_own_remarks(db: None) -> None:
    person, unit = Person.objects.create(name="李禾川"), make_unit()
    editions = published(
        {"heading": "甲", "speakers": [person, "王明"], "unit_link": unit},
        {"heading": "乙", "speakers": ["李禾川"]},
    )
    elsewhere = publish(make_meeting(remarks=[{"heading": "丙"}]))

    assert headings(editions.by(person)) == headings(editions.by(person.pk)) == ["甲"]
    assert headings(editions.of_unit(unit)) == headings(editions.of_unit(unit.pk)) == ["甲"]
    assert headings(editions.in_meeting(elsewhere)) == ["丙"]


def test_a_list_takes_one_query_and_leaves_the_body_behind(
    db: None, django_assert_num_queries: Any
) -> None:
    theme, district, unit = make_theme(), make_district(), make_unit()
    linked = {"themes": [theme], "district": district, "unit_link": unit}
    published(*[linked] * 4)

    with django_assert_num_queries(1):
        rows = list(RemarkEdition.objects.current().newest_first().for_lists())
        for row in rows:
            assert row.district == district
            assert row.unit == unit
            assert str(row.meeting_edition)

    assert len(rows) == 4
    assert {"paragraphs", "text", "html"} <= rows[0].get_deferred_fields()


def test_an_edition_keeps_its_names_when_records_are_renamed(db: None) -> None:
    district, unit = make_district(), make_unit("阿城区政协")
    person = Person.objects.create(name="李禾川")
    editions = published(
        {"unit": "阿城区政协", "unit_link": unit, "district": district, "speakers": [person]}
    )
    Unit.objects.update(name="新名称")
    Person.objects.update(name="另一人")
    District.objects.update(name="新区")

    edition = editions.get()

    assert edition.unit_as_printed == "阿城区政协"
    assert edition.speakers_as_printed == "李禾川"
    assert [speaker.name_as_printed for speaker in edition.speakers.all()] == ["李禾川"]
    assert str(edition.unit) == "新名称"


def test_addresses_stay_the_same_from_edition_to_edition(db: None) -> None:
    meeting = publish(make_meeting(remarks=[{}]))
    remark = meeting.remarks.get()

    assert MeetingEdition.objects.get().get_absolute_url() == f"/meetings/{meeting.pk}/"
    assert RemarkEdition.objects.get().get_absolute_url() == f"/remarks/{remark.pk}/"


def test_texts_without_a_heading_still_have_a_name(db: None) -> None:
    meeting = make_meeting(title="", name="", remarks=[])
    unsigned = make_remark(meeting, heading="", unit="")
    signed = make_remark(meeting, heading="", unit="阿城区政协", post="主席")

    assert str(meeting) == "未命名会议"
    assert str(unsigned) == "无标题"
    assert str(signed) == "阿城区政协主席"


def test_a_theme_carries_its_ancestors(db: None) -> None:
    top = make_theme("a", "甲")
    middle = make_theme("b", "乙", parent=top)
    leaf = make_theme("c", "丙", parent=middle)
    make_theme("d", "丁")

    assert Theme.objects.with_ancestors([leaf.pk]) == {top.pk, middle.pk, leaf.pk}
    assert Theme.objects.with_ancestors([top.pk]) == {top.pk}
    assert Theme.objects.with_ancestors([]) == set()

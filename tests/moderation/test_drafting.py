"""What a confirmed report becomes on the desk: rows, links where they are sure, doubts else."""

import datetime as dt
from typing import Any

import pytest

from speeches.models import (
    CuePhrase,
    District,
    Doubt,
    ImportRun,
    Meeting,
    Membership,
    Person,
    Remark,
    UnitAlias,
)
from speeches.moderation.composing import meeting_fingerprint, remark_fingerprint
from speeches.moderation.drafting import district_of
from speeches.moderation.intake import confirm, import_file
from tests.factories import NOON, make_district, make_theme, make_unit
from tests.models.rows import make_run, make_source
from tests.moderation.pages import BYTES, ISSUE

pytestmark = pytest.mark.django_db

HEAD: dict[str, Any] = {
    **dict.fromkeys(("kicker", "title", "subtitle", "name", "held_on_text"), ""),
    **{"held_on": None, "bylines": [], "introduction": [], "captions": []},
}
REMARK: dict[str, Any] = {
    **{"position": 1, "heading": "标题", "unit": "", "post": "", "speaker": "", "district": ""},
    **{"paragraphs": ["正文。"], "warnings": []},
}


def drafted() -> Meeting:
    """Import the small page and return its meeting."""
    run, _new = import_file(BYTES, name="page.txt", issue=ISSUE, by=None, at=NOON, hold=False)
    return run.meeting


def from_report(
    *, head: dict[str, Any] | None = None, published: dt.date | None = None, **remark: Any
) -> Meeting:
    """Confirm a run with this report."""
    run: ImportRun = make_run(make_source(), issue_date=published)
    run.report = {"meeting": HEAD | (head or {}), "remarks": [REMARK | remark]}
    run.save()
    return confirm(run, by=None, at=NOON)


def doubts_of(remark: Remark) -> list[str]:
    return list(Doubt.objects.filter(remark=remark).order_by("id").values_list("code", flat=True))


def test_the_page_becomes_a_meeting_with_its_remarks_in_order() -> None:
    meeting = drafted()

    assert (meeting.title, meeting.name) == ("深化协商议事 服务百姓民生", "市政协基层协商座谈会")
    assert (meeting.held_from, meeting.held_to) == (dt.date(2024, 8, 13), dt.date(2024, 8, 14))
    assert meeting.held_on_text == "8月13日至14日"
    assert (meeting.newspaper, meeting.page_number) == ("示例日报", "3")
    assert [str(byline) for byline in meeting.bylines.order_by("position")] == [
        "王越/文",
        "刘达齐/摄",
    ]
    first, second = meeting.remarks.in_order()
    assert (first.unit_as_printed, second.unit_as_printed) == ("阿城区政协党组", "市工商联")
    assert second.post_as_printed == "副主席"
    assert [speaker.name_as_printed for speaker in second.speakers.all()] == ["李明"]
    assert first.body[0].startswith("<p>我们坚持党建引领")


def test_a_draft_knows_its_own_fingerprint() -> None:
    meeting = drafted()

    assert meeting.fingerprint == meeting_fingerprint(meeting)
    for remark in meeting.remarks.all():
        assert remark.fingerprint == remark_fingerprint(remark)


def test_unknown_names_are_doubts_and_stay_unlinked() -> None:
    first, second = drafted().remarks.in_order()

    assert (first.unit, second.unit) == (None, None)
    assert doubts_of(first) == ["unknown-unit"]
    assert doubts_of(second) == ["unknown-unit", "unknown-person"]


def test_a_known_unit_of_the_district_is_linked() -> None:
    here, there = make_district(), make_district("230108", "平房区")
    unit = make_unit("阿城区政协党组", here)
    make_unit("阿城区政协党组", there)

    first = drafted().remarks.in_order()[0]

    assert (first.unit, first.district) == (unit, here)
    assert doubts_of(first) == []


def test_several_units_of_one_name_are_a_doubt() -> None:
    one, other = make_unit("市工商联"), make_unit("哈尔滨市工商联")
    UnitAlias.objects.create(unit=other, name="市工商联")

    second = drafted().remarks.in_order()[1]

    assert second.unit is None
    assert doubts_of(second) == ["ambiguous-unit", "unknown-person"]
    assert one != other


def test_a_person_is_linked_by_name_and_unit_never_by_name_alone() -> None:
    unit = make_unit("市工商联")
    namesake = Person.objects.create(name="李明")
    Membership.objects.create(person=namesake, unit=make_unit("平房区政协"))
    alone = drafted().remarks.in_order()[1]
    colleague = Person.objects.create(name="李明")
    Membership.objects.create(person=colleague, unit=unit)

    linked = from_report(unit="市工商联", speaker="李明").remarks.get()

    assert alone.unit == unit
    assert alone.speakers.get().person is None
    assert linked.speakers.get().person == colleague
    assert doubts_of(linked) == []


def test_two_colleagues_of_one_name_are_a_doubt() -> None:
    unit = make_unit("市工商联")
    for _number in range(2):
        Membership.objects.create(person=Person.objects.create(name="李明"), unit=unit)

    remark = from_report(unit="市工商联", speaker="李明").remarks.get()

    assert remark.speakers.get().person is None
    assert doubts_of(remark) == ["unknown-person"]


def test_a_name_printed_twice_is_linked_once() -> None:
    unit = make_unit("市工商联")
    person = Person.objects.create(name="李明")
    Membership.objects.create(person=person, unit=unit)

    remark = from_report(unit="市工商联", speaker="李明、李明").remarks.get()

    people = remark.speakers.order_by("position").values_list("person", flat=True)
    assert list(people) == [person.pk, None]


def test_warnings_of_the_import_become_doubts() -> None:
    warning = {"code": "starts-mid-sentence", "message": "缺少开头"}

    remark = from_report(warnings=[warning]).remarks.get()

    assert doubts_of(remark) == ["starts-mid-sentence"]
    assert list(Remark.objects.doubtful()) == [remark]


def test_cue_phrases_suggest_themes_with_their_sentence() -> None:
    theme = make_theme()
    CuePhrase.objects.create(theme=theme, phrase="支部")
    CuePhrase.objects.create(theme=theme, phrase="党支部")
    CuePhrase.objects.create(theme=make_theme("economy", "经济"), phrase="民营企业")

    first, second = drafted().remarks.in_order()

    suggestion = first.theme_suggestions.get()
    assert (suggestion.theme, suggestion.phrase) == (theme, "党支部")
    assert suggestion.sentence == "我们坚持党建引领，建好每一个党支部。"
    assert [s.theme.slug for s in second.theme_suggestions.all()] == ["economy"]
    assert not first.themes.exists()


@pytest.mark.parametrize(
    ("words", "held_on", "published", "days"),
    [
        ("8月13日至14日", "2024-08-13", dt.date(2024, 8, 20), ("2024-08-13", "2024-08-14")),
        ("2024年8月13日至14日", None, None, ("2024-08-13", "2024-08-14")),
        ("8月13日", "2024-08-13", dt.date(2024, 8, 20), ("2024-08-13", None)),
        ("12月31日至1月2日", "2023-12-31", dt.date(2024, 1, 5), ("2023-12-31", "2024-01-02")),
        ("8月13日至14日", None, None, (None, None)),
        ("", None, dt.date(2024, 8, 20), (None, None)),
    ],
)
def test_the_days_of_a_meeting_are_read_from_its_words(
    words: str, held_on: str | None, published: dt.date | None, days: tuple[str | None, str | None]
) -> None:
    head = {"held_on_text": words, "held_on": held_on}

    meeting = from_report(head=head, published=published)

    found = tuple(day and day.isoformat() for day in (meeting.held_from, meeting.held_to))
    assert found == days


def test_what_is_too_long_for_its_field_is_cut_and_kept_whole_elsewhere() -> None:
    title, caption, heading, unit = "题" * 201, "图" * 301, "标" * 201, "某" * 161
    head = {
        **{"title": title, "introduction": ["导语。"], "captions": [caption, "会场"]},
        "bylines": [{"name": "王" * 41, "role": "文"}],
    }

    meeting = from_report(head=head, heading=heading, unit=unit)

    assert meeting.title == title[:200]
    assert meeting.introduction == ["导语。", title, caption]
    captions = meeting.pictures.order_by("position").values_list("caption", flat=True)
    assert list(captions) == [caption[:300], "会场"]
    remark = meeting.remarks.get()
    assert (remark.heading, remark.unit_as_printed) == (heading[:200], unit[:160])
    whole = Doubt.objects.filter(code="too-long").order_by("id")
    assert [heading in whole[0].message, unit in whole[1].message] == [True, True]


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("市政协提案委员会", "230100"),
        ("市工商联", "230100"),
        ("民盟哈尔滨市委会", "230100"),
        ("哈尔滨市政协", "230100"),
        ("某某科技有限公司", None),
        ("省政协", None),
    ],
)
def test_the_citys_own_bodies_belong_to_the_city(unit: str, code: str | None) -> None:
    District.objects.create(code="230100", name="哈尔滨市", kind="city")

    district = district_of("", unit)

    assert (district and district.code) == code


def test_with_two_cities_only_the_citys_own_name_tells() -> None:
    District.objects.create(code="230100", name="哈尔滨市", kind="city")
    District.objects.create(code="230200", name="齐齐哈尔市", kind="city")

    assert district_of("", "市工商联") is None
    assert str(district_of("", "民盟哈尔滨市委会")) == "哈尔滨市"


def test_a_district_is_the_one_of_that_name_on_the_day() -> None:
    new = make_district("230110", "香坊区")
    District.objects.filter(pk=new.pk).update(valid_from=dt.date(2006, 8, 15))
    old = make_district("230106", "香坊区", successor=new)
    District.objects.filter(pk=old.pk).update(valid_to=dt.date(2006, 8, 14))

    assert district_of("香坊区", "", day=dt.date(2006, 8, 14)) == old
    assert district_of("香坊区", "", day=dt.date(2006, 8, 15)) == new
    assert district_of("香坊区", "") == new
    assert district_of("无此区", "") is None

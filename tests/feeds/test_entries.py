"""Entries of feeds: what they carry, what a correction changes and what a withdrawal leaves."""

import datetime as dt
from calendar import timegm
from typing import Any

import pytest
from django.test import Client, override_settings

from speeches.models import Meeting, Person, Remark
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_remark,
    make_theme,
    make_unit,
    publish,
)
from tests.feeds.changing import after, correct, ids, read, take_back, tombstones

pytestmark = pytest.mark.django_db

ATOM, RSS = "/feeds/remarks.atom", "/feeds/remarks.rss"


def moment(parsed: Any) -> dt.datetime:
    return dt.datetime.fromtimestamp(timegm(parsed), tz=dt.UTC)


def full_remark() -> Remark:
    district = make_district()
    meeting = make_meeting(
        remarks=[
            {
                "heading": "把好事办实",
                "paragraphs": ["第一段<甲>说明。", "第二段建议。"],
                "unit": "阿城区政协",
                "post": "主席",
                "unit_link": make_unit("阿城区政协", district),
                "district": district,
                "speakers": [Person.objects.create(name="王一"), "李二"],
                "themes": [make_theme()],
            }
        ]
    )
    return publish(meeting).remarks.get()


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_an_entry_is_the_whole_text_with_responsibility_and_source(
    client: Client, address: str
) -> None:
    remark = full_remark()

    (entry,) = read(client, address).entries

    html = entry.content[0].value
    assert entry.title == "把好事办实"
    assert entry.link == f"http://testserver/remarks/{remark.pk}/"
    assert "第一段&lt;甲&gt;说明。" in html
    assert "第二段建议。" in html
    assert "终审：moderator某" in html
    assert "<cite>示例日报</cite>，2024年5月24日第3版" in html
    assert "阿城区政协主席 王一、李二" in html
    assert [tag.term for tag in entry.tags] == ["组织建设"]
    assert moment(entry.published_parsed) == NOON
    assert moment(entry.updated_parsed) == NOON


def test_authors_are_named_as_printed_with_a_link_where_identified(client: Client) -> None:
    full_remark()
    person = Person.objects.get()

    (entry,) = read(client, ATOM).entries

    assert [(one.name, one.get("href")) for one in entry.authors] == [
        ("王一", f"http://testserver/people/{person.pk}/"),
        ("李二", None),
    ]
    assert [one.name for one in read(client, RSS).entries[0].authors] == ["王一", "李二"]


def test_without_a_speaker_the_unit_is_the_author(client: Client) -> None:
    publish(make_meeting())

    assert read(client, ATOM).entries[0].author == "阿城区政协党组"


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_a_correction_keeps_id_and_first_day_and_moves_the_entry_to_the_front(
    client: Client, address: str
) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "一"}, {"heading": "二"}]))
    before = {entry.title: entry.id for entry in read(client, address).entries}
    first = meeting.remarks.in_order()[0]

    correct(first, "一（更正）", at=after(2))

    entries = read(client, address).entries
    assert [entry.title for entry in entries] == ["一（更正）", "二"]
    assert [entry.id for entry in entries] == [before["一"], before["二"]]
    assert moment(entries[0].published_parsed) == NOON
    assert moment(entries[0].updated_parsed) == after(2)


def test_a_corrected_entry_tells_what_was_corrected(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "旧的标题"}]))

    correct(meeting.remarks.get(), "新的标题", at=after(2))

    html = read(client, ATOM).entries[0].content[0].value
    assert "2024年6月3日" in html
    assert "原为" in html


def test_ids_depend_on_the_site_and_not_on_the_way_to_it(client: Client) -> None:
    remark = publish(make_meeting()).remarks.get()

    with override_settings(SITE_URL="https://news.example.org/"):
        here = read(client, ATOM)
        there = read(Client(headers={"host": "localhost"}), ATOM)

    wanted = f"tag:news.example.org,2026:/remarks/{remark.pk}/"
    assert here.entries[0].id == there.entries[0].id == wanted
    assert here.feed.id == there.feed.id == "tag:news.example.org,2026:/feeds/remarks.atom"


def test_a_withdrawn_remark_leaves_a_tombstone_with_the_moment(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "机密"}, {"heading": "二"}]))
    first = meeting.remarks.in_order()[0]
    kept = {entry.title: entry.id for entry in read(client, ATOM).entries}

    take_back(first, at=after(3))

    assert tombstones(client, ATOM) == [
        (kept["机密"], "2024-06-04T04:00:00+00:00", "本文已于2024年6月4日撤稿。")
    ]
    assert [entry.title for entry in read(client, ATOM).entries] == ["二"]
    assert ids(client, ATOM)[0] == kept["机密"]


def test_in_rss_a_withdrawn_remark_stays_as_an_item_that_says_so(client: Client) -> None:
    remark = publish(make_meeting(remarks=[{"heading": "机密"}])).remarks.get()
    (before,) = read(client, RSS).entries

    take_back(remark, at=after(3))

    (item,) = read(client, RSS).entries
    assert (item.id, item.title) == (before.id, "撤稿")
    assert item.summary == "本文已于2024年6月4日撤稿。"
    assert "content" not in item
    assert "authors" not in item


def test_a_text_that_comes_back_is_an_entry_again(client: Client) -> None:
    remark = publish(make_meeting()).remarks.get()
    take_back(remark, at=after(1))

    correct(Remark.objects.get(), "改好了", at=after(2))

    assert tombstones(client, ATOM) == []
    (entry,) = read(client, ATOM).entries
    assert (entry.title, moment(entry.published_parsed)) == ("改好了", NOON)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_meetings_have_feeds_with_their_own_text_and_tombstones(client: Client, form: str) -> None:
    address = f"/feeds/meetings.{form}"
    publish(make_meeting(title="留下的会议"))
    gone = publish(make_meeting(title="机密会议", introduction=["机密导语"]))
    entry = next(e for e in read(client, address).entries if e.title == "留下的会议")
    assert "座谈会在市政协召开。" in entry.content[0].value

    take_back(Meeting.objects.get(pk=gone.pk), at=after(1))

    text = client.get(address).content.decode()
    assert "机密" not in text
    assert "本文已于2024年6月2日撤稿。" in text
    assert "留下的会议" in text


def test_a_character_that_xml_cannot_hold_stops_no_feed(client: Client) -> None:
    meeting = make_meeting(remarks=[{"heading": "标\x0b题\ufffe", "paragraphs": ["正\x1f文"]}])
    publish(meeting)

    for address in (ATOM, RSS):
        assert read(client, address).entries[0].title == "标题"


def test_a_draft_is_in_no_feed(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "公开"}]))
    make_remark(meeting, heading="草稿")
    make_meeting(title="草稿会议")

    for name in ("remarks", "meetings"):
        for form in ("atom", "rss"):
            assert "草稿" not in client.get(f"/feeds/{name}.{form}").content.decode()

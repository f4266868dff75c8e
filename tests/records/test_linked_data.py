"""Linked data: the keys that search engines ask for, names as printed, links where identified."""

import datetime as dt
import json
from typing import Any

import pytest

from speeches.models import Byline, MeetingEdition, Person, RemarkEdition
from speeches.moderation.editing import record_edit
from speeches.records import (
    Link,
    breadcrumbs,
    meeting_page,
    news_article,
    quotation,
    remark_pages,
)
from tests.factories import NOON, make_district, make_meeting, make_theme, make_unit, publish
from tests.feeds.changing import correct

pytestmark = pytest.mark.django_db

SITE = Link("摘编", "/")
# What a block of each type always carries, whatever was printed.
REQUIRED = {
    "NewsArticle": {
        *("@context", "@id", "url", "mainEntityOfPage", "inLanguage", "headline"),
        *("datePublished", "dateModified", "author", "publisher"),
    },
    "Quotation": {
        *("@context", "@id", "url", "mainEntityOfPage", "inLanguage", "name", "text"),
        *("datePublished", "dateModified", "dateCreated", "publisher", "isPartOf"),
    },
    "BreadcrumbList": {"@context", "itemListElement"},
}
# What stands there besides when the page printed it.
WHERE_PRINTED = {
    "NewsArticle": {
        *("alternativeHeadline", "description", "about", "isPartOf", "printPage", "hasPart"),
    },
    "Quotation": {"creator", "spokenByCharacter", "about", "contentLocation", "abstract"},
}


def absolute(path: str) -> str:
    return f"https://example.org{path}"


def described() -> dict[str, dict[str, Any]]:
    """Return the blocks of the one public meeting and of its first remark, by type."""
    edition = MeetingEdition.objects.current().with_first_publication().get()
    meeting, remarks = (
        meeting_page(edition),
        remark_pages(RemarkEdition.objects.current().values_list("pk", flat=True)),
    )
    blocks = [
        news_article(meeting, remarks, publisher=SITE, absolute=absolute),
        *(quotation(one, publisher=SITE, absolute=absolute) for one in remarks[:1]),
        breadcrumbs([SITE, Link("会议", "/meetings/")], absolute=absolute),
    ]
    return {block["@type"]: block for block in blocks}


def full_meeting() -> None:
    district = make_district()
    person = Person.objects.create(name="王一", note="只在后台")
    remark = {
        "unit": "阿城区政协",
        "post": "主席",
        "speakers": [person],
        "district": district,
        "unit_link": make_unit("阿城区政协", district),
        "themes": [make_theme()],
    }
    meeting = make_meeting(
        remarks=[remark], place="市政协会议室", host=make_unit("市政协"), kicker="引题"
    )
    Byline.objects.create(meeting=meeting, position=1, name="张三", role="文")
    publish(meeting)


def test_every_block_has_the_required_keys_and_what_was_printed() -> None:
    full_meeting()

    blocks = described()

    assert set(blocks) == set(REQUIRED)
    for kind, block in blocks.items():
        assert (REQUIRED[kind] | WHERE_PRINTED.get(kind, set())) - set(block) == set(), kind


def test_what_was_not_printed_leaves_no_empty_key() -> None:
    bare = {"unit": "", "heading": ""}
    gaps: dict[str, Any] = {
        **{"subtitle": "", "name": "", "introduction": [], "held_from": None, "held_on_text": ""},
        **{"newspaper": "", "issue_date": None, "page_number": ""},
    }
    publish(make_meeting(remarks=[bare], **gaps))

    blocks = described()

    assert all(REQUIRED[kind] <= set(block) for kind, block in blocks.items())
    assert WHERE_PRINTED["Quotation"] & set(blocks["Quotation"]) == {"abstract"}
    assert WHERE_PRINTED["NewsArticle"] & set(blocks["NewsArticle"]) == {"hasPart"}
    assert blocks["NewsArticle"]["author"] == [
        {"@type": "Organization", "name": "摘编", "url": "https://example.org/"}
    ]


def test_a_speaker_is_a_person_as_printed_with_post_and_unit() -> None:
    full_meeting()
    person, unit = Person.objects.get(), RemarkEdition.objects.get().unit

    (creator,) = described()["Quotation"]["creator"]

    assert unit is not None
    assert creator == {
        "@type": "Person",
        "name": "王一",
        "url": f"https://example.org/people/{person.pk}/",
        "jobTitle": "主席",
        "affiliation": {
            "@type": "Organization",
            "name": "阿城区政协",
            "url": f"https://example.org/units/{unit.pk}/",
        },
    }


def test_without_a_speaker_the_unit_is_the_creator_without_link_where_nobody_identified_it() -> (
    None
):
    publish(make_meeting())

    assert described()["Quotation"]["creator"] == [
        {"@type": "Organization", "name": "阿城区政协党组"}
    ]


def test_of_several_speakers_nobody_is_given_the_post() -> None:
    publish(make_meeting(remarks=[{"speakers": ["王一", "李二"], "post": "委员"}]))

    creators = described()["Quotation"]["creator"]

    assert [creator["name"] for creator in creators] == ["王一", "李二"]
    assert not any("jobTitle" in creator for creator in creators)


def test_the_printed_page_is_named_with_newspaper_day_and_page() -> None:
    full_meeting()

    article = described()["NewsArticle"]

    assert article["isPartOf"] == {
        "@type": "PublicationIssue",
        "datePublished": "2024-05-24",
        "isPartOf": {"@type": "Newspaper", "name": "示例日报"},
    }
    assert article["printPage"] == "3"


def test_a_correction_moves_the_day_of_change_and_not_that_of_publication() -> None:
    meeting = publish(make_meeting())
    later = NOON + dt.timedelta(days=3)
    remark = meeting.remarks.get()
    remark.heading = "更正后的标题"
    remark.save()
    record_edit(remark, by=None, at=later, changed=["heading"])
    publish(meeting, at=later)

    blocks = described()

    for kind in ("Quotation", "NewsArticle"):
        assert blocks[kind]["datePublished"] == NOON.isoformat()
        assert blocks[kind]["dateModified"] == later.isoformat()


def test_a_correction_is_told_with_its_day_and_both_wordings() -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "旧的标题"}]))
    later = NOON + dt.timedelta(days=3)
    correct(meeting.remarks.get(), "新的标题", at=later)

    (comment,) = described()["Quotation"]["correction"]

    assert (comment["@type"], comment["datePublished"]) == ("CorrectionComment", later.isoformat())
    assert comment["text"] == "标题：原为“旧的标题”，改为“新的标题”"
    assert "correction" not in described()["NewsArticle"]


def test_linked_data_is_plain_json() -> None:
    full_meeting()

    for block in described().values():
        assert json.loads(json.dumps(block)) == block

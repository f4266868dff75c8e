"""Names that are offered: whose name a question is, and what a question may become."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from speeches.models import Person, Phrase
from speeches.moderation.phrasing import keep_phrase
from speeches.moderation.withdrawing import withdraw
from speeches.public.names import names_under
from tests.factories import (
    NOON,
    make_district,
    make_editor,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)
from tests.public.many import publish_many

pytestmark = pytest.mark.django_db


def offered(client: Client, typed: str) -> list[str]:
    """Return the names that the page of a search offers above its results."""
    page = client.get(f"/search/?{urlencode({'q': typed})}").content.decode()
    block = re.search(r'<nav class="offers".*?</nav>', page, re.S)
    if block is None:
        return []
    found = re.findall(r'<a href="([^"]+)">.*?offer-name">([^<]+)<', block.group(), re.S)
    for url, _name in found:
        assert client.get(url).status_code == 200
    return [name for _url, name in found]


def suggested(client: Client, typed: str) -> list[dict[str, str]]:
    """Return what is suggested while somebody types."""
    answer = client.get(f"/search/suggestions/?{urlencode({'q': typed})}")
    assert answer.status_code == 200
    names: list[dict[str, str]] = json.loads(answer.content)["names"]
    return names


def names(client: Client, typed: str) -> list[str]:
    return [name["name"] for name in suggested(client, typed)]


@pytest.fixture
def speaking() -> None:
    """A remark with district, theme, unit and speaker, and one of a namesake in another unit."""
    district = make_district()
    publish(
        make_meeting(
            remarks=[
                {
                    "heading": "甲",
                    "district": district,
                    "unit_link": make_unit("阿城区政协党组", district),
                    "speakers": [Person.objects.create(name="单国强", note="主席")],
                    "themes": [make_theme("organisation", "组织建设")],
                },
                {
                    "heading": "乙",
                    "unit": "道里区政协",
                    "speakers": [Person.objects.create(name="单国强", note="委员")],
                },
            ]
        )
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("阿城区", ["阿城区"]),
        ("阿城區", ["阿城区"]),
        ("“组织建设”", ["组织建设"]),
        ("阿城区政协党组", ["阿城区政协党组"]),
        ("单位:阿城区政协党组", ["阿城区政协党组"]),
        ("发言人:单国强", ["单国强", "单国强"]),
        ("阿城", []),
        ("阿城区 协商", []),
        ("shanguoqiang", ["单国强", "单国强"]),
        ("shan guo qiang", ["单国强", "单国强"]),
        ("sgq", ["单国强", "单国强"]),
        ("acheng qu", ["阿城区"]),
        ("zuzhijianshe", ["组织建设"]),
    ],
)
def test_a_question_that_is_a_name_offers_its_page(
    client: Client, speaking: None, typed: str, expected: list[str]
) -> None:
    assert offered(client, typed) == expected


def test_namesakes_are_told_apart_by_their_units_and_never_by_notes(
    client: Client, speaking: None
) -> None:
    page = client.get("/search/?q=单国强").content.decode()

    assert "发言人，阿城区政协党组" in page
    assert "发言人，道里区政协" in page
    assert "主席" not in page
    assert {name["hint"] for name in suggested(client, "单国强")} == {
        "阿城区政协党组",
        "道里区政协",
    }


def test_where_nothing_is_found_the_nearest_names_are_offered(
    client: Client, speaking: None
) -> None:
    assert offered(client, "acheng") == ["阿城区", "阿城区政协党组"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("阿城", ["阿城区", "阿城区政协党组"]),
        ("党组", ["阿城区政协党组"]),
        ("ach", ["阿城区", "阿城区政协党组"]),
        ("dangzu", ["阿城区政协党组"]),
        ("zuzhi", ["组织建设"]),
        ("单国", ["单国强", "单国强"]),
        ("", []),
        ("，", []),
        ("没有", []),
        ("a\0b", []),
        ("协" * 5000, []),
    ],
)
def test_suggestions_begin_with_what_begins_so(
    client: Client, speaking: None, typed: str, expected: list[str]
) -> None:
    assert names(client, typed) == expected


def test_only_public_names_are_suggested_and_offered(client: Client, speaking: None) -> None:
    make_meeting(
        remarks=[
            {"unit_link": make_unit("阿城机密"), "district": make_district("230102", "道里区")}
        ]
    )
    Person.objects.create(name="单机密")

    for typed in ("机密", "jimi", "阿城机密", "单机密", "道里", "daoliqu"):
        assert names(client, typed) == [], typed
        assert offered(client, typed) == [], typed


def test_a_withdrawal_takes_names_away_and_a_publication_brings_them(client: Client) -> None:
    assert names(client, "王一") == []
    meeting = publish(make_meeting(remarks=[{"speakers": [Person.objects.create(name="王一")]}]))
    assert names(client, "王一") == ["王一"]

    withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")

    assert names(client, "王一") == names(client, "wangyi") == []
    assert offered(client, "王一") == []


def test_units_of_one_name_are_told_apart_by_their_districts(client: Client) -> None:
    places = [make_district(), make_district("230102", "道里区")]
    publish(make_meeting(remarks=[{"unit_link": make_unit("政协办公室", one)} for one in places]))

    assert [name["hint"] for name in suggested(client, "政协办公室")] == ["阿城区", "道里区"]


def test_suggestions_are_kept_briefly_and_by_their_reader_alone(client: Client) -> None:
    answer = client.get("/search/suggestions/?q=x")

    assert answer["Cache-Control"] == "private, max-age=60"
    assert answer["Content-Type"] == "application/json"
    assert client.post("/search/suggestions/").status_code == 405


def test_suggestions_are_few_and_take_as_many_queries_with_a_thousand_remarks(
    client: Client,
) -> None:
    numbers = []
    for many in (40, 960):
        publish_many(many)
        # Editions that are written past the acts renew no stamp.
        names_under.cache_clear()
        suggested(client, "委员")
        with CaptureQueriesContext(connection) as queries:
            assert len(suggested(client, "委员")) == 8
        numbers.append(len(queries))

    # The stamps of the lists, and the units of the people among the names.
    assert numbers == [2, 2]


def test_followed_phrases_are_suggested_in_every_form_as_soon_as_they_are_kept(
    client: Client,
) -> None:
    assert names(client, "两个确") == []

    phrase = Phrase(text="两个确立")
    keep_phrase(phrase, variants=["两个确定"], by=make_editor(), at=NOON)

    assert names(client, "两个确") == ["两个确立", "两个确定"]
    assert names(client, "lgql") == ["两个确立"]

"""Old addresses: whoever kept one is led to the present page, for ever."""

import pytest
from django.test import Client
from django.urls import get_resolver

from speeches.models import District, OldAddress, Theme
from speeches.moderation.readdressing import keep_old_address
from tests.factories import NOON, make_district, make_meeting, make_theme, publish

pytestmark = pytest.mark.django_db


def readdress(record: Theme | District, word: str) -> None:
    """Give a theme or district another word in its address, as the desk does."""
    field = "slug" if isinstance(record, Theme) else "code"
    old = getattr(record, field)
    setattr(record, field, word)
    record.save()
    keep_old_address(record, word=old, by=None, at=NOON)


def test_an_old_address_leads_to_the_present_one_with_its_query(client: Client) -> None:
    readdress(make_theme("old"), "new")
    readdress(make_district("230112"), "230113")

    for old, new in (
        ("/themes/old/", "/themes/new/"),
        ("/themes/old/?page=1", "/themes/new/?page=1"),
        ("/districts/230112/", "/districts/230113/"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert client.head(old).status_code == 301
        assert client.get(new).status_code == 200


def test_chains_are_one_step(client: Client) -> None:
    theme = make_theme("first")
    for word in ("second", "third", "fourth"):
        readdress(theme, word)

    assert client.get("/themes/first/")["Location"] == "/themes/fourth/"
    assert client.get("/themes/third/")["Location"] == "/themes/fourth/"


def test_a_living_page_is_never_hidden(client: Client) -> None:
    readdress(make_theme("taken", "甲"), "a")
    make_theme("taken", "乙")

    assert "乙" in client.get("/themes/taken/").content.decode()


def test_of_several_that_gave_a_word_up_the_last_one_is_meant(client: Client) -> None:
    readdress(make_theme("word", "甲"), "a")
    readdress(make_theme("word", "乙"), "b")

    assert client.get("/themes/word/")["Location"] == "/themes/b/"


def test_a_record_that_takes_its_word_back_answers_there(client: Client) -> None:
    theme = make_theme("word")
    readdress(theme, "other")
    readdress(theme, "word")

    assert client.get("/themes/word/").status_code == 200
    assert client.get("/themes/other/")["Location"] == "/themes/word/"
    assert list(OldAddress.objects.values_list("word", flat=True)) == ["other"]


def test_words_of_districts_and_themes_are_apart(client: Client) -> None:
    readdress(make_theme("230112"), "new")

    assert client.get("/districts/230112/").status_code == 404


def test_filters_and_feeds_understand_old_words(client: Client) -> None:
    theme, district = make_theme("old"), make_district("230112")
    publish(make_meeting(remarks=[{"themes": [theme], "district": district}, {}]))
    readdress(theme, "new")
    readdress(district, "230113")

    page = client.get("/remarks/?district=230112&theme=old").content.decode()
    feed = client.get("/feeds/remarks.atom?theme=old")

    assert "阿城区 · 组织建设，共 1 篇" in page
    assert 'canonical" href="http://testserver/remarks/?district=230113&amp;theme=new"' in page
    assert feed.status_code == 200
    assert feed.content.decode().count("<entry>") == 1


def test_every_other_address_is_a_number_or_a_fixed_word() -> None:
    """What can be edited is kept by `OldAddress`; nothing else in an address ever changes."""
    numbers = {"NumberConverter", "YearConverter", "MonthConverter"}
    patterns = get_resolver("speeches.public.urls").url_patterns
    edited = {
        (str(one.pattern), name)
        for one in patterns
        for name, converter in one.pattern.converters.items()
        if type(converter).__name__ not in numbers
    }

    assert edited == {
        ("districts/<slug:code>/", "code"),
        ("themes/<slug:slug>/", "slug"),
        ("sitemap-<slug:section>.xml", "section"),
    }

"""Starter data adds what is missing and never touches what a newsroom has made its own."""

import datetime as dt
from typing import Any

import pytest

from speeches.models import CuePhrase, District, Theme
from speeches.moderation.readdressing import keep_old_address
from speeches.moderation.reference import add_districts, add_themes
from tests.factories import NOON

pytestmark = pytest.mark.django_db

DISTRICT: dict[str, Any] = {
    **{"code": "230112", "name": "阿城区", "kind": "district"},
    "valid_from": "2006-08-15",
}
TOP: dict[str, Any] = {"slug": "top", "name": "上", "parent": None, "cue_phrases": ["党建"]}
CHILD: dict[str, Any] = {"slug": "child", "name": "下", "parent": "top", "cue_phrases": []}


def test_missing_rows_are_added_once() -> None:
    first = (add_districts([DISTRICT], at=NOON), add_themes([TOP, CHILD], at=NOON))
    second = (add_districts([DISTRICT], at=NOON), add_themes([TOP, CHILD], at=NOON))

    assert (first, second) == ((1, 2), (0, 0))
    assert District.objects.get().valid_from == dt.date(2006, 8, 15)
    assert Theme.objects.get(slug="child").parent == Theme.objects.get(slug="top")
    assert list(CuePhrase.objects.values_list("phrase", flat=True)) == ["党建"]


def test_what_the_newsroom_changed_stays() -> None:
    add_districts([DISTRICT], at=NOON)
    add_themes([TOP, CHILD], at=NOON)
    District.objects.update(name="阿城")
    CuePhrase.objects.all().delete()
    Theme.objects.filter(slug="top").update(name="改名", position=9)

    add_districts([DISTRICT], at=NOON)
    add_themes([TOP, CHILD], at=NOON)

    assert District.objects.get().name == "阿城"
    assert not CuePhrase.objects.exists()
    assert Theme.objects.get(slug="top").name == "改名"


def test_a_record_with_another_address_and_another_name_is_the_same_record() -> None:
    add_districts([DISTRICT], at=NOON)
    add_themes([TOP], at=NOON)
    district, theme = District.objects.get(), Theme.objects.get()
    district.code, theme.slug, theme.name = "230113", "party", "党建"
    district.save()
    theme.save()
    keep_old_address(district, word="230112", by=None, at=NOON)
    keep_old_address(theme, word="top", by=None, at=NOON)

    added = (add_districts([DISTRICT], at=NOON), add_themes([TOP, CHILD], at=NOON))

    assert added == (0, 1)
    assert Theme.objects.get(slug="child").parent == theme


def test_a_theme_with_another_address_is_the_same_theme() -> None:
    own = Theme.objects.create(slug="party", name="上")

    added = add_themes([TOP, CHILD], at=NOON)

    assert added == 1
    assert Theme.objects.get(slug="child").parent == own

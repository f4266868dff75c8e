"""Reference data: everything that is missing, and safe to run again."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from speeches.models import CuePhrase, District, Theme
from tests.moderation.desk import everything

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue()


def test_districts_themes_and_roles_are_there_afterwards() -> None:
    load()

    assert District.objects.count() == 19
    assert District.objects.get(code="230100").kind == District.Kind.CITY
    assert Theme.objects.filter(parent__isnull=False).exists()
    assert set(Group.objects.values_list("name", flat=True)) == {
        *("编辑", "审核", "投稿单位", "管理员", "审计员"),
    }


def test_each_cue_phrase_belongs_to_one_theme() -> None:
    load()

    phrases = list(CuePhrase.objects.values_list("phrase", flat=True))

    assert len(phrases) == len(set(phrases))


def test_loading_twice_adds_and_changes_nothing() -> None:
    load()
    before = (everything(), list(District.objects.values()), list(CuePhrase.objects.values()))

    out = load()

    assert "新增区县 0 个、主题 0 个" in out
    assert before == (
        *(everything(), list(District.objects.values()), list(CuePhrase.objects.values())),
    )

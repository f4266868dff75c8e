"""Kept counts: they follow every act, and whoever writes past the acts is told."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from speeches.filters import RemarkFilter
from speeches.models import FacetCount, RemarkEdition
from speeches.moderation.counting import miscounted, recount
from speeches.moderation.withdrawing import withdraw
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


def publish_two() -> None:
    district, theme = make_district("230112", "阿城区"), make_theme()
    remark = {"unit_link": make_unit("阿城区政协党组", district), "themes": [theme]}
    publish(make_meeting(remarks=[remark, {}]))


def problems() -> list[str]:
    return [str(one.id) for one in run_checks(databases=["default"]) if one.id == "speeches.W012"]


def test_publishing_and_withdrawing_leave_counts_as_a_recount_would() -> None:
    publish_two()
    kept = set(FacetCount.objects.values_list(*FacetCount.CELL, "number"))
    recount()

    assert set(FacetCount.objects.values_list(*FacetCount.CELL, "number")) == kept

    edition = RemarkEdition.objects.earliest("pk")
    withdraw(edition.remark, by=make_moderator("chief"), at=NOON, reason="重复")

    assert miscounted() == 0
    assert RemarkFilter().total() == 1


def test_a_list_without_restrictions_looks_at_no_remark() -> None:
    publish_two()
    RemarkEdition.objects.update(year=1999)

    # What is kept is shown, also where it is wrong.
    assert [choice.value for choice in RemarkFilter().facet("year").choices] == ["2024"]


def test_wrong_counts_are_reported_and_counted_anew() -> None:
    publish_two()
    assert problems() == []
    RemarkEdition.objects.filter(pk=RemarkEdition.objects.earliest("pk").pk).update(year=1999)

    assert problems() == ["speeches.W012"]
    call_command("recount", verbosity=0)

    assert problems() == []
    assert RemarkFilter().facet("year").choices[-1].value == "1999"

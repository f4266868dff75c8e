"""Rebuilding, repairing and checking the index."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from speeches.models import RemarkEdition, SearchIndex
from speeches.moderation.withdrawing import withdraw
from speeches.search import indexing, rebuilding
from speeches.search.asking import parse
from speeches.search.checks import check_index
from speeches.search.finding import hits_of
from speeches.search.storage import NAME, NEXT, storage
from speeches.text.searchable import form
from tests.factories import NOON, make_meeting, make_moderator, publish

pytestmark = pytest.mark.django_db


def number_of(typed: str) -> int:
    hits = hits_of(parse(typed))
    assert hits is not None
    return hits.count


def three_remarks() -> list[RemarkEdition]:
    publish(make_meeting(remarks=[{"heading": f"{name}篇文章"} for name in "甲乙丙"]))
    return list(RemarkEdition.objects.order_by("pk"))


def problems() -> list[str | None]:
    return [problem.id for problem in check_index(None, databases=["default"])]


def test_an_index_is_made_anew() -> None:
    three_remarks()
    index = storage()
    index.drop()
    index.create()
    index.finish()
    assert (number_of("篇文章"), problems()) == (0, ["speeches.W010"])

    assert rebuilding.rebuild() == 3

    assert (number_of("篇文章"), number_of("乙篇"), problems()) == (3, 1, [])
    assert not storage(NEXT).exists()
    assert rebuilding.rebuild() == 3
    assert number_of("篇文章") == 3


def test_what_was_interrupted_goes_on_and_the_old_index_answers_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editions = three_remarks()
    monkeypatch.setattr(rebuilding, "SLICE", 1)

    def stop(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(stop)
    assert number_of("篇文章") == 3
    withdraw(editions[0].remark, by=make_moderator(), at=NOON, reason="有误")
    publish(make_meeting(remarks=[{"heading": "丁篇文章"}]))
    seen: list[int] = []

    rebuilding.rebuild(lambda done, total: seen.append(done))

    assert len(seen) == 2
    assert (number_of("篇文章"), number_of("甲篇"), number_of("丁篇")) == (3, 0, 1)
    assert problems() == []


def test_texts_folded_by_other_rules_are_folded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    editions = three_remarks()
    SearchIndex.objects.filter(name=NAME).update(form="other")
    assert problems() == ["speeches.W011"]
    withdraw(editions[0].remark, by=make_moderator(), at=NOON, reason="有误")
    with pytest.raises(CommandError):
        call_command("rebuild_search", "--repair")

    rebuilding.rebuild()

    assert SearchIndex.objects.get().form == form()
    assert (number_of("篇文章"), problems()) == (2, [])


def test_a_begun_index_of_other_rules_is_begun_again() -> None:
    three_remarks()
    new = storage(NEXT)
    new.create()
    new.add([indexing.indexed_text(RemarkEdition(pk=9_999, text="旧规则"))])
    SearchIndex.objects.create(name=NEXT, form="other")

    rebuilding.rebuild()

    assert (number_of("旧规则"), number_of("篇文章"), problems()) == (0, 3, [])


def test_repairing_adds_what_is_missing_and_removes_what_is_not_public(capsys: Any) -> None:
    editions = three_remarks()
    indexing.remove(editions[:1])
    RemarkEdition.objects.filter(pk=editions[1].pk).update(withdrawn_at=NOON)
    assert problems() == ["speeches.W010"]

    call_command("rebuild_search", "--repair")

    assert "补上1篇，去掉1篇" in capsys.readouterr().out
    assert (number_of("甲篇"), number_of("乙篇"), problems()) == (1, 0, [])


def test_a_missing_index_is_reported_and_made() -> None:
    three_remarks()
    storage().drop()
    assert problems() == ["speeches.W010"]
    with pytest.raises(CommandError):
        call_command("rebuild_search", "--repair")

    call_command("rebuild_search")

    assert (number_of("篇文章"), problems()) == (3, [])


def test_comparing_costs_two_queries(django_assert_num_queries: Any) -> None:
    three_remarks()
    index = storage()

    with django_assert_num_queries(2):
        assert not rebuilding.differences(index)

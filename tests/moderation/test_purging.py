"""The outbox: emptied after the act commits, tried again when a cache is away, never lost."""

import datetime as dt
import logging
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from speeches.models import PageStamp, Purge
from speeches.models.freshness import COPIES_LAST
from speeches.moderation import journal
from speeches.moderation.purging import (
    AGAIN_AFTER,
    LONGEST_PAUSE,
    empty_in_background,
    empty_outbox,
    pause_after,
    queue,
    waiting,
)
from speeches.moderation.refusals import Refused
from speeches.moderation.watching import watch
from speeches.moderation.withdrawing import withdraw
from tests.factories import NOON, make_editor, make_meeting, make_moderator, publish
from tests.moderation.fronts import FrontCache, front_cache
from tests.moderation.test_at_once import at_once

pytestmark = pytest.mark.django_db

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def cache(settings: Settings) -> Iterator[FrontCache]:
    """The site's one front cache, listening."""
    with front_cache() as found:
        settings.FRONT_CACHES = [found.url]
        settings.SITE_URL = "https://zhaibian.example.org"
        yield found


def purge(cache: str, path: str = "/", *, age: dt.timedelta = dt.timedelta()) -> Purge:
    at = timezone.now() - age
    return Purge.objects.create(cache=cache, path=path, queued_at=at, due_at=at)


def a_minute_passes() -> None:
    Purge.objects.update(due_at=models.F("due_at") - AGAIN_AFTER)


def test_a_cache_is_told_every_address_once_under_the_name_of_the_site(cache: FrontCache) -> None:
    queue(["/", "/meetings/"])
    queue(["/"])

    done = empty_outbox()

    assert done.sent == 3
    assert sorted(cache.told) == [
        ("/", "zhaibian.example.org"),
        ("/meetings/", "zhaibian.example.org"),
    ]
    assert waiting() == []


def test_every_purge_is_sent_once_more_after_a_minute(cache: FrontCache) -> None:
    """A page made just before the commit may have reached the cache just after the first one."""
    queue(["/", "/meetings/"])
    first = empty_outbox()
    assert empty_outbox().sent == 0
    cache.told.clear()

    a_minute_passes()
    second = empty_outbox()

    assert [(due - timezone.now()).total_seconds() for due in first.again] == [
        pytest.approx(AGAIN_AFTER.total_seconds(), abs=5)
    ]
    assert sorted(path for path, _host in cache.told) == ["/", "/meetings/"]
    assert (second.sent, second.again) == (2, frozenset())
    assert not Purge.objects.exists()


def test_the_minute_begins_when_the_cache_has_taken_the_purge(
    cache: FrontCache, settings: Settings
) -> None:
    queue(["/"])
    cache.status = 503
    empty_outbox()
    Purge.objects.update(due_at=timezone.now(), queued_at=timezone.now() - 5 * AGAIN_AFTER)
    cache.status = 200

    empty_outbox()

    left = Purge.objects.get()
    assert left.due_at > timezone.now() + AGAIN_AFTER / 2
    assert (left.tries, left.error) == (0, "")


def test_what_the_cache_does_not_take_the_second_time_is_sent_again(cache: FrontCache) -> None:
    queue(["/"])
    empty_outbox()
    a_minute_passes()
    cache.status = 503

    assert empty_outbox().failed == 1
    Purge.objects.update(due_at=timezone.now())
    cache.status = 200

    assert empty_outbox().sent == 1
    assert not Purge.objects.exists()


def test_the_worker_comes_for_the_second_time(cache: FrontCache) -> None:
    queue(["/"])
    DBTaskResult.objects.all().delete()

    empty_in_background.call()

    assert DBTaskResult.objects.get().run_after == Purge.objects.get().due_at


def test_without_a_front_cache_nothing_is_queued(settings: Settings) -> None:
    settings.FRONT_CACHES = []

    publish(make_meeting())

    assert PageStamp.objects.filter(path="/").exists()
    assert not Purge.objects.exists()
    assert not DBTaskResult.objects.filter(task_path__endswith="empty_in_background").exists()


def test_a_publication_queues_its_addresses_for_every_cache(settings: Settings) -> None:
    settings.FRONT_CACHES = ["http://127.0.0.1:9", "http://127.0.0.2:9"]

    meeting = publish(make_meeting())

    for cache in settings.FRONT_CACHES:
        paths = set(Purge.objects.filter(cache=cache).values_list("path", flat=True))
        assert {"/", "/meetings/", f"/meetings/{meeting.pk}/"} <= paths
    assert DBTaskResult.objects.filter(task_path__endswith="empty_in_background").count() == 1


def test_a_refused_act_queues_nothing(settings: Settings) -> None:
    settings.FRONT_CACHES = [NOBODY]
    meeting = publish(make_meeting())
    before = (list(Purge.objects.values()), list(PageStamp.objects.values()))

    with pytest.raises(Refused):
        withdraw(meeting, by=make_editor(), at=NOON, reason="有误")
    with pytest.raises(RuntimeError), journal.together():
        withdraw(meeting, by=make_moderator(), at=NOON, reason="有误")
        raise RuntimeError

    assert (list(Purge.objects.values()), list(PageStamp.objects.values())) == before


def test_what_readers_see_changes_inside_an_act_only() -> None:
    with pytest.raises(RuntimeError, match="act"):
        watch(make_meeting())


def test_a_cache_that_is_away_is_asked_again_later(settings: Settings) -> None:
    settings.FRONT_CACHES = [NOBODY]
    queue(["/", "/meetings/"])

    done = empty_outbox()

    assert (done.sent, done.failed) == (0, 2)
    left = Purge.objects.get(path="/")
    assert left.tries == 1
    assert "refused" in left.error.lower()
    assert left.due_at > timezone.now()
    assert empty_outbox().failed == 0
    assert [(one.cache, one.number) for one in waiting()] == [(NOBODY, 2)]


def test_the_worker_comes_again_when_what_failed_is_due(settings: Settings) -> None:
    settings.FRONT_CACHES = [NOBODY]
    purge(NOBODY)

    empty_in_background.call()

    assert DBTaskResult.objects.get().run_after == Purge.objects.get().due_at


def test_a_cache_that_refuses_is_asked_again_and_one_without_a_copy_is_done(
    cache: FrontCache,
) -> None:
    queue(["/"])
    cache.status = 405
    assert empty_outbox().failed == 1
    assert Purge.objects.get().error == "HTTP 405"

    Purge.objects.update(due_at=timezone.now())
    cache.status = 404

    assert empty_outbox().sent == 1
    assert waiting() == []


def test_one_cache_that_is_away_holds_no_other_up(cache: FrontCache, settings: Settings) -> None:
    settings.FRONT_CACHES = [NOBODY, cache.url]
    queue(["/"])

    done = empty_outbox()

    assert (done.sent, done.failed) == (1, 1)
    assert [path for path, _host in cache.told] == ["/"]
    assert [one.cache for one in waiting()] == [NOBODY]


def test_a_copy_that_has_expired_by_itself_is_given_up_with_a_line_in_the_log(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.FRONT_CACHES = [NOBODY]
    purge(NOBODY, "/meetings/", age=COPIES_LAST)

    with caplog.at_level(logging.ERROR):
        done = empty_outbox()

    assert done.expired == 1
    assert not Purge.objects.exists()
    assert f"{NOBODY} was never told to forget /meetings/" in caplog.text


def test_a_cache_that_was_taken_away_is_not_asked(cache: FrontCache) -> None:
    purge(NOBODY)

    assert empty_outbox().expired == 1
    assert not Purge.objects.exists()


def test_what_a_worker_that_died_had_in_hand_is_sent_by_another(cache: FrontCache) -> None:
    held = purge(cache.url)
    Purge.objects.update(due_at=timezone.now() + dt.timedelta(minutes=1))
    assert empty_outbox().sent == 0

    Purge.objects.filter(pk=held.pk).update(due_at=timezone.now())

    assert empty_outbox().sent == 1


def test_pauses_grow_to_an_hour() -> None:
    seconds = [pause_after(tries).total_seconds() for tries in (1, 2, 3, 4)]

    assert seconds == [10, 20, 40, 80]
    assert pause_after(12) == pause_after(300) == LONGEST_PAUSE


def test_the_command_sends_and_says_what_is_left(
    cache: FrontCache, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FRONT_CACHES = [NOBODY, cache.url]
    queue(["/"])

    call_command("empty_outbox")

    printed = capsys.readouterr()
    assert "已清除 1 条。" in printed.out
    assert f"{NOBODY} 还有 1 条未清除" in printed.err


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_workers_at_once_lose_nothing_and_send_nothing_twice(cache: FrontCache) -> None:
    paths = [f"/remarks/{number}/" for number in range(1, 301)]
    queue(paths)

    raised = at_once([empty_outbox, empty_outbox])

    assert raised == [None, None]
    assert sorted(path for path, _host in cache.told) == sorted(paths)
    assert waiting() == []

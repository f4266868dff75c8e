"""The page of a batch: how far it is, what came of each file, and when nobody reads."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from speeches.importing import LARGEST
from speeches.models import ImportBatch, ImportRun
from speeches.moderation.batching import work_off
from tests.admin.desk import (
    ADMINISTRATOR,
    ANONYMOUS,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    SUPERUSER,
    account,
    address,
    signed_in,
)
from tests.factories import NOON
from tests.moderation.batches import Moving, batch_of, drain, page

pytestmark = pytest.mark.django_db
LONG_AGO = NOON


def upload(*files: tuple[str, bytes]) -> Any:
    pages = [SimpleUploadedFile(name, content, "text/plain") for name, content in files]
    return signed_in(EDITOR).post(address("importrun_add"), {"pages": pages}, follow=True)


def text_of(batch: ImportBatch, query: str = "") -> str:
    answer = signed_in(EDITOR).get(address("importbatch_change", batch.pk) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def opened(batch: ImportBatch, at: dt.datetime) -> None:
    batch.opened_at = at
    batch.save(update_fields=["opened_at"])


def test_an_upload_of_several_files_shows_how_far_it_is_and_then_what_came() -> None:
    before = upload(("a.txt", page(1).encode()), ("b.txt", "买菜".encode())).content.decode()
    assert '<progress id="batch-progress" max="2" value="0">' in before
    assert "desk/batch.js" in before
    batch = ImportBatch.objects.get()
    assert batch.opened_by == account(EDITOR)

    drain()

    after = text_of(batch)
    assert '<progress id="batch-progress" max="2" value="2">' in after
    assert "batch.js" not in after
    assert address("importrun_change", ImportRun.objects.get().pk) in after
    assert "没有找到发言" in after
    assert "导入质量" in after


def test_a_file_too_large_is_not_even_kept() -> None:
    upload(("a.txt", page(1).encode()), ("big.txt", b"a" * (LARGEST + 1)))

    big = ImportBatch.objects.get().files.get(name="big.txt")
    assert (big.state, big.content) == ("refused", None)
    assert big.message == "超过 20 MB，请拆分后分别导入。"


def test_refused_files_can_be_looked_at_alone() -> None:
    batch = batch_of(page(1), "买菜")
    list(work_off(batch, clock=Moving()))

    shown = text_of(batch, "?state=refused")

    assert "page-2.txt" in shown
    assert "page-1.txt" not in shown
    assert text_of(batch, "?state=nonsense&page=99").count("page-") >= 2


def test_nobody_reading_is_said_in_words_and_can_be_mended() -> None:
    batch = batch_of(page(1), page(2))
    opened(batch, timezone.now())
    assert "后台程序好像没有在运行" not in text_of(batch)
    opened(batch, LONG_AGO)
    assert "后台程序好像没有在运行" in text_of(batch)

    answer = signed_in(EDITOR).post(address("importbatch_resume", batch.pk), follow=True)
    assert "已交给后台程序继续读取。" in answer.content.decode()
    drain()

    shown = text_of(batch)
    assert "后台程序好像没有在运行" not in shown
    assert 'value="2"' in shown


def test_another_batch_in_hand_shows_that_a_worker_lives() -> None:
    waiting = batch_of(page(1))
    opened(waiting, LONG_AGO)
    busy = batch_of(page(2))
    list(work_off(busy, clock=timezone.now))

    assert "后台程序好像没有在运行" not in text_of(waiting)


def test_reading_on_twice_reads_nothing_twice() -> None:
    batch = batch_of(page(1), page(2))
    for _time in range(3):
        signed_in(EDITOR).post(address("importbatch_resume", batch.pk))

    drain()

    assert ImportRun.objects.count() == 2


@pytest.mark.parametrize("role", [MODERATOR, ADMINISTRATOR, CONTRIBUTOR, ANONYMOUS])
def test_only_those_who_import_have_a_batch_read_on(role: str) -> None:
    batch = batch_of(page(1))

    answer = signed_in(role).post(address("importbatch_resume", batch.pk))

    assert answer.status_code == (302 if role in (CONTRIBUTOR, ANONYMOUS) else 403)
    drain()
    assert not ImportRun.objects.exists()


def test_lists_and_pages_take_the_same_queries_whatever_the_number(
    django_assert_max_num_queries: Any,
) -> None:
    small, large = batch_of(page(1)), batch_of(*(page(number) for number in range(2, 30)))
    client = signed_in(EDITOR)
    for batch in (small, large):
        list(work_off(batch, clock=Moving()))
    paths = [address("importbatch_change", batch.pk) for batch in (small, large)]
    paths += [address("importbatch_changelist"), address("qualityreport_changelist")]
    for path in paths:
        client.get(path)
        with django_assert_max_num_queries(16):
            assert client.get(path).status_code == 200


def test_the_figures_of_every_import_are_listed() -> None:
    batch = batch_of(page(1), page(2))
    list(work_off(batch, clock=Moving()))
    client = signed_in(SUPERUSER)

    shown = client.get(address("qualityreport_changelist")).content.decode()

    assert str(batch) in shown
    assert "page-1.txt" in shown
    assert "毫秒" in shown
    one = client.get(address("qualityreport_change", batch.quality.pk)).content.decode()
    assert "平均每版" in one

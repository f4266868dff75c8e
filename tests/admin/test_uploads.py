"""Uploading pages: several at once, what is refused, and that nothing is half made."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from speeches.admin.imports import UploadForm
from speeches.importing import ENCODINGS
from speeches.importing.reading import LARGEST
from speeches.models import (
    Act,
    ImportBatch,
    ImportRun,
    JournalEntry,
    Meeting,
    Remark,
    SourceDocument,
)
from tests.admin.desk import EDITOR, PAGE, account, address, signed_in, waiting_run
from tests.importing.readers.digest import TRADITIONAL
from tests.moderation.batches import drain

pytestmark = pytest.mark.django_db


def upload(*files: tuple[str, bytes], **given: str) -> Any:
    pages = [SimpleUploadedFile(name, content, "text/plain") for name, content in files]
    data = {"pages": pages, **given}
    return signed_in(EDITOR).post(address("importrun_add"), data, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def word_file() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


UNUSABLE = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "word.txt": word_file(),
    "big.txt": b"a" * (LARGEST + 1),
    "shopping.txt": "买菜：白菜、萝卜。".encode(),
}


def test_an_upload_waits_with_its_draft_and_nothing_else_is_made() -> None:
    answer = upload(("page.txt", PAGE.read_bytes()), newspaper="示例日报", issue_date="2026-03-16")

    run = ImportRun.objects.get()
    assert answer.redirect_chain == [(address("importrun_change", run.pk), 302)]
    assert (run.state, run.newspaper, run.created_by) == ("waiting", "示例日报", account(EDITOR))
    assert not Meeting.objects.exists()
    assert not Remark.objects.exists()


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_file_is_refused_with_a_reason_and_leaves_nothing(name: str) -> None:
    answer = upload((name, UNUSABLE[name]), newspaper="示例日报")

    (reason,) = said(answer)
    assert reason.startswith(f"{name}：")
    assert 'value="示例日报"' in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert not SourceDocument.objects.exists()
    assert not JournalEntry.objects.exists()


def test_several_files_become_a_batch_that_is_read_in_the_background() -> None:
    page = PAGE.read_bytes()

    answer = upload(
        ("a.txt", page),
        *UNUSABLE.items(),
        ("b.txt", page + "\n另一版".encode()),
    )

    batch = ImportBatch.objects.get()
    assert answer.redirect_chain == [(address("importbatch_change", batch.pk), 302)]
    assert not ImportRun.objects.exists()
    drain()
    assert set(ImportRun.objects.values_list("source__name", flat=True)) == {"a.txt", "b.txt"}
    assert batch.files.filter(state="refused").count() == len(UNUSABLE)
    assert JournalEntry.objects.filter(act=Act.IMPORT, subject_kind="importrun").count() == 2


def test_the_same_file_twice_gives_the_same_draft() -> None:
    page = PAGE.read_bytes()

    upload(("a.txt", page))
    answer = upload(("again.txt", page))

    assert said(answer) == ["again.txt：以前导入过，没有再建一份。"]
    assert ImportRun.objects.count() == SourceDocument.objects.count() == 1


def test_no_file_at_all_is_said_at_the_field() -> None:
    answer = signed_in(EDITOR).post(address("importrun_add"), {"newspaper": "示例日报"})

    assert answer.status_code == 200
    assert answer.context["form"].errors.get("pages")
    assert not ImportRun.objects.exists()


def test_a_wrong_date_takes_nothing_in() -> None:
    answer = upload(("a.txt", PAGE.read_bytes()), issue_date="2026-02-30")

    assert answer.context["form"].errors.get("issue_date")
    assert not ImportRun.objects.exists()


def test_a_page_with_markup_is_shown_as_text() -> None:
    run = waiting_run(extra="\n<script>alert(1)</script>\n")

    page = signed_in(EDITOR).get(address("importrun_change", run.pk)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_confirming_makes_the_rows_once() -> None:
    run = waiting_run()
    client = signed_in(EDITOR)

    first = client.post(address("importrun_confirm", run.pk))
    second = client.post(address("importrun_confirm", run.pk))

    meeting = Meeting.objects.get()
    assert first["Location"] == second["Location"] == address("meeting_change", meeting.pk)
    assert meeting.remarks.count() == len(run.report["remarks"])
    assert meeting.edited_by == account(EDITOR)


def test_a_discarded_upload_makes_nothing_and_may_come_again() -> None:
    run = waiting_run()
    client = signed_in(EDITOR)

    client.post(address("importrun_discard", run.pk))
    answer = client.post(address("importrun_confirm", run.pk), follow=True)

    assert said(answer)[-1] == "这次导入已被放弃，请重新上传文件。"
    assert not Meeting.objects.exists()
    upload(("page.txt", PAGE.read_bytes()))
    assert ImportRun.objects.waiting().count() == 1


def test_looking_at_a_decision_does_not_take_it() -> None:
    run = waiting_run()
    client = signed_in(EDITOR)

    client.get(address("importrun_confirm", run.pk))
    client.get(address("importrun_discard", run.pk))

    run.refresh_from_db()
    assert run.state == ImportRun.State.WAITING
    assert client.get(address("importrun_change", run.pk + 1)).status_code == 404
    assert client.get("/admin/speeches/importrun/x/change/").status_code == 302


def test_an_editor_may_name_the_encoding() -> None:
    upload(("page.txt", TRADITIONAL.encode("big5")), encoding="big5")

    source = SourceDocument.objects.get()
    assert (source.text, source.encoding) == (TRADITIONAL, "big5")


def test_the_form_offers_every_encoding_that_may_be_named() -> None:
    form = UploadForm().as_p()
    assert all(f'<option value="{name}"' in form for name in ("", *ENCODINGS))

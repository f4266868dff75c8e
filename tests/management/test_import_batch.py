"""The command for many pages: taken up again, two at once, and what it says."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from speeches.models import BatchFile, ImportBatch, ImportRun, Meeting, RemarkSketch
from speeches.moderation import batching, intake
from tests.factories import NOON, make_meeting
from tests.management.running import ROOT
from tests.moderation.batches import batch_of, drain, page

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    (pages / "inner").mkdir(parents=True)
    (pages / ".hidden").write_text("不看", encoding="utf-8")
    (pages / "a.txt").write_text(page(1), encoding="utf-8")
    (pages / "b.txt").write_text("买菜", encoding="utf-8")
    (pages / "inner" / "c.txt").write_text(page(2), encoding="utf-8")
    return pages


def run(*arguments: Any, **options: Any) -> tuple[str, str, int]:
    """Run the command here; return what it printed, what it complained of and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_batch", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    return out.getvalue(), err.getvalue(), code


@pytest.mark.django_db
def test_a_folder_is_read_and_one_bad_file_gives_exit_code_two(folder: Path) -> None:
    out, err, code = run(folder, "--newspaper", "示例日报")

    assert code == 2
    assert out.startswith(f"{folder}/a.txt：已建立草稿，2 篇发言待审。\n")
    assert "完成：读取 2 个，以前导入过 0 个，未能导入 1 个；发言 4 篇，遗漏 0 字" in out
    assert err.startswith(f"{folder}/b.txt：没有找到发言")
    assert set(Meeting.objects.values_list("newspaper", flat=True)) == {"示例日报"}


@pytest.mark.django_db
def test_without_a_bad_file_it_ends_well_and_holds_when_told_to(folder: Path) -> None:
    (folder / "b.txt").unlink()

    _out, err, code = run(folder, "--hold")

    assert (err, code) == ("", 0)
    assert ImportRun.objects.waiting().count() == 2


@pytest.mark.django_db
def test_the_same_command_goes_on_after_an_interruption(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = intake.keep

    def interrupted(*args: Any, **given: Any) -> Any:
        if ImportRun.objects.exists():
            raise KeyboardInterrupt
        return really(*args, **given)

    with monkeypatch.context() as patch:
        patch.setattr(batching, "keep", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(folder)
    (folder / "z.txt").write_text(page(3), encoding="utf-8")
    # Whoever was interrupted gave no sign for long enough.
    BatchFile.objects.filter(state="reading").update(claimed_at=NOON)

    out, _err, code = run(folder)

    assert out.startswith("接着上次继续：共 4 个文件，已完成 2 个。\n")
    assert code == 2
    assert ImportBatch.objects.count() == 1
    assert Meeting.objects.count() == 3


@pytest.mark.django_db
def test_a_finished_folder_read_once_more_doubles_nothing(folder: Path) -> None:
    run(folder)

    out, _err, _code = run(folder)

    assert f"{folder}/a.txt：以前导入过，没有再建一份。" in out
    assert ImportRun.objects.count() == Meeting.objects.count() == 2


@pytest.mark.django_db
def test_reports_go_where_they_are_wanted(folder: Path, tmp_path: Path) -> None:
    run(folder, "--report", tmp_path / "reports")

    assert sorted(file.name for file in (tmp_path / "reports").iterdir()) == ["a.json", "c.json"]


@pytest.mark.django_db
def test_a_dry_run_stores_nothing(folder: Path, tmp_path: Path) -> None:
    _out, _err, code = run(folder, "--dry-run", "--report", tmp_path / "reports")

    assert code == 2
    assert (tmp_path / "reports" / "a.json").exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_a_folder_without_pages_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有找到版面文件"):
        run(tmp_path)


class Terminal(io.StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        return True


@pytest.mark.django_db
def test_a_terminal_shows_how_far_it_is(folder: Path) -> None:
    out = Terminal()
    with pytest.raises(SystemExit):
        call_command("import_batch", str(folder), stdout=out, stderr=io.StringIO())

    assert "░] 1/3" in out.getvalue()
    assert "█] 3/3" in out.getvalue()


def test_two_processes_on_one_folder_read_each_page_once(tmp_path: Path) -> None:
    """On a real SQLite file, whichever engine the other tests run on."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(8):
        (pages / f"{number}.txt").write_text(page(number), encoding="utf-8")
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "cppcc.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/two.sqlite3",
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def ended(process: subprocess.Popen[str]) -> tuple[str, str, int]:
        out, err = process.communicate(timeout=120)
        return out, err, process.returncode

    assert ended(start("migrate", "--verbosity", "0"))[1:] == ("", 0)
    workers = [start("import_batch", str(pages)) for _ in range(2)]
    results = [ended(worker) for worker in workers]
    told, _err, _code = ended(start("shell", "--verbosity", "0", "-c", COUNT))

    assert [(err, code) for _out, err, code in results] == [("", 0), ("", 0)]
    assert told.split() == ["8", "8", "16"]


COUNT = (
    "from speeches.models import ImportRun, Meeting, Remark;"
    "print(ImportRun.objects.count(), Meeting.objects.count(), Remark.objects.count())"
)


@pytest.mark.django_db
def test_unfinished_uploads_are_handed_to_the_worker_once_more() -> None:
    batch = batch_of(page(1))
    out = io.StringIO()

    call_command("resume_batches", stdout=out)
    drain()

    assert out.getvalue() == "1 批没有读完，继续读取。\n"
    batch.refresh_from_db()
    assert batch.finished_at is not None


@pytest.mark.django_db
def test_sketches_can_be_made_anew() -> None:
    make_meeting(remarks=[{"paragraphs": [page(1)]}])
    bands = set(RemarkSketch.objects.values_list("band", flat=True))
    RemarkSketch.objects.all().delete()

    call_command("sketch_remarks", stdout=io.StringIO())

    assert bands == set(RemarkSketch.objects.values_list("band", flat=True))
    assert len(bands) == 24

"""The import command: each file whole or not at all, and the others go on."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from speeches.importing.reading import LARGEST
from speeches.models import ImportRun, Meeting, Remark, SourceDocument
from tests.management.running import NO_DATABASE, manage
from tests.moderation.pages import BYTES, PAGE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(BYTES)
    return path


def run(*arguments: Any, **options: Any) -> tuple[str, str, int]:
    """Run the command here; return what it printed, what it complained of and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_page", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    return out.getvalue(), err.getvalue(), code


def test_a_dry_run_needs_no_database(file: Path, tmp_path: Path) -> None:
    done = manage(
        *("import_page", str(file), "--dry-run", "--report", "-", "--published", "2024-08-20"),
        cwd=tmp_path,
        environment={"DATABASE_URL": NO_DATABASE},
    )

    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["meeting"]["held_on"] == "2024-08-13"
    assert [remark["position"] for remark in report["remarks"]] == [1, 2]
    assert report["coverage"]["lost"] == 0


def test_the_database_that_a_dry_run_does_not_need_would_have_failed(file: Path) -> None:
    done = manage("import_page", str(file), environment={"DATABASE_URL": NO_DATABASE})

    assert done.returncode != 0
    assert "OperationalError" in done.stderr


@pytest.mark.django_db
def test_a_dry_run_stores_nothing(file: Path) -> None:
    out, err, code = run(file, "--dry-run")

    assert (out, err, code) == ("", "", 0)
    assert not SourceDocument.objects.exists()


@pytest.mark.django_db
def test_a_page_becomes_a_draft_with_where_it_was_printed(file: Path) -> None:
    out, err, code = run(
        file, "--published", "2024-08-20", "--newspaper", "示例日报", "--page-number", "3"
    )

    meeting = Meeting.objects.get()
    assert (meeting.newspaper, meeting.page_number) == ("示例日报", "3")
    assert meeting.issue_date == dt.date(2024, 8, 20)
    assert Remark.objects.count() == 2
    assert (err, code) == ("", 0)
    assert out == f"{file}：已建立草稿，2 篇发言待审。\n"


@pytest.mark.django_db
def test_a_known_file_is_not_stored_twice_and_says_so(file: Path) -> None:
    run(file)

    out, _err, code = run(file)

    assert Meeting.objects.count() == 1
    assert (out, code) == (f"{file}：以前导入过，没有再建一份。\n", 0)


@pytest.mark.django_db
def test_a_held_page_waits_until_the_command_comes_without_hold(file: Path) -> None:
    held, _err, _code = run(file, "--hold")
    waiting = ImportRun.objects.waiting().count()

    out, _err, _code = run(file)

    assert (waiting, Meeting.objects.count()) == (1, 1)
    assert "等编辑确认" in held
    assert "已建立草稿" in out


@pytest.mark.django_db
def test_several_reports_are_one_a_line(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("深化协商议事", "另一个标题"), encoding="utf-8")

    out, err, code = run(file, other, "--report", "-")

    reports = [json.loads(line) for line in out.splitlines()]
    assert [report["source"]["name"] for report in reports] == ["page.txt", "other.txt"]
    assert (err, code) == ("", 0)


@pytest.mark.django_db
def test_reports_go_into_a_folder_one_file_each(file: Path, tmp_path: Path) -> None:
    namesake = tmp_path / "second" / "page.txt"
    namesake.parent.mkdir()
    namesake.write_text(PAGE.replace("深化协商议事", "另一个标题"), encoding="utf-8")
    folder = tmp_path / "new" / "reports"

    out, _err, code = run(file, namesake, "--dry-run", "--report", folder)

    reports = {path.name: json.loads(path.read_text("utf-8")) for path in folder.iterdir()}
    assert sorted(reports) == ["page-2.json", "page.json"]
    assert reports["page.json"]["meeting"]["title"] == "深化协商议事 服务百姓民生"
    assert reports["page-2.json"]["meeting"]["title"] == "另一个标题 服务百姓民生"
    assert (out, code) == ("", 0)


@pytest.mark.django_db
def test_a_folder_that_cannot_be_used_is_told_before_anything_is_stored(file: Path) -> None:
    with pytest.raises(CommandError, match="不能用来存放报告") as refusal:
        run(file, "--report", file)

    assert refusal.value.returncode == 2
    assert not SourceDocument.objects.exists()


@pytest.mark.django_db
def test_what_cannot_be_used_is_one_line_and_the_others_go_on(file: Path, tmp_path: Path) -> None:
    contents = {
        **{"empty.txt": b"", "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(80)},
        **{"big.txt": b"a" * (LARGEST + 9), "letter.txt": "此致敬礼".encode()},
    }
    bad = [tmp_path / "missing.txt", tmp_path]
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        bad.append(tmp_path / name)

    out, err, code = run(*bad, file, "--report", "-")

    complaints = err.splitlines()
    assert [line.split("：")[0] for line in complaints] == [str(path) for path in bad]
    assert "没有这个文件" in complaints[0]
    assert "文件夹" in complaints[1]
    assert code == 2
    assert len(out.splitlines()) == 1
    assert SourceDocument.objects.count() == Meeting.objects.count() == 1


@pytest.mark.django_db
def test_an_issue_that_does_not_fit_is_one_line_too(file: Path) -> None:
    _out, err, code = run(file, "--page-number", "1" * 11)

    assert err.splitlines() == [f"{file}：“11111111111”太长，请改短。"]
    assert code == 2
    assert not SourceDocument.objects.exists()


def test_a_file_that_never_ends_is_refused() -> None:
    _out, err, code = run("/dev/zero", "--dry-run")

    assert code == 2
    assert "20 MB" in err


@pytest.mark.parametrize("published", ["24.5.2024", "2024-02-30", "yesterday"])
def test_a_date_that_is_none_is_refused_with_an_example(file: Path, published: str) -> None:
    with pytest.raises(CommandError, match="2024-05-24"):
        run(file, "--dry-run", "--published", published)


def test_every_stage_of_a_page_can_be_looked_at(file: Path, tmp_path: Path) -> None:
    refused = tmp_path / "weather.txt"
    refused.write_text("今日天气晴，适合出行。", encoding="utf-8")
    folder = tmp_path / "stages"

    _out, err, code = run(file, refused, "--dry-run", "--stages", folder)

    assert (code, "weather.txt" in err) == (2, True)
    assert sorted(path.name for path in (folder / "page").iterdir()) == [
        *("1-source.json", "2-lines.json", "3-blocks.json", "4-outline.json"),
        *("5-head.json", "6-bodies.json", "7-report.json"),
    ]
    assert len(list((folder / "weather").iterdir())) == 4
    outline = json.loads((folder / "page" / "4-outline.json").read_text("utf-8"))
    assert [remark["unit"] for remark in outline["remarks"]] == [
        remark["unit"]
        for remark in json.loads((folder / "page" / "7-report.json").read_text("utf-8"))["remarks"]
    ]


def test_the_stages_are_for_trying_out_only(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--dry-run") as error:
        run(file, "--stages", tmp_path / "stages")

    assert error.value.returncode == 2
    assert not (tmp_path / "stages").exists()

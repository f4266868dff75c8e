"""The child process: what it may cost, what it sees, and how it can fail."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from speeches.importing import confinement
from speeches.importing.confinement import Outcome, read_confined, run_child
from speeches.importing.readers.limits import Limits
from speeches.importing.refusals import TOO_COMPLEX, UnreadableSource
from tests.importing.readers.making import make_html

pytestmark = pytest.mark.slow

SHORT = Limits(cpu_seconds=1, wall_seconds=1.5, output_bytes=100_000)


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that runs in place of the readers; its test writes it."""
    program = tmp_path / "child.py"
    monkeypatch.setattr(confinement, "_CHILD", program)
    return program


def refusal_of(program: Path, source: str) -> str:
    """The line with which a file is refused when ``source`` answers for the reader."""
    program.write_text(source, encoding="utf-8")
    run = confinement.run_child

    def shortly(data: bytes, kind: str, encoding: str | None) -> Outcome:
        return run(data, kind, encoding, SHORT)

    with pytest.raises(UnreadableSource) as refusal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(confinement, "run_child", shortly)
        read_confined(b"x" * 300_000, "pdf", None)
    return str(refusal.value)


@pytest.mark.parametrize(
    "source",
    [
        "import time; time.sleep(60)",
        "while True: print('x' * 10_000)",
        "import os, time; os.fork(); time.sleep(60)",
    ],
    ids=["sleeps", "never ends", "leaves a child"],
)
def test_a_child_that_does_not_end_is_stopped(child: Path, source: str) -> None:
    began = time.monotonic()
    assert refusal_of(child, source) == TOO_COMPLEX
    assert time.monotonic() - began < 10
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "print('渠水')",
        "print('[1, 2]')",
        "print('{}')",
        "print('null')",
        "raise SystemExit(3)",
        "import os; os.abort()",
        'print(\'{"text": "a", "encoding": "", "places": [[0, 9, 1, 0, 0, 0, 0]]}\')',
        'print(\'{"text": "a", "encoding": "", "places": [1]}\')',
        'print(\'{"text": "a", "encoding": "", "places": [], "sizes": [[NaN, 1]]}\')',
        'print(\'{"text": "a", "encoding": "", "places": [[0,1,1,0,0,NaN,0]], "sizes": []}\')',
    ],
)
def test_an_answer_that_is_no_reading_is_one_line_for_the_editor(child: Path, source: str) -> None:
    assert refusal_of(child, source) == confinement._BROKEN_OFF


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_a_child_that_is_ended_from_outside_says_nothing_of_the_file(
    child: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    ended = f"import os, signal; os.kill(os.getpid(), signal.{name})"

    assert refusal_of(child, ended) == "读取被中断，请重试。"
    assert not caplog.records


def test_a_child_that_is_killed_for_its_processor_time_was_not_ended_from_outside() -> None:
    spent = Outcome(b"", -signal.SIGKILL, Limits().cpu_seconds + 0.9, 0)

    assert confinement._reason(spent, "pdf", Limits()) == TOO_COMPLEX


def test_what_a_child_broke_down_over_is_in_the_log(
    child: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = "import sys; sys.stderr.write('x' * 100_000); raise RuntimeError('渠水断流')"

    assert refusal_of(child, source) == confinement._BROKEN_OFF

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert caplog.text.rstrip().endswith("RuntimeError: 渠水断流")
    assert len(caplog.text) < 3000


def test_a_child_that_fills_its_standard_error_still_answers(child: Path) -> None:
    child.write_text("import sys; sys.stderr.write('x' * 1_000_000); print('渠水')")

    outcome = run_child(b"", "pdf", limits=SHORT)

    assert (outcome.output.decode().strip(), outcome.status) == ("渠水", 0)
    assert outcome.last_words == "x" * 2048


def test_processor_time_is_limited() -> None:
    page = make_html(["渠水" * 20] * 100_000)
    outcome = run_child(page, "html", limits=Limits(cpu_seconds=1))
    assert outcome.status == -signal.SIGXCPU
    assert outcome.cpu_seconds < 2.0


def test_memory_is_limited() -> None:
    data = b"<html><p>" + "渠水".encode() * 2_000_000
    outcome = run_child(data, "html", limits=Limits(address_space=48 * 1024 * 1024))
    assert outcome.status != 0 or json.loads(outcome.output)["refused"] == TOO_COMPLEX


def test_the_child_has_no_environment_and_may_not_write(child: Path, tmp_path: Path) -> None:
    room = Path(confinement.__file__).parent / "readers"
    child.write_text(
        f"""
import json, os, sys
sys.path.insert(0, {str(room)!r})
import limits
limits.take_on(5, 1 << 29)
try:
    with open({str(tmp_path / "left")!r}, "w") as file:
        file.write("x")
    wrote = True
except OSError:
    wrote = False
kept = sorted(name for name in os.environ if name != "LC_CTYPE")
print(json.dumps([kept, wrote, os.getcwd(), os.getsid(0) == os.getpid()]))
""",
        encoding="utf-8",
    )
    assert run_child(b"", "pdf", limits=SHORT).output.strip() == b'[[], false, "/", true]'


def test_the_site_does_not_load_what_only_the_child_needs() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, speeches.importing; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert not {"lxml", "docx", "pypdfium2", "django"} & set(seen)


def test_the_child_loads_neither_django_nor_the_pipeline() -> None:
    room = Path(confinement.__file__).parent / "readers"
    program = (
        f"import sys, runpy; sys.argv = ['', 'html', '', '9', '{1 << 29}'];"
        f"runpy.run_path({str(room)!r}, run_name='__main__'); print(*sys.modules)"
    )
    seen = subprocess.run(
        [sys.executable, "-I", "-c", program],
        check=True,
        capture_output=True,
        input=b"<html><p>a</p></html>",
    ).stdout
    assert b"speeches.importing.readers.web" in seen
    assert not any(name in seen for name in (b"django", b"speeches.importing.pipeline", b"lxml"))

"""Every hostile file is refused with one clear line, within the limits, and leaves nothing."""

import os
import re
import resource
import time
from pathlib import Path

import pytest

from speeches.importing import UnreadableSource, confinement
from speeches.importing.confinement import Outcome
from speeches.importing.readers.limits import Limits
from speeches.importing.reading import read_source
from tests.importing.hostile.make import hostile_files

pytestmark = pytest.mark.slow

FILES = hostile_files()
# Tighter than what the site allows, so that what runs into a limit does so soon.
LIMITS = Limits(cpu_seconds=2, wall_seconds=15.0, address_space=400 * 1024 * 1024)
OWN_SECONDS = 3.0


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    """What the children of a test cost, each held to ``LIMITS``."""
    seen: list[Outcome] = []
    run_child = confinement.run_child

    def watched(data: bytes, kind: str, encoding: str | None = None) -> Outcome:
        seen.append(run_child(data, kind, encoding, LIMITS))
        return seen[-1]

    monkeypatch.setattr(confinement, "run_child", watched)
    return seen


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused(name: str, outcomes: list[Outcome]) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableSource) as refusal:
        read_source(FILES[name], name)
    line = str(refusal.value)
    assert re.fullmatch(r"[^\n\r,;:?!()]*[\u4e00-\u9fff][^\n\r,;:?!()]*。", line), line
    assert len(line) <= 60
    assert time.process_time() - began < OWN_SECONDS
    # A child is counted from before it became one (see Outcome).
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for outcome in outcomes:
        assert outcome.cpu_seconds < LIMITS.cpu_seconds + 1
        assert outcome.peak_bytes <= max(LIMITS.address_space, own_peak)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40


def test_they_are_always_the_same() -> None:
    assert hostile_files() == FILES


def test_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcomes: list[Outcome]
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    open_before = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("word-bomb.docx", "pdf-bomb.pdf", "web-deep.html", "ofd-deep.ofd"):
        with pytest.raises(UnreadableSource):
            read_source(FILES[name], name)
    assert len(outcomes) == 4
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert not list(tmp_path.iterdir())
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before

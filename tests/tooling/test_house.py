"""The rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 300
FOLDERS = ("cppcc", "deploy", "docs", "speeches", "static", "templates", "tests", ".ci")
ENDINGS = {"", ".css", ".html", ".js", ".json", ".md", ".py", ".sh", ".toml", ".txt", ".yaml"}
# Put together here, so that this file does not hold what it looks for.
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X{3})\b")
# Preceded by a word, a point or a brace it is the end of an address or of a relative path.
MACHINE_PATH = re.compile(r"(?<![\w.}/])/(?:home|Users|work|root)/\w")
# Linked data is a data block: a browser keeps it and never runs it (HTML, 4.12.1), so the policy
# against inline scripts does not meet it. Its type has to be exactly that one.
DATA_BLOCK = r'\s+type="application/ld\+json">'
INLINE_SCRIPT = re.compile(rf"<script\b(?!{DATA_BLOCK})(?![^>]*\bsrc\s*=)[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)


def in_words(path: Path) -> str:
    return str(path.relative_to(ROOT))


def rooms() -> list[Path]:
    """Folders of speeches/ that hold Python modules, and speeches/ itself."""
    folders = [ROOT / "speeches", *(ROOT / "speeches").iterdir()]
    return sorted(folder for folder in folders if folder.is_dir() and any(folder.glob("*.py")))


def modules() -> list[Path]:
    return sorted(
        file
        for file in (ROOT / "speeches").rglob("*.py")
        if "migrations" not in file.relative_to(ROOT).parts
    )


def texts() -> list[Path]:
    """Every text file of the project that is written by hand."""
    files = [file for file in ROOT.iterdir() if file.is_file() and file.name != "CHANGELOG.md"]
    for folder in FOLDERS:
        files += (ROOT / folder).rglob("*")
    return sorted(
        file
        for file in files
        if file.is_file()
        and file.suffix in ENDINGS
        and "__pycache__" not in file.parts
        and "examples" not in file.parts
        # Files of one machine, which the repository does not hold.
        and not file.name.startswith(".env")
    )


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def decisions() -> str:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_a_module_stays_short_or_a_decision_says_why() -> None:
    reasons = decisions()
    too_long = [
        f"{in_words(file)}: {length} lines"
        for file in modules()
        if (length := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
        and in_words(file) not in reasons
    ]

    assert too_long == []


def test_every_room_opens_with_its_notice() -> None:
    without = [
        in_words(room)
        for room in rooms()
        if room.name != "migrations"
        and (
            not (room / "__init__.py").exists()
            or not ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
        )
    ]

    assert without == []


@pytest.mark.parametrize("pattern", [INLINE_SCRIPT, INLINE_STYLE], ids=["script", "style"])
def test_templates_hold_no_inline_script_or_style(pattern: re.Pattern[str]) -> None:
    found = [
        f"{in_words(file)}: {match.group()}"
        for file in templates()
        for match in pattern.finditer(file.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE_PATH], ids=["unfinished", "path"])
def test_no_file_is_unfinished_or_bound_to_one_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{in_words(file)}:{number}: {line.strip()}"
        for file in texts()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("pattern", "line", "caught"),
    [
        (INLINE_SCRIPT, "<script>alert(1)</script>", True),
        (INLINE_SCRIPT, "<script defer src=\"{% static 'a.js' %}\"></script>", False),
        (INLINE_SCRIPT, '<script type="application/ld+json">', False),
        (INLINE_SCRIPT, '<script type="application/json">', True),
        (INLINE_SCRIPT, '<script type="application/ld+json" type="module">', True),
        (INLINE_STYLE, '<p style="color: red">', True),
        (INLINE_STYLE, '<a onclick="go()">', True),
        (INLINE_STYLE, '<p class="style">', False),
        (MACHINE_PATH, "/ho" + "me/li/site", True),
        (MACHINE_PATH, "https://example.org/work/1/", False),
        (UNFINISHED, "# TO" + "DO: later", True),
    ],
)
def test_patterns_catch_what_they_are_for(
    pattern: re.Pattern[str], line: str, caught: bool
) -> None:
    assert bool(pattern.search(line)) is caught

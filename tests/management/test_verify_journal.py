"""`verify_journal`: what it says, and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from speeches.models import Act, JournalEntry, triggers
from speeches.moderation import journal
from tests.factories import NOON, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_entries() -> None:
    unit = make_unit()
    for _each in range(2):
        with journal.together():
            journal.write(Act.EDIT, unit, by=None, at=NOON)


def run(*arguments: str) -> tuple[int, str, str]:
    """Return exit code, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_journal", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def hash_of(number: int) -> str:
    return JournalEntry.objects.get(number=number).hash


def test_a_journal_in_order_tells_its_length_and_end() -> None:
    last = hash_of(2)

    assert run() == (0, f"日志完好：2 条，末条指纹 {last}@2\n", "")


def test_what_it_prints_can_be_given_back_to_it() -> None:
    printed = run()[1].split()[-1]

    assert run("--against", printed)[0] == 0


def test_the_first_fault_is_named_and_the_exit_code_is_one() -> None:
    first = hash_of(1)
    triggers.remove(connection, triggers.STANDING[:3])
    JournalEntry.objects.filter(number=2).update(subject_label="另")

    code, out, err = run()

    assert (code, out) == (1, "")
    assert err == f"第 2 条被改动过。\n前 1 条完好，指纹 {first}@1\n"


def test_another_history_than_the_noted_one_is_a_fault() -> None:
    code, _out, err = run("--against", f"{'a' * 64}@1")

    assert code == 1
    assert "第 1 条的指纹与所记的不同" in err


@pytest.mark.parametrize("given", ["abc", f"{'a' * 64}", f"{'a' * 64}@0", f"{'A' * 64}@1"])
def test_a_note_that_cannot_be_read_is_refused(given: str) -> None:
    with pytest.raises(CommandError, match="指纹@条数"):
        run("--against", given)

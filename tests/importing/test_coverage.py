"""The account of the source is checked, not assumed."""

import pytest

from speeches.importing.coverage import BrokenAccount, Ledger, check_fields
from speeches.importing.draft import MeetingDraft, Passage


def test_what_nobody_claims_is_found_and_counted_as_lost() -> None:
    ledger = Ledger("渠水 田\n\n埂 ")
    ledger.place([(0, 2)])
    assert ledger.free_stretches() == [(3, 4), (6, 7)]
    assert ledger.coverage().lost == 2
    ledger.set_aside(3, 4)
    ledger.set_aside(6, 7)
    coverage = ledger.coverage()
    assert (coverage.characters, coverage.placed, coverage.set_aside, coverage.lost) == (4, 2, 2, 0)


@pytest.mark.parametrize(("start", "end"), [(1, 2), (3, 9), (2, 2)])
def test_claiming_twice_or_beyond_the_source_is_a_fault(start: int, end: int) -> None:
    ledger = Ledger("渠水田埂")
    ledger.place([(0, 2)])
    with pytest.raises(BrokenAccount):
        ledger.set_aside(start, end)


def test_a_field_that_does_not_show_what_it_claims_is_a_fault() -> None:
    with pytest.raises(BrokenAccount):
        check_fields("渠水田埂", MeetingDraft(title=Passage("渠水", ((0, 3),))), ())

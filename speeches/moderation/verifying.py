"""Verifying: whether the journal is as it was written. Reads only, and holds no writer up.

The entries are read in one pass with constant memory; the head is read after them, so that what
others write meanwhile is told from what somebody has added by the side.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from speeches.models import JournalEntry, JournalHead
from speeches.models.chain import BEGINNING, COLUMNS, fingerprint

ENTRIES_AT_ONCE = 2000


@dataclass(frozen=True)
class Noted:
    """Number and fingerprint of an entry, as somebody outside has written them down."""

    number: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """How many entries are in order, the fingerprint of the last of them, and the first fault.

    `fault` is "" for a journal in order.
    """

    number: int
    hash: str
    fault: str = ""


class _Broken(Exception):
    """The first fault, in words."""


class _Chain:
    """The entries followed one by one."""

    def __init__(self, noted: Noted | None) -> None:
        self.number, self.hash = 0, BEGINNING
        self._noted = noted

    def follow(self, entry: dict[str, Any]) -> None:
        """Take the next entry, or say what is wrong."""
        number = entry["number"]
        expected = self.number + 1
        if number != expected:
            if isinstance(number, int) and number < expected:
                raise _Broken(_("第 %(number)s 条是插入的。") % {"number": number})
            raise _Broken(_("第 %(number)d 条被删去了。") % {"number": expected})
        whole = _own_fingerprint(entry) == entry["hash"]
        if whole and entry["previous"] != self.hash and self.number:
            # It is whole and names another one before it: that one is not what it was.
            raise _Broken(_("第 %(number)d 条被改动过，指纹也重算过。") % {"number": self.number})
        if not whole or entry["previous"] != self.hash:
            raise _Broken(_("第 %(number)d 条被改动过。") % {"number": expected})
        if self._noted and self._noted.number == number and self._noted.hash != entry["hash"]:
            raise _Broken(
                _("第 %(number)d 条的指纹与所记的不同：它或它以前的日志被重写过。")
                % {"number": number}
            )
        self.number, self.hash = number, entry["hash"]

    def meet(self, head: JournalHead | None) -> None:
        """Compare the last entry with what the head says, and with what was noted."""
        if head is None:
            raise _Broken(_("末条记录不见了，无从知道日志应有几条。"))
        if head.number > self.number:
            raise _Broken(_("第 %(number)d 条被删去了。") % {"number": self.number + 1})
        if head.number < self.number:
            raise _Broken(_("第 %(number)d 条是插入的。") % {"number": head.number + 1})
        if head.hash != self.hash:
            raise _Broken(
                _("第 %(number)d 条与末条记录不符：其中之一被改动过。") % {"number": self.number}
            )
        if self._noted and self._noted.number > self.number:
            raise _Broken(_("第 %(number)d 条被删去了。") % {"number": self.number + 1})


def verify(*, noted: Noted | None = None, progress: Callable[[int], None] | None = None) -> Verdict:
    """Follow the whole chain and return the verdict, which names the first fault.

    `noted` is compared with the entry of its number. `progress` is told how many are done.
    """
    chain = _Chain(noted)
    try:
        _follow_all(chain, progress)
        head = JournalHead.objects.first()
        if head is not None and head.number > chain.number:
            # Written since the pass began, or missing at the end.
            for entry in _entries(after=chain.number, until=head.number):
                chain.follow(entry)
        chain.meet(head)
    except _Broken as broken:
        return Verdict(chain.number, chain.hash, str(broken))
    return Verdict(chain.number, chain.hash)


def _follow_all(chain: _Chain, progress: Callable[[int], None] | None) -> None:
    try:
        for entry in _entries():
            chain.follow(entry)
            if progress and chain.number % ENTRIES_AT_ONCE == 0:
                progress(chain.number)
    except ValueError:
        # A value that is none of its column's kind, such as a day that no month has, fails all
        # that are read with it: one by one, the entry that holds it is found.
        try:
            for entry in _entries(after=chain.number, at_once=1):
                chain.follow(entry)
        except ValueError:
            words = _("第 %(number)d 条被改动过。") % {"number": chain.number + 1}
            raise _Broken(words) from None


def _entries(
    *, after: int = 0, until: int | None = None, at_once: int = ENTRIES_AT_ONCE
) -> Iterator[dict[str, Any]]:
    entries = JournalEntry.objects.in_order()
    if after:
        entries = entries.filter(number__gt=after)
    if until:
        entries = entries.filter(number__lte=until)
    yield from entries.values(*COLUMNS, "hash").iterator(chunk_size=at_once)


def _own_fingerprint(entry: dict[str, Any]) -> str:
    if entry["at"] is None:
        return ""
    return fingerprint(entry)

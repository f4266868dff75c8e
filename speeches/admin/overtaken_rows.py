"""Rows of a form (speakers, bylines, pictures) that two people have changed at once.

Rows are known by their ids. The form that was sent is written anew over the rows that are there
now: a cell that was typed stays, one that was not follows the other person; a row they added is
added; one they deleted goes, or becomes a new row where something was typed into it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict

from speeches.admin.began import Row, Value, cells_of, settled
from speeches.doors.bodies import BodyField
from speeches.text.markup import plain_text


class Table:
    """The rows of one formset: as the form began, as they stand, and as they were sent.

    `began` is None where the form did not say. `follow` writes into `sent`.
    """

    def __init__(
        self,
        formset: BaseInlineFormSet,
        sent: QueryDict,
        now: Mapping[str, Row],
        began: Mapping[str, Row] | None,
    ) -> None:
        row = formset.empty_form
        self.label = row.instance._meta.verbose_name
        self.prefix = formset.prefix
        self.cells = cells_of(row)
        self.sent, self.now, self.began = sent, now, began
        self.key = str(row.instance._meta.pk.name)

    # -- what was sent --------------------------------------------------------------------------

    def _sent_rows(self) -> list[dict[str, list[str]]]:
        """Return what was sent of each row, by name without prefix and number."""
        total = self.sent.get(f"{self.prefix}-TOTAL_FORMS", "")
        rows: dict[int, dict[str, list[str]]] = {}
        for name, values in self.sent.lists():
            prefix, _dash, rest = name.partition("-")
            number, _dash, cell = rest.partition("-")
            if prefix == self.prefix and number.isdecimal() and total.isdecimal():
                rows.setdefault(int(number), {})[cell] = list(values)
        return [rows[number] for number in sorted(rows) if number < int(total)]

    def _value(self, row: Mapping[str, list[str]], name: str) -> Value:
        """Return a cell that was sent; None where it was not, such as a file."""
        field = self.cells[name]
        if name not in row:
            return None
        data: Any = QueryDict(mutable=True)
        data.setlist(name, row[name])
        return settled(field, field.widget.value_from_datadict(data, {}, name))

    # -- following ------------------------------------------------------------------------------

    def follow(self, *, typed: bool) -> None:
        """Write the form over the rows that are there now, with what was typed or without."""
        sent = {row[self.key][0]: row for row in self._sent_rows() if row.get(self.key, [""])[0]}
        rows = [
            self._over(pk, now, sent.get(pk, {}) if typed else {}) for pk, now in self.now.items()
        ]
        stored = len(rows)
        if typed:
            rows += [row for row in map(self._as_new, self._sent_rows()) if row]
        for name in list(self.sent):
            if name.startswith(f"{self.prefix}-") and not name.endswith("_FORMS"):
                del self.sent[name]
        for number, row in enumerate(rows):
            for cell, values in row.items():
                self.sent.setlist(f"{self.prefix}-{number}-{cell}", values)
        self.sent[f"{self.prefix}-INITIAL_FORMS"] = str(stored)
        self.sent[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))

    def _over(self, pk: str, now: Row, sent: dict[str, list[str]]) -> dict[str, list[str]]:
        row = {**sent, self.key: [pk]}
        for name, field in self.cells.items():
            # A file is sent beside the form, and is not sent again unless it is chosen anew.
            if isinstance(field, forms.FileField):
                continue
            if name not in sent or not self._touched(pk, sent, name):
                row[name] = as_sent(field, now[name])
        return row

    def _as_new(self, row: dict[str, list[str]]) -> dict[str, list[str]]:
        """Return a row as a new one; nothing where it is stored, or nothing of it is typed."""
        pk = row.get(self.key, [""])[0]
        if pk in self.now or "DELETE" in row:
            return {}
        touched = any(self._touched(pk, row, name) for name in self.cells if name in row)
        return {**row, self.key: [""]} if touched else {}

    def _touched(self, pk: str, row: dict[str, list[str]], name: str) -> bool:
        value = self._value(row, name)
        if not pk:
            return name != "position" and value not in (None, "")
        if self.began is None or pk not in self.began:
            return True
        return bool(value != self.began[pk].get(name))

    # -- in words -------------------------------------------------------------------------------

    def lines_now(self) -> tuple[str, ...]:
        """Return the rows as they stand, a line each."""
        return self._lines(self.now.values())

    def lines_began(self) -> tuple[str, ...] | None:
        """Return the rows as the form began with them."""
        return None if self.began is None else self._lines(self.began.values())

    def lines_typed(self) -> tuple[str, ...]:
        """Return the rows as they were sent, without those that were ticked to be deleted."""
        rows = [row for row in self._sent_rows() if "DELETE" not in row]
        stored = [self.now.get(row.get(self.key, [""])[0], {}) for row in rows]
        return self._lines(
            {
                name: self._value(row, name) if name in row else there.get(name)
                for name in self.cells
            }
            for row, there in zip(rows, stored, strict=True)
        )

    def _lines(self, rows: Iterable[Mapping[str, Value]]) -> tuple[str, ...]:
        ordered = sorted(rows, key=lambda row: (row.get("position") is None, row.get("position")))
        columns = [
            _named(field, in_words(field, [row.get(name) for row in ordered]))
            for name, field in self.cells.items()
            if name != "position"
        ]
        return tuple(
            "，".join(filter(None, (column[number] for column in columns)))
            for number in range(len(ordered))
        )


def as_sent(field: forms.Field, value: Value) -> list[str]:
    """Return what a browser would send for a value."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return list(value)
    shown = field.prepare_value(value)
    return [] if shown is None else [str(shown)]


def _named(field: forms.Field, words: list[list[str]]) -> list[str]:
    """Return cells as words; a record that a row is linked to behind its column's name."""
    before = f"{field.label}：" if isinstance(field, forms.ModelChoiceField) else ""
    return [before + "".join(lines) if lines else "" for lines in words]


def in_words(field: forms.Field, values: Sequence[Value]) -> list[list[str]]:
    """Return each value as lines of words; names of records in one query."""
    if isinstance(field, forms.ModelChoiceField):
        keys = {key for value in values for key in _keys(value) if key.isdecimal()}
        names = {str(one.pk): str(one) for one in field.queryset.filter(pk__in=keys)}  # type: ignore[union-attr]
        return [
            [text] if (text := "、".join(names.get(key, key) for key in _keys(value))) else []
            for value in values
        ]
    if isinstance(field, BodyField):
        return [plain_text(value).split("\n") if value else [] for value in values]
    return [
        list(map(str, value)) if isinstance(value, list) else [str(value)] if value else []
        for value in values
    ]


def _keys(value: Value) -> list[str]:
    if isinstance(value, list):
        return value
    return [value] if value else []

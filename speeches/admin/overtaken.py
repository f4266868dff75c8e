"""Two people at one text: the second sees both versions, and has everything they typed.

Nothing is written. What the other person changed and the second did not touch is taken into the
form at once; what the second typed stays in it, compared with what stands now, and is taken back
for a part only where they ask for it.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from speeches.admin.began import (
    CARRIED,
    State,
    Value,
    carried,
    carry,
    cells_of,
    formsets_of,
    settled,
    state_of,
)
from speeches.admin.overtaken_rows import Table, as_sent, in_words
from speeches.doors.marked import MarkedPart, Part, mark_part
from speeches.models import Act, JournalEntry, Meeting, Remark
from speeches.moderation.locking import locked
from speeches.moderation.refusals import Refused

# The button that takes what stands now for one part: the field's name, or the rows' prefix.
TAKE = "_take"
# Acts that change what a form shows.
_CHANGING = (Act.CREATE, Act.EDIT, Act.RESTORE, Act.LINK, Act.ASSIGN_THEMES)


class Overtaken(Refused):
    """Somebody else has changed what the form was made from."""


class TakenOver(Refused):
    """A part of what stands now was taken into the form, which is not saved yet."""


@dataclass(frozen=True)
class Difference:
    """A part in which what stands now and what was typed differ, or differed.

    `theirs`: the other person's change, which the form holds already.
    """

    name: str
    marked: MarkedPart
    theirs: bool


def must_still_stand(admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark) -> None:
    """Hold the text and refuse a form that was made from another state of it."""
    held = locked(text)
    if TAKE in request.POST:
        raise TakenOver(_("还没有保存。已按您的选择换成现在的文字，请看过再点“保存”。"))
    if carried(request) != state_of(admin, request, held):
        raise Overtaken(
            _("“%(text)s”在您打开之后又有改动，您的修改还没有保存。") % {"text": held}
            + "\n"
            + _("页面上方对照了两边的文字，您填写的都在表单里。看过之后可以再点“保存”。")
        )


def both_versions(
    admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark
) -> dict[str, Any]:
    """Let the form that was sent follow what stands now; return the context that shows both.

    The request's POST is replaced: it tells of the rows that are there now.
    """
    stands, began = state_of(admin, request, text), carried(request)
    sent = request.POST.copy()
    taken = set(sent.pop(TAKE, []))
    sent[CARRIED] = carry(stands)
    differences = _fields(admin, request, text, sent, stands, began, taken)
    for prefix, formset in formsets_of(admin, request, text):
        before = began.rows.get(prefix, {}) if began else None
        table = Table(formset, sent, stands.rows[prefix], before)
        differences += _rows(prefix, table, prefix in taken)
    request.POST = sent  # type: ignore[assignment]
    return {
        CARRIED: sent[CARRIED],
        "differences": differences,
        "changed_last": _last_change(text),
    }


def _fields(
    admin: ModelAdmin,
    request: HttpRequest,
    text: Meeting | Remark,
    sent: QueryDict,
    stands: State,
    began: State | None,
    taken: set[str],
) -> list[Difference]:
    differences = []
    form = admin.get_form(request, text, change=True)(instance=text)
    for name, field in cells_of(form).items():
        typed = settled(field, field.widget.value_from_datadict(sent, {}, name))
        now = stands.fields[name]
        if typed == now:
            continue
        untouched = began is not None and began.fields.get(name) == typed
        if untouched or name in taken:
            sent.setlist(name, as_sent(field, now))
        if name not in taken:
            old, new = (typed, now) if untouched else (now, typed)
            marked = mark_part(_part(field, old), _part(field, new))
            differences.append(Difference(name, marked, untouched))
    return differences


def _rows(prefix: str, table: Table, taken: bool) -> list[Difference]:
    before, now = table.lines_began(), table.lines_now()
    theirs = before is not None and before != now
    table.follow(typed=not taken)
    typed = table.lines_typed()
    label = str(table.label)
    if typed != now:
        marked = mark_part(Part(label, now, now), Part(label, typed, typed))
        return [Difference(prefix, marked, theirs=False)]
    if before is not None and theirs and not taken:
        marked = mark_part(Part(label, before, before), Part(label, now, now))
        return [Difference(prefix, marked, theirs=True)]
    return []


def _part(field: forms.Field, value: Value) -> Part:
    return Part(str(field.label), tuple(in_words(field, [value])[0]), value)


def _last_change(text: Meeting | Remark) -> str:
    """Return who changed the text last, and when."""
    entries = JournalEntry.objects.about(text).filter(act__in=_CHANGING)
    entry = entries.select_related("actor").first()
    who, when = (entry.actor, entry.at) if entry else (text.edited_by, text.edited_at)
    return f"{who or _('命令')} {localtime(when):%Y-%m-%d %H:%M}"

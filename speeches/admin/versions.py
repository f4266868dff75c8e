"""The page of a text's versions (稿次): who handed over what, and marked copies (花脸稿) of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from speeches.admin.acting import now
from speeches.admin.attributed import fold, legend
from speeches.admin.version_list import Entry, entries_of
from speeches.doors.marked import mark, parts_of
from speeches.models import Meeting, Remark

# Two versions, or every one from the first chosen to the second, each in its own colour.
TWO, ALL = "two", "all"


def versions_page(
    model_admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark
) -> HttpResponse:
    """Show every version, and below the list those that were chosen, compared.

    The query holds `old` and `new` (keys of entries) and `how`.
    """
    entries = entries_of(text)
    how = ALL if request.GET.get("how") == ALL else TWO
    chosen = _chosen(request, entries, how)
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": _("稿次与花脸稿：%(text)s") % {"text": text},
        "opts": model_admin.opts,
        "text": text,
        "kind": model_admin.opts.model_name,
        "entries": entries,
        "public": next((entry for entry in entries if entry.public), None),
        "last": entries[-1],
        "how": how,
        "printed_at": now(),
        "may_restore": model_admin.has_change_permission(request, text),
    }
    if chosen:
        old, new = chosen[0], chosen[-1]
        context |= {"old": old, "new": new}
        if how == ALL:
            context |= {"folded": fold(chosen), "legend": legend(chosen)}
        else:
            context["marked"] = mark(parts_of(old.content), parts_of(new.content))
    return TemplateResponse(request, "admin/speeches/versions/list.html", context)


def _chosen(request: HttpRequest, entries: Sequence[Entry], how: str) -> Sequence[Entry]:
    """Return the entries from the older one that was chosen to the newer; none if there is one.

    Where none is chosen: the last two, or all of this review, from what was published last.
    """
    places = {entry.key: place for place, entry in enumerate(entries)}
    last = len(entries) - 1
    begins = max(last - 1, 0)
    if how == ALL:
        published = [place for place in range(last) if entries[place].editions]
        begins = published[-1] if published else 0
    old = places.get(request.GET.get("old", ""), begins)
    new = places.get(request.GET.get("new", ""), last)
    if old == new:
        return ()
    return entries[min(old, new) : max(old, new) + 1]

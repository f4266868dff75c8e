"""What the archive has already, on the desk: matches of drafts and remarks, and the answers."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from speeches.admin.acting import attempt
from speeches.models import ImportRun, Remark
from speeches.moderation.archive import answer_sameness, known_remarks, unanswered
from speeches.moderation.intake import IMPORT
from speeches.moderation.likeness import like_remark
from speeches.moderation.reprints import keep_apart, link_as_reprint


def matches_of_draft(run: ImportRun) -> dict[str, Any]:
    """Return what a draft's page has to say of the archive (`importrun/_known.html`)."""
    known = known_remarks(run)
    open_positions = unanswered(known)
    return {
        "known": [
            {
                "position": position,
                "matches": matches,
                "open": position in open_positions,
                "linked": any(match.same for match in matches),
            }
            for position, matches in sorted(known.items())
        ],
        "known_open": len(open_positions),
    }


def matches_of_remark(remark: Remark | None) -> dict[str, Any]:
    """Return what a remark's page has to say of the archive (`remark/_known.html`)."""
    if remark is None:
        return {}
    matches = like_remark(remark)
    return {
        "like": matches,
        "like_open": any(match.same is None for match in matches),
        "like_discardable": not remark.review_rounds.exists(),
        "reprints": remark.reprints.select_related("run__source").defer(
            *("run__report", "run__arrangement", "run__source__content", "run__source__text")
        ),
    }


def answer_of_draft(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take down whether a remark of a draft is one of the archive."""
    if not request.user.has_perm(IMPORT):
        raise PermissionDenied
    run = get_object_or_404(ImportRun, pk=pk)
    draft = reverse("admin:speeches_importrun_change", args=[pk])
    if request.method == "POST":
        position = request.POST.get("position", "")
        if not position.isdecimal():
            raise Http404
        draft += f"#known-{position}"
        same_as = _chosen(request)
        if attempt(request, answer_sameness, run, position=int(position), same_as=same_as):
            messages.success(request, _("已记下第 %(number)s 篇的选择。") % {"number": position})
    return redirect(draft)


def answer_of_remark(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take down whether a remark of the desk is another one of the archive."""
    remark = get_object_or_404(Remark, pk=pk)
    if not model_admin.has_change_permission(request, remark):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("admin:speeches_remark_change", pk)
    same_as = _chosen(request)
    if same_as is None:
        if attempt(request, keep_apart, remark):
            messages.success(request, _("已记下：这是另一篇。"))
        return redirect("admin:speeches_remark_change", pk)
    if attempt(request, link_as_reprint, remark, of=same_as):
        messages.success(request, _("已关联为同一篇，重复的一篇已删除。"))
        return redirect("admin:speeches_remark_change", same_as.pk)
    return redirect("admin:speeches_remark_change", pk)


def _chosen(request: HttpRequest) -> Remark | None:
    """Return the remark that was chosen; None for "another one"."""
    key = request.POST.get("same_as", "")
    if not key:
        return None
    if not key.isdecimal():
        raise Http404
    return get_object_or_404(Remark, pk=int(key))

"""A remark that is being written: its form, saved by hand or by itself, handed in, thrown away."""

from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views import View

from speeches.contribute.door import OfTheUnit
from speeches.contribute.forms import DraftForm, what_is_typed
from speeches.contribute.wanted import Length, time_left
from speeches.contribute.wording import content_of, reasons_of
from speeches.doors.acting import attempt, now, perform, tell
from speeches.doors.bodies import EDITOR_POLICY
from speeches.doors.marked import MarkedPart, mark, parts_of
from speeches.models import ContactDetails, SubmissionDraft, TextState
from speeches.moderation import versioning
from speeches.moderation.refusals import Refused
from speeches.moderation.submitting import hand_in, hand_in_again
from speeches.moderation.writing import continue_over, save, throw_away
from speeches.text.counting import count_characters

# States in which a submission may be handed in again.
_WITH_THE_UNIT = (TextState.RETURNED, TextState.TAKEN_BACK)


class OfADraft(OfTheUnit, View):
    """A page of one of the unit's drafts; another unit's is not there."""

    def draft(self, pk: int) -> SubmissionDraft:
        """Return the draft."""
        drafts = SubmissionDraft.objects.filter(unit=self.contributor.unit)
        related = drafts.select_related("call__meeting", "submission__remark", "saved_by", "source")
        return get_object_or_404(related.defer("source__content", "source__text"), pk=pk)

    def save(self, request: HttpRequest, draft: SubmissionDraft, form: DraftForm) -> Any:
        """Save what was typed; a refusal never puts the unit's words into the journal."""
        return perform(
            request,
            save,
            draft,
            about=draft.call,
            manuscript=form.manuscript(),
            seen=form.cleaned_data["seen"],
        )


class DraftView(OfADraft):
    """The form. Whatever button is pressed, what was typed is saved first."""

    @method_decorator(csp_update(EDITOR_POLICY))
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer under the policy that the editor needs."""
        return super().dispatch(*args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is saved."""
        draft = self.draft(pk)
        return self.page(request, draft, DraftForm(initial=what_is_typed(draft)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save, and hand in or go on over the newsroom's wording where that was asked."""
        draft = self.draft(pk)
        form = DraftForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("还没有保存，请看标出的地方。"))
            return self.page(request, draft, form)
        try:
            saved = self.save(request, draft, form)
        except Refused as refusal:
            return self._not_saved(request, draft, form, refusal)
        asked = request.POST.get("do")
        if asked == "hand-in":
            return self._hand_in(request, saved)
        if asked == "continue":
            if attempt(request, continue_over, saved, about=saved.call):
                messages.success(request, _("以您的文字为准，可以重新交稿了。"))
        else:
            messages.success(request, _("已保存。"))
        return redirect("contribute:draft", pk)

    def page(
        self,
        request: HttpRequest,
        draft: SubmissionDraft,
        form: DraftForm,
        overtaken: list[MarkedPart] | None = None,
    ) -> HttpResponse:
        """Show the form; `overtaken` compares what is saved with what was typed."""
        remark = draft.submission.remark if draft.submission else None
        body = form.cleaned_data["body"] if form.is_bound and form.is_valid() else draft.body
        context = {
            "draft": draft,
            "form": form,
            "length": Length(count_characters(body), draft.call),
            "time_left": time_left(draft.call, now()),
            "overtaken": overtaken,
            "reasons": reasons_of(remark) if remark else None,
            "changed": _changed_meanwhile(draft),
            "may_hand_in": remark is None or remark.state in _WITH_THE_UNIT,
            "has_contact": ContactDetails.objects.filter(contributor=self.contributor).exists(),
        }
        return render(request, "contribute/draft.html", context)

    def _hand_in(self, request: HttpRequest, draft: SubmissionDraft) -> HttpResponse:
        act = hand_in_again if draft.submission_id else hand_in
        try:
            submission = perform(request, act, draft, about=draft.call, seen=draft.number)
        except Refused as refusal:
            tell(request, refusal)
            return redirect("contribute:draft", draft.pk)
        messages.success(
            request,
            _("已收到您的稿件，收稿编号 %(receipt)s。") % {"receipt": submission.receipt},
        )
        return redirect("contribute:submission", submission.receipt)

    def _not_saved(
        self, request: HttpRequest, draft: SubmissionDraft, form: DraftForm, refusal: Refused
    ) -> HttpResponse:
        """Show the form as it was sent, beside what another window saved meanwhile.

        Whoever has seen both and saves again goes over it.
        """
        tell(request, refusal)
        there = SubmissionDraft.objects.filter(pk=draft.pk).select_related("call__meeting").first()
        if there is None:
            return self.page(request, draft, form)
        typed = parts_of(content_of(form.manuscript()))
        sent = request.POST.copy()
        sent["seen"] = str(there.number)
        again = DraftForm(sent)
        again.is_valid()
        return self.page(request, there, again, mark(parts_of(content_of(there)), typed))


def _changed_meanwhile(draft: SubmissionDraft) -> list[MarkedPart] | None:
    """Compare with the newsroom's wording where that has changed since the revision began."""
    if draft.submission is None:
        return None
    remark = draft.submission.remark
    if versioning.fingerprint_of(remark) == draft.base:
        return None
    theirs = parts_of(versioning.content_of(remark))
    return mark(theirs, parts_of(content_of(draft)))


class AutosaveView(OfADraft):
    """Saves for the script of the form, and says in short what came of it."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save; 409 where it was saved elsewhere meanwhile, 422 where something does not fit."""
        draft = self.draft(pk)
        form = DraftForm(request.POST)
        if not form.is_valid():
            reasons = [
                f"{form.fields[name].label or ''}：{error}"
                for name, errors in form.errors.items()
                for error in errors
            ]
            return JsonResponse({"reason": " ".join(reasons)}, status=422)
        try:
            saved = self.save(request, draft, form)
        except Refused as refusal:
            advice = _("请点“保存”，对照两边的文字。")
            return JsonResponse({"reason": f"{refusal}{advice}"}, status=409)
        told = _("已自动保存 %(time)s") % {"time": f"{localtime(saved.saved_at):%H:%M}"}
        return JsonResponse({"told": told, "seen": saved.number})


class ThrowAwayView(OfADraft):
    """Asks, and deletes what was not handed in."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        return render(request, "contribute/throw_away.html", {"draft": self.draft(pk)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it and go back to the first page."""
        draft = self.draft(pk)
        if attempt(request, throw_away, draft, about=draft.call):
            messages.success(request, _("草稿已删除。"))
        return redirect("contribute:desk")

"""What a unit has handed in: where it stands, why it came back, and what can be done now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from speeches.contribute.door import OfTheUnit
from speeches.contribute.standing import Standing, standing_of, way_of, with_rounds
from speeches.contribute.wording import reasons_of, text_of
from speeches.doors.acting import attempt, now, perform, tell
from speeches.models import Submission, SubmissionDraft, TextState
from speeches.moderation.refusals import Refused
from speeches.moderation.submitting import take_back
from speeches.moderation.writing import revise


class OfASubmission(OfTheUnit, View):
    """A page of one of the unit's submissions; another unit's is not there."""

    def submission(self, receipt: str) -> Submission:
        """Return the submission with its rounds."""
        of_the_unit = Submission.objects.of(self.contributor.unit)
        found = with_rounds(of_the_unit).select_related("remark__meeting")
        return get_object_or_404(found, receipt=receipt)


class SubmissionView(OfASubmission):
    """The submission, which is its receipt as well."""

    def get(self, request: HttpRequest, receipt: str) -> HttpResponse:
        """Show it."""
        submission = self.submission(receipt)
        standing = standing_of(submission)
        came = submission.deliveries.select_related("version", "source", "by")
        deliveries = list(came.defer("source__content", "source__text").order_by("pk"))
        reasons = reasons_of(submission.remark)
        last = deliveries[-1].version
        shown = (
            reasons is not None and reasons.commented and reasons.fingerprint == last.fingerprint
        )
        context = {
            "submission": submission,
            "standing": standing,
            "way": way_of(submission),
            "next": _what_happens_next(standing),
            "deliveries": deliveries,
            "reasons": reasons,
            # What stands above with its comments is not shown twice.
            "text": [] if shown else text_of(last.content),
            "draft": SubmissionDraft.objects.filter(submission=submission).first(),
            "may_revise": _may_revise(submission),
            "may_take_back": _may_take_back(submission),
        }
        return render(request, "contribute/submission.html", context)


class ReviseView(OfASubmission):
    """Begins a revision, or goes on with the one there is."""

    def post(self, request: HttpRequest, receipt: str) -> HttpResponse:
        """Go to its form."""
        try:
            draft = perform(request, revise, self.submission(receipt))
        except Refused as refusal:
            tell(request, refusal)
            return redirect("contribute:submission", receipt)
        return redirect("contribute:draft", draft.pk)


class TakeBackView(OfASubmission):
    """Asks, and takes a submission back."""

    def get(self, request: HttpRequest, receipt: str) -> HttpResponse:
        """Ask."""
        submission = self.submission(receipt)
        if not _may_take_back(submission):
            return redirect("contribute:submission", receipt)
        return render(request, "contribute/take_back.html", {"submission": submission})

    def post(self, request: HttpRequest, receipt: str) -> HttpResponse:
        """Take it back."""
        if attempt(request, take_back, self.submission(receipt)):
            messages.success(request, _("稿件已撤回，编辑部不再审阅。"))
        return redirect("contribute:submission", receipt)


def _may_revise(submission: Submission) -> bool:
    state = submission.remark.state
    in_time = submission.call.is_open(now())
    return state == TextState.RETURNED or (state == TextState.TAKEN_BACK and in_time)


def _may_take_back(submission: Submission) -> bool:
    remark = submission.remark
    begun = any(one.closed_at is None for one in remark.review_rounds.all())
    early = remark.state in (TextState.DRAFT, TextState.RETURNED) and not begun
    # `with_rounds` loads those editions that readers have.
    return early and not remark.editions.all()


def _what_happens_next(standing: Standing) -> str:
    words = {
        TextState.DRAFT: _("编辑部将依次审阅。结果会写在这里；退回时另发邮件告诉您。"),
        TextState.RETURNED: _("请看下面的意见，修改后重新交稿。截稿时间过了也可以交。"),
        TextState.REJECTED: _("编辑部决定不采用这篇稿件，理由见下。"),
        TextState.SCHEDULED: _("稿件已通过全部审阅，到时间自动发布。"),
        TextState.PUBLISHED: _("读者已经可以看到。如需更正，请联系编辑部。"),
        TextState.CHANGED: _("编辑部正在审阅改动；读者现在看到的仍是已发布的文字。"),
        TextState.WITHDRAWN: _("读者已看不到这篇稿件。如有疑问，请联系编辑部。"),
        TextState.TAKEN_BACK: _("编辑部不再审阅。截稿之前，可以修改后重新交稿。"),
    }
    return words[TextState(standing.state)]

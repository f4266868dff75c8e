"""The first page of a contributing unit: calls, drafts, what it has handed in."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import ListView

from speeches.contribute.door import OfTheUnit
from speeches.contribute.standing import standing_of, with_rounds
from speeches.contribute.wanted import time_left, wanted_length
from speeches.doors.acting import now
from speeches.models import Call, ContactDetails, Submission, SubmissionDraft


class DeskView(OfTheUnit, ListView):
    """What the unit may answer, what it is writing, and its submissions, page by page."""

    template_name = "contribute/desk.html"
    paginate_by = 20
    status_without_unit = 200

    def get_queryset(self) -> QuerySet[Submission]:
        """Return the unit's submissions, those that wait for it in front."""
        submissions = Submission.objects.of(self.contributor.unit).returned_first()
        return with_rounds(submissions)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add open calls and drafts, and put states into words."""
        context = super().get_context_data(**kwargs)
        unit, moment = self.contributor.unit, now()
        calls = Call.objects.open(moment).asking(unit).select_related("meeting")
        drafts = SubmissionDraft.objects.filter(unit=unit).select_related(
            "call", "submission", "saved_by"
        )
        return {
            **context,
            "contributor": self.contributor,
            "calls": [(call, time_left(call, moment), wanted_length(call)) for call in calls],
            "drafts": drafts.defer("body", "left_over").order_by("-saved_at", "-pk"),
            "standings": [standing_of(one) for one in context["object_list"]],
            "has_contact": ContactDetails.objects.filter(contributor=self.contributor).exists(),
        }

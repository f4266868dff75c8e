"""Filters of the lists on the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from speeches.models import Meeting, TextState
from speeches.models.states import AWAITING_REVIEW

RECENT_MEETINGS = 20


class StateFilter(admin.SimpleListFilter):
    """By state; "waits for review" stands for both states a moderator decides on."""

    title = _("状态")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the queue first, then every state."""
        return [("awaiting", _("全部待审")), *TextState.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep rows of the chosen state."""
        if self.value() == "awaiting":
            return queryset.filter(state__in=AWAITING_REVIEW)
        return queryset.filter(state=self.value()) if self.value() else queryset


class DoubtFilter(admin.SimpleListFilter):
    """By whether a doubt is open."""

    title = _("疑点")
    parameter_name = "doubt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the remarks somebody has to look at."""
        return [("open", _("有未核对的疑点"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        """Keep remarks with an open doubt."""
        return queryset.doubtful() if self.value() == "open" else queryset


class NewspaperFilter(admin.SimpleListFilter):
    """By newspaper; pages of which none is known stand together."""

    title = _("报纸")
    parameter_name = "newspaper"
    NONE = "-"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer every newspaper that occurs."""
        names = model_admin.model.objects.order_by("newspaper").values_list("newspaper", flat=True)
        return [(name or self.NONE, name or _("未填写")) for name in names.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the chosen newspaper's pages."""
        if not self.value():
            return queryset
        return queryset.filter(newspaper="" if self.value() == self.NONE else self.value())


class RecentMeetingFilter(admin.SimpleListFilter):
    """By one of the latest meetings; older ones are found by searching their title."""

    title = _("会议")
    parameter_name = "meeting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the latest meetings, and the chosen one if it is older."""
        meetings = list(Meeting.objects.order_by("-id")[:RECENT_MEETINGS])
        chosen = request.GET.get(self.parameter_name, "")
        if chosen.isdecimal() and chosen not in {str(meeting.pk) for meeting in meetings}:
            meetings += Meeting.objects.filter(pk=int(chosen))
        return [(str(meeting.pk), str(meeting)) for meeting in meetings]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the remarks of the chosen meeting."""
        chosen = self.value()
        return queryset.filter(meeting=int(chosen)) if chosen and chosen.isdecimal() else queryset

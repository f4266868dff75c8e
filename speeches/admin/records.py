"""Records nobody edits: review steps, source files."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from speeches.admin.acting import ReadOnlyAdmin
from speeches.models import ReviewStep, SourceDocument
from speeches.moderation.schemes import stages_of


@admin.register(ReviewStep)
class ReviewStepAdmin(ReadOnlyAdmin):
    """Every decision of every reviewer."""

    list_display = (
        "taken_at",
        "text",
        "stage_name",
        "decision",
        "reviewer",
        "text_editor",
        "opinion",
    )
    list_filter = ("decision",)
    list_select_related = ("reviewer", "text_editor", "round__meeting", "round__remark")
    search_fields = ("round__meeting__title", "round__remark__heading", "reviewer__name")
    ordering = ("-id",)

    @admin.display(description=_("稿件"))
    def text(self, step: ReviewStep) -> str:
        """Show what was reviewed."""
        return str(step.round)

    @admin.display(description=_("审次"))
    def stage_name(self, step: ReviewStep) -> str:
        """Show the stage as its round calls it."""
        stages = {stage.code: stage.name for stage in stages_of(step.round.stages)}
        return stages.get(step.stage, step.stage)


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnlyAdmin):
    """Files as they came."""

    list_display = ("name", "encoding", "sha256", "received_at", "received_from")
    list_select_related = ("received_from",)
    search_fields = ("name", "sha256")
    ordering = ("-id",)
    fields = ("name", "format", "encoding", "sha256", "received_at", "received_from", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the bytes in the database."""
        return super().get_queryset(request).defer("content")

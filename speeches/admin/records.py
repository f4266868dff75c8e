"""Records nobody edits: journal, review steps, source files."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.admin.acting import ReadOnlyAdmin
from speeches.admin.history import kind_in_words, particulars
from speeches.models import JournalEntry, ReviewStep, SourceDocument


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    """Who did what, when."""

    list_display = ("at", "who", "act", "subject_label", "told")
    fields = ("at", "who", "act", "subject_label", "kind", "subject_id", "told", "detail")
    list_filter = ("act", ("at", admin.DateFieldListFilter))
    list_select_related = ("actor",)
    search_fields = ("subject_label", "actor__username", "actor__name")
    ordering = ("-id",)
    show_full_result_count = False

    @admin.display(description=_("操作人"), ordering="actor")
    def who(self, entry: JournalEntry) -> str:
        """Show the person, or that a command did it."""
        return str(entry.actor or gettext("命令"))

    @admin.display(description=_("对象类别"))
    def kind(self, entry: JournalEntry) -> str:
        """Show what kind of object it was."""
        return kind_in_words(entry.subject_kind)

    @admin.display(description=_("说明"))
    def told(self, entry: JournalEntry) -> str:
        """Show the readable part of the detail."""
        return particulars(entry)


@admin.register(ReviewStep)
class ReviewStepAdmin(ReadOnlyAdmin):
    """Every decision of every reviewer."""

    list_display = ("taken_at", "text", "decision", "reviewer", "text_editor", "opinion")
    list_filter = ("decision",)
    list_select_related = ("reviewer", "text_editor", "round__meeting", "round__remark")
    search_fields = ("round__meeting__title", "round__remark__heading", "reviewer__name")
    ordering = ("-id",)

    @admin.display(description=_("稿件"))
    def text(self, step: ReviewStep) -> str:
        """Show what was reviewed."""
        return str(step.round)


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

"""What the reviews leave behind, for reading: versions, comments, orders to publish."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import ReadOnlyAdmin
from speeches.admin.review_comments import where
from speeches.models import PublicationOrder, ReviewComment, TextVersion
from speeches.moderation.scheduling import in_words


@admin.register(TextVersion)
class TextVersionAdmin(ReadOnlyAdmin):
    """What every text said at its hand-overs."""

    list_display = ("made_at", "text", "number", "occasion", "made_by")
    list_filter = ("occasion",)
    list_select_related = ("meeting", "remark__meeting", "made_by")
    search_fields = ("meeting__title", "remark__heading", "made_by__name")
    search_help_text = gettext_lazy("按标题或经手人查找")
    ordering = ("-id",)
    fields = ("text", "number", "occasion", "made_at", "made_by", "words", "fingerprint")
    readonly_fields = ("text", "words")

    @admin.display(description=gettext_lazy("稿件"))
    def text(self, version: TextVersion) -> str:
        """Show whose version it is."""
        return str(version.subject)

    @admin.display(description=gettext_lazy("文字"))
    def words(self, version: TextVersion) -> str:
        """Show the words, a part a line."""
        return "\n".join(_lines(version.content.values()))


@admin.register(ReviewComment)
class ReviewCommentAdmin(ReadOnlyAdmin):
    """What reviewers said about paragraphs, and who has dealt with it."""

    list_display = ("at", "text", "part_in_words", "words", "by", "settled_by", "settled_at")
    list_filter = (("settled_at", admin.EmptyFieldListFilter),)
    list_select_related = ("version__meeting", "version__remark", "by", "settled_by")
    search_fields = ("words", "by__name", "version__meeting__title", "version__remark__heading")
    search_help_text = gettext_lazy("按意见、提出人或标题查找")
    ordering = ("-id",)
    fields = ("text", "version", "part_in_words", "words", "by", "at", "settled_by", "settled_at")
    readonly_fields = ("text", "part_in_words")

    @admin.display(description=gettext_lazy("稿件"))
    def text(self, comment: ReviewComment) -> str:
        """Show which text it speaks of."""
        return str(comment.version.subject)

    @admin.display(description=gettext_lazy("位置"))
    def part_in_words(self, comment: ReviewComment) -> str:
        """Show which part of the text it speaks of."""
        return where(comment.part, comment.place)


class StandingFilter(admin.SimpleListFilter):
    """By what has become of the order."""

    title = gettext_lazy("状态")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what is still to be carried out first."""
        return [
            ("waiting", gettext_lazy("待发布")),
            ("done", gettext_lazy("已发布")),
            ("cancelled", gettext_lazy("已取消")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        """Keep the chosen ones."""
        if self.value() == "waiting":
            return queryset.waiting()
        columns = {"done": "done_at", "cancelled": "cancelled_at"}
        column = columns.get(self.value() or "")
        return queryset.filter(**{f"{column}__isnull": False}) if column else queryset


@admin.register(PublicationOrder)
class PublicationOrderAdmin(ReadOnlyAdmin):
    """Publication at set times: what is to come, what was carried out or cancelled."""

    list_display = ("publish_at", "told", "standing", "reason", "ordered_at")
    list_filter = (StandingFilter,)
    list_select_related = ("round__meeting", "round__remark", "ordered_by")
    search_fields = ("round__meeting__title", "round__remark__heading", "ordered_by__name")
    search_help_text = gettext_lazy("按标题或下达人查找")
    ordering = ("-id",)
    fields = (
        *("told", "standing", "publish_at", "ordered_by", "ordered_at"),
        *("done_at", "cancelled_at", "obstacle"),
    )
    readonly_fields = ("told", "standing")

    @admin.display(description=gettext_lazy("定时发布"))
    def told(self, order: PublicationOrder) -> str:
        """Show what was ordered, in words."""
        return in_words(order)

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, order: PublicationOrder) -> str:
        """Show what has become of it."""
        if order.done_at:
            return _("已发布")
        return _("已取消") if order.cancelled_at else _("待发布")

    @admin.display(description=gettext_lazy("未能发布的原因"))
    def reason(self, order: PublicationOrder) -> str:
        """Show why the last attempt failed."""
        return truncatechars(order.obstacle, 80)


def _lines(values: Any) -> list[str]:
    lines: list[str] = []
    for value in values:
        if isinstance(value, dict):
            lines.append(" ".join(_lines(value.values())))
        elif isinstance(value, list):
            lines += _lines(value)
        elif value:
            lines.append(str(value))
    return lines

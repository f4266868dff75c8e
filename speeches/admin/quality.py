"""How well pages were read: the figures of every import and every batch, in words."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import ReadOnlyAdmin
from speeches.models import QualityReport

WHOLE = '<span class="desk-whole">{}</span>'
DOUBTS = {
    "starts-mid-sentence": gettext_lazy("缺开头"),
    "ends-mid-sentence": gettext_lazy("缺结尾"),
    "uncertain-heading": gettext_lazy("缺标题"),
    "no-text": gettext_lazy("没有正文"),
    "copies-differ": gettext_lazy("两处文字不一"),
    "moved-closing": gettext_lazy("结尾段移过位"),
    "doubtful-closing": gettext_lazy("结尾段存疑"),
    "no-title": gettext_lazy("缺主标题"),
    "no-year": gettext_lazy("缺年份"),
    "unplaced": gettext_lazy("有未归入的文字"),
    "other-article": gettext_lazy("另有文章"),
}


def doubts_in_words(figures: dict[str, Any]) -> str:
    """Return the doubts by kind, the most frequent first."""
    doubts = sorted(figures["doubts"].items(), key=lambda pair: (-pair[1], pair[0]))
    return "、".join(f"{DOUBTS.get(code, code)} {number}" for code, number in doubts)


def seconds_in_words(seconds: float) -> str:
    """Return a time that a person can compare: milliseconds below a second."""
    if seconds < 1:
        return _("%(number)d 毫秒") % {"number": round(seconds * 1000)}
    return _("%(number).1f 秒") % {"number": seconds}


def in_words(figures: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the figures of a report, each under its name."""
    pages = figures["pages"]
    rows = [
        (_("版面"), pages),
        (_("发言"), figures["remarks"]),
        (_("提醒"), doubts_in_words(figures) or _("没有")),
        (_("原文字数（不计空白）"), figures["characters"]),
        (_("归入"), figures["placed"]),
        (_("另列"), figures["set_aside"]),
        (_("遗漏"), figures["lost"]),
        (_("读取用时"), seconds_in_words(figures["seconds"])),
    ]
    if pages > 1:
        rows.append((_("平均每版"), seconds_in_words(figures["seconds"] / pages)))
    return rows


@admin.register(QualityReport)
class QualityReportAdmin(ReadOnlyAdmin):
    """Every import and every batch, the latest first."""

    list_display = (
        "subject",
        "made_at",
        "pages",
        "remarks",
        "doubts",
        "placed",
        "aside",
        "lost",
        "each",
        "seconds",
    )
    list_select_related = ("run__source", "batch")
    fields = ("subject", "made_at", "figures_in_words")
    readonly_fields = fields
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave reports, drafts and files in the database."""
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.defer(
            *("run__report", "run__arrangement", "run__source__content", "run__source__text")
        )

    @admin.display(description=gettext_lazy("导入"))
    def subject(self, report: QualityReport) -> str:
        """Link to the import or the batch."""
        model, key = (
            ("importbatch", report.batch_id)
            if report.batch_id
            else (
                "importrun",
                report.run_id,
            )
        )
        address = reverse(f"admin:speeches_{model}_change", args=[key])
        return format_html('<a href="{}">{}</a>', address, report)

    @admin.display(description=gettext_lazy("版面"))
    def pages(self, report: QualityReport) -> int:
        """Show how many pages were read."""
        return report.figures["pages"]

    @admin.display(description=gettext_lazy("发言"))
    def remarks(self, report: QualityReport) -> int:
        """Show how many remarks were found."""
        return report.figures["remarks"]

    @admin.display(description=gettext_lazy("提醒"))
    def doubts(self, report: QualityReport) -> str:
        """Show the doubts by kind."""
        return doubts_in_words(report.figures)

    @admin.display(description=gettext_lazy("归入"))
    def placed(self, report: QualityReport) -> str:
        """Show how many characters were placed, and which part of all that is."""
        figures = report.figures
        if not figures["characters"]:
            return "0"
        part = 100 * figures["placed"] / figures["characters"]
        return f"{figures['placed']}（{part:.1f}%）"

    @admin.display(description=gettext_lazy("另列"))
    def aside(self, report: QualityReport) -> int:
        """Show how many characters were set aside."""
        return report.figures["set_aside"]

    @admin.display(description=gettext_lazy("遗漏"))
    def lost(self, report: QualityReport) -> int:
        """Show how many characters were lost; it has to be none."""
        return report.figures["lost"]

    @admin.display(description=gettext_lazy("每版用时"))
    def each(self, report: QualityReport) -> str:
        """Show the time of one page."""
        each = report.figures["seconds"] / max(1, report.figures["pages"])
        return format_html(WHOLE, seconds_in_words(each))

    @admin.display(description=gettext_lazy("用时"))
    def seconds(self, report: QualityReport) -> str:
        """Show the time of all pages."""
        return format_html(WHOLE, seconds_in_words(report.figures["seconds"]))

    @admin.display(description=gettext_lazy("数字"))
    def figures_in_words(self, report: QualityReport) -> str:
        """Show every figure under its name."""
        return "；".join(f"{name}：{value}" for name, value in in_words(report.figures))

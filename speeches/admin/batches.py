"""Many pages at once on the desk: how far a batch is, and what came of each file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from speeches.admin.acting import ReadOnlyAdmin, attempt, now, signed_in
from speeches.admin.history import WithHistory
from speeches.admin.quality import in_words
from speeches.importing import LARGEST
from speeches.models import BatchFile, ImportBatch
from speeches.moderation import journal
from speeches.moderation.background import hand_over, stands_still, take_up_again
from speeches.moderation.batching import Arrival, open_batch
from speeches.moderation.intake import IMPORT, Issue

FILES_A_PAGE = 200

# What a person can do about work in the background is on the page of the batch.
admin.site.unregister(DBTaskResult)


@journal.act
def start_batch(
    request: HttpRequest, files: list[UploadedFile], *, issue: Issue, encoding: str = ""
) -> ImportBatch:
    """Store the uploaded files and have the background worker read them."""
    batch = open_batch(
        _arrivals(files), issue=issue, by=signed_in(request), at=now(), encoding=encoding
    )
    hand_over(batch)
    return batch


def _arrivals(files: list[UploadedFile]) -> Iterator[Arrival]:
    for file in files:
        name = file.name or _("（没有文件名）")
        if (file.size or 0) > LARGEST:
            # Not even read.
            yield Arrival(name, refusal=_("超过 20 MB，请拆分后分别导入。"))
        else:
            yield Arrival(name, content=file.read())


@admin.register(ImportBatch)
class ImportBatchAdmin(WithHistory, ReadOnlyAdmin):
    """Batches of uploads and of commands, the latest first."""

    list_display = ("name", "opened", "progress", "refused", "standing")
    list_display_links = ("name",)
    list_select_related = ("opened_by",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        """Count the files of each batch in the same query."""
        batches: QuerySet[ImportBatch] = ImportBatch.objects.with_progress()
        return batches.order_by(*self.ordering)

    @admin.display(description=gettext_lazy("批次"))
    def name(self, batch: ImportBatch) -> str:
        """Show the number, and where the pages were printed."""
        printed = " ".join(
            filter(None, (batch.newspaper, str(batch.issue_date or ""), batch.page_number))
        )
        return f"{batch}（{printed}）" if printed else str(batch)

    @admin.display(description=gettext_lazy("导入"), ordering="opened_at")
    def opened(self, batch: ImportBatch) -> str:
        """Show who brought the files, and when."""
        when = f"{localtime(batch.opened_at):%m-%d %H:%M}"
        return format_html(
            '{} <span class="desk-whole">{}</span>', batch.opened_by or _("命令"), when
        )

    @admin.display(description=gettext_lazy("进度"))
    def progress(self, batch: Any) -> str:
        """Show how many of the files are done."""
        return f"{batch.number - batch.open_number}/{batch.number}"

    @admin.display(description=gettext_lazy("未能导入"))
    def refused(self, batch: Any) -> int | str:
        """Show how many files were refused."""
        return batch.refused_number or ""

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, batch: ImportBatch) -> str:
        """Tell whether the batch is done."""
        return _("已完成") if batch.finished_at else _("进行中")

    def get_urls(self) -> list[URLPattern]:
        """Add the button that has a batch read on."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/resume/", wrap(self.resume), name="speeches_importbatch_resume"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show how far it is, what came of each file and, at the end, the figures."""
        if not object_id.isdecimal():
            return redirect("admin:speeches_importbatch_changelist")
        batch: Any = get_object_or_404(
            ImportBatch.objects.with_progress().select_related("opened_by", "quality"),
            pk=int(object_id),
        )
        if request.method == "POST" or not self.has_view_permission(request, batch):
            raise PermissionDenied
        quality = getattr(batch, "quality", None)
        wanted = request.GET.get("state", "")
        files = batch.files.defer("content").in_order()
        if wanted in BatchFile.State.values:
            files = files.filter(state=wanted)
        context = {
            **self.admin_site.each_context(request),
            "title": _("成批导入：%(batch)s") % {"batch": self.name(batch)},
            "batch": batch,
            "done": batch.number - batch.open_number,
            "files": Paginator(files, FILES_A_PAGE).get_page(request.GET.get("page")),
            "state": wanted,
            "still": stands_still(batch, at=now()),
            "may_import": request.user.has_perm(IMPORT),
            "quality": in_words(quality.figures) if quality else None,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/speeches/importbatch/progress.html", context)

    def resume(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand the batch to the background worker once more."""
        if not request.user.has_perm(IMPORT):
            raise PermissionDenied
        batch = get_object_or_404(ImportBatch, pk=pk)
        if request.method == "POST" and attempt(request, _take_up_again, batch):
            messages.success(request, _("已交给后台程序继续读取。"))
        return redirect("admin:speeches_importbatch_change", pk)


def _take_up_again(batch: ImportBatch, *, by: Any, at: Any) -> None:
    take_up_again(batch, by=by)

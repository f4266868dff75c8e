"""Imports on the desk: upload pages, look at the draft, confirm or discard."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import ReadOnlyAdmin, attempt, now, signed_in
from speeches.admin.archive import answer_of_draft
from speeches.admin.batches import start_batch
from speeches.admin.filters import NewspaperFilter
from speeches.admin.history import WithHistory
from speeches.admin.revision import revision_page
from speeches.admin.revision_history import steps_in_words
from speeches.admin.revision_sheets import page_picture
from speeches.importing import ImportRefused
from speeches.importing.reading import LARGEST
from speeches.models import ImportRun
from speeches.moderation.discarding import discard
from speeches.moderation.intake import IMPORT, Issue, confirm, take_in
from speeches.moderation.refusals import Refused


class PagesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class PagesField(forms.FileField):
    """One or several uploaded files."""

    widget = PagesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return every file; each is judged by itself when it is taken in."""
        files = data if isinstance(data, (list, tuple)) and data else [data or None]
        return [super(PagesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """What an editor gives with the pages."""

    pages = PagesField(
        label=gettext_lazy("版面文件"),
        allow_empty_file=True,
        widget=PagesInput(attrs={"accept": ".txt,.docx,.html,.htm,.pdf,.ofd"}),
        help_text=gettext_lazy(
            "纯文本（.txt）、Word（.docx）、网页（.html）、有文字层的 PDF 或 OFD，每个文件一版；"
            "可以一次选多个（最多 500 个），在后台逐个读取。"
        ),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("文字编码"),
        required=False,
        choices=[
            ("", gettext_lazy("自动识别")),
            ("utf-8", gettext_lazy("UTF-8")),
            ("gb18030", gettext_lazy("GB18030（简体中文，含 GBK）")),
            ("big5", gettext_lazy("Big5（繁体中文）")),
            ("utf-16", gettext_lazy("UTF-16")),
        ],
        help_text=gettext_lazy("只用于纯文本和网页；草稿里是乱码时，在这里选定编码重新上传。"),
    )
    newspaper = forms.CharField(label=gettext_lazy("报纸"), max_length=60, required=False)
    issue_date = forms.DateField(
        label=gettext_lazy("出版日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("版面没有印年份时，年份由此推定。"),
    )
    page_number = forms.CharField(label=gettext_lazy("版次"), max_length=10, required=False)


@admin.register(ImportRun)
class ImportRunAdmin(WithHistory, ReadOnlyAdmin):
    """Uploads wait here until an editor has looked at the draft."""

    list_display = (
        "title",
        "source",
        "remark_number",
        "warning_number",
        "state",
        "taken_in",
        "draft_link",
    )
    list_display_links = ("title",)
    search_help_text = gettext_lazy("按文件名查找")
    list_filter = ("state", NewspaperFilter)
    search_fields = ("source__name",)
    ordering = ("-id",)
    list_select_related = ("source", "created_by", "meeting")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        """Leave the file's content and text in the database."""
        return super().get_queryset(request).defer("source__content", "source__text")

    @admin.display(description=gettext_lazy("标题"))
    def title(self, run: ImportRun) -> str:
        """Show the headline the page has."""
        meeting = run.report["meeting"]
        return meeting["title"] or meeting["name"] or _("（没有标题）")

    @admin.display(description=gettext_lazy("发言"))
    def remark_number(self, run: ImportRun) -> int:
        """Show how many remarks were found."""
        return len(run.report["remarks"])

    @admin.display(description=gettext_lazy("提醒"))
    def warning_number(self, run: ImportRun) -> int | str:
        """Show how many warnings the report holds."""
        remarks = sum(len(remark["warnings"]) for remark in run.report["remarks"])
        return remarks + len(run.report["warnings"]) or ""

    @admin.display(description=gettext_lazy("导入"), ordering="created_at")
    def taken_in(self, run: ImportRun) -> str:
        """Show who brought the file, and when."""
        when = f"{localtime(run.created_at):%m-%d %H:%M}"
        return format_html(
            '{} <span class="desk-whole">{}</span>', run.created_by or _("命令"), when
        )

    @admin.display(description=gettext_lazy("会议"))
    def draft_link(self, run: ImportRun) -> str:
        """Link to the meeting a confirmed run became."""
        meeting = getattr(run, "meeting", None)
        if meeting is None:
            return ""
        address = reverse("admin:speeches_meeting_change", args=[meeting.pk])
        return format_html('<a href="{}">{}</a>', address, meeting)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editors upload."""
        return request.user.has_perm(IMPORT)

    def get_urls(self) -> list[URLPattern]:
        """Add the decisions and the pictures of printed pages."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/confirm/", wrap(self.confirm), name="speeches_importrun_confirm"),
            path("<int:pk>/discard/", wrap(self.discard), name="speeches_importrun_discard"),
            path("<int:pk>/same/", wrap(self.sameness), name="speeches_importrun_sameness"),
            path(
                "<int:pk>/picture/<int:page>/<int:width>/",
                # Private to the person, but kept by the browser.
                wrap(self.picture, cacheable=True),
                name="speeches_importrun_picture",
            ),
            *super().get_urls(),
        ]

    # -- upload ---------------------------------------------------------------------------------

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Take one file in at once; several become a batch that is read in the background."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        form = UploadForm(
            data=request.POST if posted else None,
            files=request.FILES if posted else None,
            label_suffix="：",
        )
        if posted and form.is_valid():
            given = form.cleaned_data
            issue = Issue(given["newspaper"], given["issue_date"], given["page_number"])
            if len(given["pages"]) > 1:
                batch = start_batch(
                    request, given["pages"], issue=issue, encoding=given["encoding"]
                )
                return redirect("admin:speeches_importbatch_change", batch.pk)
            run = self._take_in(request, given["pages"][0], issue, given["encoding"])
            if run is not None:
                return redirect("admin:speeches_importrun_change", run.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("导入版面"),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/speeches/importrun/upload.html", context)

    def _take_in(
        self, request: HttpRequest, file: Any, issue: Issue, encoding: str
    ) -> ImportRun | None:
        # Not even read: a file of that size would fill the memory.
        if file.size > LARGEST:
            text = _("%(name)s：超过 20 MB，请拆分后分别导入。") % {"name": file.name}
            messages.error(request, text)
            return None
        try:
            run, new = take_in(
                file.read(),
                name=file.name,
                issue=issue,
                by=signed_in(request),
                at=now(),
                encoding=encoding or None,
            )
        except (ImportRefused, Refused) as refusal:
            messages.error(request, f"{file.name}：{refusal}")
            return None
        if not new:
            messages.info(request, _("%(name)s：以前导入过，没有再建一份。") % {"name": file.name})
        return run

    # -- draft ----------------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the review screen, or do what was pressed on it."""
        if not object_id.isdecimal():
            return redirect("admin:speeches_importrun_changelist")
        run = get_object_or_404(
            ImportRun.objects.select_related("source", "meeting").defer("source__content"),
            pk=int(object_id),
        )
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        return revision_page(self, request, run)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell in words what each editor did to the draft."""
        response = super().history_view(request, object_id, extra_context)
        run = self.get_object(request, object_id)
        if run is not None and isinstance(response, TemplateResponse):
            rows = (response.context_data or {})["entries"]
            for row, words in zip(rows, steps_in_words(run), strict=False):
                row["particulars"] = words
        return response

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make working rows of the draft, and go to them."""
        run = self._to_decide(request, pk)
        if request.method == "POST" and attempt(request, confirm, run):
            run.refresh_from_db()
            messages.success(request, _("已建立草稿，请逐篇核对。"))
            return redirect("admin:speeches_meeting_change", run.meeting.pk)
        return redirect("admin:speeches_importrun_change", pk)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the draft aside."""
        run = self._to_decide(request, pk)
        if request.method == "POST" and attempt(request, discard, run):
            messages.success(request, _("已放弃这次导入；同一文件可以重新导入。"))
            return redirect("admin:speeches_importrun_changelist")
        return redirect("admin:speeches_importrun_change", pk)

    def sameness(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take down whether a remark is in the archive already."""
        return answer_of_draft(self, request, pk)

    def picture(self, request: HttpRequest, pk: int, page: int, width: int) -> HttpResponse:
        """Show a printed page to whoever may look at the draft."""
        slim = ImportRun.objects.select_related("source").only("source__sha256", "source__format")
        run = get_object_or_404(slim, pk=pk)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        return page_picture(request, run, page, width)

    def _to_decide(self, request: HttpRequest, pk: int) -> ImportRun:
        if not request.user.has_perm(IMPORT):
            raise PermissionDenied
        return get_object_or_404(ImportRun, pk=pk)

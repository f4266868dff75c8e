"""The page that shows what restoring a version would change, and asks."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from speeches.admin.acting import attempt
from speeches.doors.marked import mark, parts_of
from speeches.models import Meeting, Remark, TextVersion
from speeches.moderation.restoring import restore
from speeches.moderation.versioning import content_of, fingerprint_of


def restore_page(
    model_admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark, number: int
) -> HttpResponse:
    """Ask, and on POST restore; what was shown to stand now must stand still."""
    version = get_object_or_404(TextVersion, pk__in=text.versions.all(), number=number)
    back = f"admin:speeches_{model_admin.opts.model_name}_versions"
    standing = fingerprint_of(text)
    if request.method == "POST":
        if request.POST.get("seen") != standing:
            messages.error(request, _("您打开这一页之后，文字又有改动。请看过下面的对照再决定。"))
        else:
            if attempt(request, restore, version):
                told = _("已恢复%(version)s的文字，成为新的一稿。")
                messages.success(request, told % {"version": version})
            return redirect(back, text.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("恢复%(version)s：%(text)s") % {"version": version, "text": text},
        "opts": model_admin.opts,
        "text": text,
        "kind": model_admin.opts.model_name,
        "version": version,
        "seen": standing,
        "marked": mark(parts_of(content_of(text)), parts_of(version.content)),
    }
    return TemplateResponse(request, "admin/speeches/versions/restore.html", context)

"""The page that asks for a reason before a public text is withdrawn."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from speeches.admin.acting import attempt
from speeches.models import Meeting, Remark
from speeches.moderation.withdrawing import WITHDRAW, withdraw


def withdrawal_page(
    model_admin: ModelAdmin, request: HttpRequest, text: Meeting | Remark, *, back: str
) -> HttpResponse:
    """Ask, and on POST withdraw; then return to `back`."""
    if not request.user.has_perm(WITHDRAW):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    if request.method == "POST" and attempt(request, withdraw, text, reason=reason):
        messages.success(request, _("“%(text)s”已撤下。") % {"text": text})
        return redirect(back)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("撤稿"),
        "text": text,
        "is_meeting": isinstance(text, Meeting),
        "reason": reason,
        "opts": model_admin.opts,
        "back": back,
    }
    return TemplateResponse(request, "admin/speeches/withdraw.html", context)

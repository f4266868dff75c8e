"""Error pages in the reader's language, without a query: they must work when nothing else does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    context = {"title": title, "advice": advice}
    page = render(request, "errors/error.html", context, status=status)
    # What is not there today may be there tomorrow.
    page.headers["Cache-Control"] = "no-cache"
    return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood."""
    return _page(request, 400, _("请求有误"), _("请检查网址或返回上一页重试。"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the account may not do this."""
    return _page(request, 403, _("没有权限"), _("您的帐号不能做这项操作，请联系管理员。"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing at this address."""
    return _page(request, 404, _("没有这个页面"), _("网址可能有误，可以从会议或发言列表查找。"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is the site's."""
    return _page(request, 500, _("系统出错了"), _("请稍后再试；如一直如此，请告诉管理员。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from a page of this site, or the session has ended."""
    return _page(request, 403, _("表单已失效"), _("请返回上一页刷新后重新提交。"))

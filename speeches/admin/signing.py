"""Signing in, and one's own password: noted in the journal with the address."""

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from speeches.admin.acting import now
from speeches.models import Act, Result, User
from speeches.moderation import journal


def locked_out(request: HttpRequest) -> bool:
    """Tell whether the account that is named is locked for this address already."""
    return not AxesProxyHandler.is_allowed(request, {"username": _named(request)})


def note_sign_in(request: HttpRequest, *, signed_in: bool) -> None:
    """Note who has signed in, or for which account it failed.

    The name that was typed is not kept: it may be a password in the wrong field.
    """
    user = request.user if signed_in and isinstance(request.user, User) else None
    if user is None and not (_named(request) and request.POST.get("password")):
        return
    named = user or User.objects.filter(username=_named(request)).first()
    locked = getattr(request, "axes_locked_out", False)
    with journal.together():
        if user is not None:
            journal.write(Act.SIGN_IN, user, by=user, at=now())
        else:
            journal.write(
                Act.SIGN_IN,
                named or User(name=_("没有这个帐号")),
                by=None,
                at=now(),
                result=Result.REFUSED,
                reason=_("多次失败，已锁定。") if locked else _("用户名或密码不对。"),
            )


def _named(request: HttpRequest) -> str:
    return User.normalize_username(request.POST.get("username", "").strip())

"""One's own account: the second step of signing in, from setting it up to giving it up."""

from base64 import b32encode
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from speeches.admin.acting import now, signed_in
from speeches.admin.second_factor_door import Standing, standing
from speeches.moderation import second_factor
from speeches.moderation.refusals import Refused

# White around the code, in modules: what scanners need.
MARGIN = 4


class CodeForm(forms.Form):
    """A code from the phone."""

    code = forms.CharField(
        label=gettext_lazy("验证码"),
        label_suffix="",
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "factor-code"}
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for something."""
        cleaned = super().clean()
        if not self.errors and not self.given():
            self.add_error("code", _("请填写验证码。"))
        return cleaned

    def given(self) -> str:
        """Return what was typed."""
        return self.cleaned_data.get("code") or self.cleaned_data.get("recovery_code", "")

    def do(self, act: Callable[..., Any], request: HttpRequest) -> Any:
        """Do an act with what was typed, or say at the field why not and return None."""
        if not self.is_valid():
            return None
        try:
            return act(by=signed_in(request), at=now(), code=self.given())
        except Refused as refusal:
            field = "code" if self.cleaned_data["code"] else "recovery_code"
            self.add_error(field, str(refusal))
            self.begin_at(field)
            return None

    def begin_at(self, field: str) -> None:
        """Put the cursor into a field, and into no other."""
        for name, one in self.fields.items():
            one.widget.attrs.pop("autofocus", None)
            if name == field:
                one.widget.attrs["autofocus"] = True


class EitherCodeForm(CodeForm):
    """A code from the phone, or a recovery code."""

    recovery_code = forms.CharField(
        label=gettext_lazy("恢复码"),
        label_suffix="",
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                **{"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
                "class": "factor-recovery",
            }
        ),
    )


def personal(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Decorate a page of one's own: signed in, kept in no cache, its codes in no error report."""

    @wraps(view)
    @never_cache
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    def page(request: HttpRequest) -> HttpResponse:
        return view(request)

    return page


@personal
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the second step, then go where the person was going."""
    if standing(request) is not Standing.ASKED:
        return redirect(_way_on(request))
    form = EitherCodeForm(request.POST or None)
    form.begin_at("code")
    if request.method == "POST":
        device = form.do(second_factor.prove, request)
        if device is not None:
            _prove_session(request, device)
            if not second_factor.from_phone(form.given()):
                left = second_factor.codes_left(device)
                told = _("您用掉了一个恢复码，还剩 %(number)d 个。") % {"number": left}
                messages.warning(request, told)
            return redirect(_way_on(request))
    return _page(request, "code", _("两步验证"), form=form)


@personal
def set_up(request: HttpRequest) -> HttpResponse:
    """Lead through the setting up: begin, scan, give a code, keep the recovery codes."""
    user = signed_in(request)
    if standing(request) is Standing.PROVEN:
        return redirect("account:own")
    if request.method == "POST" and "code" not in request.POST:
        try:
            second_factor.enrol(by=user, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("account:set-up")
    device = second_factor.device_in_hand(user)
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        opened = form.do(second_factor.confirm, request)
        if opened is not None:
            confirmed, codes = opened
            _prove_session(request, confirmed)
            return _codes_page(request, codes, _("两步验证已开启"))
    context = {"form": form, "required": second_factor.must_have(user)}
    if device is not None:
        secret = b32encode(device.bin_key).decode("ascii")
        context |= {"secret": second_factor.in_groups(secret), **_picture(device.config_url)}
    return _page(request, "set_up", _("设置两步验证"), **context)


@personal
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account; with a code, give the second step up or make new recovery codes."""
    user = signed_in(request)
    device = second_factor.device_of(user)
    forms_of = partial(EitherCodeForm, auto_id="id_%s")
    renewal, giving_up = forms_of(prefix="renew"), forms_of(prefix="drop")
    if request.method == "POST" and "renew" in request.POST:
        renewal = forms_of(request.POST, prefix="renew")
        codes = renewal.do(second_factor.renew_recovery_codes, request)
        if codes is not None:
            return _codes_page(request, codes, _("新的恢复码"))
    elif request.method == "POST":
        giving_up = forms_of(request.POST, prefix="drop")
        giving_up.do(second_factor.drop, request)
        if giving_up.is_valid():
            messages.success(request, _("两步验证已停用。"))
            return redirect("account:own")
    return _page(
        request,
        "account",
        _("我的帐号"),
        **{"device": device, "renewal": renewal, "giving_up": giving_up},
        left=second_factor.codes_left(device) if device else 0,
        required=second_factor.must_have(user),
        roles=[group.name for group in user.groups.all()],
    )


def _prove_session(request: HttpRequest, device: Any) -> None:
    """Remember in the session, under a new name, that the second step was taken."""
    django_otp.login(request, device)
    request.session.cycle_key()


def _way_on(request: HttpRequest) -> str:
    """Return where the person was going, within this site."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else _home(request)


def _home(request: HttpRequest) -> str:
    staff = admin.site.has_permission(request)
    return reverse("admin:index" if staff else "contribute:desk")


def _picture(address: str) -> dict[str, Any]:
    """Return the QR code of an address as the size and the path of a drawing."""
    picture = segno.make(address, error="m", micro=False)
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(picture.matrix_iter(border=MARGIN))
        for x, module in enumerate(row)
        if module
    ]
    return {"path": "".join(dark), "size": picture.symbol_size(border=MARGIN)[0]}


def _codes_page(request: HttpRequest, codes: list[str], title: str) -> HttpResponse:
    return _page(request, "recovery_codes", title, codes=codes)


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """Render a page of one's own; before the second step nothing of the desk stands around it."""
    user = signed_in(request)
    site = admin.site
    inside = site.has_permission(request)
    through = standing(request) in (Standing.PROVEN, Standing.FREE)
    return render(
        request,
        f"registration/second_factor_{name}.html",
        {
            "site_title": site.site_title,
            "site_header": site.site_header,
            "site_url": site.site_url,
            "has_permission": inside and through,
            "title": title,
            "person": user,
            "home": _home(request) if through else "",
            "sign_out": reverse("admin:logout" if inside else "contribute:sign-out"),
            **context,
        },
    )

"""The second step of signing in: a code from one's phone, or one of ten recovery codes.

django-otp computes the codes, lets each be used once and makes whoever fails wait, twice as long
each time; recovery codes share that waiting. A wrong code is counted and noted in a transaction of
its own before it is refused: call these acts from no other act.
"""

import datetime as dt
import hashlib
import math
import re
import secrets
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from speeches.models import Act, RecoveryCode, Result, User
from speeches.moderation import journal
from speeches.moderation.locking import one_after_another
from speeches.moderation.refusals import Refused

R = TypeVar("R")

# Whoever holds one of these may approve, or may make somebody who does.
DECISIVE = ("speeches.review_text", "speeches.add_user", "speeches.change_user")

FROM_PHONE = re.compile(r"[0-9]{6}")
RECOVERY_CODES = 10
# Sixteen of 31 letters and digits that nobody takes for one another: 79 bits, which a plain hash
# protects as well as a slow one.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 16
IN_GROUPS_OF = 4


def must_have(user: User) -> bool:
    """Tell whether the account may do nothing before it has a second step."""
    return settings.SECOND_FACTOR == "required" and any(map(user.has_perm, DECISIVE))


def device_of(user: User) -> TOTPDevice | None:
    """Return the phone that the account has confirmed."""
    return _devices(user, confirmed=True)


def device_in_hand(user: User) -> TOTPDevice | None:
    """Return the phone that is being set up, whose secret may still be shown."""
    return _devices(user, confirmed=False)


def codes_left(device: TOTPDevice) -> int:
    """Return how many recovery codes have not been used."""
    return RecoveryCode.objects.filter(device=device, used_at=None).count()


def from_phone(code: str) -> bool:
    """Tell whether what was typed looks like a code from a phone; else it is a recovery code."""
    return FROM_PHONE.fullmatch(_plain(code)) is not None


def in_groups(secret: str) -> list[str]:
    """Return a secret in parts that are easy to copy."""
    return [secret[at : at + IN_GROUPS_OF] for at in range(0, len(secret), IN_GROUPS_OF)]


@journal.act
def enrol(*, by: User, at: dt.datetime) -> TOTPDevice:
    """Begin anew with a fresh secret; nothing is asked for before `confirm`."""
    _one_at_a_time(by)
    if device_of(by) is not None:
        raise Refused(_("您已经开启了两步验证。换手机请先停用。"))
    TOTPDevice.objects.filter(user=by, confirmed=False).delete()
    device: TOTPDevice = TOTPDevice.objects.create(user=by, name=_("手机"), confirmed=False)
    _note("enrol", _("开始设置"), by, at)
    return device


def confirm(*, by: User, at: dt.datetime, code: str) -> tuple[TOTPDevice, list[str]]:
    """Open the second step with a code from the phone; return it with its recovery codes.

    They are returned this once and are kept nowhere.
    """

    def opened(device: TOTPDevice) -> tuple[TOTPDevice, list[str]]:
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        _note("confirm", _("已开启"), by, at)
        return device, _new_codes(device)

    return _with_code(device_in_hand, code, opened, by=by, at=at)


def prove(*, by: User, at: dt.datetime, code: str) -> TOTPDevice:
    """Accept a code from the phone, or a recovery code, as the second step of signing in."""

    def proven(device: TOTPDevice) -> TOTPDevice:
        _note("prove", _("验证通过"), by, at)
        return device

    return _with_code(device_of, code, proven, by=by, at=at)


def renew_recovery_codes(*, by: User, at: dt.datetime, code: str) -> list[str]:
    """Make ten new recovery codes, returned this once; the old ones stop working."""

    def renewed(device: TOTPDevice) -> list[str]:
        _note("renew", _("重新生成恢复码"), by, at)
        return _new_codes(device)

    return _with_code(device_of, code, renewed, by=by, at=at)


def drop(*, by: User, at: dt.datetime, code: str) -> None:
    """Close one's own second step; sessions that were proven with it no longer are."""

    def dropped(device: TOTPDevice) -> None:
        device.delete()
        _note("drop", _("已停用"), by, at)

    _with_code(device_of, code, dropped, by=by, at=at)


@journal.act
def reset(user: User, *, by: User | None, at: dt.datetime) -> None:
    """Take away the second step of somebody who has lost phone and recovery codes."""
    _one_at_a_time(user)
    if device_of(user) is None:
        raise Refused(_("这个帐号没有开启两步验证。"))
    TOTPDevice.objects.filter(user=user).delete()
    journal.write(Act.SECOND_FACTOR, user, by=by, at=at, step="reset", reason=_("已重设"))


# --- Codes -----------------------------------------------------------------------------------


def _with_code(
    find: Callable[[User], TOTPDevice | None],
    code: str,
    then: Callable[[TOTPDevice], R],
    *,
    by: User,
    at: dt.datetime,
) -> R:
    """Do `then` with the phone if the code is right, in one transaction with using it up."""
    with journal.together():
        _one_at_a_time(by)
        device = find(by)
        if device is None:
            raise Refused(_("两步验证的设置刚有变动，请重新打开本页。"))
        refusal = _why_refused(device, code, by=by, at=at)
        if not refusal:
            return then(device)
    raise Refused(refusal)


def _why_refused(device: TOTPDevice, code: str, *, by: User, at: dt.datetime) -> str:
    """Use the code up and return "", or count the failure and return what to say."""
    allowed, held_up = device.verify_is_allowed()
    if not allowed:
        # Not noted, as nothing was tried: it would let anybody fill the journal.
        return _wait(held_up["locked_until"] - at)
    if from_phone(code):
        accepted = device.verify_token(_plain(code))
        step, reason = "code", _("验证码不对，或已经用过。")
        advice = _("请核对手机上的时间，等下一个验证码出现后再试。")
    else:
        accepted = _spend(device, code, by=by, at=at)
        step, reason = "recovery-code", _("恢复码不对，或已经用过。")
        advice = _("请核对后换一个再试。")
    if accepted:
        return ""
    journal.write(
        Act.SECOND_FACTOR, by, by=by, at=at, result=Result.REFUSED, step=step, reason=reason
    )
    return reason + advice


def _wait(left: dt.timedelta) -> str:
    seconds = max(1, math.ceil(left.total_seconds()))
    if seconds < 100:
        return _("刚才输错了，请 %(number)d 秒后再试。") % {"number": seconds}
    minutes = math.ceil(seconds / 60)
    return _("多次输错，请 %(number)d 分钟后再试。着急时请找管理员。") % {"number": minutes}


def _spend(device: TOTPDevice, code: str, *, by: User, at: dt.datetime) -> bool:
    """Use up the recovery code, if it is one; all are compared, whichever it is."""
    given = _hash(device, _plain(code))
    unused = RecoveryCode.objects.filter(device=device, used_at=None)
    found = [one for one in unused if constant_time_compare(one.hash, given)]
    if not found:
        device.throttle_increment()
        return False
    RecoveryCode.objects.filter(pk=found[0].pk).update(used_at=at)
    device.throttle_reset()
    left = codes_left(device)
    reason = _("使用恢复码，还剩 %(number)d 个") % {"number": left}
    journal.write(
        Act.SECOND_FACTOR, by, by=by, at=at, step="recovery-code", reason=reason, left=left
    )
    return True


def _new_codes(device: TOTPDevice) -> list[str]:
    RecoveryCode.objects.filter(device=device).delete()
    codes = [
        "".join(secrets.choice(ALPHABET) for _place in range(RECOVERY_LENGTH))
        for _number in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(device=device, hash=_hash(device, code)) for code in codes
    )
    return ["-".join(in_groups(code)) for code in codes]


def _hash(device: TOTPDevice, code: str) -> str:
    return hashlib.sha256(f"{device.pk}:{code}".encode()).hexdigest()


def _plain(code: str) -> str:
    """Return what was typed without what typing adds: spaces, dashes, full width, capitals."""
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", code)).lower()


# --- The phone -------------------------------------------------------------------------------


def _devices(user: User, *, confirmed: bool) -> TOTPDevice | None:
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=confirmed).first()
    return found


def _one_at_a_time(user: User) -> None:
    one_after_another(f"second factor of {user.pk}")


def _note(step: str, told: str, by: User, at: dt.datetime) -> None:
    journal.write(Act.SECOND_FACTOR, by, by=by, at=at, step=step, reason=told)

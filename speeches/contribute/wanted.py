"""What a call asks for, in words: until when, and how long."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speeches.models import Call


def time_left(call: Call, at: dt.datetime) -> str:
    """Return how much time is left to answer, rounded down: 还有3天, 还有5小时, 已截稿."""
    if not call.is_open(at):
        return _("已截稿")
    hours = int((call.deadline - at).total_seconds() // 3600)
    if hours >= 48:
        return _("还有%(number)d天") % {"number": hours // 24}
    if hours >= 1:
        return _("还有%(number)d小时") % {"number": hours}
    return _("不到1小时")


def wanted_length(call: Call) -> str:
    """Return the wanted length: 800～1200字, 不少于800字, 不超过1200字, or ""."""
    low, high = call.characters_from, call.characters_to
    if low is not None and high is not None:
        return _("%(low)d～%(high)d字") % {"low": low, "high": high}
    if low is not None:
        return _("不少于%(low)d字") % {"low": low}
    if high is not None:
        return _("不超过%(high)d字") % {"high": high}
    return ""


@dataclass(frozen=True)
class Length:
    """How long a text is, and how far from what the call wants; it never holds anybody up."""

    count: int
    call: Call

    # The script says the same while somebody types: "{}" stands for the number.
    @property
    def now(self) -> str:
        """The sentence for the present length."""
        return _("现有{}字")

    @property
    def short(self) -> str:
        """The words for a text that is too short."""
        return _("还差{}字")

    @property
    def over(self) -> str:
        """The words for a text that is too long."""
        return _("超出{}字")

    @property
    def wanted(self) -> str:
        """The length that the call wants, "" for any."""
        return wanted_length(self.call)

    @property
    def in_words(self) -> str:
        """The present length."""
        return self.now.format(self.count)

    @property
    def off(self) -> str:
        """How far off the text is, "" where it is as long as wanted."""
        low, high = self.call.characters_from, self.call.characters_to
        if low is not None and self.count < low:
            return self.short.format(low - self.count)
        if high is not None and self.count > high:
            return self.over.format(self.count - high)
        return ""

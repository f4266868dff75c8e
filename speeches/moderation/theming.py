"""Theming: an editor assigns themes to a remark, or rearranges the tree of themes."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from speeches.models import Act, Remark, Theme, User
from speeches.moderation import journal
from speeches.moderation.linking import follow, inherit_anew
from speeches.moderation.refusals import Refused, require
from speeches.moderation.watching import watch


@journal.act
def assign_themes(
    remark: Remark, *, themes: Iterable[Theme], by: User | None, at: dt.datetime
) -> None:
    """Give the remark exactly these themes; a public edition follows at once."""
    require(by, "speeches.change_remark")
    wanted = {theme.pk for theme in themes}
    there = set(remark.themes.values_list("id", flat=True))
    if wanted == there:
        return
    remark.themes.set(wanted)
    follow(remark)
    journal.write(
        Act.ASSIGN_THEMES,
        remark,
        by=by,
        at=at,
        added=sorted(wanted - there),
        removed=sorted(there - wanted),
    )


@journal.act
def move_theme(theme: Theme, *, parent: Theme | None, by: User | None, at: dt.datetime) -> None:
    """Put a theme under another one (or at the top); public remarks follow at once."""
    require(by, "speeches.change_theme")
    if parent is not None and theme.pk in Theme.objects.with_ancestors([parent.pk]):
        raise Refused(_("上级主题不能是自己或自己的下级。"))
    watch(theme)
    theme.parent = parent
    theme.save(update_fields=["parent"])
    inherit_anew()
    journal.write(Act.EDIT, theme, by=by, at=at, parent=parent.pk if parent else None)

"""Themes: a tree of subjects, with the cue phrases that suggest them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.addressing import address


def with_ancestors(parents: Mapping[int, int | None], ids: Iterable[int]) -> set[int]:
    """Return these themes' ids and the ids of all above them; `parents` maps child to parent."""
    found: set[int] = set()
    for pk in ids:
        here: int | None = pk
        while here is not None and here not in found:
            found.add(here)
            here = parents.get(here)
    return found


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes, in newsroom words."""

    def in_order(self) -> "ThemeQuerySet":
        """Order as the newsroom arranged them."""
        return self.order_by("position", "id")

    def with_ancestors(self, ids: Iterable[int]) -> set[int]:
        """Return these themes' ids and the ids of all themes above them, in one query."""
        return with_ancestors(dict(Theme.objects.values_list("id", "parent_id")), ids)


class Theme(models.Model):
    """A subject that remarks are about. A theme includes its children."""

    slug = models.SlugField(_("网址用词"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级主题"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    position = models.PositiveIntegerField(_("次序"), default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="theme_not_its_own_parent",
                violation_error_message=_("主题不能以自己为上级。"),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the theme's public page."""
        return address("theme-detail", self.slug)


class InTree(Protocol):
    """What stands in the tree of themes: a theme, or what a list has read of it."""

    @property
    def pk(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...


T = TypeVar("T", bound=InTree)


def as_tree(themes: Iterable[T]) -> Iterator[tuple[T, int]]:
    """Yield the themes in the order of the tree, each with its depth and before its children."""
    below: dict[int | None, list[T]] = {}
    for theme in themes:
        below.setdefault(theme.parent_id, []).append(theme)
    return _branch(below, None, 0)


def _branch(
    below: Mapping[int | None, list[T]], parent: int | None, depth: int
) -> Iterator[tuple[T, int]]:
    for theme in below.get(parent, ()):
        yield theme, depth
        yield from _branch(below, theme.pk, depth + 1)


class CuePhrase(models.Model):
    """A phrase whose occurrence in a remark suggests a theme; an editor decides."""

    theme = models.ForeignKey(
        Theme, verbose_name=_("主题"), on_delete=models.CASCADE, related_name="cue_phrases"
    )
    phrase = models.CharField(_("线索词"), max_length=30)

    class Meta:
        verbose_name = _("线索词")
        verbose_name_plural = _("线索词")
        constraints = (
            models.UniqueConstraint(fields=["theme", "phrase"], name="cue_phrase_once_a_theme"),
            models.CheckConstraint(condition=~models.Q(phrase=""), name="cue_phrase_not_empty"),
        )

    def __str__(self) -> str:
        return self.phrase

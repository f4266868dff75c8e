"""Themes: the tree with its numbers of remarks, and each theme's own page."""

from typing import Any

from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.public.describing import Described, described_list
from speeches.public.pages import PublicPage, old_address
from speeches.public.paging import remark_list, remarks_within
from speeches.public.stories import story


class ThemeList(PublicPage):
    """Every theme, children under their parents."""

    template_name = "public/theme_list.html"
    section = "themes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the themes; a theme's number includes its children's."""
        return super().get_context_data(
            themes=RemarkFilter().facet("theme").choices,
            described=Described(_("主题"), _("政协会议发言的主题。")),
            **kwargs,
        )


class ThemeDetail(PublicPage):
    """One theme: its remarks and those of its children."""

    template_name = "public/theme_detail.html"
    section = "themes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the theme, its remarks and their story."""
        found = remarks_within(theme=self.kwargs["slug"])
        theme = next((t for t in found.themes if t.slug == self.kwargs["slug"]), None)
        if theme is None:
            raise old_address("theme", self.kwargs["slug"])
        children = {child.slug for child in found.themes if child.parent_id == theme.pk}
        listing = remark_list(self.request, found)
        return super().get_context_data(
            **listing,
            described=described_list(
                theme.name,
                _("政协会议上关于%(theme)s的发言") % {"theme": theme.name},
                total=listing["total"],
            ),
            theme=theme,
            parent=next((t for t in found.themes if t.pk == theme.parent_id), None),
            children=[c for c in found.facet("theme").choices if c.value in children],
            story=story(found, "district", "unit"),
            **kwargs,
        )

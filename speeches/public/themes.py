"""Themes: the tree with its numbers of remarks, and each theme's own page."""

from typing import Any

from django.http import Http404

from speeches.filters import RemarkFilter
from speeches.public.pages import PublicPage
from speeches.public.paging import remark_list, remarks_within


class ThemeList(PublicPage):
    """Every theme, children under their parents."""

    template_name = "public/theme_list.html"
    section = "themes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the themes; a theme's number includes its children's."""
        return super().get_context_data(themes=RemarkFilter().facet("theme").choices, **kwargs)


class ThemeDetail(PublicPage):
    """One theme: its remarks and those of its children."""

    template_name = "public/theme_detail.html"
    section = "themes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the theme, its remarks, and where they come from."""
        found = remarks_within(theme=self.kwargs["slug"])
        theme = next((t for t in found.themes if t.slug == self.kwargs["slug"]), None)
        if theme is None:
            raise Http404
        children = {child.slug for child in found.themes if child.parent_id == theme.pk}
        return super().get_context_data(
            **remark_list(self.request, found),
            theme=theme,
            parent=next((t for t in found.themes if t.pk == theme.parent_id), None),
            children=[c for c in found.facet("theme").choices if c.value in children],
            districts=[choice for choice in found.facet("district").choices if choice.count],
            **kwargs,
        )

"""Districts: all of them with their numbers of remarks, and each district's own page."""

from typing import Any

from django.http import Http404

from speeches.filters import RemarkFilter
from speeches.public.pages import PublicPage
from speeches.public.paging import remark_list, remarks_within


class DistrictList(PublicPage):
    """Every district, by code, as a table: no map is drawn."""

    template_name = "public/district_list.html"
    section = "districts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the districts with the remarks of each and of its predecessors."""
        found = RemarkFilter()
        numbers = {choice.value: choice.count for choice in found.facet("district").choices}
        names = {district.pk: district.name for district in found.districts}
        return super().get_context_data(
            districts=[
                (district, numbers[district.code], names.get(district.successor_id or 0))
                for district in found.districts
            ],
            **kwargs,
        )


class DistrictDetail(PublicPage):
    """One district: its remarks and those of the districts merged into it."""

    template_name = "public/district_detail.html"
    section = "districts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the district, its remarks, and what they are about."""
        found = remarks_within(district=self.kwargs["code"])
        by_code = {district.code: district for district in found.districts}
        district = by_code.get(self.kwargs["code"])
        if district is None:
            raise Http404
        return super().get_context_data(
            **remark_list(self.request, found),
            district=district,
            predecessors=[d for d in found.districts if d.successor_id == district.pk],
            successor=next((d for d in found.districts if d.pk == district.successor_id), None),
            themes=[choice for choice in found.facet("theme").choices if choice.count],
            units=[choice for choice in found.facet("unit").choices if choice.count],
            **kwargs,
        )

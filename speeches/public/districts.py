"""Districts: all of them with their numbers of remarks, and each district's own page."""

from typing import Any

from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.models import District
from speeches.public.describing import Described, described_list
from speeches.public.pages import PublicPage, old_address
from speeches.public.paging import remark_list, remarks_within
from speeches.public.stories import story


class DistrictList(PublicPage):
    """Every district, by code, as a table: no map is drawn."""

    template_name = "public/district_list.html"
    section = "districts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the districts with the remarks of each and of its predecessors."""
        found = RemarkFilter()
        numbers = {choice.value: choice.count for choice in found.facet("district").choices}
        districts = list(District.objects.in_order())
        names = {district.pk: district.name for district in districts}
        return super().get_context_data(
            districts=[
                (district, numbers[district.code], names.get(district.successor_id or 0))
                for district in districts
            ],
            described=Described(_("区县"), _("各区县在政协会议上的发言。")),
            **kwargs,
        )


class DistrictDetail(PublicPage):
    """One district: its remarks and those of the districts merged into it."""

    template_name = "public/district_detail.html"
    section = "districts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the district, its remarks and their story."""
        districts = list(District.objects.in_order())
        district = next((d for d in districts if d.code == self.kwargs["code"]), None)
        if district is None:
            raise old_address("district", self.kwargs["code"])
        found = remarks_within(district=district.code)
        listing = remark_list(self.request, found)
        return super().get_context_data(
            **listing,
            described=described_list(
                district.name,
                _("%(district)s在政协会议上的发言") % {"district": district.name},
                total=listing["total"],
            ),
            district=district,
            predecessors=[d for d in districts if d.successor_id == district.pk],
            successor=next((d for d in districts if d.pk == district.successor_id), None),
            story=story(found, "theme", "unit"),
            **kwargs,
        )

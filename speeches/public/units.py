"""Units: those that current editions name, by district, and each unit's own page."""

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from speeches.models import District, MeetingEdition, RemarkEdition, Unit
from speeches.models.places import with_predecessors
from speeches.public.describing import Described, described_list
from speeches.public.pages import PublicPage
from speeches.public.paging import page_of, remark_list, remarks_within
from speeches.public.stories import story
from speeches.records import meeting_rows

# Meetings named on the page of the unit that hosted them; the list of meetings has all.
HOSTED = 10


def public_units() -> QuerySet[Unit]:
    """Return the units that a current edition links to, as speaker or as host."""
    speaks = RemarkEdition.objects.current().filter(unit=OuterRef("pk"))
    hosts = MeetingEdition.objects.current().filter(host=OuterRef("pk"))
    return Unit.objects.filter(Q(Exists(speaks)) | Q(Exists(hosts)))


class UnitList(PublicPage):
    """Units under their districts, those that speak most first."""

    template_name = "public/unit_list.html"
    section = "units"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the units, of one district with its predecessors if asked."""
        districts = list(District.objects.in_order())
        rows = [(d.pk, d.code, d.successor_id) for d in districts]
        numbers = Counter(
            dict(public_units().order_by().values_list("district").annotate(Count("pk")))
        )
        choices = [
            (d, number)
            for d in districts
            if (number := sum(numbers[pk] for pk in with_predecessors(rows, [d.code])))
        ]
        asked = self.request.GET.get("district", "").strip()
        units, total, query = public_units(), sum(numbers.values()), ""
        if asked:
            units = units.filter(district__in=with_predecessors(rows, [asked]))
            total = next((number for d, number in choices if d.code == asked), 0)
            query = urlencode({"district": asked})
        paging = page_of(self.request, in_list_order(units), total=total, query=query)
        return super().get_context_data(
            paging=paging,
            total=total,
            groups=[
                (district, list(units))
                for district, units in groupby(paging.entries, attrgetter("district"))
            ],
            choices=choices,
            asked=asked,
            unknown=asked[:20] if asked not in {"", *(d.code for d in districts)} else "",
            described=Described(_("单位"), _("在政协会议上发言、主办政协会议的单位。")),
            noindex=bool(asked) and not total,
            **kwargs,
        )


class UnitDetail(PublicPage):
    """One unit: what kind it is, where it stands, the meetings it hosted, what it said."""

    template_name = "public/unit_detail.html"
    section = "units"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the unit and its remarks; 404 for a unit that no current edition names."""
        parents = public_units().filter(pk=OuterRef("parent"))
        units = public_units().select_related("district", "parent")
        unit = units.annotate(parent_is_public=Exists(parents)).filter(pk=self.kwargs["pk"]).first()
        if unit is None:
            raise Http404
        hosted = MeetingEdition.objects.current().filter(host=unit).newest_first()
        found = remarks_within(unit=unit.pk)
        listing = remark_list(self.request, found)
        return super().get_context_data(
            **listing,
            story=story(found, "theme"),
            described=described_list(
                unit.name,
                _("%(unit)s在政协会议上的发言") % {"unit": unit.name},
                total=listing["total"],
            ),
            unit=unit,
            parent=unit.parent if unit.parent_is_public else None,
            hosted=meeting_rows(hosted[:HOSTED]),
            **kwargs,
        )


def in_list_order(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Order by district, units of none first, then by number of remarks, with that number."""
    remarks = (
        RemarkEdition.objects.current()
        .filter(unit=OuterRef("pk"))
        .order_by()
        .values("unit")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        units.select_related("district")
        .annotate(remark_count=Coalesce(Subquery(remarks, output_field=IntegerField()), 0))
        .order_by(F("district__code").asc(nulls_first=True), "-remark_count", "pk")
    )

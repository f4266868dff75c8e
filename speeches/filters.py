"""The one filter of remarks: the same query parameters on every page, feed and export.

A choice's count is the number of results with that value alone in its own facet and the other
facets as they are. Unit, person and meeting names come from current editions only, so that an
address with a guessed number tells nothing.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Case, CharField, OuterRef, QuerySet, Value, When
from django.db.models.expressions import Exists
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from speeches.facets import Chip, Choice, Facet, spelled
from speeches.models import (
    District,
    EditionSpeaker,
    EditionTheme,
    MeetingEdition,
    OldAddress,
    RemarkEdition,
    Theme,
)
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.places import with_predecessors
from speeches.models.themes import as_tree
from speeches.search.asking import MOST_CHARACTERS, Asked, parse
from speeches.search.finding import Found, find
from speeches.search.ranking import Ranked
from speeches.tallies import Chosen, CountedTallies, KeptTallies

# The facets of which several values mean "any of them".
SEVERAL = ("district", "theme")


class RemarkFilter(django_filters.FilterSet):
    """Filters current remarks by words, district, theme, unit, meeting, person and year."""

    q = django_filters.CharFilter(label=_("检索"), method="filter_q", strip=False)
    district = django_filters.MultipleChoiceFilter(label=_("区县"), method="filter_district")
    theme = django_filters.MultipleChoiceFilter(label=_("主题"), method="filter_theme")
    unit = django_filters.NumberFilter(label=_("单位"), field_name="unit_id", min_value=1)
    meeting = django_filters.NumberFilter(label=_("会议"), field_name="meeting_id", min_value=1)
    person = django_filters.NumberFilter(label=_("发言人"), method="filter_person", min_value=1)
    year = django_filters.NumberFilter(label=_("年份"), min_value=1900, max_value=2200)

    class Meta:
        model = RemarkEdition
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: RemarkEditionQuerySet | None = None,
        *,
        sort: str = "",
    ) -> None:
        """Take the query parameters; the queryset is that of all current remarks unless given.

        `sort` narrows nothing: choices and chips carry it on, behind the restrictions.
        """
        self.sort = sort
        # The counts that are kept are those of all current remarks.
        self._all_current = queryset is None
        queryset = RemarkEdition.objects.current() if queryset is None else queryset
        self.districts = list(District.objects.in_order())
        self.themes = list(Theme.objects.in_order())
        self.params = self._cleaned(data or QueryDict())
        super().__init__(self.params, queryset)
        self.filters["district"].extra["choices"] = [(d.code, d.name) for d in self.districts]
        self.filters["theme"].extra["choices"] = [(t.slug, t.name) for t in self.themes]
        for name in ("unit", "meeting", "person"):
            # Whole numbers that fit the databases' integer columns.
            self.filters[name].extra.update(decimal_places=0, max_value=2**31 - 1)
        self.filters["year"].extra["decimal_places"] = 0

    def _cleaned(self, data: QueryDict) -> QueryDict:
        # An empty value asks for nothing; other parameters are not this filter's.
        cleaned = QueryDict(mutable=True)
        for name in self.base_filters:
            cleaned.setlist(name, [value for value in data.getlist(name) if value.strip()])
        for kind, records in (("district", self.districts), ("theme", self.themes)):
            words = OldAddress.objects.renewed(kind, cleaned.getlist(kind), among=records)
            cleaned.setlist(kind, words)
        # Forms refuse NUL, no question is. One character too many tells that there were more.
        typed = [one.replace("\0", " ")[: MOST_CHARACTERS + 1] for one in cleaned.getlist("q")]
        cleaned.setlist("q", [value for value in typed if value.strip()])
        return cleaned

    # -- what the parameters mean -------------------------------------------------------------

    def filter_q(self, queryset: Any, name: str, typed: str) -> Any:
        """Keep what answers the question; the index is asked once, whatever is counted."""
        return self.found.among(queryset) if self.found else queryset

    def filter_district(self, queryset: Any, name: str, codes: list[str]) -> Any:
        """Keep any of these districts, each with its predecessors."""
        return queryset.filter(district_id__in=self._included(codes)) if codes else queryset

    def filter_theme(self, queryset: Any, name: str, slugs: list[str]) -> Any:
        """Keep any of these themes; links inherited from child themes count."""
        if not slugs:
            return queryset
        ids = [theme.pk for theme in self.themes if theme.slug in slugs]
        links = EditionTheme.objects.filter(edition=OuterRef("pk"), theme_id__in=ids)
        return queryset.filter(Exists(links))

    def filter_person(self, queryset: Any, name: str, person: int | None) -> Any:
        """Keep remarks of which this person is a speaker."""
        return queryset.by(int(person)) if person else queryset

    def narrowed(self, *, without: Collection[str] = ()) -> RemarkEditionQuerySet:
        """Return the remarks that match, some facets left out if named; none when invalid."""
        return self._narrowed(self.queryset, without)

    def standing(self) -> RemarkEditionQuerySet:
        """Return the remarks that match, with the tombstones of those that were withdrawn."""
        return self._narrowed(RemarkEdition.objects.standing(), ())

    def _narrowed(
        self, queryset: RemarkEditionQuerySet, without: Collection[str]
    ) -> RemarkEditionQuerySet:
        if not self.form.is_valid():
            return queryset.none()
        for name, value in self.form.cleaned_data.items():
            if name not in without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @cached_property
    def asked(self) -> Asked:
        """The question in `q` as it was understood."""
        return parse(self.params.get("q", ""))

    @cached_property
    def found(self) -> Found | None:
        """What answers the question; None without one."""
        return find(self.asked) if self.params.get("q") else None

    def ranked(self) -> Ranked:
        """Return the results, best first: newest first where no word was asked for."""
        found = self.found or find(self.asked)
        return Ranked(self.narrowed(), found, total=self.total())

    def _included(self, codes: Iterable[str]) -> set[int]:
        rows = [(d.pk, d.code, d.successor_id) for d in self.districts]
        return with_predecessors(rows, codes)

    @cached_property
    def _tallies(self) -> KeptTallies | CountedTallies:
        if not self.form.is_valid():
            return CountedTallies(Chosen(), self.narrowed)
        asked = self.form.cleaned_data
        themes = [theme.pk for theme in self.themes if theme.slug in asked["theme"]]
        unit, year = asked["unit"], asked["year"]
        chosen = Chosen(
            districts=frozenset(self._included(asked["district"])),
            theme=themes[0] if len(themes) == 1 else None,
            unit=None if unit is None else int(unit),
            year=None if year is None else int(year),
        )
        counted = len(themes) > 1 or any(asked[name] for name in ("q", "meeting", "person"))
        if self._all_current and not counted:
            return KeptTallies(chosen)
        asked_for = {name for name, value in asked.items() if value}
        by_words = self._all_current and asked_for <= {"q", "theme"} and self.found
        hits = by_words.by_words_alone if by_words else None
        return CountedTallies(chosen, self.narrowed, hits=hits)

    def total(self) -> int:
        """Return the number of results, without a query of its own when choices are counted."""
        if not self.form.is_valid():
            return 0
        years, year = self._tallies.years, self.form.cleaned_data["year"]
        return years[int(year)] if year else years.total()

    def facets(self) -> list[Facet]:
        """Return districts, themes, years and common units with their counts.

        One query where counts are kept, three where remarks are counted (`speeches.tallies`).
        """
        return [self.facet(name) for name in ("district", "theme", "year", "unit")]

    def facet(self, name: str) -> Facet:
        """Return one facet with its counts."""
        choices = {
            "district": self._district_choices,
            "theme": self._theme_choices,
            "year": self._year_choices,
            "unit": self._unit_choices,
        }
        return Facet(name, str(self.filters[name].label), choices[name]())

    def _district_choices(self) -> list[Choice]:
        counts = self._tallies.districts
        return [
            self._choice(
                "district", d.code, d.name, sum(counts[pk] for pk in self._included([d.code]))
            )
            for d in self.districts
        ]

    def _theme_choices(self) -> list[Choice]:
        counts = self._tallies.themes
        return [
            self._choice("theme", theme.slug, theme.name, counts[theme.pk], depth)
            for theme, depth in as_tree(self.themes)
        ]

    def _year_choices(self) -> list[Choice]:
        years = sorted(self._tallies.years.items(), reverse=True)
        return [self._choice("year", str(year), f"{year}年", number) for year, number in years]

    def _unit_choices(self) -> list[Choice]:
        return [self._choice("unit", str(pk), name, n) for pk, name, n in self._tallies.units]

    def _choice(self, facet: str, value: str, label: str, count: int, depth: int = 0) -> Choice:
        selected = value in self._given(facet)
        query = (
            self.query_with(facet, drop=value) if selected else self.query_with(facet, add=value)
        )
        return Choice(value, label, count, selected, query, depth)

    def chips(self) -> list[Chip]:
        """Return the active restrictions; one query for the names of what is given by number."""
        return [
            Chip(
                facet,
                value,
                self._names.get((facet, value), f"{self.filters[facet].label} {value[:20]}"),
                self.query_with(facet, drop=value),
                known=(facet, value) in self._names,
            )
            for facet in self.filters
            for value in self._given(facet)
        ]

    @property
    def query(self) -> str:
        """The query string of restrictions and order, the same whatever order they came in."""
        return self.query_with("")

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        """What is known by facet and value as given."""
        years = [] if "year" in self.form.errors else self._given("year")
        return {
            **{("district", d.code): d.name for d in self.districts},
            **{("theme", t.slug): t.name for t in self.themes},
            **{("year", year): f"{year}年" for year in years},
            **{("q", typed): f"“{typed[:MOST_CHARACTERS]}”" for typed in self._given("q")},
            **self._linked_names(),
        }

    def _linked_names(self) -> dict[tuple[str, str], str]:
        self.form.is_valid()
        asked = {n: self.form.cleaned_data.get(n) for n in ("unit", "meeting", "person")}
        current = RemarkEdition.objects.current()
        meetings = MeetingEdition.objects.current().filter(meeting=asked["meeting"])
        title = Case(When(title="", then="name"), default="title")
        queries: dict[str, QuerySet[Any, Any]] = {
            "unit": current.filter(unit=asked["unit"]).values_list("unit__name"),
            "meeting": meetings.values_list(title),
            "person": EditionSpeaker.objects.filter(
                person=asked["person"], edition__in=current
            ).values_list("person__name"),
        }
        wanted = [
            query.order_by().distinct().annotate(facet=Value(name, output_field=CharField()))
            for name, query in queries.items()
            if asked[name]
        ]
        if not wanted:
            return {}
        rows = wanted[0].union(*wanted[1:], all=True)
        return {(facet, self._given(facet)[0]): label for label, facet in rows}

    def _given(self, facet: str) -> list[str]:
        values = list(dict.fromkeys(self.params.getlist(facet)))
        return values if facet in SEVERAL else values[-1:]

    def query_with(self, facet: str, *, add: str = "", drop: str = "") -> str:
        """Return the query string with one value added to a facet or dropped from it."""
        parts = self._parts
        if facet:
            values = [value for value in self._given(facet) if value != drop]
            if add:
                values = [*values, add] if facet in SEVERAL else [add]
            parts = {**parts, facet: spelled(facet, values)}
        return "&".join(filter(None, parts.values()))

    @cached_property
    def _parts(self) -> dict[str, str]:
        # A page asks for a hundred query strings that differ in one facet.
        given = {name: spelled(name, self._given(name)) for name in self.filters}
        return {**given, "sort": spelled("sort", [self.sort] if self.sort else [])}

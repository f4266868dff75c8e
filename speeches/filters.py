"""The one filter of remarks: the same query parameters on every page, feed and export.

A choice's count is the number of results with that value alone in its own facet and the other
facets as they are. Unit, person and meeting names come from current editions only, so that an
address with a guessed number tells nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from copy import deepcopy
from functools import cache, cached_property
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import OuterRef
from django.db.models.expressions import Exists
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from speeches.facets import Chip, Choice, Facet
from speeches.models import EditionTheme, OldAddress, RemarkEdition
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.places import with_predecessors
from speeches.models.themes import as_tree, with_ancestors
from speeches.named_by_number import names_of
from speeches.offered import offered
from speeches.restrictions import Restrictions
from speeches.search.asking import MOST_CHARACTERS, Asked, parse
from speeches.search.finding import Found, find
from speeches.search.ranking import Ranked
from speeches.tallies import Chosen, CountedTallies, KeptTallies

# Whole numbers that fit the databases' integer columns.
WHOLE = {"decimal_places": 0, "min_value": 1, "max_value": 2**31 - 1}

# What kept counts cannot answer.
COUNTED = ("q", "meeting", "person")

# Never asked itself: what narrows it makes a copy.
_LINKS = EditionTheme.objects.filter(edition=OuterRef("pk"))


class RemarkFilter(django_filters.FilterSet):
    """Filters current remarks by words, district, theme, unit, meeting, person and year."""

    # All filters by name; an instance has those that are asked for.
    base_filters: dict[str, Any]

    q = django_filters.CharFilter(label=_("检索"), method="filter_q", strip=False)
    district = django_filters.MultipleChoiceFilter(label=_("区县"), method="filter_district")
    theme = django_filters.MultipleChoiceFilter(label=_("主题"), method="filter_theme")
    unit = django_filters.NumberFilter(label=_("单位"), field_name="unit_id", **WHOLE)
    meeting = django_filters.NumberFilter(label=_("会议"), field_name="meeting_id", **WHOLE)
    person = django_filters.NumberFilter(label=_("发言人"), method="filter_person", **WHOLE)
    year = django_filters.NumberFilter(
        label=_("年份"), decimal_places=0, min_value=1900, max_value=2200
    )

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
        self.districts, self.themes = offered()
        self._choosable = {
            "district": {d.code for d in self.districts},
            "theme": {t.slug for t in self.themes},
        }
        self.params = self._cleaned(data or QueryDict())
        self._restrictions = Restrictions(
            {name: self.params.getlist(name) for name in self.base_filters}, sort=sort
        )
        # A filter set copies its filters: those that are asked for.
        self.base_filters = {
            name: one for name, one in type(self).base_filters.items() if name in self.params
        }
        super().__init__(self.params, queryset)

    @cached_property
    def form(self) -> forms.Form:
        """The form that understands what is asked for."""
        form = _form_of(tuple(self.filters))(self.params)
        for name, choices in self._choosable.items():
            if name in form.fields:
                asked = self._restrictions.of(name)
                # Whether they are known is all that is asked of it.
                known = [(word, word) for word in asked if word in choices]
                cast("forms.MultipleChoiceField", form.fields[name]).choices = known
        return form

    def _cleaned(self, data: QueryDict) -> QueryDict:
        # An empty value asks for nothing; other parameters are not this filter's.
        cleaned = QueryDict(mutable=True)
        for name in self.base_filters:
            if given := [value for value in data.getlist(name) if value.strip()]:
                cleaned.setlist(name, given)
        for kind, known in self._choosable.items():
            if kind in cleaned:
                words = OldAddress.objects.renewed(kind, cleaned.getlist(kind), known=known)
                cleaned.setlist(kind, words)
        # Forms refuse NUL, no question is. One character too many tells that there were more.
        typed = [one.replace("\0", " ")[: MOST_CHARACTERS + 1] for one in cleaned.getlist("q")]
        if asked := [value for value in typed if value.strip()]:
            cleaned.setlist("q", asked)
        else:
            cleaned.pop("q", None)
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
        return queryset.filter(Exists(_LINKS.filter(theme_id__in=ids)))

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
        themes = [theme.pk for theme in self.themes if theme.slug in asked.get("theme", ())]
        chosen = Chosen(
            districts=frozenset(self._included(asked.get("district", ()))),
            theme=themes[0] if len(themes) == 1 else None,
            unit=int(asked["unit"]) if "unit" in asked else None,
            year=int(asked["year"]) if "year" in asked else None,
        )
        counted = len(themes) > 1 or not asked.keys().isdisjoint(COUNTED)
        if self._all_current and not counted:
            return KeptTallies(chosen)
        by_words = self._all_current and asked.keys() <= {"q", "theme"} and self.found
        hits = by_words.by_words_alone if by_words else None
        return CountedTallies(chosen, self.narrowed, hits=hits, themed=bool(themes))

    def total(self) -> int:
        """Return the number of results, without a query of its own when choices are counted."""
        if not self.form.is_valid():
            return 0
        years, year = self._tallies.years, self.form.cleaned_data.get("year")
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
        return Facet(name, str(RemarkFilter.base_filters[name].label), choices[name]())

    def _district_choices(self) -> list[Choice]:
        successors = {d.pk: d.successor_id for d in self.districts}
        counts: Counter[int] = Counter()
        for pk, number in self._tallies.districts.items():
            for present in with_ancestors(successors, [pk]):
                counts[present] += number
        rows = ((d.code, d.name, counts[d.pk], 0) for d in self.districts)
        return self._choices("district", rows)

    def _theme_choices(self) -> list[Choice]:
        counts = self._tallies.themes
        rows = ((t.slug, t.name, counts[t.pk], depth) for t, depth in as_tree(self.themes))
        return self._choices("theme", rows)

    def _year_choices(self) -> list[Choice]:
        years = sorted(self._tallies.years.items(), reverse=True)
        return self._choices("year", ((str(y), f"{y}年", number, 0) for y, number in years))

    def _unit_choices(self) -> list[Choice]:
        units = self._tallies.units
        return self._choices("unit", ((str(pk), name, number, 0) for pk, name, number in units))

    def _choices(self, facet: str, rows: Iterable[tuple[str, str, int, int]]) -> list[Choice]:
        given, step = self._restrictions.of(facet), self._restrictions.step(facet)
        return [
            Choice(value, label, count, value in given, step(value), depth)
            for value, label, count, depth in rows
        ]

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
            for value in self._restrictions.of(facet)
        ]

    @property
    def query(self) -> str:
        """The query string of restrictions and order, the same whatever order they came in."""
        return self._restrictions.query

    def query_with(self, facet: str, *, add: str = "", drop: str = "") -> str:
        """Return the query string with one value added to a facet or dropped from it."""
        return self._restrictions.query_with(facet, add=add, drop=drop)

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        """What is known by facet and value as given."""
        self.form.is_valid()
        given, asked = self._restrictions.of, self.form.cleaned_data
        years = given("year") if "year" in asked else []
        return {
            **{("district", d.code): d.name for d in self.districts},
            **{("theme", t.slug): t.name for t in self.themes},
            **{("year", year): f"{year}年" for year in years},
            **{("q", q): f"“{q[:MOST_CHARACTERS]}”" for q in given("q")},
            **{(facet, given(facet)[0]): name for facet, name in names_of(asked).items()},
        }


@cache
def _form_of(names: tuple[str, ...]) -> type[forms.Form]:
    """Return the form of these filters; a class takes long to make, and they are a few dozen."""
    fields = {name: deepcopy(RemarkFilter.base_filters[name]).field for name in names}
    return type("RemarkForm", (forms.Form,), fields)

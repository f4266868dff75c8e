"""Names: of districts, themes, units, people and phrases, looked up by characters or by pinyin.

Only what current editions link to has its name here. The names stay in memory under the stamps of
the lists they come from (docs/decisions/0012): an act that adds, renames or takes away one of them
changes the stamp of its list in its own transaction, so that the next question reads them anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from speeches.filters import RemarkFilter
from speeches.models import PageStamp, Person, Phrase
from speeches.models.prepared import Prepared
from speeches.public.people import in_list_order, public_speeches
from speeches.public.units import public_units
from speeches.search.asking import Asked
from speeches.text.searchable import fold_phrase
from speeches.text.spelling import Fit, Spelling, spelled

# Names offered where several fit in part; those that fit exactly are offered all.
FEW = 8


@dataclass(frozen=True)
class Name:
    """A name and the page it leads to; `hint` tells it from its like, `person` is a person's id."""

    kind: str
    name: str
    url: str
    hint: str = ""
    person: int = 0

    @cached_property
    def form(self) -> str:
        """The name as it is compared."""
        return fold_phrase(self.name)


@dataclass(frozen=True)
class Source:
    """Where names come from: `listed_at` is the list whose stamp changes with any of them."""

    listed_at: str
    read: Callable[[], Iterable[Name]]


def _districts() -> Iterable[Name]:
    for choice in RemarkFilter().facet("district").choices:
        if choice.count:
            url = reverse("public:district-detail", args=[choice.value])
            yield Name(_("区县"), choice.label, url)


def _themes() -> Iterable[Name]:
    for choice in RemarkFilter().facet("theme").choices:
        if choice.count:
            yield Name(_("主题"), choice.label, reverse("public:theme-detail", args=[choice.value]))


def _units() -> Iterable[Name]:
    for pk, name, district in public_units().values_list("pk", "name", "district__name"):
        hint = "" if district is None or district in name else district
        yield Name(_("单位"), name, reverse("public:unit-detail", args=[pk]), hint)


def _people() -> Iterable[Name]:
    speaking = Person.objects.filter(pk__in=public_speeches().values("person"))
    for pk, name in speaking.values_list("pk", "name"):
        yield Name(_("发言人"), name, reverse("public:person-detail", args=[pk]), person=pk)


def _phrases() -> Iterable[Name]:
    for phrase in Phrase.objects.in_order().with_forms():
        for form in phrase.forms.all():
            yield Name(_("提法"), form.text, phrase.get_absolute_url())


# In the order in which names that fit alike are offered.
SOURCES = (
    Source("public:district-list", _districts),
    Source("public:theme-list", _themes),
    Source("public:unit-list", _units),
    Source("public:person-list", _people),
    Source("public:phrase-list", _phrases),
)


def _stamps() -> QuerySet[PageStamp]:
    lists = [reverse(source.listed_at) for source in SOURCES]
    # The list of phrases has no stamp, since it answers free questions; each phrase's page has.
    there = Q(path__in=lists) | Q(path__startswith=reverse("public:phrase-list"))
    return PageStamp.objects.filter(there).order_by("path")


_STAMPS = Prepared(PageStamp, _stamps)


def public_names() -> tuple[Name, ...]:
    """Return every name: one query, and those of the sources after a change."""
    return names_under(tuple((page.path, page.stamp) for page in _STAMPS()))


@lru_cache(maxsize=1)
def names_under(stamps: tuple[tuple[str, str], ...]) -> tuple[Name, ...]:
    """Return every name; read once for as long as the lists carry these stamps."""
    return tuple(name for source in SOURCES for name in source.read())


def named(typed: str, asked: Asked) -> list[Name]:
    """Return whose name a question is: exactly, or else spelled in pinyin or by its initials."""
    forms = {fold_phrase(typed)}
    if len(asked.groups) == 1 and not asked.without:
        forms |= {term.phrase for term in asked.groups[0]}
    names = public_names()
    exactly = [name for name in names if name.form in forms]
    if exactly:
        return _told_apart(exactly)
    spelling = _spelling(typed)
    fitting = [(spelling.fit(name.name), name) for name in names] if spelling else []
    for wanted in (Fit.WHOLE, Fit.INITIALS):
        found = [name for fit, name in fitting if fit is wanted]
        if found:
            return _told_apart(found[:FEW])
    return []


def suggested(typed: str) -> list[Name]:
    """Return the names that what is typed may become, FEW of them, the likeliest first."""
    form, spelling = fold_phrase(typed), _spelling(typed)
    found = []
    for name in public_names() if form else ():
        fit = _fit(form, name.form) or (spelling.fit(name.name) if spelling else None)
        if fit:
            found.append((fit, name))
    found.sort(key=lambda pair: (pair[0], len(pair[1].name)))
    return _told_apart([name for _fit, name in found[:FEW]])


def _spelling(typed: str) -> Spelling | None:
    letters = spelled(typed)
    return Spelling(letters) if letters else None


def _fit(form: str, name: str) -> Fit | None:
    place = name.find(form)
    if place > 0:
        return Fit.INSIDE
    return None if place < 0 else Fit.WHOLE if form == name else Fit.BEGINNING


def _told_apart(names: list[Name]) -> list[Name]:
    """Return the names, people with the unit last printed with theirs: one query, or none."""
    people = [name.person for name in names if name.person]
    if not people:
        return names
    # The annotation of `in_list_order()`.
    units = {
        one.pk: one.unit_as_printed  # type: ignore[attr-defined]
        for one in in_list_order().filter(pk__in=people)
    }
    return [replace(n, hint=units.get(n.person, "")) if n.person else n for n in names]

"""Finding: from a question to the editions that answer it, as a condition on querysets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TypeVar

from django.db.models import BooleanField, Exists, Func, OuterRef, Q

from speeches.models import District, EditionTheme, MeetingEdition, Theme
from speeches.models.editions import RemarkEditionQuerySet
from speeches.models.places import with_predecessors
from speeches.search.asking import About, Asked, Term
from speeches.search.storage import Hits, Storage, Word, storage
from speeches.text.searchable import fold

K = TypeVar("K")


@dataclass(frozen=True)
class Found:
    """A question with what answers it.

    `hits` come from the index, None where no word was asked for; `condition` holds the rest.
    """

    asked: Asked
    hits: Hits | None
    condition: Q

    def among(self, editions: RemarkEditionQuerySet) -> RemarkEditionQuerySet:
        """Keep the editions that were found."""
        if not (self.asked.groups or self.asked.without):
            return editions.none()
        if self.hits is not None:
            editions = editions.filter(listed(self.hits))
        return editions.filter(self.condition)

    @property
    def by_words_alone(self) -> Hits | None:
        """What is found where the index alone decides, else None."""
        return None if self.condition else self.hits


def find(asked: Asked) -> Found:
    """Ask the index and look names up; one query for words, one for each kind of name."""
    return Found(asked, hits_of(asked), _condition(asked))


def hits_of(asked: Asked, *, index: Storage | None = None) -> Hits | None:
    """Return what the index has for the words of a question, None where it asks for none."""
    if not (asked.words or asked.without_words):
        return None
    groups = [[_word(term) for term in group] for group in asked.words]
    return (index or storage()).find(groups, [_word(term) for term in asked.without_words])


def listed(hits: Hits, column: str = "pk") -> Q:
    """Return the condition that an edition, which `column` names, is among the hits."""
    return Q(_Listed(column, hits))


class _Listed(Func):
    """Whether the id in a column is one of `Hits`."""

    output_field = BooleanField()

    def __init__(self, column: str, hits: Hits) -> None:
        super().__init__(column)
        self.hits = hits

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def, override]
        """Return the condition; a column has no values of its own."""
        column, _none = compiler.compile(self.source_expressions[0])
        index = storage(using=connection.alias)
        return index.listed(self.hits, column, one_by_one=self.hits.few)


def _word(term: Term) -> Word:
    return Word(term.phrase, term.about.value)


def _condition(asked: Asked) -> Q:
    conditions = [reduce(or_, _about(group[0].about, group).values()) for group in asked.conditions]
    unwanted = asked.without_conditions
    for about in dict.fromkeys(term.about for term in unwanted):
        terms = [term for term in unwanted if term.about is about]
        conditions += [~one for one in _about(about, terms).values()]
    return reduce(and_, conditions, Q())


def _about(about: About, terms: Sequence[Term]) -> dict[Term, Q]:
    """Return for each term, all about the same thing, what it asks of an edition."""
    if about is About.YEAR:
        return {term: Q(year__range=term.years) for term in terms}
    if about is About.THEME:
        themes = list(Theme.objects.values_list("pk", "name", "slug"))
        return {t: _of_themes(_called(t, ((k, (n, s)) for k, n, s in themes))) for t in terms}
    if about is About.DISTRICT:
        districts = list(District.objects.values_list("pk", "code", "name", "successor"))
        named = {code: (name, code) for _pk, code, name, _successor in districts}
        rows = [(pk, code, successor) for pk, code, _name, successor in districts]
        return {
            term: Q(district__in=with_predecessors(rows, _called(term, named.items())))
            for term in terms
        }
    current = MeetingEdition.objects.current()
    meetings = list(current.values_list("meeting", "title", "subtitle", "name"))
    return {t: Q(meeting__in=_called(t, ((k, n) for k, *n in meetings))) for t in terms}


def _of_themes(themes: Sequence[int]) -> Q:
    # A theme includes its children by inherited links.
    links = EditionTheme.objects.filter(edition=OuterRef("pk"), theme__in=themes)
    return Q(Exists(links))


def _called(term: Term, named: Iterable[tuple[K, Sequence[str]]]) -> list[K]:
    """Return what has exactly this name, or else what has it in its name."""
    folded = [(key, [fold(name) for name in names]) for key, names in named]
    exactly = [key for key, names in folded if term.phrase in names]
    return exactly or [key for key, names in folded if any(term.phrase in n for n in names)]

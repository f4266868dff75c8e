"""Unknown names: which units and speakers of a draft the newsroom's records do not tell.

The questions an editor is asked before confirmation, with those records that may be meant. The
number of queries does not grow with the draft.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from speeches.importing.arrangement import Arrangement, RemarkEntry
from speeches.models import District, Person, Unit, UnitAlias
from speeches.moderation.settled_names import decided

# How many records are offered for one name, and how alike a unit's name must be (Dice, 0 to 1).
OFFERED = 6
ALIKE = 0.5


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant, as a person can tell it from others."""

    id: int
    label: str


@dataclass(frozen=True)
class UnknownName:
    """A printed name that no record answers to, or several; `kind` is "unit" or "person".

    `unit` is the unit that the remark prints; "" where it prints none.
    """

    remark: int
    kind: str
    name: str
    candidates: tuple[Candidate, ...]
    unit: str = ""


@dataclass(frozen=True)
class _Unit:
    id: int
    name: str
    district: str
    is_city: bool

    @property
    def label(self) -> str:
        return _label(self.name, self.district)

    def stands_in(self, district: str) -> bool:
        if district:
            return self.district == district
        return self.is_city or not self.district


class _Units:
    """The directory of units, read once."""

    def __init__(self) -> None:
        rows = Unit.objects.values_list("id", "name", "district__name", "district__kind")
        self._units = {
            pk: _Unit(pk, name, district or "", kind == District.Kind.CITY)
            for pk, name, district, kind in rows
        }
        self._called: dict[str, list[_Unit]] = defaultdict(list)
        self._holding: dict[str, list[_Unit]] = defaultdict(list)
        for unit in self._units.values():
            self._called[unit.name].append(unit)
            for pair in _pairs(unit.name):
                self._holding[pair].append(unit)
        for pk, alias in UnitAlias.objects.values_list("unit_id", "name"):
            if self._units[pk] not in self._called[alias]:
                self._called[alias].append(self._units[pk])

    def meant_by(self, remark: RemarkEntry) -> _Unit | None:
        """The unit that an editor chose, or the only one of that name in the district."""
        decision, record = decided(remark, "unit", remark["unit"])
        if decision == "link":
            return self._units.get(record)
        found = [
            unit
            for unit in self._called.get(remark["unit"], ())
            if unit.stands_in(remark["district"])
        ]
        return found[0] if len(found) == 1 else None

    def like(self, name: str) -> list[_Unit]:
        """Units of that name anywhere, then those whose names share most pairs of characters."""
        exact = self._called.get(name, [])
        pairs = _pairs(name)
        shared: Counter[_Unit] = Counter()
        for pair in pairs:
            shared.update(self._holding.get(pair, ()))
        near = [
            unit
            for unit, number in shared.most_common()
            if unit not in exact and 2 * number >= ALIKE * (len(pairs) + len(_pairs(unit.name)))
        ]
        return [*exact, *near][:OFFERED]


@dataclass(frozen=True)
class _Post:
    unit: int | None
    label: str


class _People:
    """Everybody who bears one of the names, with their posts, read at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._called: dict[str, dict[int, list[_Post]]] = defaultdict(lambda: defaultdict(list))
        rows = Person.objects.filter(name__in=set(names)).values_list(
            *("id", "name", "note"),
            *("memberships__unit", "memberships__unit__name", "memberships__post"),
        )
        for pk, name, note, unit, unit_name, post in rows.order_by("id"):
            words = "，".join(filter(None, (note, f"{unit_name or ''}{post or ''}")))
            self._called[name][pk].append(_Post(unit, words))

    def called(self, name: str) -> dict[int, list[_Post]]:
        """Persons of that name with their posts."""
        return self._called.get(name, {})


def unknown_names(arrangement: Arrangement) -> list[UnknownName]:
    """Return the names of the draft that nobody has settled, in the draft's order."""
    units = _Units()
    people = _People(name for remark in arrangement["remarks"] for name in speakers(remark))
    return [one for remark in arrangement["remarks"] for one in _unknown(remark, units, people)]


def unit_labels() -> dict[int, str]:
    """Return how the directory tells its units apart: with their districts, where they have one."""
    rows = Unit.objects.order_by("name", "id").values_list("id", "name", "district__name")
    return {pk: _label(name, district or "") for pk, name, district in rows}


def unit_called(words: str) -> int:
    """Return the unit that a label, a name or an alias means; 0 where none does, or several."""
    labels = [pk for pk, label in unit_labels().items() if label == words]
    found = labels or list(Unit.objects.called(words).values_list("id", flat=True)[:2])
    return found[0] if len(found) == 1 else 0


def _label(name: str, district: str) -> str:
    return f"{name}（{district}）" if district else name


def speakers(remark: RemarkEntry) -> list[str]:
    """Return the names of a remark's speakers."""
    return [name for name in remark["speaker"].split("、") if name]


def _unknown(remark: RemarkEntry, units: _Units, people: _People) -> Iterator[UnknownName]:
    unit = units.meant_by(remark)
    if remark["unit"] and unit is None and not decided(remark, "unit", remark["unit"])[0]:
        found = tuple(Candidate(one.id, one.label) for one in units.like(remark["unit"]))
        yield UnknownName(remark["key"], "unit", remark["unit"], found, remark["unit"])
    for name in speakers(remark):
        if decided(remark, "person", name)[0]:
            continue
        called = people.called(name)
        members = [
            pk
            for pk, posts in called.items()
            if unit is not None and any(post.unit == unit.id for post in posts)
        ]
        if len(members) == 1:
            continue
        offered = tuple(
            Candidate(pk, _told(name, posts)) for pk, posts in list(called.items())[:OFFERED]
        )
        yield UnknownName(remark["key"], "person", name, offered, remark["unit"])


def _told(name: str, posts: list[_Post]) -> str:
    words = "；".join(post.label for post in posts if post.label)
    return f"{name}（{words}）" if words else name


def _pairs(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(len(name) - 1)}

"""The line that says who speaks: unit, post and speaker in every order that newspapers print them
in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from speeches.importing.draft import KnownNames
from speeches.importing.signs import Clue, Sign, Signs, total
from speeches.text.characters import DASHES, LEADING_SIGNS
from speeches.text.folding import Folding
from speeches.text.organisations import ends_with_a_post, is_body, is_post, split_unit_and_post
from speeches.text.people import is_person_name, join_spaced_names

ENOUGH = 2.0
_LONGEST = 80
_LABEL = Folding(r"^(?:发言人|发言者|发言单位|发言委员|单位|作者|主讲人|主讲)[:：]")
_IN_BRACKETS = re.compile(
    r"(?P<name>[^（）()]{2,20})[（(](?P<inside>(?:[^（）()]|[（(][^（）()]*[)）])+)[)）]"
)
_LONGEST_FIRST_PART = 8
_SENTENCE_MARKS = re.compile(r"[。；？！，!?;]")


@dataclass(frozen=True)
class UnitLine:
    """Who speaks, as read from one line, and the signs that speak for its being a unit line."""

    unit: str
    post: str
    speaker: str
    signs: Signs
    signed: bool = False
    """With a leading □, ■, ● or dash."""
    colon: bool = False

    @property
    def strength(self) -> float:
        """The sum of the signs; ``ENOUGH`` and more makes it a unit line."""
        return total(self.signs)


def read_unit_line(text: str, known: KnownNames) -> UnitLine | None:
    """What ``text`` (one line in newspaper typography) says of who speaks; None where it has no
    such shape.
    """
    bare = text.strip()
    if not 2 <= len(bare) <= _LONGEST:
        return None
    stripped = bare.lstrip(LEADING_SIGNS + DASHES + " ")
    signed = stripped != bare
    label = _LABEL.match(stripped)
    if label:
        stripped = stripped[label.end() :].strip()
        signed = True
    colon = stripped.endswith(("：", ":"))
    stripped = _unwrap(stripped.rstrip("：: ")).rstrip("：: ")
    if len(stripped) < 2 or _SENTENCE_MARKS.search(stripped):
        return None
    found = _in_brackets(stripped, known) or _by_words(stripped, known) or _glued(stripped, known)
    if found is None:
        return None
    signs = list(found.signs)
    if signed:
        signs.append(Sign(Clue.LEADING_SIGN, 0.5))
    if colon:
        signs.append(Sign(Clue.COLON, 0.5))
    if found.unit in known.units:
        signs.append(Sign(Clue.KNOWN_UNIT, 1.0))
    if any(name in known.people for name in found.speaker.split("、")):
        signs.append(Sign(Clue.KNOWN_PERSON, 1.0))
    return replace(found, signs=tuple(signs), signed=signed, colon=colon)


def _unwrap(text: str) -> str:
    for opening, closing in ("（）", "【】", "[]", "〔〕", "()"):
        if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            return text[1:-1].strip()
    return text


def _in_brackets(text: str, known: KnownNames) -> UnitLine | None:
    """姓名（单位职务), one or several in a row."""
    found = list(_IN_BRACKETS.finditer(text))
    if not found or re.sub(r"[ 、]", "", _IN_BRACKETS.sub("", text)):
        return None
    speakers: list[str] = []
    unit = post = ""
    for match in found:
        outside = match["name"].strip(" 、")
        names = _names(outside)
        if not names:
            # 市政协委员（李明）: the brackets are about the name.
            office = _office(outside.replace(" ", ""), known)
            if office and is_person_name(match["inside"].replace(" ", ""), sure=True):
                name = match["inside"].replace(" ", "")
                return _read(office, name, Clue.OFFICE_WITH_NAME_IN_BRACKETS, 2.5)
            return None
        office = _office(
            re.sub(r"^(?:[男女]|[\u4e00-\u9fff]{1,3}族)[，、]", "", match["inside"]).replace(
                " ", ""
            ),
            known,
        )
        if office is None:
            return None
        speakers.extend(names)
        if not unit:
            unit, post = office
    return _read((unit, post), "、".join(speakers), Clue.NAME_WITH_OFFICE_IN_BRACKETS, 3.0)


def _by_words(text: str, known: KnownNames) -> UnitLine | None:
    """单位职务 姓名, 姓名 单位职务, or either alone; the words stand apart by spaces."""
    words = join_spaced_names(text.split())
    for count in range(1, len(words)):
        head, tail = "".join(words[:count]), words[count:]
        names = _names(" ".join(tail))
        office = _office(head, known)
        if names and office:
            if office[1]:
                return _read(office, "、".join(names), Clue.OFFICE_AND_NAME, 3.0)
            return _read(office, "、".join(names), Clue.UNIT_AND_NAME, 2.5)
    for count in range(len(words) - 1, 0, -1):
        names = _names(" ".join(words[:count]))
        office = _office("".join(words[count:]), known)
        if (
            names
            and office
            and (office[1] or all(is_person_name(name, sure=True) for name in names))
        ):
            return _read(office, "、".join(names), Clue.NAME_THEN_OFFICE, 2.5)
    whole = "".join(words)
    if (is_body(whole) and (len(words) == 1 or is_body(words[0]))) or whole in known.units:
        return _read((whole, ""), "", Clue.UNIT_ALONE, 2.0)
    office = split_unit_and_post(whole)
    if office and _is_unit(office[0], known) and ends_with_a_post(whole):
        return _read(office, "", Clue.OFFICE_WITHOUT_NAME, 1.5)
    names = _names(text)
    if names and all(is_person_name(name, sure=True) or name in known.people for name in names):
        # 市政协主席艾力·热合曼 has the shape of one long name too.
        return _glued(text, known) or _read(("", ""), "、".join(names), Clue.NAME_ALONE, 0.5)
    return None


def _glued(text: str, known: KnownNames) -> UnitLine | None:
    """市政协委员李明, 李明委员: name and post without anything between them."""
    if " " in text:
        return None
    for size in _sizes_of_a_name_at_end(text):
        name, head = text[-size:], text[:-size]
        if is_person_name(name, sure=True) and ends_with_a_post(head):
            office = split_unit_and_post(head)
            if office and _is_unit(office[0], known):
                return _read(office, name, Clue.GLUED_OFFICE_AND_NAME, 2.0)
    for size in (3, 2, 4):
        if is_person_name(text[:size], sure=True) and is_post(text[size:]):
            return _read(("", text[size:]), text[:size], Clue.NAME_AND_POST, 1.0)
    return None


def _read(office: tuple[str, str], speaker: str, clue: Clue, weight: float) -> UnitLine:
    return UnitLine(*office, speaker, (Sign(clue, weight),))


def _sizes_of_a_name_at_end(text: str) -> Iterable[int]:
    """How long the name at the end of ``text`` may be, the likeliest first: three characters are
    more usual than two; before a middle dot the shortest, since the post goes as far as it can.
    """
    dot = text.find("·")
    if dot < 0:
        return 3, 2, 4
    return range(len(text) - dot + 1, min(len(text), len(text) - dot + _LONGEST_FIRST_PART) + 1)


def _names(text: str) -> list[str]:
    """The names of persons that ``text`` consists of; [] where something else is in it."""
    words = join_spaced_names([word for word in re.split(r"[ 、，,/]+", text) if word])
    if not words or not all(is_person_name(word) for word in words):
        return []
    if any(is_body(word) or is_post(word) or split_unit_and_post(word) for word in words):
        return []
    return words


def _office(text: str, known: KnownNames) -> tuple[str, str] | None:
    """Unit and post that ``text`` consists of; the post can be missing."""
    found = split_unit_and_post(text)
    if found and _is_unit(found[0], known):
        return found
    if is_body(text) or text in known.units:
        return text, ""
    unit = max(
        (name for name in known.units if name and text.startswith(name)), key=len, default=""
    )
    if unit and len(text) > len(unit):
        return unit, text[len(unit) :]
    return found if found and len(found[0]) >= 3 and found[1] else None


def _is_unit(text: str, known: KnownNames) -> bool:
    """True where a post can stand behind ``text``: not behind a person's name, and not behind a
    whole sentence.
    """
    if text in known.units or is_body(text):
        return True
    return 3 <= len(text) <= 40 and "，" not in text and not is_person_name(text, sure=True)

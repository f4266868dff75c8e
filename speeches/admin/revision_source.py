"""The source of an import in stretches, every one with where it went in the draft."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from speeches.admin.revision_html import SourceSegment
from speeches.admin.revision_page import REASONS
from speeches.admin.revision_steps import place_names
from speeches.importing.arrangement import BODY, HEADING, LINE, Arrangement, place_of


def source_segments(arrangement: Arrangement, source: str) -> list[SourceSegment]:
    """The source from beginning to end, every passage with where it went.

    A mark in words stands wherever the destination changes, so that colour is never alone.
    """
    stretches = sorted(
        (start, end, piece, look, mark)
        for piece, look, mark in _destinations(arrangement)
        for start, end in arrangement["pieces"][piece]["ranges"]
    )
    segments: list[SourceSegment] = []
    seen: set[str] = set()
    place, last = 0, ""
    for start, end, piece, look, mark in stretches:
        if start > place > 0:
            segments.append(_blank(source[place:start]))
        first = piece not in seen
        seen.add(piece)
        segments.append(
            SourceSegment(
                source[start:end],
                piece,
                look,
                mark if mark != last else "",
                first,
                start,
                mark,
            )
        )
        place, last = end, mark
    return segments


def _blank(text: str) -> SourceSegment:
    """White space between passages: pages come with many empty lines, one tells as much."""
    return SourceSegment("\n" * min(text.count("\n"), 2) or " ")


def _destinations(arrangement: Arrangement) -> Iterator[tuple[str, str, str]]:
    """Every piece with how its source looks and where it went, in words."""
    places = arrangement["places"]
    for place, name in place_names().items():
        for one in places.get(place, ()):
            yield one, "meeting", name
    for position, remark in enumerate(arrangement["remarks"], 1):
        look = "odd" if position % 2 else "even"
        label = _("发言 %(number)d") % {"number": position}
        for kind, part in ((HEADING, _(" 标题")), (LINE, _(" 署名行")), (BODY, "")):
            for one in places.get(place_of(kind, remark["key"]), ()):
                yield one, look, label + part
    for entry in arrangement["aside"]:
        reason = REASONS.get(entry["reason"], entry["reason"])
        look = "unplaced" if entry["reason"] == "unplaced" else "aside"
        yield entry["piece"], look, _("另列：%(reason)s") % {"reason": reason}
    for back in arrangement["brought_back"]:
        yield back["piece"], "odd", _("已取回")

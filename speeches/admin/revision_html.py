"""The thousands of like passages of the review screen as HTML, and what of it a browser has.

Written here and not by a template: 5,000 passages twice over cost a template more than a second.
Only text and labels come from outside and are escaped; the names of pieces are numbers.
"""

import hashlib
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from speeches.importing.arrangement import Arrangement

# Characters of the source in one chunk of its pane, about.
CHUNK = 3000


class Held:
    """The parts of the page that a browser shows already, each told by its mark.

    `told` is what the script of the screen sends: "remark-3:5f0c2a aside:91b7e4".
    """

    def __init__(self, told: str = "") -> None:
        self._marks = dict(one.split(":", 1) for one in told.split() if ":" in one)

    def has(self, part: str, mark: str) -> bool:
        """Tell whether the browser's part looks as this mark says."""
        return self._marks.get(part) == mark


def mark_of(*values: object) -> str:
    """Return a short mark that differs where plain values do."""
    return hashlib.blake2b(repr(values).encode(), digest_size=6).hexdigest()


def left_out(part: str) -> str:
    """Return what stands for a part that a browser has."""
    return f'<div id="{part}" data-same></div>'


class SourceSegment(NamedTuple):
    """A stretch of the source: blank, or a link to the piece it stands for.

    `look` is the end of a class of the style sheet, `label` where it went, in words, and `mark`
    the same where it stands in front of the segment; `first` tells whether this is where links
    to the piece's source lead; `start` is its place in the source.
    """

    text: str
    piece: str = ""
    look: str = ""
    mark: str = ""
    first: bool = False
    start: int = 0
    label: str = ""


class Drawing:
    """Draws the pieces of one arrangement: as choices, or to be read only."""

    def __init__(self, arrangement: Arrangement, *, chosen: str, choosable: bool) -> None:
        self.arrangement = arrangement
        self.chosen = chosen
        self.choosable = choosable

    def place(self, place: str) -> SafeString:
        """Return the pieces of a place; an empty string for an empty place."""
        return self.pieces(self.arrangement["places"].get(place, ()))

    def pieces(self, pieces: Iterable[str]) -> SafeString:
        """Return pieces, each with a link to its source.

        The link of a piece that an editor wrote leads nowhere, so it has none.
        """
        word = escape(_("原文"))
        return SafeString("\n".join(self._piece(one, word) for one in pieces))

    def shown(self, pieces: Iterable[str]) -> list[tuple[str, str, bool, bool]]:
        """Return what `pieces` draws of each, but which one is chosen, as values for a mark."""
        held = self.arrangement["pieces"]
        return [
            (one, held[one]["text"], bool(held[one]["ranges"]), self.choosable) for one in pieces
        ]

    def _piece(self, piece: str, word: str) -> str:
        held = self.arrangement["pieces"][piece]
        text = escape(held["text"], quote=False) or "…"
        link = f'<a href="#source-{piece}">{word}</a>' if held["ranges"] else ""
        if not self.choosable:
            shown = f'<p id="piece-{piece}" tabindex="-1">{text}</p>'
        else:
            checked = " checked" if piece == self.chosen else ""
            shown = (
                f'<input type="radio" form="revise" name="piece" value="{piece}" '
                f'id="piece-{piece}"{checked}><label for="piece-{piece}">{text}</label>'
            )
        return f'<div class="rev-piece">{shown}{link}</div>'


def source_html(segments: Iterable[SourceSegment], held: Held) -> SafeString:
    """Return the source from beginning to end, its passages linked to the draft.

    It comes in chunks that end with a line, so that a browser lays out only those in sight; an
    editor's step changes the chunk it is about and leaves the others alone.
    """
    chunks: dict[int, list[str]] = {0: []}
    number, line_ended = 0, False
    for segment in segments:
        if segment.piece and line_ended and segment.start // CHUNK > number:
            number = segment.start // CHUNK
            chunks[number] = []
        line_ended = "\n" in segment.text if not segment.piece else segment.text.endswith("\n")
        chunks[number].append(_segment(segment))
    return SafeString(
        "".join(_part(f"chunk-{number}", "".join(parts), held) for number, parts in chunks.items())
    )


def _part(part: str, html: str, held: Held) -> str:
    mark = mark_of(html)
    if held.has(part, mark):
        return left_out(part)
    return f'<div class="rev-chunk" id="{part}" data-mark="{mark}">{html}</div>'


def _segment(segment: SourceSegment) -> str:
    text = escape(segment.text, quote=False)
    if not segment.piece:
        return text
    mark = f'<b class="rev-mark">{escape(segment.mark)}</b>' if segment.mark else ""
    address = f' id="source-{segment.piece}"' if segment.first else ""
    return (
        f'{mark}<a{address} class="went-{segment.look}" href="#piece-{segment.piece}" '
        f'tabindex="-1">{text}</a>'
    )

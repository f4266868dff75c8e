"""The printed pages of an import's source, every line a link to where it went in the draft.

A line's place is read from the file itself, which is done once and kept in the cache for a while;
it is of use only as long as the reader still gives the very text that the draft points into.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from speeches.admin.revision_html import Held, SourceSegment, left_out, mark_of
from speeches.importing.readers.shape import Place, Reading
from speeches.importing.reading import DRAWN, draw_page, read_places
from speeches.importing.refusals import UnreadableSource
from speeches.models import ImportRun, SourceDocument

KEPT_SECONDS = 3600
# Print of nine points is as large on the screen as the draft beside it.
PIXELS_A_POINT = 1.5
WIDEST = 3000
# Where the baseline of a line lies in its box.
BASELINE = 0.88

Size = tuple[float, float]


def reading_of(source: SourceDocument) -> Reading:
    """Return the source with the places of its lines.

    Raises UnreadableSource where they cannot be had, or where the text is not that of the draft.
    """
    key = f"places-{source.sha256}-{source.reading}"
    reading: Reading | None = cache.get(key)
    if reading is None:
        reading = read_places(_content(source), source.format)
        cache.set(key, reading, KEPT_SECONDS)
    if reading.text != source.text:
        raise UnreadableSource(_("读取方法在导入之后有了改动，文字的位置对不上，请看文字。"))
    return reading


def sheets_html(
    run: ImportRun, reading: Reading, segments: list[SourceSegment], held: Held
) -> SafeString:
    """Return every page with its picture, if one can be drawn, and its lines as links."""
    drawing = _Sheets(run, reading, segments)
    return SafeString("".join(drawing.sheet(page, held) for page in range(1, drawing.number + 1)))


def page_picture(request: HttpRequest, run: ImportRun, page: int, width: int) -> HttpResponse:
    """Answer with the picture of a page, drawn only where the browser has none.

    Browsers ask again each time they show it, so that nobody sees it who may not.
    """
    source = run.source
    if source.format not in DRAWN or not 0 < width <= WIDEST:
        raise Http404
    etag = f'"{source.sha256}-{page}-{width}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = HttpResponse(draw_page(_content(source), page, width), "image/png")
        except UnreadableSource as refusal:
            return HttpResponse(str(refusal), "text/plain; charset=utf-8", status=503)
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _content(source: SourceDocument) -> bytes:
    # Screens leave the file in the database until it is wanted.
    return bytes(SourceDocument.objects.values_list("content", flat=True).get(pk=source.pk))


class _Sheets:
    """Draws the pages of one source, one after another."""

    def __init__(self, run: ImportRun, reading: Reading, segments: list[SourceSegment]) -> None:
        self.run = run
        self.text = reading.text
        self.segments = [one for one in segments if one.piece]
        self.at = 0
        self.seen: set[str] = set()
        self.last = ""
        by_page = groupby(reading.places, key=lambda place: place.page)
        self.places = {page: list(places) for page, places in by_page}
        self.sizes = reading.sizes or [
            _size_of(self.places.get(page, []))
            for page in range(1, max(self.places, default=0) + 1)
        ]
        self.number = len(self.sizes)
        self.drawn = run.source.format in DRAWN

    def sheet(self, page: int, held: Held) -> str:
        """Return a page, or what stands for it where the browser has it."""
        width, height = self.sizes[page - 1]
        self.last = ""
        boxes = "".join(box for place in self.places.get(page, ()) for box in self._boxes(place))
        name, mark = f"sheet-{page}", mark_of(boxes)
        if held.has(name, mark):
            return left_out(name)
        across = round(min(width * PIXELS_A_POINT, WIDEST))
        down = round(across * height / width)
        title = escape(_("第 %(page)d 页") % {"page": page})
        size = f'width="{across}" height="{down}"'
        picture = ""
        if self.drawn:
            address = reverse("admin:speeches_importrun_picture", args=[self.run.pk, page, across])
            picture = f'<img src="{address}" {size} alt="{title}" loading="lazy">'
        return (
            f'<div class="rev-sheet" id="{name}" data-mark="{mark}">{picture}'
            f'<svg viewBox="0 0 {width:g} {height:g}" {size} role="group" aria-label="{title}">'
            f"{boxes}</svg></div>"
        )

    def _boxes(self, place: Place) -> Iterator[str]:
        """The links of a printed line: one, or more where an editor has split it."""
        while self.at < len(self.segments) and _end(self.segments[self.at]) <= place.start:
            self.at += 1
        for at in range(self.at, len(self.segments)):
            segment = self.segments[at]
            if segment.start >= place.end:
                break
            start, end = max(segment.start, place.start), min(_end(segment), place.end)
            yield self._box(segment, place, start, end)

    def _box(self, segment: SourceSegment, place: Place, start: int, end: int) -> str:
        share = (place.right - place.left) / (place.end - place.start)
        left, width = place.left + share * (start - place.start), share * (end - start)
        height = place.bottom - place.top
        words = escape(self.text[start:end])
        address = "" if segment.piece in self.seen else f' id="source-{segment.piece}"'
        self.seen.add(segment.piece)
        drawn = "" if self.drawn else _words(left, place.top, width, height, words)
        tag = ""
        if segment.label != self.last:
            self.last = segment.label
            corner = f'x="{left:.1f}" y="{place.top:.1f}"'
            tag = f'<text class="rev-tag" {corner}>{escape(segment.label)}</text>'
        return (
            f'<a{address} class="went-{segment.look}" href="#piece-{segment.piece}" tabindex="-1" '
            f'aria-label="{escape(segment.label)}：{words}"><rect x="{left:.1f}" '
            f'y="{place.top:.1f}" width="{width:.1f}" height="{height:.1f}"/>{drawn}{tag}</a>'
        )


def _words(left: float, top: float, width: float, height: float, words: str) -> str:
    """The words of a line where no picture shows them."""
    return (
        f'<text class="rev-print" x="{left:.1f}" y="{top + BASELINE * height:.1f}" '
        f'font-size="{height:.1f}" textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs">{words}</text>'
    )


def _end(segment: SourceSegment) -> int:
    return segment.start + len(segment.text)


def _size_of(places: list[Place]) -> Size:
    """The size of a page that does not tell it: as wide and high as its lines need, and a rim."""
    right = max((place.right for place in places), default=0.0)
    bottom = max((place.bottom for place in places), default=0.0)
    left = min((place.left for place in places), default=0.0)
    top = min((place.top for place in places), default=0.0)
    return right + max(left, 0.0) + 1, bottom + max(top, 0.0) + 1

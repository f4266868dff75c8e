"""Phrase files: the concordance and the monthly figures as CSV, for spreadsheets.

UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding. A cell that
a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from speeches.public.pages import PublicView
from speeches.public.phrase_asking import sought
from speeches.public.phrase_figures import Line
from speeches.public.phrases import asked_order, in_order

# Characters that are sent together.
PIECE = 20_000
BYTE_ORDER_MARK = "\ufeff"
# What a formula begins with, in full width as well: Excel reads both.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

Cell = str | int | None


class ConcordanceFile(PublicView):
    """Every line of one phrase's concordance.

    Lines of more remarks than a page reads are sent while they are read, newest first, whatever
    order was asked for: a word may stand in a hundred thousand remarks.
    """

    stamped = False

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        """Return the file; without a phrase, lead to where one is asked for."""
        phrases = sought(request.GET.getlist("p")[:1])
        if not phrases:
            return redirect("public:phrase-list")
        (phrase,) = phrases
        head = [
            *(_("序号"), _("左文"), _("提法"), _("右文"), _("标题"), _("单位"), _("职务")),
            *(_("发言人"), _("日期"), _("段落"), _("网址")),
        ]
        lines: Iterable[Line] = (
            in_order(phrase.lines, asked_order(request)) if phrase.all_read else phrase.all_lines()
        )
        site = request.build_absolute_uri("/").removesuffix("/")
        rows: Iterator[list[Cell]] = (
            [
                *(number, line.place.left, line.place.hit, line.place.right),
                *(line.remark.heading, line.remark.unit_as_printed, line.remark.post_as_printed),
                *(line.remark.speakers_as_printed, line.remark.date.isoformat()),
                *(line.place.paragraph or _("标题"), site + line.url),
            ]
            for number, line in enumerate(lines, start=1)
        )
        return csv_file(chain([head], rows), name="concordance.csv")


class MonthsFile(PublicView):
    """The figures of every month, of one phrase or several."""

    stamped = False

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        """Return the file; without a phrase, lead to where one is asked for."""
        phrases = sought(request.GET.getlist("p"))
        if not phrases:
            return redirect("public:phrase-list")
        head = [_("提法"), _("年份"), _("月份"), _("篇数"), _("次数")]
        rows: list[list[Cell]] = [
            [one.label, year, month, number.remarks, number.occurrences]
            for one in phrases
            for (year, month), number in one.months.items()
        ]
        return csv_file([head, *rows], name="months.csv")


def csv_file(rows: Iterable[Iterable[Cell]], *, name: str) -> StreamingHttpResponse:
    """Return rows as a file to be saved, which is sent while they are made."""
    response = StreamingHttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # No page for search engines.
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _written(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Yield the file in pieces of some kilobytes."""
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        if text.tell() > PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _harmless(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else cell

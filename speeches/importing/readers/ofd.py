"""OFD, the national format for fixed pages (GB/T 33190-2016): zip and XML, every text with its
position in millimetres.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from typing import Any

from speeches.importing.readers.layout import Glyph, Sheet, lay_down
from speeches.importing.readers.packages import Package, local_name
from speeches.importing.readers.shape import Reading
from speeches.importing.refusals import UnreadableSource

MOST_PAGES = 32
_POINTS = 72 / 25.4
_BROKEN = "OFD 文件的结构不完整，请从原件重新导出后再导入。"
_STRAIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


def read(data: bytes, encoding: str | None = None) -> Reading:
    """The text of an OFD file, its columns in reading order.

    ``encoding`` is not asked for: XML names its own. Raises UnreadableSource where the file is
    damaged, protected, has more than ``MOST_PAGES`` pages or none of them has text.
    """
    package = Package(data)
    if "Encryptions.xml" in package.names():
        raise UnreadableSource("OFD 文件有密码保护，请解密后重新保存再导入。")
    try:
        sheets = list(_sheets(package))
    except (ValueError, OverflowError) as error:
        raise UnreadableSource(_BROKEN) from error
    if not any(sheet.glyphs for sheet in sheets):
        raise UnreadableSource("OFD 文件没有文字层，是扫描件或图片，请先做文字识别后再导入。")
    text, places = lay_down(sheets)
    return Reading(text, "ofd", places=places)


def _sheets(package: Package) -> Iterator[Sheet]:
    """The pages in their order, through all documents of the package."""
    number = 0
    for body in _children(package.xml("OFD.xml"), "DocBody"):
        root = _path(package, "", _text(body, "DocRoot"))
        document = package.xml(root)
        common = _children(document, "CommonData")
        templates = {
            template.get("ID"): _path(package, root, template.get("BaseLoc"))
            for one in common
            for template in _children(one, "TemplatePage")
        }
        for page in (page for pages in _children(document, "Pages") for page in pages):
            if local_name(page) != "Page":
                continue
            number += 1
            if number > MOST_PAGES:
                raise UnreadableSource(f"OFD 文件超过 {MOST_PAGES} 页，请按版面拆分后分别导入。")
            content = package.xml(_path(package, root, page.get("BaseLoc")))
            used = [
                package.xml(templates[template.get("TemplateID")])
                for template in _children(content, "Template")
                if template.get("TemplateID") in templates
            ]
            glyphs = [glyph for part in (*used, content) for glyph in _glyphs(part)]
            yield Sheet(number, glyphs)


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of all text objects of a page (clause 11), in points."""
    for text in page.iter("{*}TextObject"):
        left, top, _, _ = _numbers(text.get("Boundary"), 4)
        matrix = _matrix(text.get("CTM"))
        size = float(text.get("Size", "0"))
        for code in _children(text, "TextCode"):
            yield from _code_glyphs(code, left, top, matrix, size)


def _code_glyphs(
    code: Any, left: float, top: float, matrix: Matrix, size: float
) -> Iterator[Glyph]:
    """One text code: its characters from (X, Y) on, each DeltaX and DeltaY after the one before."""
    a, b, c, d, e, f = matrix
    words = (code.text or "").strip("\r\n\t")
    steps_x = _steps(code.get("DeltaX"), len(words))
    steps_y = _steps(code.get("DeltaY"), len(words))
    x, y = float(code.get("X", "0")), float(code.get("Y", "0"))
    em = size * (math.hypot(c, d) or 1.0)
    for i, char in enumerate(words):
        wide = size if not char.isascii() else size / 2
        step = steps_x[i] if i < len(steps_x) else (0.0 if steps_y else wide)
        base_x, base_y = left + a * x + c * y + e, top + b * x + d * y + f
        end_x = base_x + a * (min(step, wide) if step > 0 else wide)
        if not char.isspace():
            spaced = i > 0 and words[i - 1].isspace()
            left_x, right_x = base_x * _POINTS, end_x * _POINTS
            yield Glyph.on_baseline(char, left_x, right_x, base_y * _POINTS, em * _POINTS, spaced)
        x += step
        y += steps_y[i] if i < len(steps_y) else 0.0


def _steps(deltas: str | None, most: int) -> list[float]:
    """The distances of a DeltaX or DeltaY; "g n v" stands for n times v (clause 11.3)."""
    found: list[float] = []
    values = iter((deltas or "").split())
    for value in values:
        if value == "g":
            times, distance = int(next(values, "0")), float(next(values, "0"))
            found += [distance] * min(times, most)
        else:
            found.append(float(value))
    return found


def _matrix(values: str | None) -> Matrix:
    if values is None:
        return _STRAIGHT
    a, b, c, d, e, f = _numbers(values, 6)
    return a, b, c, d, e, f


def _numbers(values: str | None, count: int) -> list[float]:
    found = [float(value) for value in (values or "").split()]
    if len(found) != count or not all(map(math.isfinite, found)):
        raise ValueError(f"{count} numbers expected: {values!r}")
    return found


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if local_name(child) == name]


def _text(element: Any, name: str) -> str:
    return next((child.text or "" for child in _children(element, name)), "").strip()


def _path(package: Package, base: str, place: str | None) -> str:
    """A member's name: from the root with a leading stroke, else beside ``base`` (clause 7.3);
    some producers count from the root without saying so.
    """
    if not place:
        raise UnreadableSource(_BROKEN)
    if place.startswith("/"):
        return place.lstrip("/")
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(base), place))
    return beside if beside in package.names() else posixpath.normpath(place)

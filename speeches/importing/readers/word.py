"""Word documents (.docx, ECMA-376): the paragraphs of the text, tables and text boxes in document
order, then the notes.

Inserted text counts and deleted text does not, as if every change were accepted. Headers and
footers are left out: they belong to the sheet of paper, not to the text.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from speeches.importing.readers.packages import Package, local_name, parse_xml
from speeches.importing.readers.shape import Reading
from speeches.importing.refusals import UnreadableSource

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PARAGRAPH = f"{{{_WORD}}}p"
_TEXTS = (f"{{{_WORD}}}t", f"{{{_MATH}}}t")
_SIGNS = {
    f"{{{_WORD}}}tab": "\t",
    f"{{{_WORD}}}br": "\n",
    f"{{{_WORD}}}cr": "\n",
    f"{{{_WORD}}}noBreakHyphen": "-",
}
# Moved away, the second form of a drawing, the reading over a character, and tab stops, which are
# called like tabs.
_PASSED_OVER = (
    f"{{{_WORD}}}moveFrom",
    f"{{{_COMPATIBILITY}}}Fallback",
    f"{{{_WORD}}}rt",
    f"{{{_WORD}}}pPr",
    f"{{{_WORD}}}rPr",
)
_NOTES = ("footnotes", "endnotes")
_XML = (".xml", ".rels")


def read(data: bytes, encoding: str | None = None) -> Reading:
    """The text of a Word document, one line for each paragraph and each line break.

    ``encoding`` is not asked for: XML names its own. Raises UnreadableSource where the document is
    damaged, protected or made to overflow.
    """
    package = Package(data)
    # The library inflates and parses every part; each has to be sound before it may.
    for name in package.names():
        if name.lower().endswith(_XML):
            package.xml(name)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        notes = [
            parse_xml(relation.target_part.blob)
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.rpartition("/")[2] in _NOTES
        ]
    except (OpcError, ValueError, KeyError, AttributeError, etree.XMLSyntaxError) as error:
        raise UnreadableSource(
            "Word 文档缺少必要的部分，可能已损坏，请在 Word 中重新保存为 .docx 后再导入。"
        ) from error
    paragraphs = [line for root in (body, *notes) for line in _paragraphs(root)]
    return Reading("\n\n".join(paragraphs) + "\n", "docx")


def _paragraphs(root: Any) -> list[str]:
    """The paragraphs under ``root``; one that stands in another, in a text box, comes before it.

    An empty paragraph leaves one line more between its neighbours.
    """
    done: list[str] = []
    open_paragraphs: list[list[str]] = []
    passing: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if passing is not None:
            if event == "end" and element is passing:
                passing = None
        elif event == "start":
            if element.tag in _PASSED_OVER:
                passing = element
            elif element.tag == _PARAGRAPH:
                open_paragraphs.append([])
            elif open_paragraphs:
                open_paragraphs[-1].append(_own_text(element))
        elif element.tag == _PARAGRAPH:
            text = "".join(open_paragraphs.pop())
            if text.strip():
                done.append(text)
            elif done and not done[-1].endswith("\n"):
                done[-1] += "\n"
    return done


def _own_text(element: Any) -> str:
    if element.tag in _TEXTS:
        return element.text or ""
    if local_name(element) == "sym":
        code = element.get(f"{{{_WORD}}}char", "")
        return chr(int(code, 16)) if code.isalnum() and len(code) == 4 else ""
    return _SIGNS.get(element.tag, "")

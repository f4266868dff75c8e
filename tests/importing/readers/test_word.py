"""What is taken from a Word document."""

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml

from speeches.importing.reading import read_source
from tests.importing.readers.making import saved

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def text_of(*bodies: str) -> str:
    """The text of a document that holds these pieces of WordprocessingML."""
    document = docx.Document()
    for body in bodies:
        document.element.body.append(parse_xml(body.replace(">", f" {_SPACES}>", 1)))
    return read_source(saved(document), "page.docx").text


def run(words: str) -> str:
    """A run of text."""
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_headings_tables_and_breaks_are_lines_in_document_order() -> None:
    document = docx.Document()
    document.add_heading("擦亮老街金招牌", 1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "市政协", "高远"
    paragraph = document.add_paragraph("老街的手艺人")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("年纪\t大了")
    assert read_source(saved(document), "page.docx").text == (
        "擦亮老街金招牌\n\n市政协\n\n高远\n\n老街的手艺人\n年纪\t大了\n"
    )


def test_an_empty_paragraph_leaves_a_wider_gap() -> None:
    assert text_of(f"<w:p>{run('甲')}</w:p>", "<w:p></w:p>", f"<w:p>{run('乙')}</w:p>") == (
        "甲\n\n\n乙\n"
    )


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('移')}</w:moveFrom>"
    assert text_of(f"<w:p>{deleted}{moved}<w:ins>{run('新')}</w:ins>{run('文')}</w:p>") == "新文\n"


def test_links_fields_and_content_controls_are_text() -> None:
    control = f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    linked = f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink>{field}{run('域')}</w:p>"
    assert text_of(control, linked) == "控件\n\n链接域\n"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(f"<w:p><w:r>{drawing}</w:r>{run('框外')}</w:p>") == "框内\n\n框外\n"


def test_tab_stops_are_no_tabs() -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="20"/></w:tabs></w:pPr>'
    assert text_of(f"<w:p>{stops}{run('正文')}</w:p>") == "正文\n"

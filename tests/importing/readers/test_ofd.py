"""What is taken from an OFD file."""

from speeches.importing.reading import Source, read_source
from tests.importing.readers.digest import Printed
from tests.importing.readers.making import make_ofd, zip_of


def read(pages: dict[str, str], document: str, root: str = "Doc_0/Document.xml") -> Source:
    """The source that an OFD file of these members gives."""
    members = {
        "OFD.xml": f"<OFD><DocBody><DocRoot>{root}</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": document,
        **pages,
    }
    return read_source(zip_of(members), "page.ofd")


def page(*objects: str, more: str = "") -> str:
    """A page of text objects."""
    return f"<Page>{more}<Content><Layer>{''.join(objects)}</Layer></Content></Page>"


def text(words: str, top: float = 10, matrix: str = "", deltas: str = 'DeltaX="g 9 4"') -> str:
    """A text object of four millimetres' size, ten millimetres from the left edge."""
    return (
        f'<TextObject Size="4" Boundary="10 {top} 90 6" {matrix}><TextCode X="0" Y="3.52" {deltas}>'
        f"{words}</TextCode></TextObject>"
    )


ONE = '<Document><Pages><Page ID="1" BaseLoc="Page.xml"/></Pages></Document>'


def test_all_pages_are_read_and_each_line_knows_its_own() -> None:
    data = make_ofd([Printed(30, 30, 9, "第一页")], [Printed(30, 30, 9, "第二页 5G")])
    source = read_source(data, "page.ofd")
    assert source.text == "第一页\n\n第二页 5G\n\n"
    assert [one.page for one in source.places] == [1, 2]
    assert (source.format, source.encoding) == ("ofd", "")


def test_places_are_points() -> None:
    place = read({"Doc_0/Page.xml": page(text("渠水流到"))}, ONE).places[0]
    assert (place.left, place.top, place.right, place.bottom) == (28.3, 28.3, 73.7, 39.7)


def test_paths_count_from_the_root_the_document_or_by_mistake() -> None:
    for place in ("Page.xml", "/Doc_0/Page.xml", "Doc_0/Page.xml"):
        document = ONE.replace("Page.xml", place)
        assert read({"Doc_0/Page.xml": page(text("渠水"))}, document).text == "渠水\n\n"
    assert read({"Doc_0/Page.xml": page(text("渠水"))}, ONE, "/Doc_0/Document.xml").text


def test_a_matrix_moves_and_enlarges() -> None:
    matrix = 'CTM="2 0 0 2 5 1"'
    place = read({"Doc_0/Page.xml": page(text("渠水", matrix=matrix))}, ONE).places[0]
    assert round(place.left * 25.4 / 72) == 15
    assert round((place.bottom - place.top) * 25.4 / 72) == 8


def test_steps_may_be_written_out_or_missing() -> None:
    for deltas in ('DeltaX="4 4 4"', 'DeltaX="g 3 4"', 'DeltaX="4 g 2 4"', ""):
        found = read({"Doc_0/Page.xml": page(text("渠水流到", deltas=deltas))}, ONE)
        assert found.text == "渠水流到\n\n"


def test_letters_below_each_other_are_read_downwards() -> None:
    found = read({"Doc_0/Page.xml": page(text("渠水", deltas='DeltaY="4"'))}, ONE).text
    assert "".join(found.split()) == "渠水"


def test_what_stands_in_a_page_template_is_read_too() -> None:
    document = (
        '<Document><CommonData><TemplatePage ID="7" BaseLoc="Tpl.xml"/></CommonData>'
        '<Pages><Page ID="1" BaseLoc="Page.xml"/></Pages></Document>'
    )
    pages = {
        "Doc_0/Tpl.xml": page(text("第四版", top=2)),
        "Doc_0/Page.xml": page(text("渠水", top=60), more='<Template TemplateID="7"/>'),
    }
    assert read(pages, document).text == "第四版\n\n渠水\n\n"

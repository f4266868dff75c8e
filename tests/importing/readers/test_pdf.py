"""What is taken from a PDF, beyond the order of its columns: see test_layout.py."""

from speeches.importing.readers.shape import Reading
from speeches.importing.reading import Source, read_source
from tests.importing.readers.digest import Printed, as_text, printed
from tests.importing.readers.making import make_pdf


def read(data: bytes) -> Source:
    """The source that a PDF gives."""
    return read_source(data, "page.pdf")


def test_all_pages_are_read_and_each_line_knows_its_own() -> None:
    source = read(make_pdf([Printed(30, 30, 9, "第一页")], [], [Printed(30, 30, 9, "第三页")]))
    assert source.text == "第一页\n\n第三页\n\n"
    assert [(one.page, source.text[one.start : one.end]) for one in source.places] == [
        (1, "第一页"),
        (3, "第三页"),
    ]
    assert (source.format, source.encoding) == ("pdf", "")


def test_a_place_is_measured_from_the_top_left_corner() -> None:
    place = read(make_pdf([Printed(40, 70, 10, "渠水流到田头")])).places[0]
    assert (place.left, place.top, place.bottom) == (40.0, 70.0, 80.0)
    assert 100.0 <= place.right < 101.0


def test_a_page_that_is_shown_turned_reads_the_same() -> None:
    upright, turned = make_pdf(printed()), make_pdf(printed(), turn=90)
    assert read(turned).text == read(upright).text
    assert read(turned).places == read(upright).places


def test_radicals_become_the_characters_they_stand_for() -> None:
    assert read(make_pdf([Printed(30, 30, 9, "\u2f00\u2f08\u2f2d")])).text == "一人山\n\n"


def test_rare_characters_beyond_the_basic_plane_are_one_character() -> None:
    assert read(make_pdf([Printed(30, 30, 9, "𠮷野")])).text == "𠮷野\n\n"


def test_no_letter_of_the_page_is_lost() -> None:
    text = read(make_pdf(printed())).text
    assert sorted("".join(text.split())) == sorted("".join(as_text().split()))


def test_a_reading_names_its_format() -> None:
    assert Reading("", "pdf").places == ()

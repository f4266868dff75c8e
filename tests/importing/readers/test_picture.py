"""A page of a PDF as a picture: drawn by the child, within its limits."""

import io
import time

import pytest
from PIL import Image

from speeches.importing import confinement
from speeches.importing.confinement import run_child
from speeches.importing.readers import DRAWING
from speeches.importing.readers.limits import Limits
from speeches.importing.reading import draw_page, read_places
from speeches.importing.refusals import TOO_COMPLEX, UnreadableSource
from tests.importing.readers.digest import HEIGHT, WIDTH, printed
from tests.importing.readers.making import make_ofd, make_pdf, pdf_of

pytestmark = pytest.mark.slow


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def test_a_page_is_drawn_as_wide_as_asked() -> None:
    assert opened(draw_page(make_pdf(printed()), 1, 975)).size == (975, 750)


def test_print_stands_where_the_reader_says() -> None:
    data = make_pdf(printed())
    place = next(one for one in read_places(data, "pdf").places if one.bottom - one.top > 25)
    picture = opened(draw_page(data, 1, int(WIDTH))).convert("L")

    line = picture.crop(
        (round(place.left), round(place.top), round(place.right), round(place.bottom))
    )
    beside = picture.crop((0, round(place.top), round(place.left) - 5, round(place.bottom)))

    assert min(line.tobytes()) < 60
    assert min(beside.tobytes()) > 240


@pytest.mark.parametrize("turn", [0, 90])
def test_a_reading_tells_how_large_its_pages_are(turn: int) -> None:
    assert read_places(make_pdf(printed(), turn=turn), "pdf").sizes == ((WIDTH, HEIGHT),)


def test_ofd_has_places_and_does_not_tell_sizes() -> None:
    reading = read_places(make_ofd(printed()), "ofd")

    assert len(reading.places) == len(printed())
    assert reading.sizes == ()


@pytest.mark.parametrize("page", [0, 2, 99])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(UnreadableSource):
        draw_page(make_pdf(printed()), page, 900)


def test_a_page_of_any_shape_gives_a_picture_of_bounded_size() -> None:
    high = hostile("0 0 10 14000", "0 0 5 5 re f")

    width, height = opened(draw_page(high, 1, 3000)).size

    assert width * height <= 25_000_000


def test_a_page_that_takes_for_ever_to_draw_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    # Thousands of shadings over the whole page.
    endless = hostile("0 0 2000 2000", "/P gs /S sh\n" * 200_000)
    shortly = Limits(cpu_seconds=1, wall_seconds=3.0)
    monkeypatch.setattr(confinement, "DRAWN", shortly)
    began = time.monotonic()

    with pytest.raises(UnreadableSource, match=TOO_COMPLEX):
        draw_page(endless, 1, 3000)

    assert time.monotonic() - began < 6


def test_memory_for_a_picture_is_limited() -> None:
    data = make_pdf(printed())

    outcome = run_child(data, DRAWING, "1 3000", Limits(address_space=64 * 1024 * 1024))

    assert outcome.status != 0


def hostile(box: str, content: str) -> bytes:
    """A PDF of one page with a shading that it can ask for again and again."""
    shading = (
        "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 2000 2000] /Extend [true true]"
        " /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >>"
    )
    return pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R"
            f" /Resources << /Shading << /S {shading} >> /ExtGState << /P << /ca 0.5 >> >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    )

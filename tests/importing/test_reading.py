"""Bytes become text, or are refused with one line that says what to do."""

import codecs
import hashlib

import pytest

from speeches.importing.reading import LARGEST, read_source
from speeches.importing.refusals import ImportRefused, UnreadableSource

TEXT = "修渠札记\r\n\r\n青溪县政协主席 李长河\r\n渠水流到田头，第 3 年见了收成。\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("gb18030"), "gb18030"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    source = read_source(data, "page.txt")
    assert source.text == TEXT
    assert source.encoding == encoding
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t",
        "。，\u3000".encode(),
        b"%PDF-1.7 \x00\x01",
        b"PK\x03\x04word/document.xml",
        bytes(range(256)) * 20,
        b"\x00" * 500,
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
        b"\xff\xfe\xfd\xfc\x81\x80\x80" * 9,
        "渠水流到田头".encode() * 40 + b"\xe6\xb8",
        b"x" * (LARGEST + 1),
    ],
    ids=[
        "empty",
        "blank",
        "marks only",
        "pdf",
        "word",
        "binary",
        "zeros",
        "broken utf-16",
        "noise",
        "cut utf-8",
        "too large",
    ],
)
def test_what_is_no_text_is_refused_in_one_chinese_line(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as refusal:
        read_source(data, "page.txt")
    message = str(refusal.value)
    assert isinstance(refusal.value, ImportRefused)
    assert "\n" not in message
    assert message.endswith("。")
    assert any("\u4e00" <= char <= "\u9fff" for char in message)


def test_a_few_control_characters_do_not_make_a_page_binary() -> None:
    assert "\x07" in read_source((TEXT + "\x07渠").encode(), "page.txt").text

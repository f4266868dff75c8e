"""Does to a made-up page what happens to real ones on their way to us, and says what a right
import gives.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field

from tests.importing.made_up import MadePage, unit_lines

FOOT = [
    "责任编辑：方圆",
    "责编：方圆 美编：齐正 校对：柏舟",
    "本版责编 方圆 版式设计 齐正",
    "电话：0400-5550123",
    "新闻热线：0400-5550188",
    "网址：www.linjiang-paper.example",
    "第 4 页 共 8 页",
]
TOP = ["A4 要闻", "版次：04", "4版 2023年12月5日 责任编辑：方圆", "第四版 专题"]
INVISIBLE = ["\u200b", "\u00ad", "\ufeff", "\x07", "\x1b", "\x02"]


@dataclass
class Piece:
    """One block of the page. ``first``: a paragraph begins with it. ``wide``: a column ends
    before it.
    """

    text: str
    kind: str = "body"
    remark: int = -1
    paragraph: int = -1
    first: bool = True
    wide: bool = False


@dataclass
class Damaged:
    """The damaged page and what a right import of it gives (see ``expectation``)."""

    data: bytes
    done: list[str] = field(default_factory=list)
    lost_openings: set[int] = field(default_factory=set)


def lay_out(page: MadePage) -> list[Piece]:
    """The undamaged page as blocks in reading order."""
    pieces = [Piece(page.kicker, "kicker")] if page.kicker else []
    pieces += [Piece(line, "title") for line in page.title]
    pieces += [Piece(page.subtitle, "subtitle"), Piece(page.byline_line, "byline")]
    pieces += [Piece(text, "intro", -1, n) for n, text in enumerate(page.introduction)]
    if page.caption:
        pieces.append(Piece(page.caption, "caption"))
    for number, remark in enumerate(page.remarks):
        heading = [Piece(line, "heading", number) for line in remark.heading]
        unit = [Piece(line, "unit", number) for line in unit_lines(page, remark)]
        body = [Piece(text, "body", number, n) for n, text in enumerate(remark.paragraphs)]
        if page.unit_form == "shared":
            first = "".join(piece.text for piece in (*unit, body[0]))
            pieces += [*heading, Piece(first, "shared", number, 0), *body[1:]]
            continue
        pieces += heading + unit if page.heading_first else unit + heading
        pieces += body
    return pieces


def damage(page: MadePage, seed: int, *, heavy: bool) -> Damaged:
    """The page as bytes after the damages that ``seed`` draws; ``page`` loses the openings that
    are cut off.
    """
    draw = random.Random(seed * 7919 + heavy)
    done = Damaged(b"")
    for number, remark in enumerate(page.remarks):
        if draw.random() < 0.2 and len(remark.paragraphs[0]) > 24:
            cut = draw.randint(5, 14)
            if remark.paragraphs[0][cut] not in "，。、":
                remark.paragraphs[0] = remark.paragraphs[0][cut:]
                done.lost_openings.add(number)
    pieces = lay_out(page)
    pieces = _cut_columns(pieces, draw, draw.randint(1, 6))
    pieces = _copy_tails(pieces, draw, draw.randint(0, 3), inside=heavy)
    pieces = _copy_closings(page, pieces, draw, draw.randint(0, 2))
    if heavy:
        pieces = _turn_over(page, pieces, draw)
        pieces = _strand_caption(pieces, draw)
        pieces = [Piece(draw.choice(TOP), "furniture")] * draw.randint(0, 1) + pieces
    if draw.random() < 0.6:
        pieces += [
            Piece(line, "furniture", wide=n == 0)
            for n, line in enumerate(draw.sample(FOOT, draw.randint(1, 3)))
        ]
    narrow = heavy and draw.random() < 0.4
    pieces = [_spoil(piece, draw, heavy=heavy) for piece in pieces]
    text = _narrow(pieces, draw.choice([19, 24, 30])) if narrow else _wide(pieces, draw)
    encoding = draw.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]) if heavy else "utf-8"
    if heavy and draw.random() < 0.5:
        text = text.replace("\n", "\r\n")
    done.data = text.encode(encoding)
    return done


def _cut_columns(pieces: list[Piece], draw: random.Random, count: int) -> list[Piece]:
    long = [p for p in pieces if p.kind == "body" and len(p.text) > 30]
    chosen = draw.sample(long, min(count, len(long)))
    out: list[Piece] = []
    for piece in pieces:
        places = [
            n
            for n in range(6, len(piece.text) - 8)
            if piece.text[n - 1] not in "。！？”’：；"
            and piece.text[n] not in "，。！？”’：；、"
            and not (piece.text[n - 1].isdigit() and piece.text[n].isdigit())
        ]
        if piece in chosen and places:
            cut = draw.choice(places)
            out.append(
                Piece(piece.text[:cut], "body", piece.remark, piece.paragraph, True, piece.wide)
            )
            out.append(
                Piece(
                    piece.text[cut:],
                    "body",
                    piece.remark,
                    piece.paragraph,
                    False,
                    draw.random() < 0.5,
                )
            )
        else:
            out.append(piece)
    return out


def _copy_tails(
    pieces: list[Piece], draw: random.Random, count: int, *, inside: bool
) -> list[Piece]:
    out = list(pieces)
    tails = [p for p in pieces if not p.first and len(p.text) >= 12]
    if not tails:
        return out
    tail = draw.choice(tails)
    for _ in range(count):
        copy = Piece(_other_mark(tail.text, draw), "copy", wide=True, first=False)
        seams = [n for n, p in enumerate(out) if not p.first and p.kind == "body" and p is not tail]
        if inside and seams and draw.random() < 0.4:
            out.insert(draw.choice(seams), copy)
            continue
        ends = [
            n + 1
            for n, p in enumerate(out)
            if p.kind == "body"
            and p.text[-1] in "。”"
            and (n + 1 == len(out) or out[n + 1].remark != p.remark)
        ]
        if ends:
            out.insert(draw.choice(ends), copy)
    return out


def _copy_closings(
    page: MadePage, pieces: list[Piece], draw: random.Random, count: int
) -> list[Piece]:
    out = list(pieces)
    if len(page.remarks) < 2 or not count:
        return out
    number = draw.randint(1, len(page.remarks) - 1)
    paragraphs = page.remarks[number].paragraphs[-count:]
    if len(page.remarks[number].paragraphs) <= count or len(paragraphs[0]) < 50:
        return out
    start = next(n for n, p in enumerate(out) if p.remark == number)
    copies = [
        Piece(_other_mark(text, draw), "copy", wide=n == 0, first=False)
        for n, text in enumerate(paragraphs)
    ]
    return out[:start] + copies + out[start:]


def _turn_over(page: MadePage, pieces: list[Piece], draw: random.Random) -> list[Piece]:
    seams = [n for n, p in enumerate(pieces) if not p.first and p.kind == "body"]
    if not seams or draw.random() < 0.5:
        return pieces
    place = draw.choice(seams)
    signs = [
        Piece(draw.choice(["（下转第六版）", "(下转6版)"]), "furniture", wide=True),
        Piece("上接第四版", "furniture"),
    ]
    heading = page.remarks[pieces[place].remark].heading
    if len(heading) == 1:
        signs.append(Piece(heading[0], "repeat"))
    return pieces[:place] + signs + pieces[place:]


def _strand_caption(pieces: list[Piece], draw: random.Random) -> list[Piece]:
    captions = [p for p in pieces if p.kind == "caption"]
    seams = [n for n, p in enumerate(pieces) if not p.first and p.kind == "body"]
    if not captions or not seams or draw.random() < 0.5:
        return pieces
    place = draw.choice(seams)
    moved = Piece(captions[0].text, "caption", wide=True)
    rest = [p for p in pieces[:place] if p is not captions[0]]
    return [*rest, moved, *pieces[place:]]


def _other_mark(text: str, draw: random.Random) -> str:
    if draw.random() < 0.5 or "，" not in text:
        return text
    place = draw.choice([n for n, c in enumerate(text) if c == "，"])
    return text[:place] + "、" + text[place + 1 :]


def _spoil(piece: Piece, draw: random.Random, *, heavy: bool) -> Piece:
    """Marks, spaces, widths and invisible characters, each now and then."""
    text = piece.text
    rng = random.Random(draw.random())
    if piece.kind in ("body", "intro", "copy"):
        text = text.replace("，", ",")
        if heavy:
            text = "".join(
                c + rng.choice(INVISIBLE)
                if rng.random() < 0.004
                else (" " + c if c.isdigit() and rng.random() < 0.1 else c)
                for c in text
            )
    return Piece(text, piece.kind, piece.remark, piece.paragraph, piece.first, piece.wide)


def _wide(pieces: list[Piece], draw: random.Random) -> str:
    indent = "\u3000\u3000" if draw.random() < 0.25 else ""
    tight = draw.random() < 0.15
    out = []
    for piece in pieces:
        gap = "\n" if tight else ("\n\n\n\n" if piece.wide else "\n\n")
        starts = piece.first and piece.kind in ("body", "intro", "shared")
        out.append(gap + (indent if starts else "") + piece.text)
    return "".join(out)


def _narrow(pieces: list[Piece], width: int) -> str:
    out = []
    for n, piece in enumerate(pieces):
        text = piece.text
        if piece.first and piece.kind in ("body", "intro", "shared"):
            text = "\u3000\u3000" + text
        lines = []
        while text:
            size = width
            if len(text) > size and text[size] in "，。、；：！？”）》,":
                size += 1
            lines.append(text[:size])
            text = text[size:]
        same = n and piece.first and piece.kind == "body" and pieces[n - 1].kind == "body"
        gap = "\n" if same else ("\n\n\n" if piece.wide else "\n\n")
        if n and pieces[n - 1].kind == "copy" and not piece.first:
            gap = "\n"
        out.append(gap + "\n".join(lines))
    return "".join(out)


def plain(text: str) -> str:
    """Text for comparison: NFKC, without white space; copies can differ in one mark, so 、 counts
    as a comma.
    """
    return "".join(unicodedata.normalize("NFKC", text).replace("、", ",").split())


def expectation(page: MadePage) -> dict[str, object]:
    """What the report on ``page`` should hold, in the form of ``summary``."""
    return {
        "kicker": plain(page.kicker),
        "title": plain("".join(page.title)),
        "subtitle": plain(page.subtitle.lstrip("—")),
        "name": plain(page.name),
        "held_on_text": plain(page.held_on_text),
        "bylines": page.bylines,
        "introduction": [plain(text) for text in page.introduction],
        "captions": [plain(page.caption)] if page.caption else [],
        "remarks": [
            {
                "heading": plain("".join(remark.heading)),
                "unit": plain(remark.unit),
                "post": plain(remark.post),
                "speaker": ",".join(remark.speaker),
                "district": remark.district,
                "paragraphs": [plain(text) for text in remark.paragraphs],
            }
            for remark in page.remarks
        ],
    }


def summary(report: dict[str, object]) -> dict[str, object]:
    """The same of a report."""
    meeting, remarks = report["meeting"], report["remarks"]
    assert isinstance(meeting, dict)
    assert isinstance(remarks, list)
    return {
        **{
            key: plain(meeting[key])
            for key in ("kicker", "title", "subtitle", "name", "held_on_text")
        },
        "bylines": [(one["name"], one["role"]) for one in meeting["bylines"]],
        "introduction": [plain(text) for text in meeting["introduction"]],
        "captions": [plain(text) for text in meeting["captions"]],
        "remarks": [
            {key: plain(one[key]) for key in ("heading", "unit", "post", "speaker", "district")}
            | {"paragraphs": [plain(text) for text in one["paragraphs"]]}
            for one in remarks
        ],
    }

"""Web pages that are cut off, endless, nested without measure or empty of words."""

from __future__ import annotations

_DEEP = 200_000


def web_files() -> dict[str, bytes]:
    """Web pages by name."""
    return {
        "web-deep.html": _page("<div>" * _DEEP + "渠水" + "</div>" * _DEEP),
        "web-scripts-only.html": _page("<script>document.write('渠水')</script>"),
        "web-hidden-only.html": _page('<div style="display: none">渠水</div>'),
        "web-cut-in-a-tag.html": _page("<p>渠水</p>")[:-6] + b'<a href="/next',
        "web-cut-in-a-letter.html": _page("<meta charset=utf-8><p>渠水</p>")[:-19],
        "web-endless.html": _page("<p>渠水流到田头</p>" * 500_000),
        "web-tags-never-closed.html": _page("<a " * 300_000),
        "web-marks-never-closed.html": _page("<!-" * 300_000 + "<![x" * 300_000),
        "web-binary.html": b"<!DOCTYPE html><html><body>" + bytes(range(1, 9)) * 500,
        "web-broken-utf-16.html": "<!DOCTYPE html><html><p>渠水".encode("utf-16") + b"\x00\xd8\x00",
    }


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()

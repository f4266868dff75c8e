"""What a browser may load on the desk: the strict policy everywhere, one exception."""

import pytest
from django.conf import settings

from tests.admin.desk import EDITOR, MODERATOR, SUPERUSER, address, make_newsroom, signed_in

pytestmark = pytest.mark.django_db


def policy(header: str) -> dict[str, set[str]]:
    """Return the directives of a policy with their sources."""
    parts = [directive.split() for directive in header.split(";") if directive.strip()]
    return {name: set(sources) for name, *sources in parts}


STRICT = {
    name: set(sources) for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
}
RELAXED = {
    **STRICT,
    "style-src": STRICT["style-src"] | {"'unsafe-inline'"},
    "script-src-attr": {"'unsafe-inline'"},
}


def test_the_strict_policy_allows_nothing_inline() -> None:
    assert STRICT["default-src"] == {"'none'"}
    assert "unsafe" not in str(STRICT)
    assert not {"data:", "*", "https:"} & {source for part in STRICT.values() for source in part}


def test_only_the_form_with_the_editor_gets_the_relaxed_policy() -> None:
    room = make_newsroom()
    client = signed_in(SUPERUSER)
    relaxed = [address("remark_add"), address("remark_change", room.draft_remark.pk)]
    strict = [
        "/admin/",
        "/admin/password_change/",
        "/admin/jsi18n/",
        address("meeting_changelist"),
        address("meeting_add"),
        address("meeting_change", room.draft.pk),
        address("meeting_review", room.draft.pk),
        address("meeting_preview", room.draft.pk),
        address("remark_changelist"),
        address("remark_preview", room.draft_remark.pk),
        address("remark_history", room.draft_remark.pk),
        address("remark_delete", room.draft_remark.pk),
        address("remark_withdraw", room.public_remark.pk),
        address("importrun_add"),
        address("importrun_change", room.run.pk),
        address("unit_change", room.unit.pk),
        address("user_change", room.colleague.pk),
        f"/remarks/{room.public_remark.pk}/",
    ]

    for path in strict:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert policy(answer["Content-Security-Policy"]) == STRICT, path
    for path in relaxed:
        for answer in (client.get(path), client.post(path, {"heading": ""})):
            assert answer.status_code == 200, path
            assert policy(answer["Content-Security-Policy"]) == RELAXED, path


def test_a_refused_page_has_the_strict_policy() -> None:
    room = make_newsroom()

    answer = signed_in(MODERATOR).get(address("remark_add"))
    gone = signed_in(EDITOR).get(address("remark_withdraw", room.public_remark.pk))

    for page in (answer, gone):
        assert page.status_code == 403
        assert policy(page["Content-Security-Policy"]) == STRICT


def test_pages_of_the_desk_are_neither_cached_nor_framed_nor_sniffed() -> None:
    room = make_newsroom()
    client = signed_in(EDITOR)

    for path in ("/admin/", address("meeting_preview", room.draft.pk), address("importrun_add")):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"], path
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"

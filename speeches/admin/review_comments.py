"""Comments on paragraphs: where they stand, in words, and their being settled with a form."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from speeches.admin.acting import now, signed_in
from speeches.models import Meeting, Remark, ReviewComment, TextState, TextVersion
from speeches.moderation.commenting import settle_comment
from speeches.text.markup import plain_text

# The boxes that an editor ticks beside comments; each holds the comment's id.
SETTLED = "settled-comment"
NOT_LISTS = {
    "heading": lambda: _("标题"),
    "title": lambda: _("标题"),
    "subtitle": lambda: _("副题"),
    "unit": lambda: _("署名"),
    "name": lambda: _("会议资料"),
}
LISTS = {
    "body": lambda number: _("正文第%(number)d段") % {"number": number},
    "introduction": lambda number: _("导语第%(number)d段") % {"number": number},
    "pictures": lambda number: _("图片%(number)d") % {"number": number},
}


def where(part: str, place: int | None) -> str:
    """Return the part of a text in words: 标题, 正文第3段."""
    if place is None:
        return NOT_LISTS[part]() if part in NOT_LISTS else part
    return LISTS[part](place + 1) if part in LISTS else part


def standing_comments(
    text: Meeting | Remark, fingerprint: str
) -> dict[tuple[str, int | None], list[ReviewComment]]:
    """Return the comments on just this wording, by the part they speak of."""
    versions = text.versions.filter(fingerprint=fingerprint)
    found: dict[tuple[str, int | None], list[ReviewComment]] = {}
    comments = ReviewComment.objects.filter(version__in=versions)
    for one in comments.select_related("by", "settled_by").order_by("pk"):
        found.setdefault((one.part, one.place), []).append(one)
    return found


def comments_of(text: Meeting | Remark) -> list[dict[str, Any]]:
    """Return what reviewers said about parts of the text, for `admin/speeches/_comments.html`.

    Each entry is {"where", "quote", "version", "comments"}: the part as it stood in the version
    that was reviewed, since its number moves when the text is edited. All comments on the latest
    version that has any, and those on earlier ones that nobody has settled. A text that readers
    have in its present wording has none.
    """
    if text.state in (TextState.PUBLISHED, TextState.SCHEDULED):
        return []
    latest = text.versions.filter(comments__isnull=False).order_by("-number").first()
    if latest is None:
        return []
    comments = (
        ReviewComment.objects.filter(version__in=text.versions.all())
        .filter(Q(version=latest) | Q(settled_at__isnull=True))
        .select_related("version", "by", "settled_by")
        .order_by("version__number", "part", "place", "pk")
    )
    return list(_by_part(comments))


def settle_ticked(request: HttpRequest, text: Meeting | Remark) -> None:
    """Settle the comments of the text whose boxes were ticked in a form that is being saved."""
    ticked = [pk for pk in request.POST.getlist(SETTLED) if pk.isdecimal()]
    comments = ReviewComment.objects.filter(
        pk__in=ticked, version__in=text.versions.all(), settled_at__isnull=True
    )
    for comment in comments.select_related("version__meeting", "version__remark").order_by("pk"):
        settle_comment(comment, by=signed_in(request), at=now())


def _by_part(comments: Iterable[ReviewComment]) -> Iterable[dict[str, Any]]:
    parts: dict[tuple[int, str, int | None], dict[str, Any]] = {}
    for one in comments:
        key = (one.version_id, one.part, one.place)
        part = parts.setdefault(
            key,
            {
                "where": where(one.part, one.place),
                "quote": _quoted(one.version, one.part, one.place),
                "version": one.version,
                "comments": [],
            },
        )
        part["comments"].append(one)
    return parts.values()


def _quoted(version: TextVersion, part: str, place: int | None) -> str:
    content = version.content[part]
    held = content if place is None else content[place]
    if isinstance(held, dict):
        return str(held.get("caption", ""))
    return plain_text([held]) if part == "body" else str(held)

"""A newsroom with the settings of the server: does the acts that a test asks for, one a line.

    python -m tests.deploy.newsroom

Lines are JSON: `["withdraw", 12]` in, what came of it out, with the time of the commit.
"""

import datetime as dt
import json
import sys
import time
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from speeches.models import Purge, Remark  # noqa: E402
from speeches.moderation.editing import record_edit  # noqa: E402
from speeches.moderation.reviewing import approve  # noqa: E402
from speeches.moderation.versioning import fingerprint_of  # noqa: E402
from speeches.moderation.withdrawing import withdraw as take_back  # noqa: E402
from speeches.text.markup import paragraphs_to_body  # noqa: E402
from tests.factories import (  # noqa: E402
    adopt_one_review,
    make_district,
    make_editor,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)
from tests.public.addresses import list_addresses, row_addresses  # noqa: E402
from tests.public.many import publish_many  # noqa: E402


def open_archive(number: int) -> list[str]:
    """Publish that many made-up remarks; returns the addresses of public pages."""
    adopt_one_review()
    make_editor()
    make_moderator()
    publish_many(number)
    return [*list_addresses(), *row_addresses()]


def publish_text(title: str, text: str) -> dict[str, int]:
    """Publish a meeting of this title, with one remark that has the text in heading and body."""
    meeting = make_meeting(
        title=title,
        remarks=[
            {
                "heading": text,
                "paragraphs": [f"{text}。" * 3, "提出建议。"],
                "unit": "第0委员会",
                "unit_link": make_unit("第0委员会", make_district()),
                "district": make_district(),
                "themes": [make_theme("consultation")],
            }
        ],
        held_from=dt.date(2025, 1, 1),
    )
    publish(meeting)
    remark = meeting.remarks.get()
    return {"meeting": meeting.pk, "remark": remark.pk, "unit": remark.unit_id or 0}


def correct(remark: int, text: str) -> None:
    """Put this text in the place of a remark's body, and approve."""
    row, at = Remark.objects.get(pk=remark), timezone.now()
    row.body = paragraphs_to_body([f"{text}。", "提出建议。"])
    row.save()
    record_edit(row, by=make_editor(), at=at, changed=["body"])
    row = Remark.objects.get(pk=remark)
    approve(row, by=make_moderator(), at=at, seen=fingerprint_of(row))


def withdraw(remark: int) -> None:
    """Take a remark back."""
    row = Remark.objects.get(pk=remark)
    take_back(row, by=make_moderator(), at=timezone.now(), reason="有误")


def untold() -> int:
    """Return how many purges the caches have not heard of."""
    return Purge.objects.untold().count()


ACTS: dict[str, Any] = {
    "open": open_archive,
    "publish": publish_text,
    "correct": correct,
    "withdraw": withdraw,
    "untold": untold,
}


def main() -> None:
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        came = ACTS[name](*arguments)
        print(json.dumps({"came": came, "at": time.time()}), flush=True)


if __name__ == "__main__":
    main()

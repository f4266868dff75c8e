"""The review screen as tests use it: open it, find a piece, press a button."""

from typing import Any

from django.test import Client

from speeches.models import ImportRun
from speeches.moderation.revising import current_arrangement
from tests.admin.desk import address

WORDS = "强化组织覆盖有力度"


def screen(run: ImportRun) -> str:
    return address("importrun_change", run.pk)


def page(client: Client, run: ImportRun, **query: str) -> str:
    response = client.get(screen(run), query)
    assert response.status_code == 200
    return response.content.decode()


def piece(run: ImportRun, words: str) -> str:
    pieces = current_arrangement(run)["pieces"]
    return next(one for one, held in pieces.items() if words in held["text"])


def press(client: Client, run: ImportRun, act: str, **fields: Any) -> str:
    """Press a button; return the address that the browser is sent to."""
    response = client.post(screen(run), {"act": act, **fields})
    assert response.status_code == 302
    return response.headers["Location"]


def told(client: Client, run: ImportRun) -> list[str]:
    response = client.get(screen(run))
    return [str(message) for message in response.context["messages"]]

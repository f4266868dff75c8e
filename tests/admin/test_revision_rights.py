"""Who may revise a draft, who may only look, and what can be done after confirmation."""

import pytest

from speeches.models import ImportStep
from speeches.moderation.intake import confirm
from speeches.moderation.revising import current_arrangement
from speeches.text.markup import plain_text
from tests.admin.desk import ANONYMOUS, EDITOR, MODERATOR, everything, signed_in, waiting_run
from tests.admin.screen import WORDS, page, piece, press, screen
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def test_moderators_look_and_do_not_touch() -> None:
    run, client = waiting_run(), signed_in(MODERATOR)

    html = page(client, run)
    assert 'type="radio"' not in html
    assert "确认导入" not in html
    before = everything()
    response = client.post(screen(run), {"act": "undo"})

    assert response.status_code == 403
    assert everything() == before


def test_strangers_sign_in_first_and_forged_forms_are_refused() -> None:
    run = waiting_run()
    one = piece(run, WORDS)

    signed_out = signed_in(ANONYMOUS).post(screen(run), {"act": "join", "piece": one})
    forged = signed_in(EDITOR, enforce_csrf_checks=True).post(
        screen(run), {"act": "join", "piece": one}
    )

    assert signed_out.status_code == 302
    assert forged.status_code == 403
    assert not ImportStep.objects.exists()


def test_a_confirmed_draft_is_read_only_but_gives_passages_back() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    meeting = confirm(run, by=None, at=NOON)
    entry = current_arrangement(run)["aside"][0]["piece"]
    standing = piece(run, WORDS)
    html = page(client, run)
    assert f'id="piece-{entry}"' in html
    assert f'name="piece" value="{standing}"' not in html
    remark = meeting.remarks.in_order()[1]
    size = len(remark.body)

    there = press(client, run, "", piece=entry, remark=remark.pk, after="1")

    remark.refresh_from_db()
    text = current_arrangement(run)["pieces"][entry]["text"]
    assert (len(remark.body), plain_text(remark.body[1:2])) == (size + 1, text)
    assert there.endswith("#aside")
    assert "确认后取回的文字" in page(client, run)


def test_nobody_brings_back_without_the_right_to_edit() -> None:
    run = waiting_run()
    meeting = confirm(run, by=None, at=NOON)
    entry = current_arrangement(run)["aside"][0]["piece"]
    client = signed_in(MODERATOR)
    before = everything()

    response = client.post(
        screen(run), {"piece": entry, "remark": meeting.remarks.in_order()[0].pk}
    )

    assert response.status_code == 403
    assert everything() == before
    assert 'type="radio"' not in page(client, run)


def test_bringing_back_to_no_remark_is_not_found() -> None:
    run = waiting_run()
    confirm(run, by=None, at=NOON)

    response = signed_in(EDITOR).post(screen(run), {"piece": "1", "remark": "x"})

    assert response.status_code == 404

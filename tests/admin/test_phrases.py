"""Phrases on the desk: the form counts at once, says why it refuses, and keeps notes inside."""

import pytest
from django.test import Client

from speeches.models import Act, JournalEntry, Phrase, PhraseCount
from speeches.moderation.phrasing import keep_phrase
from tests.admin.desk import ADMINISTRATOR, EDITOR, account, address, signed_in
from tests.factories import NOON, make_meeting, publish

pytestmark = pytest.mark.django_db


def posted(client: Client, name: str, *args: object, **values: str):
    sent = {"text": "", "variants": "", "note": "", "position": "0", **values}
    return client.post(address(name, *args), sent)


def test_an_editor_adds_a_phrase_which_is_counted_at_once(client: Client) -> None:
    publish(make_meeting(remarks=[{"paragraphs": ["同心圆，同心之圆。"]}]))

    answer = posted(
        signed_in(EDITOR), "phrase_add", text="同心圆", variants="同心之圆\r\n\r\n", note="内部说明"
    )

    assert answer.status_code == 302
    phrase = Phrase.objects.get()
    assert PhraseCount.objects.get().occurrences == 2
    entry = JournalEntry.objects.about(phrase).get()
    assert (entry.act, entry.actor) == (Act.CREATE, account(EDITOR))
    for page in ("/phrases/", phrase.get_absolute_url()):
        assert "内部说明" not in client.get(page).content.decode()


def test_a_refused_form_says_why_and_holds_what_was_typed() -> None:
    keep_phrase(Phrase(text="同心圆"), variants=[], by=None, at=NOON)

    answer = posted(signed_in(EDITOR), "phrase_add", text="统一战线", variants="同心圓")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "已经属于提法“同心圆”" in page
    assert "统一战线" in page
    assert Phrase.objects.count() == 1


def test_the_form_shows_the_variants_and_changes_them() -> None:
    phrase = keep_phrase(Phrase(text="同心圆"), variants=["同心之圆"], by=None, at=NOON)
    client = signed_in(EDITOR)

    form = client.get(address("phrase_change", phrase.pk)).context["adminform"].form
    posted(client, "phrase_change", phrase.pk, text="同心圆", variants="")

    assert form.initial["variants"] == "同心之圆"
    assert list(phrase.forms.values_list("text", flat=True)) == ["同心圆"]


def test_only_administrators_drop_a_phrase() -> None:
    phrase = keep_phrase(Phrase(text="同心圆"), variants=[], by=None, at=NOON)

    refused = signed_in(EDITOR).post(address("phrase_delete", phrase.pk), {"post": "yes"})
    done = signed_in(ADMINISTRATOR).post(address("phrase_delete", phrase.pk), {"post": "yes"})

    assert (refused.status_code, done.status_code) == (403, 302)
    assert not Phrase.objects.exists()


def test_the_list_shows_variants_and_numbers() -> None:
    publish(make_meeting(remarks=[{"paragraphs": ["同心圆，同心之圆。"]}]))
    keep_phrase(Phrase(text="同心圆"), variants=["同心之圆"], by=None, at=NOON)

    page = signed_in(EDITOR).get(address("phrase_changelist")).content.decode()

    assert "同心之圆" in page
    assert '<td class="field-remarks">1</td>' in page
    assert '<td class="field-occurrences">2</td>' in page

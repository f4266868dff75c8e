"""Who may open and send what: every page of the desk for every role."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.utils import timezone

from speeches.models import (
    ImportBatch,
    JournalEntry,
    Phrase,
    QualityReport,
    ReviewScheme,
    SearchCount,
    SourceDocument,
)
from tests.admin.desk import (
    ADMINISTRATOR,
    ANONYMOUS,
    AUDITOR,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    ROLES,
    SUPERUSER,
    Newsroom,
    address,
    everything,
    make_newsroom,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STAFF = {EDITOR, MODERATOR, ADMINISTRATOR, SUPERUSER}
EDITORIAL = {EDITOR, MODERATOR, SUPERUSER}
EDITORS = {EDITOR, SUPERUSER}
MODERATORS = {MODERATOR, SUPERUSER}
ADMINISTRATORS = {ADMINISTRATOR, SUPERUSER}
NAMING = {EDITOR, ADMINISTRATOR, SUPERUSER}
AUDITORS = {AUDITOR, ADMINISTRATOR, SUPERUSER}
NOBODY: set[str] = set()

# Model -> who may view, add, change, delete.
RIGHTS: dict[str, tuple[set[str], set[str], set[str], set[str]]] = {
    "meeting": (STAFF, EDITORS, EDITORS, NOBODY),
    "remark": (STAFF, EDITORS, EDITORS, EDITORS),
    "importrun": (STAFF, EDITORS, EDITORS, NOBODY),
    "importbatch": (STAFF, NOBODY, NOBODY, NOBODY),
    "qualityreport": (STAFF, NOBODY, NOBODY, NOBODY),
    "unit": (STAFF, NAMING, NAMING, ADMINISTRATORS),
    "person": (STAFF, NAMING, NAMING, ADMINISTRATORS),
    "district": (STAFF, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    "theme": (STAFF, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    "journalentry": (AUDITORS, NOBODY, NOBODY, NOBODY),
    "reviewstep": (STAFF, NOBODY, NOBODY, NOBODY),
    "textversion": (STAFF, NOBODY, NOBODY, NOBODY),
    "reviewcomment": (STAFF, NOBODY, NOBODY, NOBODY),
    "publicationorder": (STAFF, NOBODY, NOBODY, NOBODY),
    "reviewscheme": (STAFF, ADMINISTRATORS, NOBODY, NOBODY),
    "sourcedocument": (STAFF, NOBODY, NOBODY, NOBODY),
    "phrase": (STAFF, NAMING, NAMING, ADMINISTRATORS),
    "searchcount": (EDITORIAL, NOBODY, NOBODY, NOBODY),
    "call": (EDITORIAL, EDITORS, EDITORS, NOBODY),
    "submission": (EDITORIAL, NOBODY, NOBODY, NOBODY),
    "user": (ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS, NOBODY),
}
# What is posted to a page that refuses: it would change something if it were let through.
FORGED: dict[str, Any] = {
    "post": "yes",
    "name": "改",
    "heading": "改",
    "title": "改",
    "slug": "gai",
    "reason": "改",
    "move": "",
    "username": "gai",
    "password1": "another horse 9",
    "password2": "another horse 9",
    "decision": "pass-page",
    "_save": "1",
}


def subject_of(model: str, room: Newsroom) -> int:
    journal_entry = JournalEntry.objects.order_by("id")[0]
    district = room.public_remark.district
    assert district is not None
    return {
        "meeting": room.draft.pk,
        "remark": room.draft_remark.pk,
        "importrun": room.run.pk,
        "importbatch": ImportBatch.objects.get().pk,
        "qualityreport": QualityReport.objects.get().pk,
        "unit": room.unit.pk,
        "person": room.person.pk,
        "district": district.pk,
        "theme": room.theme.pk,
        "journalentry": journal_entry.pk,
        "reviewstep": room.step.pk,
        "textversion": room.comment.version_id,
        "reviewcomment": room.comment.pk,
        "publicationorder": room.order.pk,
        "reviewscheme": ReviewScheme.objects.latest("id").pk,
        "sourcedocument": SourceDocument.objects.get().pk,
        "phrase": Phrase.objects.get_or_create(text="协商民主")[0].pk,
        "searchcount": SearchCount.objects.get_or_create(
            question="协商", day=timezone.localdate(), searches=1, results=1
        )[0].pk,
        "call": room.submission.call_id,
        "submission": room.submission.pk,
        "user": room.colleague.pk,
    }[model]


def must_refuse(client: Client, role: str, *paths: str, get: bool = True) -> None:
    """Assert that nothing is shown anywhere and that no forged POST changes anything."""
    before = everything()
    for path in paths:
        answers = [client.post(path, FORGED)] + ([client.get(path)] if get else [])
        for answer in answers:
            if role in (ANONYMOUS, CONTRIBUTOR):
                assert answer.status_code == 302, path
                assert answer["Location"].startswith("/admin/login/"), path
            else:
                assert answer.status_code == 403, path
    assert everything() == before


def test_the_matrix_names_every_page_of_the_application() -> None:
    registered = {
        model._meta.model_name
        for model in admin.site._registry
        if model._meta.app_label == "speeches"
    }

    assert registered == set(RIGHTS)


# As in tests/permissions: plain Python, a long test on the second engine.
EVERY_ROLE = [
    pytest.param(role, marks=[pytest.mark.scale] if connection.vendor == "postgresql" else [])
    for role in ROLES
]


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_lists_and_forms_open_for_those_who_may(role: str) -> None:
    room = make_newsroom()
    client = signed_in(role)
    refused = []

    for model, (viewers, adders, changers, deleters) in RIGHTS.items():
        pk = subject_of(model, room)
        pages = {
            address(f"{model}_changelist"): viewers,
            address(f"{model}_change", pk): viewers | changers,
            address(f"{model}_history", pk): viewers,
            address(f"{model}_add"): adders,
            address(f"{model}_delete", pk): deleters,
        }
        for path, allowed in pages.items():
            if role in allowed:
                assert client.get(path).status_code == 200, path
            else:
                refused.append(path)
    must_refuse(client, role, *refused)


@pytest.mark.parametrize("role", sorted(STAFF | {AUDITOR}))
def test_a_form_that_may_only_be_looked_at_is_not_saved(role: str) -> None:
    room = make_newsroom()
    client = signed_in(role)
    subjects = {model: subject_of(model, room) for model in RIGHTS}
    before = everything()

    for model, (viewers, _adders, changers, _deleters) in RIGHTS.items():
        if role in changers or role not in viewers:
            continue
        answer = client.post(address(f"{model}_change", subjects[model]), FORGED)
        assert answer.status_code == 403, model
    assert everything() == before


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_own_pages_open_for_those_who_may(role: str) -> None:
    room = make_newsroom()
    client = signed_in(role)
    reading = {
        address("remark_preview", room.draft_remark.pk): STAFF,
        address("meeting_preview", room.draft.pk): STAFF,
        address("meeting_review", room.draft.pk): STAFF,
        address("remark_review_sheet", room.draft_remark.pk): STAFF,
        address("meeting_review_sheet", room.public.pk): STAFF,
        address("meeting_picture", room.picture.pk): STAFF,
        address("remark_withdraw", room.public_remark.pk): MODERATORS,
        address("meeting_withdraw", room.public.pk): MODERATORS,
        address("meeting_discard", room.draft.pk): EDITORS,
        address("call_invite", room.submission.call_id): MODERATORS,
        address("importrun_confirm", room.run.pk): EDITORS,
        address("importrun_discard", room.run.pk): EDITORS,
        address("meeting_arrange", room.draft.pk): EDITORS,
    }

    must_refuse(client, role, *(path for path, allowed in reading.items() if role not in allowed))
    for path, allowed in reading.items():
        if role in allowed:
            # Pages that only take a decision send whoever asks for them back to where it is taken.
            answer = client.get(path)
            assert answer.status_code in (200, 302), path
            assert "/login/" not in answer.get("Location", "")
            # Read to its end, a picture closes its file.
            answer.getvalue()
    if role not in MODERATORS:
        must_refuse(client, role, address("meeting_review", room.draft.pk), get=False)
    if role not in EDITORS:
        must_refuse(client, role, address("call_close", room.submission.call_id), get=False)
    if role not in ADMINISTRATORS:
        must_refuse(client, role, f"/admin/speeches/user/{room.colleague.pk}/password/")


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_opens_for_staff_only(role: str) -> None:
    answer = signed_in(role).get("/admin/")

    assert answer.status_code == (200 if role in STAFF | {AUDITOR} else 302)


def test_an_account_of_no_role_that_may_enter_still_sees_nothing() -> None:
    room = make_newsroom()
    client = Client()
    room.colleague.groups.clear()
    client.force_login(room.colleague, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/admin/").status_code == 200
    for model in RIGHTS:
        assert client.get(address(f"{model}_changelist")).status_code == 403
    assert client.get(address("meeting_review", room.draft.pk)).status_code == 403


def test_a_form_without_the_token_is_refused() -> None:
    room = make_newsroom()
    client = signed_in(SUPERUSER, enforce_csrf_checks=True)
    before = everything()

    for path in (
        address("remark_change", room.draft_remark.pk),
        address("remark_withdraw", room.public_remark.pk),
        address("meeting_review", room.draft.pk),
        address("meeting_arrange", room.draft.pk),
        address("meeting_discard", room.draft.pk),
        address("importrun_add"),
        address("importrun_confirm", room.run.pk),
        address("importrun_discard", room.run.pk),
        f"/admin/speeches/user/{room.colleague.pk}/password/",
        "/contribute/sign-out/",
    ):
        assert client.post(path, FORGED).status_code == 403, path
    assert everything() == before

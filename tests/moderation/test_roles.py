"""The four roles and exactly what each may do."""

import pytest
from django.contrib.auth.models import Group, Permission

from speeches.moderation import roles
from speeches.moderation.roles import (
    ADMINISTRATOR,
    AUDITOR,
    CONTRIBUTOR,
    EDITOR,
    MODERATOR,
    PERMISSIONS,
    ensure_roles,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def acts_of(role: str) -> dict[str, set[str]]:
    """Return what the role may do besides viewing: act -> models."""
    ensure_roles()
    found: dict[str, set[str]] = {}
    for codename in Group.objects.get(name=role).permissions.values_list("codename", flat=True):
        act, _underscore, model = codename.partition("_")
        if act != "view":
            found.setdefault(act, set()).add(model)
    return found


TEXTS = {"meeting", "byline", "picture", "remark", "speaker"}
NAMES = {"unit", "unitalias", "person", "membership"}
REFERENCE = {"district", "theme", "cuephrase"}


def test_editors_write_texts_and_names_import_and_settle_doubts() -> None:
    assert acts_of(EDITOR) == {
        "add": TEXTS | NAMES | {"importrun", "call", "phrase"},
        "change": TEXTS | NAMES | {"importrun", "doubt", "call", "phrase"},
        "delete": TEXTS | {"unitalias", "membership"},
        "proofread": {"text"},
    }


def test_moderators_decide_and_change_nothing() -> None:
    deciding = {act: {"text"} for act in ("review", "proofread", "withdraw")}

    assert acts_of(MODERATOR) == {**deciding, "invite": {"unit"}}


def test_administrators_keep_names_reference_data_and_accounts() -> None:
    assert acts_of(ADMINISTRATOR) == {
        "add": NAMES | REFERENCE | {"phrase", "user", "contributor", "reviewscheme"},
        "change": NAMES | REFERENCE | {"phrase", "user", "contributor"},
        "delete": NAMES | REFERENCE | {"phrase"},
    }


def test_auditors_read_and_export_the_journal_and_see_nothing_else() -> None:
    assert acts_of(AUDITOR) == {"export": {"journal"}}
    assert PERMISSIONS[AUDITOR] == {"view_journalentry", "export_journal"}


def test_editors_and_moderators_do_not_see_who_signs_in_from_where() -> None:
    seeing = {role for role, may in PERMISSIONS.items() if "view_journalentry" in may}

    assert seeing == {AUDITOR, ADMINISTRATOR}


def test_contributors_may_do_nothing_here() -> None:
    ensure_roles()

    assert not Group.objects.get(name=CONTRIBUTOR).permissions.exists()
    assert make_user("unit", role=CONTRIBUTOR).get_all_permissions() == set()


@pytest.mark.parametrize("role", PERMISSIONS)
def test_no_role_touches_records_or_editions(role: str) -> None:
    records = {"journalentry", "reviewround", "reviewstep", "sourcedocument"}
    editions = {"meetingedition", "remarkedition", "editionspeaker", "editiontheme"}

    touched = {model for models in acts_of(role).values() for model in models}

    assert not touched & (records | editions | {"group", "permission"})


def test_a_group_has_exactly_its_permissions_again() -> None:
    ensure_roles()
    group = Group.objects.get(name=MODERATOR)
    group.permissions.set(Permission.objects.filter(codename="delete_user"))

    ensure_roles()

    names = set(group.permissions.values_list("codename", flat=True))
    assert names == PERMISSIONS[MODERATOR]
    assert Group.objects.count() == len(PERMISSIONS)


def test_a_permission_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(roles.PERMISSIONS, EDITOR, {"change_remrk"})

    with pytest.raises(LookupError, match="change_remrk"):
        ensure_roles()

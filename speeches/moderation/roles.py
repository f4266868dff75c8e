"""Roles: the groups and exactly what each may do."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from speeches.models import Act
from speeches.moderation import journal

EDITOR = "编辑"
MODERATOR = "审核"
CONTRIBUTOR = "投稿单位"
ADMINISTRATOR = "管理员"
AUDITOR = "审计员"

_DESK = ("meeting", "byline", "picture", "remark", "speaker", "doubt", "themesuggestion")
_NAMES = ("unit", "unitalias", "person", "membership")
_REFERENCE = ("district", "theme", "cuephrase")
_PHRASES = ("phrase",)
_SUBMISSIONS = ("call", "submission", "delivery", "contributor", "contactdetails")
_IMPORTS = ("importrun", "importbatch", "qualityreport", "sourcedocument")
_RECORDS = (
    *("reviewscheme", "reviewround", "reviewstep", "textversion", "reviewcomment"),
    *("publicationorder", "meetingedition", "remarkedition"),
)


def _may(*acts: str, on: tuple[str, ...]) -> set[str]:
    return {f"{act}_{model}" for act in acts for model in on}


# Group name -> codenames of permissions of this application.
PERMISSIONS: dict[str, set[str]] = {
    EDITOR: (
        _may(
            "view",
            on=(*_DESK, *_NAMES, *_REFERENCE, *_PHRASES, *_IMPORTS, *_RECORDS, *_SUBMISSIONS),
        )
        | _may("view", on=("searchcount",))
        | _may("add", "change", on=("call",))
        | _may("add", "change", on=("meeting", "byline", "picture", "remark", "speaker"))
        | _may("delete", on=("meeting", "byline", "picture", "remark", "speaker"))
        | _may("change", on=("doubt",))
        | _may("add", "change", on=(*_NAMES, "phrase"))
        | _may("delete", on=("unitalias", "membership"))
        | _may("add", "change", on=("importrun",))
        | {"proofread_text"}
    ),
    MODERATOR: (
        _may(
            "view",
            on=(*_DESK, *_NAMES, *_REFERENCE, *_PHRASES, *_IMPORTS, *_RECORDS, *_SUBMISSIONS),
        )
        | _may("view", on=("searchcount",))
        | {"review_text", "proofread_text", "withdraw_text", "invite_unit"}
    ),
    # No permission at all: contributors have their own pages and never enter the admin.
    CONTRIBUTOR: set(),
    ADMINISTRATOR: (
        _may("view", on=(*_DESK, *_NAMES, *_REFERENCE, *_PHRASES, *_IMPORTS, *_RECORDS))
        | _may("view", on=("user", "journalentry"))
        | _may("add", "change", "delete", on=(*_NAMES, *_REFERENCE, "phrase"))
        | _may("add", "change", on=("user",))
        | _may("view", "add", "change", on=("contributor",))
        | _may("add", on=("reviewscheme",))
    ),
    # The journal tells who signed in from where: besides auditors, only administrators see it all.
    AUDITOR: {"view_journalentry", "export_journal"},
}


@journal.act
def grant_roles(*, at: dt.datetime) -> None:
    """Do `ensure_roles` for the operator, and note every group that it changed."""
    for group in ensure_roles():
        journal.write(Act.EDIT, group, by=None, at=at, changed=["permissions"])


@transaction.atomic
def ensure_roles() -> list[Group]:
    """Create the groups that are missing and give every group exactly its permissions.

    Returns those that were changed.
    """
    changed = []
    for name, codenames in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        permissions = Permission.objects.filter(
            content_type__app_label="speeches", codename__in=codenames
        )
        unknown = codenames - {permission.codename for permission in permissions}
        if unknown:
            raise LookupError(f"No such permissions: {', '.join(sorted(unknown))}")
        if set(group.permissions.all()) != set(permissions):
            group.permissions.set(permissions)
            changed.append(group)
    return changed

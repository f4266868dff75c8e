"""Roles: the four groups and exactly what each may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

EDITOR = "编辑"
MODERATOR = "审核"
CONTRIBUTOR = "投稿单位"
ADMINISTRATOR = "管理员"

_DESK = ("meeting", "byline", "picture", "remark", "speaker", "doubt", "themesuggestion")
_NAMES = ("unit", "unitalias", "person", "membership")
_REFERENCE = ("district", "theme", "cuephrase")
_IMPORTS = ("importrun", "importbatch", "qualityreport", "sourcedocument")
_RECORDS = ("reviewround", "reviewstep", "journalentry", "meetingedition", "remarkedition")


def _may(*acts: str, on: tuple[str, ...]) -> set[str]:
    return {f"{act}_{model}" for act in acts for model in on}


# Group name -> codenames of permissions of this application.
PERMISSIONS: dict[str, set[str]] = {
    EDITOR: (
        _may("view", on=(*_DESK, *_NAMES, *_REFERENCE, *_IMPORTS, *_RECORDS))
        | _may("add", "change", on=("meeting", "byline", "picture", "remark", "speaker"))
        | _may("delete", on=("meeting", "byline", "picture", "remark", "speaker"))
        | _may("change", on=("doubt",))
        | _may("add", "change", on=_NAMES)
        | _may("delete", on=("unitalias", "membership"))
        | _may("add", "change", on=("importrun",))
    ),
    MODERATOR: (
        _may("view", on=(*_DESK, *_NAMES, *_REFERENCE, *_IMPORTS, *_RECORDS))
        | {"review_text", "withdraw_text"}
    ),
    # No permission at all: contributors have their own pages and never enter the admin.
    CONTRIBUTOR: set(),
    ADMINISTRATOR: (
        _may("view", on=(*_DESK, *_NAMES, *_REFERENCE, *_IMPORTS, *_RECORDS, "user"))
        | _may("add", "change", "delete", on=(*_NAMES, *_REFERENCE))
        | _may("add", "change", on=("user",))
    ),
}


@transaction.atomic
def ensure_roles() -> None:
    """Create the groups that are missing and give every group exactly its permissions."""
    for name, codenames in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        permissions = Permission.objects.filter(
            content_type__app_label="speeches", codename__in=codenames
        )
        unknown = codenames - {permission.codename for permission in permissions}
        if unknown:
            raise LookupError(f"No such permissions: {', '.join(sorted(unknown))}")
        group.permissions.set(permissions)

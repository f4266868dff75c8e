"""docs/moderation.md says who may send what where; the site does just that."""

import pytest
from django.db import connection
from django.test import Client

from speeches.models import Unit, User
from tests.admin.desk import ANONYMOUS, CONTRIBUTOR, ROLES, SUPERUSER, account, make_newsroom
from tests.factories import make_contributor
from tests.permissions.table import NOTHING, addresses, table
from tests.permissions.walking import BACKEND, METHODS, answered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The table speaks of readers and of superusers in Chinese.
HEADS = {ANONYMOUS: "读者", SUPERUSER: "超级用户"}


def _somebody(role: str, unit: Unit) -> User | None:
    """Return an account of the role; that of a unit writes for the one that has submitted."""
    if role == ANONYMOUS:
        return None
    return make_contributor("con", unit=unit) if role == CONTRIBUTOR else account(role)


def test_the_table_names_every_address_of_the_site() -> None:
    assert set(table()) == addresses()


# Who may do what is plain Python; on the second engine the walk is one of the long tests.
LONG = [pytest.mark.scale] if connection.vendor == "postgresql" else []


@pytest.mark.parametrize("role", [pytest.param(role, marks=LONG) for role in ROLES])
def test_every_address_answers_as_the_table_says(role: str) -> None:
    room = make_newsroom()
    user = _somebody(role, room.submission.unit)
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    told, found = {}, {}

    for address, rights in table().items():
        told[address] = rights[HEADS.get(role, role)]
        methods = [method for method in METHODS if answered(address, method, client, room)]
        found[address] = " ".join(methods) or NOTHING

    assert found == told

"""Accounts: an administrator opens and closes them, and never rises above themselves."""

import pytest
from django.contrib.auth.models import Group

from speeches.models import Act, JournalEntry, User
from tests.admin.desk import (
    ADMINISTRATOR,
    EDITOR,
    SUPERUSER,
    account,
    address,
    everything,
    save,
    signed_in,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = {"password1": "another horse 9", "password2": "another horse 9"}


def password_page(user: User) -> str:
    return f"/admin/speeches/user/{user.pk}/password/"


def test_an_administrator_opens_an_account_and_gives_it_a_role() -> None:
    client = signed_in(ADMINISTRATOR)
    role = Group.objects.get(name=EDITOR)

    answer = client.post(
        address("user_add"),
        {"username": "new", "name": "新人", "usable_password": "true", **PASSWORD},
    )
    assert answer.status_code == 302
    user = User.objects.get(username="new")
    assert user.check_password(PASSWORD["password1"])
    assert not user.is_staff
    save(client, "user", user.pk, is_staff="on", groups=[role.pk])

    user.refresh_from_db()
    assert (user.is_staff, user.groups.get()) == (True, role)
    edited, created = JournalEntry.objects.about(user)
    assert (created.act, edited.act) == (Act.CREATE, Act.EDIT)
    assert edited.detail["roles"] == [EDITOR]
    assert edited.detail["is_staff"] is True
    assert PASSWORD["password1"] not in str([created.detail, edited.detail])


@pytest.mark.parametrize("password", ["short", "1234567890", "password1234", "newcomer-1x"])
def test_a_weak_password_is_refused(password: str) -> None:
    answer = signed_in(ADMINISTRATOR).post(
        address("user_add"),
        {
            "username": "newcomer-1",
            "usable_password": "true",
            "password1": password,
            "password2": password,
        },
    )

    assert answer.status_code == 200
    assert not User.objects.filter(username="newcomer-1").exists()


def test_superuser_rights_are_neither_shown_nor_given_by_an_administrator() -> None:
    client = signed_in(ADMINISTRATOR)
    user = make_user("colleague", role=EDITOR)
    page = client.get(address("user_change", user.pk)).content.decode()

    save(
        client,
        "user",
        user.pk,
        is_superuser="on",
        user_permissions=[1, 2, 3],
        name="改了名",
    )

    assert "is_superuser" not in page
    assert "user_permissions" not in page
    user.refresh_from_db()
    assert (user.name, user.is_superuser) == ("改了名", False)
    assert not user.user_permissions.exists()


def test_superuser_rights_are_not_slipped_into_a_new_account() -> None:
    data = {"username": "new", "usable_password": "true", "is_superuser": "on", "is_staff": "on"}

    signed_in(ADMINISTRATOR).post(address("user_add"), {**data, **PASSWORD})

    user = User.objects.get(username="new")
    assert (user.is_superuser, user.is_staff) == (False, False)


def test_an_administrator_changes_neither_themselves_nor_a_superuser() -> None:
    above = account(SUPERUSER)
    client = signed_in(ADMINISTRATOR)
    own = account(ADMINISTRATOR)
    before = everything()

    for user in (above, own):
        data = {"username": user.username, "groups": [1, 2, 3, 4], "is_active": "on"}
        assert client.post(address("user_change", user.pk), data).status_code == 403
        assert client.get(password_page(user)).status_code == 403
        assert client.post(password_page(user), PASSWORD).status_code == 403
        page = client.get(address("user_change", user.pk)).content.decode()
        assert user.password not in page
        assert 'name="groups"' not in page

    assert everything() == before


def test_the_list_changes_and_deletes_no_account() -> None:
    above = account(SUPERUSER)
    client = signed_in(ADMINISTRATOR)
    page = client.get(address("user_changelist")).content.decode()

    client.post(
        address("user_changelist"),
        {"action": "delete_selected", "_selected_action": [above.pk], "post": "yes"},
    )

    assert "delete_selected" not in page
    assert User.objects.filter(pk=above.pk).exists()


def test_a_password_set_for_somebody_is_journalled_without_it() -> None:
    user = make_user("colleague", role=EDITOR)
    client = signed_in(ADMINISTRATOR)

    refused = client.post(password_page(user), {**PASSWORD, "password2": "different"})
    assert refused.status_code == 200
    assert not JournalEntry.objects.exists()
    answer = client.post(password_page(user), {**PASSWORD, "usable_password": "true"})

    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD["password1"])
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.actor) == (Act.EDIT, account(ADMINISTRATOR))
    assert entry.detail["changed"] == ["password"]
    assert user.password not in str(entry.detail)


def test_everybody_changes_their_own_password_with_the_old_one() -> None:
    client = signed_in(EDITOR)
    new = {"new_password1": "another horse 9", "new_password2": "another horse 9"}

    wrong = client.post("/admin/password_change/", {"old_password": "wrong", **new})
    right = client.post("/admin/password_change/", {"old_password": "correct horse 8", **new})

    assert (wrong.status_code, right.status_code) == (200, 302)
    assert account(EDITOR).check_password("another horse 9")


def test_a_closed_account_is_out_at_once() -> None:
    client = signed_in(EDITOR)
    user = account(EDITOR)

    save(signed_in(ADMINISTRATOR), "user", user.pk, is_active=None)

    assert client.get("/admin/").status_code == 302


def test_an_unchanged_account_is_saved_without_an_entry() -> None:
    user = make_user("colleague", role=EDITOR)

    assert save(signed_in(ADMINISTRATOR), "user", user.pk).status_code == 302

    assert not JournalEntry.objects.exists()


def test_a_superuser_sees_every_right() -> None:
    page = signed_in(SUPERUSER).get(address("user_change", account(EDITOR).pk))

    assert 'name="is_superuser"' in page.content.decode()

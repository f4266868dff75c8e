"""Who may open and send what: every address of the units' pages for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from speeches.contribute.urls import app_name, urlpatterns
from speeches.models import Call, Contributor, Submission, SubmissionDraft, User
from tests.contribute.unit import (
    begun,
    call_now,
    client_of,
    handed_in,
    other_unit,
    returned,
    typed,
)
from tests.factories import make_contributor, make_editor, make_unit, make_user

pytestmark = pytest.mark.django_db

MARK = "只给本单位看的文字"


class Room:
    """A unit with a call of its own, a draft and a submission that came back."""

    def __init__(self) -> None:
        self.person = make_contributor()
        self.call = call_now(units=[make_unit()], title=f"{MARK}征稿")
        self.draft = begun(self.call, self.person)
        SubmissionDraft.objects.update(heading=MARK, left_over=[MARK])
        self.submission = handed_in(self.call, self.person, heading=MARK, note=MARK)
        returned(self.submission, opinion=MARK, words=MARK)

    def addresses(self) -> dict[str, str]:
        call, draft = f"calls/{self.call.pk}/", f"drafts/{self.draft.pk}/"
        submission = f"submissions/{self.submission.receipt}/"
        names = {
            "desk": "",
            "contact": "contact/",
            "call": call,
            "begin": f"{call}begin/",
            "upload": f"{call}upload/",
            "draft": draft,
            "autosave": f"{draft}autosave/",
            "throw-away": f"{draft}delete/",
            "submission": submission,
            "revise": f"{submission}revise/",
            "take-back": f"{submission}take-back/",
        }
        return {name: f"/contribute/{place}" for name, place in names.items()}


# What the unit's own people are answered; 405 where there is nothing to see or to send.
OWN: dict[str, tuple[int, int]] = {
    "desk": (200, 405),
    "contact": (200, 302),
    "call": (200, 405),
    "begin": (405, 302),
    "upload": (302, 200),
    "draft": (200, 302),
    "autosave": (405, 200),
    "throw-away": (200, 302),
    "submission": (200, 405),
    "revise": (405, 302),
    "take-back": (200, 302),
}
SHARED = {"desk", "contact"}


def stored() -> tuple[Any, ...]:
    return (
        list(SubmissionDraft.objects.order_by("pk").values_list("pk", "number", "heading")),
        list(Submission.objects.order_by("pk").values_list("pk", "remark__state")),
        list(Call.objects.values_list("pk", "closed_at")),
    )


def test_the_table_names_every_address_behind_the_door() -> None:
    names = {pattern.name for pattern in urlpatterns}

    assert names - {"link", "sign-out"} == set(OWN)
    assert app_name in {str(one) for one in get_resolver().namespace_dict}


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("who", ["contributor", "colleague"])
def test_the_unit_may_do_everything_with_what_is_its_own(who: str, name: str) -> None:
    room = Room()
    client = client_of(make_contributor(who))
    place = room.addresses()[name]

    looked = client.get(place)
    sent = client.post(place, typed())

    assert (looked.status_code, sent.status_code) == OWN[name]


def anonymous() -> Client:
    return Client()


def stranger() -> Client:
    return client_of(make_contributor("stranger", unit=other_unit()))


def editor() -> Client:
    return client_of(make_editor())


def superuser() -> Client:
    user = make_user("chief")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    return client_of(User.objects.get(pk=user.pk))


def unitless() -> Client:
    return client_of(make_user("new", role="投稿单位", staff=False))


def dismissed() -> Client:
    """Somebody whose unit was taken away while they were signed in."""
    client = client_of(make_contributor("dismissed"))
    Contributor.objects.filter(user__username="dismissed").delete()
    return client


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize(
    ("come_in", "status"),
    [
        (anonymous, 302),
        (stranger, 404),
        (editor, 403),
        (superuser, 403),
        (unitless, 403),
        (dismissed, 403),
    ],
)
def test_nobody_else_sees_or_changes_anything(
    come_in: Callable[[], Client], status: int, name: str
) -> None:
    room = Room()
    client = come_in()
    place = room.addresses()[name]
    before = stored()

    answers = [client.get(place), client.post(place, typed())]

    assert stored() == before
    for answer in answers:
        assert MARK not in answer.content.decode()
    if (name in SHARED and come_in is stranger) or (
        name == "desk" and status == 403 and come_in in (unitless, dismissed)
    ):
        assert answers[0].status_code == 200
    elif come_in is stranger:
        # A method that an address does not know is refused before anything is looked up.
        assert {answer.status_code for answer in answers} <= {404, 405}
    else:
        assert [answer.status_code for answer in answers] == [status, status]
        if come_in is anonymous:
            assert all(answer["Location"].startswith("/admin/login/") for answer in answers)


def test_another_units_texts_stand_on_none_of_ones_own_pages() -> None:
    Room()
    person = make_contributor("stranger", unit=other_unit())
    client, call = client_of(person), call_now()
    draft, submission = begun(call, person), handed_in(call, person)

    for place in (
        "/contribute/",
        "/contribute/contact/",
        f"/contribute/calls/{call.pk}/",
        f"/contribute/drafts/{draft.pk}/",
        f"/contribute/submissions/{submission.receipt}/",
    ):
        page = client.get(place)
        assert page.status_code == 200
        assert MARK not in page.content.decode()

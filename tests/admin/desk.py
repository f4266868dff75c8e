"""What the tests of the desk share: roles, a newsroom with something of everything, forms."""

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from PIL import Image

from speeches.admin.began import CARRIED
from speeches.models import (
    ImportBatch,
    ImportRun,
    Meeting,
    Person,
    Picture,
    PublicationOrder,
    Remark,
    ReviewComment,
    ReviewStep,
    Submission,
    Theme,
    Unit,
    User,
)
from speeches.moderation.intake import Issue, take_in
from tests.factories import (
    NOON,
    make_call,
    make_contributor,
    make_district,
    make_meeting,
    make_moderator,
    make_submission,
    make_theme,
    make_unit,
    make_user,
    publish,
)

PAGE = Path(__file__).parents[2] / "speeches" / "data" / "demo-page.txt"
LATER = NOON + dt.timedelta(hours=2)

EDITOR, MODERATOR, CONTRIBUTOR, ADMINISTRATOR = "编辑", "审核", "投稿单位", "管理员"
AUDITOR = "审计员"
SUPERUSER, ANONYMOUS = "superuser", "anonymous"
ROLES = (EDITOR, MODERATOR, CONTRIBUTOR, ADMINISTRATOR, AUDITOR, SUPERUSER, ANONYMOUS)


def account(role: str) -> User:
    """Return an account that acts in a test, other than those that made its rows."""
    if role == SUPERUSER:
        user = make_user("superuser")
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
        return user
    names = {
        **{EDITOR: "ed", MODERATOR: "mod", CONTRIBUTOR: "con"},
        **{ADMINISTRATOR: "adm", AUDITOR: "aud"},
    }
    return make_user(names[role], role=role, staff=role != CONTRIBUTOR)


def signed_in(role: str, *, enforce_csrf_checks: bool = False) -> Client:
    """Return a browser in which `role` is signed in."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    if role != ANONYMOUS:
        client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *args: object) -> str:
    """Return the address of an admin page, such as "remark_change"."""
    return reverse(f"admin:speeches_{name}", args=args)


def png() -> bytes:
    """Return a real picture of one pixel."""
    file = BytesIO()
    Image.new("RGB", (1, 1), "white").save(file, "PNG")
    return file.getvalue()


def waiting_run(name: str = "page.txt", extra: str = "") -> ImportRun:
    """Return an upload that waits for confirmation."""
    data = PAGE.read_bytes() + extra.encode()
    return take_in(data, name=name, issue=Issue(), by=make_user("bringer", role=EDITOR), at=NOON)[0]


@dataclass
class Newsroom:
    """Something of everything."""

    public: Meeting
    public_remark: Remark
    draft: Meeting
    draft_remark: Remark
    picture: Picture
    run: ImportRun
    unit: Unit
    person: Person
    theme: Theme
    colleague: User
    step: ReviewStep
    comment: ReviewComment
    order: PublicationOrder
    submission: Submission


def make_newsroom() -> Newsroom:
    """Return a published meeting, a draft with a picture, an upload, names and accounts."""
    district = make_district()
    unit = make_unit(district=district)
    person = Person.objects.create(name="王某")
    theme = make_theme()
    public = publish(
        make_meeting(
            remarks=[
                {
                    "heading": "已发布的发言",
                    "speakers": [person],
                    "unit_link": unit,
                    "district": district,
                    "themes": [theme],
                }
            ]
        ),
        by=make_moderator("earlier"),
    )
    draft = make_meeting(title="待审的会议", remarks=[{"heading": "甲"}, {"heading": "乙"}])
    picture = Picture.objects.create(
        meeting=draft, position=1, image=SimpleUploadedFile("a.png", png()), caption="会场"
    )
    ImportBatch.objects.create(opened_at=NOON)
    step = ReviewStep.objects.order_by("id").first()
    assert step is not None
    assert step.round.version is not None
    comment = ReviewComment.objects.create(
        version=step.round.version, part="title", words="标题过长。", by=step.reviewer, at=NOON
    )
    order = PublicationOrder.objects.create(
        round=step.round,
        publish_at=LATER,
        ordered_at=NOON,
        ordered_by=step.reviewer,
        cancelled_at=NOON,
    )
    writer = make_contributor("unit-person", unit=unit)
    return Newsroom(
        public=public,
        public_remark=public.remarks.get(),
        draft=draft,
        draft_remark=draft.remarks.in_order()[0],
        picture=picture,
        run=waiting_run(),
        # Spoken for by nobody: these may be deleted.
        unit=make_unit("无人发言的单位"),
        person=Person.objects.create(name="无名氏"),
        theme=make_theme("unused", "没有用过的主题"),
        colleague=make_user("colleague", role=EDITOR),
        step=step,
        comment=comment,
        order=order,
        submission=make_submission(make_call(public), by=writer),
    )


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the application, to see that a refused request changed nothing."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("speeches").get_models(include_auto_created=True)
    }


def everything_but_the_journal() -> dict[str, list[dict[str, Any]]]:
    """Return every row that a refused act must leave alone; the journal tells that it was asked."""
    journal = {"speeches.JournalEntry", "speeches.JournalHead"}
    return {label: rows for label, rows in everything().items() if label not in journal}


# --- Forms -----------------------------------------------------------------------------------


def filled_in(response: Any) -> dict[str, Any]:
    """Return what a browser would send if somebody pressed "save" on a form as it was shown."""
    data: dict[str, Any] = {}
    if CARRIED in response.context:
        data[CARRIED] = response.context[CARRIED]
    _collect(response.context["adminform"].form, data)
    for inline in response.context["inline_admin_formsets"]:
        _collect(inline.formset.management_form, data)
        for form in inline.formset.initial_forms:
            _collect(form, data)
    return data


def _collect(form: BaseForm, data: dict[str, Any]) -> None:
    for bound in form:
        value = bound.value()
        # A browser sends no file that was not chosen anew, and no box that is not ticked.
        if value is None or value is False or isinstance(value, File):
            continue
        if value is True:
            data[bound.html_name] = "on"
        elif isinstance(value, (list, tuple)):
            data[bound.html_name] = [getattr(part, "pk", part) for part in value]
        else:
            data[bound.html_name] = value


def save(client: Client, name: str, pk: int, /, **changes: Any) -> Any:
    """Open the form of an object, change what is given, press "save"; None takes a field out."""
    page = client.get(address(f"{name}_change", pk))
    assert page.status_code == 200
    data = {**filled_in(page), **changes}
    sent = {key: value for key, value in data.items() if value is not None}
    return client.post(address(f"{name}_change", pk), sent)

"""Knocking at every address as every role: what is answered, and what is turned away."""

import datetime as dt
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from speeches.models import (
    Contributor,
    ImportBatch,
    JournalEntry,
    Phrase,
    Picture,
    QualityReport,
    ReviewScheme,
    SearchCount,
    SourceDocument,
    Unit,
    User,
)
from speeches.moderation.editing import record_edit
from speeches.moderation.intake import Issue, take_in
from speeches.moderation.inviting import invite, token_of
from speeches.moderation.phrasing import keep_phrase
from speeches.moderation.reviewing import send_back
from speeches.moderation.versioning import fingerprint_of
from speeches.moderation.writing import begin
from tests.admin.desk import Newsroom, png
from tests.factories import NOON, make_call, make_meeting, make_moderator, publish
from tests.importing.readers.digest import printed
from tests.importing.readers.making import make_pdf
from tests.savepoints import savepoint

BACKEND = "django.contrib.auth.backends.ModelBackend"
METHODS = ("GET", "POST")
_ADMIN = re.compile(r"^/admin/(\w+)/(\w+)/")
_ARGUMENT = re.compile(r"<(\w+)>")

# What a page asks for besides its address.
QUERIES = {
    "/admin/autocomplete/": {
        "app_label": "speeches",
        "model_name": "remark",
        "field_name": "unit",
    },
}
FORMS = {"/admin/speeches/importrun/<pk>/same/": {"position": "1"}}


def answered(address: str, method: str, client: Client, room: Newsroom) -> bool:
    """Tell whether whoever asks gets an answer: a page, a form with its mistakes, a way on.

    Turned away is who is led to the door, forbidden, told that there is no such page or that the
    page takes no such request. Whatever it does is undone.
    """
    signed_in = deepcopy(client.cookies)
    with savepoint():
        path = path_of(address, room)
        if method == "GET":
            answer: Any = client.get(f"{path}?{urlencode(QUERIES.get(address, {}))}")
        else:
            answer = client.post(path, FORMS.get(address, {}))
        # Read to its end, a picture closes its file.
        answer.getvalue()
        transaction.set_rollback(True)
    client.cookies = signed_in
    if answer.status_code == 302:
        return "/login/?next=" not in answer["Location"]
    return answer.status_code not in (301, 403, 404, 405)


def path_of(address: str, room: Newsroom) -> str:
    """Return a path behind the address at which there is something."""
    given = _arguments(address, room)
    return _ARGUMENT.sub(lambda match: str(given[match.group(1)]), address)


def _arguments(address: str, room: Newsroom) -> dict[str, object]:
    remark = room.public_remark
    given: dict[str, object] = {
        "app_label": "speeches",
        "url": "nothing-here/",
        "content_type_id": ContentType.objects.get_for_model(Unit).pk,
        "object_id": remark.unit_id,
        "number": 1,
        "page": 1,
        "width": 975,
        "kind": "csv",
        "code": remark.district.code if remark.district else "",
        "slug": room.theme.slug,
        "form": "atom",
        "section": "remarks",
        "year": "2024",
        "month": "05",
        "receipt": room.submission.receipt,
    }
    if address.startswith("/contribute/"):
        given |= _of_the_unit(address, room)
    match = _ADMIN.match(address)
    if match and match.group(1) in ("speeches", "auth", "axes"):
        pk = _pk_of(match.group(2), address, room)
        given |= {"pk": pk, "object_id": pk, "id": pk}
    for beginning, pk in (
        ("/meetings/", _with_picture() if "/pictures/" in address else room.public.pk),
        ("/remarks/", remark.pk),
        ("/phrases/", _phrase().pk if address.startswith("/phrases/") else None),
        ("/units/", remark.unit_id),
        ("/people/", remark.speakers.values_list("person_id", flat=True).first()),
    ):
        if address.startswith(beginning):
            given["pk"] = pk
    return given


def _of_the_unit(address: str, room: Newsroom) -> dict[str, object]:
    """Return what a unit is at: a call that takes remarks, a draft, a submission, a link."""
    by, now = room.submission.by, timezone.now()
    call = make_call(room.public, deadline=now + dt.timedelta(days=9), at=now)
    if "/drafts/" in address:
        return {"pk": begin(call, by=by, at=now).pk}
    if "/revise/" in address:
        remark, moderator = room.submission.remark, make_moderator()
        send_back(remark, by=moderator, at=now, seen=fingerprint_of(remark), opinion="请补充")
    if "/links/" in address:
        User.objects.filter(pk=by.pk).update(email="unit@example.org")
        contributor = Contributor.objects.get(user=by)
        invitation = invite(contributor, call=call, by=make_moderator(), at=now)
        return {"token": token_of(invitation)}
    return {"pk": call.pk}


def _phrase() -> Phrase:
    """Return a followed phrase."""
    return keep_phrase(Phrase(text="协商民主"), variants=[], by=None, at=NOON)


def _with_picture() -> int:
    """Return a published meeting with a picture."""
    meeting = make_meeting(remarks=[])
    image = SimpleUploadedFile("a.png", png())
    Picture.objects.create(meeting=meeting, position=1, image=image, caption="会场")
    record_edit(meeting, by=None, at=NOON, changed=[])
    return publish(meeting, by=make_moderator("printer")).pk


def _pk_of(model: str, address: str, room: Newsroom) -> object:
    if "/pictures/" in address:
        return room.picture.pk
    if "/picture/" in address:
        data = make_pdf(printed())
        return take_in(data, name="page.pdf", issue=Issue(), by=None, at=NOON)[0].pk
    public = "/withdraw/" in address or "/versions/" in address
    rows: dict[str, Callable[[], Any]] = {
        "meeting": lambda: room.public if public else room.draft,
        "remark": lambda: room.public_remark if public else room.draft_remark,
        "importrun": lambda: room.run,
        "importbatch": ImportBatch.objects.get,
        "qualityreport": QualityReport.objects.get,
        "unit": lambda: room.unit,
        "person": lambda: room.person,
        "district": lambda: room.public_remark.district,
        "phrase": _phrase,
        "theme": lambda: room.theme,
        "journalentry": JournalEntry.objects.in_order().first,
        "reviewstep": lambda: room.step,
        "textversion": lambda: room.comment.version,
        "reviewcomment": lambda: room.comment,
        "publicationorder": lambda: room.order,
        "reviewscheme": lambda: ReviewScheme.objects.latest("id"),
        "searchcount": lambda: SearchCount.objects.create(
            question="协商", day=timezone.localdate(), searches=1, results=1
        ),
        "sourcedocument": SourceDocument.objects.get,
        "call": lambda: room.submission.call,
        "submission": lambda: room.submission,
        "user": lambda: room.colleague,
        "group": Group.objects.order_by("pk").first,
        "accessattempt": lambda: AccessAttempt.objects.create(failures_since_start=1),
        "accessfailurelog": AccessFailureLog.objects.create,
        "accesslog": AccessLog.objects.create,
    }
    return rows[model]().pk

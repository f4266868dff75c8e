"""What the tests of the units' pages share: an open call, forms as they are sent, submissions."""

import datetime as dt
import io
from typing import Any

import docx
from django.test import Client
from django.utils import timezone

from speeches.models import Call, Submission, SubmissionDraft, Unit, User
from speeches.moderation.commenting import comment
from speeches.moderation.reviewing import send_back
from speeches.moderation.writing import begin
from tests.factories import make_call, make_moderator, make_submission
from tests.moderation.desk import seen

BODY = "<p>第一段说明情况。</p><p>第二段提出建议。</p>"


def client_of(user: User) -> Client:
    """Return a client in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(client: Client, address: str, *, status: int = 200) -> str:
    """Return a page, which has to answer with `status`."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return answer.content.decode()


def call_now(**fields: Any) -> Call:
    """Return a call that takes remarks at the time of the test."""
    now = timezone.now()
    return make_call(**{"deadline": now + dt.timedelta(days=9, hours=1), "at": now, **fields})


def begun(call: Call, by: User) -> SubmissionDraft:
    """Return an empty draft."""
    return begin(call, by=by, at=timezone.now())


def handed_in(call: Call, by: User, **fields: Any) -> Submission:
    """Return a submission."""
    return make_submission(call, by=by, at=timezone.now(), **fields)


def returned(submission: Submission, *, opinion: str = "请补充数据。", words: str = "") -> None:
    """Send a submission back, with a comment on the second paragraph."""
    by, at, remark = make_moderator(), timezone.now(), submission.remark
    if words:
        comment(remark, by=by, at=at, seen=seen(remark), part="body", place=1, words=words)
    send_back(remark, by=by, at=at, seen=seen(remark), opinion=opinion)


def typed(**fields: Any) -> dict[str, Any]:
    """Return a draft's form as a browser sends it."""
    return {
        "heading": "把协商搬到村口",
        "unit_as_printed": "阿城区政协党组",
        "post_as_printed": "",
        "speakers": "",
        "body": BODY,
        "note": "",
        "seen": "0",
        **fields,
    }


def address(row: Any) -> str:
    """Return the page of a call, draft or submission."""
    if isinstance(row, Call):
        return f"/contribute/calls/{row.pk}/"
    if isinstance(row, SubmissionDraft):
        return f"/contribute/drafts/{row.pk}/"
    return f"/contribute/submissions/{row.receipt}/"


def word_file(*paragraphs: str) -> bytes:
    """Return a Word file with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def other_unit(name: str = "木兰县政协") -> Unit:
    """Return a unit that is not the contributor's."""
    return Unit.objects.get_or_create(name=name)[0]

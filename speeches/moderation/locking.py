"""Locking: acts on one newspaper page happen one after another.

Whoever decides on a text takes its meeting's row first, so that no remark is approved while its
meeting is being withdrawn, and nobody decides on a wording that is being changed.
"""

from django.db import connection

from speeches.models import Meeting, Remark


def locked(text: Meeting | Remark) -> Meeting | Remark:
    """Return the text as it stands now, held until the transaction ends."""
    if isinstance(text, Remark):
        Meeting.objects.select_for_update().only("pk").get(pk=text.meeting_id)
    return type(text)._default_manager.select_for_update().get(pk=text.pk)


def locked_page(meeting: Meeting) -> Meeting:
    """Return the meeting as it stands now, held with all its remarks."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    list(held.remarks.select_for_update().values_list("pk"))
    return held


def one_after_another(what: str) -> None:
    """Make transactions that ask for the same `what` wait for one another.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])

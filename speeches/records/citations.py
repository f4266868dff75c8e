"""How a public text is cited, made from its public fields."""

from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.records.links import Absolute
from speeches.records.meetings import MeetingPage, MeetingRow, written_by
from speeches.records.remarks import RemarkPage
from speeches.text.citing import Work, cite_in_print, cite_online


class Citation(TypedDict):
    """The newspaper page ("" where none is known), and the page of this site."""

    printed: str
    online: str


def remark_citation(remark: RemarkPage, *, absolute: Absolute) -> Citation:
    """Return how a remark is cited: its speakers are the authors, without any the unit is."""
    return _citation(
        Work(
            authors=tuple(s.name for s in remark["speaker_links"]) or _named(remark["unit"]),
            title=remark["heading"] or _remark_at(remark["meeting"]),
            published=timezone.localdate(remark["published_at"]),
            url=absolute(remark["url"]),
            **remark["source"],
        )
    )


def meeting_citation(meeting: MeetingPage, *, absolute: Absolute) -> Citation:
    """Return how a meeting's page is cited: who wrote it is the author, photographers are not."""
    title = meeting["title"] or meeting["name"]
    return _citation(
        Work(
            authors=tuple(written_by(meeting)),
            title=": ".join(part for part in (title, meeting["subtitle"]) if part),
            published=timezone.localdate(meeting["published_at"]),
            url=absolute(meeting["url"]),
            **meeting["source"],
        )
    )


def _citation(work: Work) -> Citation:
    return Citation(printed=cite_in_print(work), online=cite_online(work))


def _named(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _remark_at(meeting: MeetingRow) -> str:
    """Return a title for a remark that was printed without one."""
    if meeting["name"]:
        return _("在%(meeting)s上的发言") % {"meeting": meeting["name"]}
    return _("《%(meeting)s》所载发言") % {"meeting": meeting["title"]}

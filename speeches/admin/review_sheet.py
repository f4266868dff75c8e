"""What a review sheet (审签单) says: everything the records have of a text's way to its readers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from speeches.admin.review_comments import where
from speeches.admin.version_list import changed_by, public_life
from speeches.models import (
    Meeting,
    MeetingEdition,
    PublicationOrder,
    Remark,
    RemarkEdition,
    ReviewComment,
    ReviewRound,
    ReviewStep,
    SourceDocument,
    Submission,
    TextVersion,
    WordingChange,
)
from speeches.moderation.schemes import Stage, stages_of
from speeches.text.markup import plain_text

# Name of the model and id: a key of either kind of text.
Key = tuple[str, int]


@dataclass(frozen=True)
class VersionLine:
    """One version: who handed it over, who had changed it, how long it is."""

    version: TextVersion
    editors: str
    length: int


@dataclass(frozen=True)
class StepLine:
    """One step as it was taken, under the name of its stage."""

    stage: str
    step: ReviewStep


@dataclass(frozen=True)
class RoundLines:
    """One round: its number, its steps in order, and the stages that are still to come."""

    number: int
    round: ReviewRound
    steps: list[StepLine]
    ahead: list[Stage]
    orders: list[PublicationOrder]


@dataclass(frozen=True)
class CommentLine:
    """One comment, with the part of the text it speaks of in words."""

    where: str
    comment: ReviewComment


@dataclass(frozen=True)
class EditionLine:
    """One edition and its public life in words."""

    life: str
    edition: MeetingEdition | RemarkEdition


@dataclass(frozen=True)
class TextSheet:
    """The sheet of one text. `speakers` is the unit line's end as printed; "" for a meeting.

    `submission` is how a unit handed it in, None for what came otherwise.
    """

    text: Meeting | Remark
    submission: Submission | None
    speakers: str
    length: int
    versions: list[VersionLine]
    rounds: list[RoundLines]
    comments: list[CommentLine]
    editions: list[EditionLine]

    @property
    def is_meeting(self) -> bool:
        """Whether it is about a meeting's own text."""
        return isinstance(self.text, Meeting)

    @property
    def passed(self) -> str:
        """The stages that the latest round has passed, in words."""
        steps = self.rounds[-1].steps if self.rounds else []
        return "、".join(line.stage for line in steps if line.step.decision in ("pass", "proof"))


def sheets_of(subject: Meeting | Remark) -> list[TextSheet]:
    """Return the sheet of a remark, or those of a meeting and all of its remarks in order.

    The number of queries does not grow with the texts.
    """
    texts: list[Meeting | Remark] = [subject]
    own = Q(remark=subject)
    if isinstance(subject, Meeting):
        own = Q(meeting=subject) | Q(remark__meeting=subject)
        remarks = subject.remarks.in_order().select_related("edited_by")
        texts += remarks.prefetch_related("speakers")
    versions = _by_text(
        TextVersion.objects.filter(own)
        .select_related("made_by")
        .prefetch_related(
            Prefetch(
                "comments",
                ReviewComment.objects.select_related("by", "settled_by").order_by("pk"),
            )
        )
        .order_by("number")
    )
    changes = _by_text(WordingChange.objects.filter(own).select_related("by").order_by("pk"))
    rounds = _by_text(
        ReviewRound.objects.filter(own)
        .select_related("version", "claimed_by")
        .prefetch_related(
            Prefetch("steps", ReviewStep.objects.select_related("reviewer").order_by("pk")),
            Prefetch(
                "orders", PublicationOrder.objects.select_related("ordered_by").order_by("pk")
            ),
        )
        .order_by("pk")
    )
    editions = _editions_of(subject)
    submissions = Submission.objects.filter(
        remark__in=[text.pk for text in texts if isinstance(text, Remark)]
    ).select_related("unit", "by")
    handed_in = {("remark", one.remark_id): one for one in submissions}
    return [
        _sheet(text, handed_in.get(key), versions[key], changes[key], rounds[key], editions[key])
        for text, key in ((text, _key(text)) for text in texts)
    ]


def source_of(meeting: Meeting) -> SourceDocument | None:
    """Return the file that the meeting was imported from, without its content."""
    sources = SourceDocument.objects.filter(runs__meeting=meeting)
    return sources.select_related("received_from").defer("content", "text").first()


def _key(text: Meeting | Remark) -> Key:
    return str(text._meta.model_name), text.pk


def _by_text(rows: Iterable[Any]) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        key = ("meeting", row.meeting_id) if row.meeting_id else ("remark", row.remark_id)
        found[key].append(row)
    return found


def _editions_of(subject: Meeting | Remark) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = defaultdict(list)
    if isinstance(subject, Meeting):
        found[_key(subject)] = list(subject.editions.order_by("number"))
        remarks = subject.remark_editions.order_by("number")
    else:
        remarks = subject.editions.order_by("number")
    for edition in remarks.defer("paragraphs", "text", "html"):
        found["remark", edition.remark_id].append(edition)
    return found


def _sheet(
    text: Meeting | Remark,
    submission: Submission | None,
    versions: Sequence[TextVersion],
    changes: Sequence[WordingChange],
    rounds: Sequence[ReviewRound],
    editions: Sequence[MeetingEdition | RemarkEdition],
) -> TextSheet:
    speakers = ""
    if isinstance(text, Remark):
        names = sorted(text.speakers.all(), key=lambda speaker: speaker.position)
        speakers = "、".join(speaker.name_as_printed for speaker in names)
    return TextSheet(
        text=text,
        submission=submission,
        speakers=speakers,
        length=_length(text.introduction if isinstance(text, Meeting) else text.body),
        versions=list(_version_lines(versions, changes)),
        rounds=[_round_lines(number, round) for number, round in enumerate(rounds, start=1)],
        comments=[
            CommentLine(where(comment.part, comment.place), comment)
            for version in versions
            for comment in version.comments.all()
        ],
        editions=[EditionLine(public_life(edition), edition) for edition in editions],
    )


def _version_lines(
    versions: Sequence[TextVersion], changes: Sequence[WordingChange]
) -> Iterable[VersionLine]:
    until = 0
    for version in versions:
        editors = changed_by(changes, until, version.changes_until)
        words = version.content["body" if "body" in version.content else "introduction"]
        yield VersionLine(version, editors, _length(words))
        until = version.changes_until


def _round_lines(number: int, round: ReviewRound) -> RoundLines:
    stages = stages_of(round.stages)
    names = {stage.code: stage.name for stage in stages}
    steps = list(round.steps.all())
    over = {step.stage for step in steps if step.decision in ("pass", "proof")}
    ahead = [stage for stage in stages if stage.required and stage.code not in over]
    return RoundLines(
        number=number,
        round=round,
        steps=[StepLine(names.get(step.stage, step.stage), step) for step in steps],
        ahead=ahead if round.closed_at is None else [],
        orders=list(round.orders.all()),
    )


def _length(elements: Sequence[str]) -> int:
    """Count the characters of a body or an introduction, spaces apart (字数)."""
    return len("".join(plain_text(list(elements)).split()))

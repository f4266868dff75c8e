"""Whatever editors and moderators do in whatever order: readers see approved wordings only."""

import datetime as dt
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from speeches.models import (
    EditionTheme,
    JournalEntry,
    Meeting,
    MeetingEdition,
    Remark,
    RemarkEdition,
    Submission,
    TextVersion,
    Theme,
    User,
)
from speeches.moderation.arranging import arrange
from speeches.moderation.claiming import claim, release
from speeches.moderation.counting import miscounted
from speeches.moderation.editing import resubmit
from speeches.moderation.refusals import Refused
from speeches.moderation.restoring import restore
from speeches.moderation.reviewing import approve, approve_page, reject, send_back
from speeches.moderation.scheduling import publish_due, unschedule
from speeches.moderation.submitting import hand_in, hand_in_again, take_back
from speeches.moderation.theming import assign_themes
from speeches.moderation.verifying import verify
from speeches.moderation.withdrawing import withdraw
from speeches.moderation.writing import Manuscript, begin, revise, save
from speeches.text.markup import paragraphs_to_body
from tests.factories import (
    NOON,
    adopt_one_review,
    adopt_three_reviews,
    fingerprints,
    make_call,
    make_contributor,
    make_editor,
    make_manuscript,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    make_user,
)
from tests.moderation.desk import everything, fresh, retitle, reword, seen
from tests.savepoints import savepoint

pytestmark = pytest.mark.slow

NUMBERS = st.integers(0, 2)
# 0 is the meeting's own text, the others are its remarks, those that units hand in among them.
TEXTS = st.integers(0, 4)
MOST_REMARKS = 5
WORDS = st.sampled_from(("甲说。", "乙说。", "丙说。"))
# Mostly those who may; the others are refused.
EDITORS = st.sampled_from(("editor", "editor", "both", "first"))
REVIEWERS = ("first", "second", "third", "both")
MODERATORS = st.sampled_from((*REVIEWERS, "editor"))
# "both" writes for the unit as well; "outsider" writes for a unit that was not asked.
UNITS = st.sampled_from(("unit", "unit", "both", "outsider", "editor"))
LATER = st.sampled_from((None, None, dt.timedelta(minutes=1), dt.timedelta(hours=1)))


class Newsroom(RuleBasedStateMachine):
    """A page with three remarks and those that units hand in, in three reviews or in one.

    `public` is what the moderators passed, told in plain Python; `ordered` what they passed for a
    later time; `handed_over` every wording that a reviewer has had before them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clock = NOON
        # Number of the text -> wording that readers may see.
        self.public: dict[int, str] = {}
        # What has been public of each text since it was last withdrawn, one after another.
        self.told: dict[int, list[str]] = {}
        self.ordered: dict[int, tuple[dt.datetime, str]] = {}
        self.handed_over: set[tuple[int, str]] = set()
        # Number of the text -> what a unit has handed in.
        self.submitted: dict[int, Submission] = {}
        self.savepoint = savepoint()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        """Forget everything, so that the next example begins with an empty database."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(published=st.booleans(), three=st.sampled_from((True, True, False)))
    def open_the_desk(self, published: bool, three: bool) -> None:
        (adopt_three_reviews if three else adopt_one_review)()
        both = make_user("both", role="编辑")
        make_user("both", role="审核")
        self.users: dict[str, User] = {
            **{"editor": make_editor()},
            **{name: make_moderator(name) for name in REVIEWERS[:3]},
            "both": User.objects.get(pk=both.pk),
            "unit": make_contributor("unit"),
            "outsider": make_contributor("outsider", unit=make_unit("另一单位")),
        }
        make_contributor("both")
        self.themes = [make_theme("top", "上")]
        self.themes.append(make_theme("leaf", "下", parent=self.themes[0]))
        remarks = [{"paragraphs": [f"第{number}篇。"]} for number in range(3)]
        self.meeting = make_meeting(title="标题", by=self.users["editor"], remarks=remarks)
        self.remarks = list(self.meeting.remarks.in_order())
        self.call = make_call(self.meeting, units=[make_unit()])
        if published:
            for name in REVIEWERS[:3]:
                self.approve_page(name)

    # -- what people do -----------------------------------------------------------------------

    @rule(number=TEXTS, words=WORDS, by=EDITORS)
    def edit(self, number: int, words: str, by: str) -> None:
        number = self.there(number)
        text, other = self.text(number), wording(self.text(number)) != words
        try:
            with savepoint():
                if number == 0:
                    retitle(self.meeting, words, by=self.users[by])
                else:
                    reword(self.remarks[number - 1], words, by=self.users[by], at=self.now())
        except Refused:
            assert text.state in ("scheduled", "taken-back")
            assert other

    @rule(number=TEXTS, by=MODERATORS, later=LATER)
    def approve(self, number: int, by: str, later: dt.timedelta | None) -> None:
        number = self.there(number)
        text = self.text(number)
        publish_at = self.clock + later if later else None
        if self.did(approve, text, by=by, seen=seen(text), publish_at=publish_at):
            assert text.edited_by != self.users[by]
            self.note_decision(number, publish_at)

    @rule(number=TEXTS, later=LATER)
    def pass_on(self, number: int, later: dt.timedelta | None) -> None:
        """Pass every stage that is left, each by whoever may."""
        for by in REVIEWERS:
            self.approve(number, by, later)

    @rule(by=MODERATORS)
    def approve_page(self, by: str) -> None:
        waiting = [n for n in self.numbers() if self.text(n).state in ("draft", "changed")]
        authors = {self.text(n).edited_by for n in waiting}
        if self.did(approve_page, self.meeting, by=by, seen=fingerprints(fresh(self.meeting))):
            assert self.users[by] not in authors
            for number in waiting:
                self.note_decision(number, None)

    @rule(number=TEXTS, by=MODERATORS)
    def claim(self, number: int, by: str) -> None:
        number = self.there(number)
        text = self.text(number)
        if self.did(claim, text, by=by, seen=seen(text)):
            self.handed_over.add((number, wording(text)))

    @rule(number=TEXTS, by=MODERATORS)
    def release(self, number: int, by: str) -> None:
        number = self.there(number)
        self.did(release, self.text(number), by=by)

    @rule(minutes=st.sampled_from((1, 90)))
    def publish_what_is_due(self, minutes: int) -> None:
        self.clock += dt.timedelta(minutes=minutes)
        for order in publish_due(at=self.clock)[0]:
            number = self.number_of(order.round.subject)
            moment, words = self.ordered.pop(number)
            assert moment <= self.clock
            self.show(number, words)

    @rule(number=TEXTS, by=MODERATORS)
    def unschedule(self, number: int, by: str) -> None:
        number = self.there(number)
        if self.did(unschedule, self.text(number), by=by):
            del self.ordered[number]

    @rule(number=TEXTS, by=EDITORS, data=st.data())
    def restore(self, number: int, by: str, data: st.DataObject) -> None:
        number = self.there(number)
        versions = list(self.text(number).versions.order_by("number"))
        if versions:
            with suppress(Refused), savepoint():
                restore(data.draw(st.sampled_from(versions)), by=self.users[by], at=self.now())

    @rule(number=TEXTS, by=MODERATORS)
    def send_back(self, number: int, by: str) -> None:
        number = self.there(number)
        text = self.text(number)
        if self.did(send_back, text, by=by, seen=seen(text), opinion="请核对"):
            self.handed_over.add((number, wording(text)))

    @rule(number=TEXTS, by=MODERATORS)
    def reject(self, number: int, by: str) -> None:
        number = self.there(number)
        text = self.text(number)
        if self.did(reject, text, by=by, seen=seen(text), opinion="与主题不符"):
            self.handed_over.add((number, wording(text)))

    @rule(number=TEXTS, by=MODERATORS)
    def withdraw(self, number: int, by: str) -> None:
        number = self.there(number)
        if self.did(withdraw, self.text(number), by=by, reason="有误"):
            gone = set(self.public) if number == 0 else {number}
            for one in gone:
                self.public.pop(one, None)
                self.told.pop(one, None)
                self.ordered.pop(one, None)

    @rule(number=TEXTS, by=EDITORS)
    def resubmit(self, number: int, by: str) -> None:
        number = self.there(number)
        self.did(resubmit, self.text(number), by=by)

    @rule(words=WORDS, by=UNITS)
    def hand_in(self, words: str, by: str) -> None:
        if len(self.remarks) == MOST_REMARKS:
            return
        person, at = self.users[by], self.now()
        try:
            with savepoint():
                draft = begin(self.call, by=person, at=at)
                save(draft, manuscript=manuscript(words), seen=0, by=person, at=at)
                submission = hand_in(draft, seen=1, by=person, at=at)
        except Refused:
            assert by in ("outsider", "editor") or fresh(self.meeting).state == "withdrawn"
            return
        assert by in ("unit", "both")
        self.remarks.append(submission.remark)
        number = len(self.remarks)
        self.submitted[number] = submission
        self.handed_over.add((number, words))

    @rule(words=WORDS, by=UNITS, data=st.data())
    def hand_in_again(self, words: str, by: str, data: st.DataObject) -> None:
        if not self.submitted:
            return
        number = data.draw(st.sampled_from(sorted(self.submitted)))
        submission, person, at = self.submitted[number], self.users[by], self.now()
        theirs = self.text(number).state in ("returned", "taken-back")
        try:
            with savepoint():
                draft = revise(submission, by=person, at=at)
                save(draft, manuscript=manuscript(words), seen=0, by=person, at=at)
                hand_in_again(draft, seen=1, by=person, at=at)
        except Refused:
            assert by in ("outsider", "editor") or not theirs
            return
        assert theirs
        self.handed_over.add((number, words))

    @rule(by=UNITS, data=st.data())
    def take_back(self, by: str, data: st.DataObject) -> None:
        if self.submitted:
            number = data.draw(st.sampled_from(sorted(self.submitted)))
            if self.did(take_back, self.submitted[number], by=by):
                assert number not in self.public

    @rule(data=st.data(), by=EDITORS)
    def arrange(self, data: st.DataObject, by: str) -> None:
        order = data.draw(st.permutations([remark.pk for remark in self.remarks]))
        self.did(arrange, self.meeting, by=by, order=order)

    @rule(number=NUMBERS, chosen=st.sets(st.integers(0, 1)), by=EDITORS)
    def assign_themes(self, number: int, chosen: set[int], by: str) -> None:
        themes = [self.themes[n] for n in chosen]
        self.did(assign_themes, fresh(self.remarks[number]), by=by, themes=themes)

    # -- what is always true ------------------------------------------------------------------

    @invariant()
    def readers_see_the_approved_wordings_and_nothing_else(self) -> None:
        titles = MeetingEdition.objects.current().values_list("title", flat=True)
        shown = dict(enumerate(titles))
        numbers = {remark.pk: number for number, remark in enumerate(self.remarks, start=1)}
        for edition in RemarkEdition.objects.current():
            shown[numbers[edition.remark_id]] = edition.text
        assert shown == self.public

    @invariant()
    def what_lists_count_is_what_they_hold(self) -> None:
        assert miscounted() == 0

    @invariant()
    def corrections_tell_the_wordings_that_were_public_one_after_another(self) -> None:
        for number in self.public:
            notes = self.text(number).editions.current().get().corrections or []
            told = self.told[number]
            assert [wordings_of(note) for note in notes] == list(pairwise(told))

    @invariant()
    def every_public_text_has_a_reviewer_of_its_own_for_every_stage(self) -> None:
        for model in (MeetingEdition, RemarkEdition):
            for edition in model.objects.select_related("round__version"):
                round = edition.round
                asked = [s["code"] for s in round.stages if s["required"]]
                passes = list(round.steps.filter(decision="pass").order_by("pk"))
                assert [step.stage for step in passes] == asked
                people = {step.reviewer_id for step in passes}
                assert len(people) == len(asked)
                assert {step.fingerprint for step in passes} == {edition.fingerprint}
                assert round.version is not None
                editors = round.version.editors.values_list("editor_id", flat=True)
                assert people.isdisjoint(editors)

    @invariant()
    def nothing_that_a_reviewer_has_seen_is_ever_lost(self) -> None:
        kept = {
            (self.number_of(version.subject), words_of(version.content))
            for version in TextVersion.objects.all()
        }
        assert self.handed_over <= kept

    @invariant()
    def no_remark_is_public_without_its_meeting(self) -> None:
        current = set(MeetingEdition.objects.current().values_list("id", flat=True))
        for edition in RemarkEdition.objects.current():
            assert edition.meeting_edition_id in current

    @invariant()
    def editions_are_numbered_without_gaps_and_one_stands(self) -> None:
        for text in map(self.text, self.numbers()):
            editions = text.editions.order_by("number")
            assert [e.number for e in editions] == list(range(1, len(editions) + 1))
            assert sum(e.superseded_at is None for e in editions) == bool(editions)

    @invariant()
    def positions_are_consecutive_and_the_same_in_public(self) -> None:
        rows = dict(self.meeting.remarks.in_order().values_list("id", "position"))
        assert list(rows.values()) == list(range(1, len(self.remarks) + 1))
        for edition in RemarkEdition.objects.filter(superseded_at=None):
            assert edition.position == rows[edition.remark_id]

    @invariant()
    def public_themes_are_those_of_the_desk(self) -> None:
        for edition in RemarkEdition.objects.filter(superseded_at=None):
            assigned = set(edition.remark.themes.values_list("id", flat=True))
            links = EditionTheme.objects.filter(edition=edition)
            assert set(links.filter(inherited=False).values_list("theme", flat=True)) == assigned
            every = Theme.objects.with_ancestors(assigned)
            assert set(links.values_list("theme", flat=True)) == every

    @invariant()
    def the_state_tells_where_a_text_stands(self) -> None:
        for number, text in enumerate(map(self.text, self.numbers())):
            if text.state == "published":
                assert self.public[number] == wording(text)
            if text.state in ("withdrawn", "draft", "taken-back"):
                assert number not in self.public
            if text.state == "changed":
                assert self.public[number] != wording(text)
            assert (text.state == "scheduled") == (number in self.ordered)
            if number in self.ordered:
                assert self.ordered[number][1] == wording(text)

    @invariant()
    def the_journal_verifies(self) -> None:
        verdict = verify()
        assert (verdict.fault, verdict.number) == ("", JournalEntry.objects.count())

    # -- helpers --------------------------------------------------------------------------------

    def now(self) -> dt.datetime:
        self.clock += dt.timedelta(minutes=1)
        return self.clock

    def numbers(self) -> range:
        return range(1 + len(self.remarks))

    def there(self, number: int) -> int:
        """Return the number of a text that is there."""
        return number % (1 + len(self.remarks))

    def number_of(self, text: Meeting | Remark) -> int:
        return 0 if isinstance(text, Meeting) else 1 + self.remarks.index(text)

    def note_decision(self, number: int, publish_at: dt.datetime | None) -> None:
        """Take note of what the last approval, if it was the last, has made of the text."""
        text = self.text(number)
        self.handed_over.add((number, wording(text)))
        if text.state == "scheduled" and number not in self.ordered:
            assert publish_at is not None
            self.ordered[number] = publish_at, wording(text)
        elif text.state == "published":
            self.show(number, wording(text))

    def show(self, number: int, words: str) -> None:
        """Take note of what readers see from now on."""
        self.public[number] = words
        self.told.setdefault(number, []).append(words)

    def text(self, number: int) -> Meeting | Remark:
        return fresh(self.meeting) if number == 0 else fresh(self.remarks[number - 1])

    def did(
        self, act: Any, text: Meeting | Remark | Submission, *, by: str, **arguments: Any
    ) -> bool:
        """Try the act; it is done and in the journal, or refused with nothing written."""
        before, entries = everything(), JournalEntry.objects.count()
        try:
            act(text, by=self.users[by], at=self.now(), **arguments)
        except Refused:
            assert everything() == before
            return False
        if everything() != before:
            assert JournalEntry.objects.count() > entries
            assert JournalEntry.objects.order_by("-id")[0].actor == self.users[by]
        return True


def manuscript(words: str) -> Manuscript:
    """Return a unit's remark that says this."""
    return make_manuscript(body=paragraphs_to_body([words]))


def words_of(content: dict[str, Any]) -> str:
    """Return what a version says, as `wording` tells it of the text."""
    if "title" in content:
        return content["title"]
    return "".join(content["body"]).replace("<p>", "").replace("</p>", "")


def wordings_of(note: dict[str, Any]) -> tuple[str, str]:
    """Return the old and the new wording that a note tells of."""
    told = [pair for change in note["changes"] for pair in change["stretches"]]
    old = "".join(text for kind, text in told if kind in ("same", "removed"))
    return old, "".join(text for kind, text in told if kind in ("same", "added"))


def wording(text: Meeting | Remark) -> str:
    """Return what readers would read."""
    if isinstance(text, Meeting):
        return text.title
    return "".join(text.body).replace("<p>", "").replace("</p>", "")


@pytest.mark.django_db
def test_whatever_people_do_readers_see_approved_wordings_only() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            # Shrinking takes minutes, and twelve steps can be read as they are.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )

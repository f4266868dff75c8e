"""Whatever editors and moderators do in whatever order: readers see approved wordings only."""

import datetime as dt
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
    Theme,
    User,
)
from speeches.moderation.arranging import arrange
from speeches.moderation.editing import resubmit
from speeches.moderation.refusals import Refused
from speeches.moderation.reviewing import approve, approve_page, send_back
from speeches.moderation.theming import assign_themes
from speeches.moderation.withdrawing import withdraw
from tests.factories import (
    NOON,
    fingerprints,
    make_editor,
    make_meeting,
    make_moderator,
    make_theme,
    make_user,
)
from tests.moderation.desk import everything, fresh, retitle, reword, seen

pytestmark = pytest.mark.slow

NUMBERS = st.integers(0, 2)
# 0 is the meeting's own text, the others are its remarks.
TEXTS = st.integers(0, 3)
WORDS = st.sampled_from(("甲说。", "乙说。", "丙说。"))
# Mostly those who may; the others are refused.
EDITORS = st.sampled_from(("editor", "editor", "both", "moderator"))
MODERATORS = st.sampled_from(("moderator", "moderator", "both", "editor"))


class Newsroom(RuleBasedStateMachine):
    """A page with three remarks; `approved` is what the moderators passed, told in plain Python."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = NOON
        # Number of the text -> wording that readers may see.
        self.public: dict[int, str] = {}
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        """Forget everything, so that the next example begins with an empty database."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(published=st.booleans())
    def open_the_desk(self, published: bool) -> None:
        both = make_user("both", role="编辑")
        make_user("both", role="审核")
        self.users: dict[str, User] = {
            **{"editor": make_editor(), "moderator": make_moderator()},
            "both": User.objects.get(pk=both.pk),
        }
        self.themes = [make_theme("top", "上")]
        self.themes.append(make_theme("leaf", "下", parent=self.themes[0]))
        remarks = [{"paragraphs": [f"第{number}篇。"]} for number in range(3)]
        self.meeting = make_meeting(title="标题", by=self.users["editor"], remarks=remarks)
        self.remarks = list(self.meeting.remarks.in_order())
        if published:
            self.approve_page("moderator")

    # -- what people do -----------------------------------------------------------------------

    @rule(number=TEXTS, words=WORDS, by=EDITORS)
    def edit(self, number: int, words: str, by: str) -> None:
        if number == 0:
            retitle(self.meeting, words, by=self.users[by])
        else:
            reword(self.remarks[number - 1], words, by=self.users[by], at=self.now())

    @rule(number=TEXTS, by=MODERATORS)
    def approve(self, number: int, by: str) -> None:
        text = self.text(number)
        if self.did(approve, text, by=by, seen=seen(text)):
            assert text.edited_by != self.users[by]
            self.public[number] = wording(text)

    @rule(by=MODERATORS)
    def approve_page(self, by: str) -> None:
        waiting = [n for n in range(4) if self.text(n).state in ("draft", "changed")]
        authors = {self.text(n).edited_by for n in waiting}
        if self.did(approve_page, self.meeting, by=by, seen=fingerprints(fresh(self.meeting))):
            assert self.users[by] not in authors
            self.public |= {number: wording(self.text(number)) for number in waiting}

    @rule(number=TEXTS, by=MODERATORS)
    def send_back(self, number: int, by: str) -> None:
        text = self.text(number)
        self.did(send_back, text, by=by, seen=seen(text), opinion="请核对")

    @rule(number=TEXTS, by=MODERATORS)
    def withdraw(self, number: int, by: str) -> None:
        if self.did(withdraw, self.text(number), by=by, reason="有误"):
            if number == 0:
                self.public.clear()
            self.public.pop(number, None)

    @rule(number=TEXTS, by=EDITORS)
    def resubmit(self, number: int, by: str) -> None:
        self.did(resubmit, self.text(number), by=by)

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
    def no_remark_is_public_without_its_meeting(self) -> None:
        current = set(MeetingEdition.objects.current().values_list("id", flat=True))
        for edition in RemarkEdition.objects.current():
            assert edition.meeting_edition_id in current

    @invariant()
    def editions_are_numbered_without_gaps_and_one_stands(self) -> None:
        for text in map(self.text, range(4)):
            editions = text.editions.order_by("number")
            assert [e.number for e in editions] == list(range(1, len(editions) + 1))
            assert sum(e.superseded_at is None for e in editions) == bool(editions)

    @invariant()
    def positions_are_consecutive_and_the_same_in_public(self) -> None:
        rows = dict(self.meeting.remarks.in_order().values_list("id", "position"))
        assert list(rows.values()) == [1, 2, 3]
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
        for number, text in enumerate(map(self.text, range(4))):
            if text.state == "published":
                assert self.public[number] == wording(text)
            if text.state in ("withdrawn", "draft"):
                assert number not in self.public
            if text.state == "changed":
                assert self.public[number] != wording(text)

    # -- helpers --------------------------------------------------------------------------------

    def now(self) -> dt.datetime:
        self.clock += dt.timedelta(minutes=1)
        return self.clock

    def text(self, number: int) -> Meeting | Remark:
        return fresh(self.meeting) if number == 0 else fresh(self.remarks[number - 1])

    def did(self, act: Any, text: Meeting | Remark, *, by: str, **arguments: Any) -> bool:
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
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            # Shrinking takes minutes, and twelve steps can be read as they are.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )

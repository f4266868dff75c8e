"""Purges: for every kind of change, exactly the addresses whose pages it changes."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from speeches.models import Meeting, Person, Phrase, Picture, Remark
from speeches.moderation.addresses import PAGES
from speeches.moderation.arranging import arrange
from speeches.moderation.counting import miscounted
from speeches.moderation.discarding import discard_remark
from speeches.moderation.editing import record_edit
from speeches.moderation.naming import register_speakers, register_unit
from speeches.moderation.phrasing import drop_phrase, keep_phrase
from speeches.moderation.reference import add_districts, add_themes
from speeches.moderation.reviewing import approve, send_back
from speeches.moderation.scheduling import publish_due
from speeches.moderation.theming import assign_themes, move_theme
from speeches.moderation.withdrawing import withdraw
from speeches.public.urls import urlpatterns
from speeches.text.markup import paragraphs_to_body
from tests.admin.desk import SUPERUSER, address, filled_in, save, signed_in
from tests.factories import make_editor, make_moderator, publish
from tests.moderation.desk import LATER, fresh, seen
from tests.public.answers import answers
from tests.public.purged import (
    Newsroom,
    addresses,
    answers_since,
    difference,
    last_purge,
    open_newsroom,
    shown_in_both,
)
from tests.savepoints import savepoint

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Change = Callable[[Newsroom], object]


@pytest.fixture
def room(settings: Settings, tmp_path: Path) -> Newsroom:
    """A newsroom behind a cache that nobody asks."""
    settings.MEDIA_ROOT = tmp_path
    settings.FRONT_CACHES = ["http://127.0.0.1:9"]
    return open_newsroom()


def edit(text: Meeting | Remark, **values: Any) -> None:
    """Save values as an editor does; readers see nothing of it before it is approved."""
    row = fresh(text)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record_edit(row, by=make_editor(), at=LATER, changed=sorted(values))


def correct(text: Meeting | Remark, **values: Any) -> None:
    """Edit and approve."""
    edit(text, **values)
    approve(fresh(text), by=make_moderator(), at=LATER, seen=seen(text))


def take_back(text: Meeting | Remark) -> None:
    """Withdraw."""
    withdraw(fresh(text), by=make_moderator(), at=LATER, reason="有误")


def again(text: Remark) -> None:
    """Approve what was withdrawn and handed in once more."""
    approve(fresh(text), by=make_moderator(), at=LATER, seen=seen(text))


def keep(kind: str, row: Any, /, **values: Any) -> None:
    """Save a record of the desk as an administrator does."""
    answer = save(signed_in(SUPERUSER), kind, row.pk, **values)
    assert answer.status_code == 302, answer.context["adminform"].form.errors


def add(kind: str, /, **values: Any) -> None:
    """Open a record of the desk as an administrator does."""
    client = signed_in(SUPERUSER)
    page = client.get(address(f"{kind}_add"))
    sent = {key: value for key, value in {**filled_in(page), **values}.items() if value != ""}
    assert client.post(address(f"{kind}_add"), sent).status_code == 302


def erase(kind: str, row: Any) -> None:
    """Delete a record of the desk as an administrator does."""
    answer = signed_in(SUPERUSER).post(address(f"{kind}_delete", row.pk), {"post": "yes"})
    assert answer.status_code == 302


def relink(text: Meeting | Remark, **links: Any) -> None:
    """Let a text's links point elsewhere, as an editor does."""
    edit(text, **links)


def respeak(remark: Remark, person: Person | None) -> None:
    """Say that the first speaker is somebody else, or nobody known."""
    remark.speakers.filter(position=1).update(person=person)
    record_edit(fresh(remark), by=make_editor(), at=LATER, changed=["speakers"])


def follow(phrase: Phrase, *variants: str, **values: Any) -> None:
    row = Phrase.objects.get(pk=phrase.pk) if phrase.pk else phrase
    for name, value in values.items():
        setattr(row, name, value)
    keep_phrase(row, variants=variants, by=make_editor(), at=LATER)


def reverse_order(meeting: Meeting) -> None:
    order = list(meeting.remarks.in_order().values_list("pk", flat=True))[::-1]
    arrange(meeting, order=order, by=make_editor(), at=LATER)


def repicture(meeting: Meeting) -> None:
    Picture.objects.filter(meeting=meeting, position=2).update(
        image=Picture.objects.get(meeting=meeting, position=1).image.name
    )
    correct(meeting)


def register(remark: Remark) -> None:
    register_unit(remark, by=make_editor(), at=LATER)
    register_speakers(fresh(remark), by=make_editor(), at=LATER)


def schedule(meeting: Meeting) -> None:
    approve(fresh(meeting), by=make_moderator(), at=LATER, seen=seen(meeting), publish_at=SOON)


def publish_later(meeting: Meeting) -> None:
    schedule(meeting)
    publish_due(at=SOON)


def leave_no_city(room: Newsroom) -> None:
    """Withdraw all that makes the unit above others public."""
    take_back(room.remarks["丁"])
    take_back(room.meetings["2018"])


def edit_and_return(remark: Remark) -> None:
    edit(remark, heading="没有审过")
    send_back(fresh(remark), by=make_moderator(), at=LATER, seen=seen(remark), opinion="请核对")


SOON = LATER + dt.timedelta(hours=1)
LONG = "说明情况。" * 40

CHANGES: dict[str, Change] = {
    # Publishing and correcting.
    "a first publication": lambda r: publish(r.meetings["draft"]),
    "one more remark": lambda r: publish(r.meetings["big"]),
    "a heading": lambda r: correct(r.remarks["甲"], heading="换了标题"),
    "a heading where there was none": lambda r: correct(r.remarks["丙"], heading="有了标题"),
    "the end of a body": lambda r: correct(
        r.remarks["甲"], body=paragraphs_to_body([LONG, "另提建议。"])
    ),
    "the beginning of a body": lambda r: correct(r.remarks["甲"], body=["<p>换了。</p>"]),
    "the latest post": lambda r: correct(r.remarks["甲"], post_as_printed="党组书记"),
    "an earlier post": lambda r: correct(r.remarks["戊"], post_as_printed="秘书长"),
    "a title": lambda r: correct(r.meetings["big"], title="换了标题"),
    "a name that no list shows": lambda r: correct(r.meetings["big"], name="换了名称"),
    "a name that is the label": lambda r: correct(r.meetings["small"], name="换了名称"),
    "a subtitle": lambda r: correct(r.meetings["big"], subtitle="换了副题"),
    "an introduction": lambda r: correct(r.meetings["big"], introduction=["换了导语。"]),
    "an issue": lambda r: correct(r.meetings["big"], page_number="4"),
    "a day of another year": lambda r: correct(r.meetings["big"], held_from=dt.date(2019, 5, 5)),
    "a day of another month": lambda r: correct(r.meetings["big"], held_from=dt.date(2024, 6, 5)),
    "a day of the same month": lambda r: correct(r.meetings["2018"], held_from=dt.date(2018, 1, 2)),
    "a day of the newest among the oldest": lambda r: correct(
        r.meetings["2018"], held_from=dt.date(2024, 12, 1)
    ),
    "an old meeting's title": lambda r: correct(r.meetings["2018"], title="换了标题"),
    "pictures": lambda r: repicture(r.meetings["big"]),
    # Withdrawing.
    "a remark is withdrawn": lambda r: take_back(r.remarks["乙"]),
    "an old remark is withdrawn": lambda r: take_back(r.remarks["2018年发言"]),
    "the only remark of a unit is withdrawn": lambda r: take_back(r.remarks["戊"]),
    "a unit above another is no longer public": lambda r: leave_no_city(r),
    "a meeting is withdrawn": lambda r: take_back(r.meetings["big"]),
    "an old meeting is withdrawn": lambda r: take_back(r.meetings["2019"]),
    "a remark comes back": lambda r: again(r.remarks["撤"]),
    # Order, themes and links.
    "order": lambda r: reverse_order(r.meetings["big"]),
    "order of an old meeting": lambda r: reverse_order(r.meetings["2018"]),
    "themes": lambda r: assign_themes(
        r.remarks["甲"], themes=[r.themes["ecology"]], by=make_editor(), at=LATER
    ),
    "the parent of a theme as well": lambda r: assign_themes(
        r.remarks["甲"],
        themes=[r.themes["party"], r.themes["team"]],
        by=make_editor(),
        at=LATER,
    ),
    "no theme": lambda r: assign_themes(r.remarks["戊"], themes=[], by=make_editor(), at=LATER),
    "another unit": lambda r: relink(r.remarks["甲"], unit=r.units["lonely"]),
    "a unit that becomes public": lambda r: relink(r.remarks["庚"], unit=r.units["unused"]),
    "no unit": lambda r: relink(r.remarks["戊"], unit=None),
    "another district": lambda r: relink(r.remarks["甲"], district=r.districts["other"]),
    "the district that was merged": lambda r: relink(
        r.remarks["甲"], district=r.districts["older"]
    ),
    "no district": lambda r: relink(r.remarks["丙"], district=None),
    "another person": lambda r: respeak(r.remarks["戊"], r.people["李二"]),
    "a person who becomes public": lambda r: respeak(r.remarks["丙"], r.people["赵三"]),
    "no person": lambda r: respeak(r.remarks["甲"], None),
    "another host": lambda r: relink(r.meetings["big"], host=r.units["lonely"]),
    "no host": lambda r: relink(r.meetings["big"], host=None),
    "records for printed names": lambda r: register(r.remarks["丙"]),
    # The tree of themes.
    "a theme moves": lambda r: move_theme(
        r.themes["team"], parent=r.themes["ecology"], by=None, at=LATER
    ),
    "a theme moves to the top": lambda r: keep("theme", r.themes["team"], parent=None),
    "a theme's name": lambda r: keep("theme", r.themes["team"], name="换了名称"),
    "a theme's address": lambda r: keep("theme", r.themes["team"], slug="renamed"),
    "a theme's place": lambda r: keep("theme", r.themes["party"], position=9),
    "a theme's place that orders nothing": lambda r: keep("theme", r.themes["unused"], position=8),
    "an unused theme's name": lambda r: keep("theme", r.themes["unused"], name="换了名称"),
    "a new theme": lambda r: add("theme", name="新主题", slug="coming", position=5),
    "a theme goes": lambda r: erase("theme", r.themes["spare"]),
    "starter themes": lambda r: add_themes(
        [{"slug": "coming", "name": "新主题", "parent": "party", "cue_phrases": []}], at=LATER
    ),
    # Districts.
    "a district's name": lambda r: keep("district", r.districts["newer"], name="换了名称"),
    "a merged district's name": lambda r: keep("district", r.districts["older"], name="换名"),
    "a district's code": lambda r: keep("district", r.districts["older"], code="230199"),
    "a district's kind": lambda r: keep("district", r.districts["newer"], kind="county"),
    "a district's end": lambda r: keep("district", r.districts["older"], valid_to="2006-08-15"),
    "another successor": lambda r: keep(
        "district", r.districts["older"], successor=r.districts["other"].pk
    ),
    "no successor": lambda r: keep("district", r.districts["older"], successor=None),
    "a successor of nothing": lambda r: keep(
        "district", r.districts["unused"], successor=r.districts["other"].pk
    ),
    "an unused district's name": lambda r: keep("district", r.districts["unused"], name="换名"),
    "a new district": lambda r: add("district", code="230199", name="新区", kind="district"),
    "starter districts": lambda r: add_districts(
        [{"code": "230199", "name": "新区", "kind": "district", "valid_from": None}], at=LATER
    ),
    "a district goes": lambda r: erase("district", r.districts["unused"]),
    # Units and people.
    "a unit's name": lambda r: keep("unit", r.units["group"], name="换了名称"),
    "the name of a unit above others": lambda r: keep("unit", r.units["city"], name="换了名称"),
    "a host's name": lambda r: keep("unit", r.units["host"], name="换了名称"),
    "a unit's kind": lambda r: keep("unit", r.units["group"], kind="party-group"),
    "a unit's district": lambda r: keep("unit", r.units["group"], district=r.districts["other"].pk),
    "a unit's parent": lambda r: keep("unit", r.units["group"], parent=r.units["lonely"].pk),
    "a parent that is not public": lambda r: keep(
        "unit", r.units["group"], parent=r.units["unused"].pk
    ),
    "an unused unit's name": lambda r: keep("unit", r.units["unused"], name="换了名称"),
    "a person's name": lambda r: keep("person", r.people["王一"], name="王一一"),
    "a note on a person": lambda r: keep("person", r.people["王一"], note="同名者"),
    "an unused person's name": lambda r: keep("person", r.people["赵三"], name="赵三三"),
    # Phrases.
    "a new phrase": lambda r: follow(Phrase(text="说明情况")),
    "a phrase's text": lambda r: follow(r.phrases["同心圆"], text="两个确立"),
    "a variant more": lambda r: follow(r.phrases["同心圆"], "另提建议"),
    "a variant that stands": lambda r: follow(r.phrases["戊"], "乙", "甲"),
    "a variant less": lambda r: follow(r.phrases["戊"]),
    "a phrase goes": lambda r: drop_phrase(
        Phrase.objects.get(pk=r.phrases["戊"].pk), by=None, at=LATER
    ),
    "a note on a phrase": lambda r: follow(r.phrases["戊"], "乙", note="常见"),
    "a phrase's place": lambda r: follow(r.phrases["戊"], "乙", position=9),
    # What readers see nothing of.
    "an edit": lambda r: edit(r.remarks["甲"], heading="没有审过"),
    "a return": lambda r: edit_and_return(r.remarks["甲"]),
    "a draft goes": lambda r: discard_remark(r.remarks["待审"], by=make_editor(), at=LATER),
    "an approval for later": lambda r: schedule(r.meetings["draft"]),
    "what was approved is due": lambda r: publish_later(r.meetings["draft"]),
}
NOTHING = {
    "a theme's place that orders nothing",
    "a note on a person",
    "an unused unit's name",
    "an unused person's name",
    "an edit",
    "a return",
    "a draft goes",
    "an approval for later",
    "a note on a phrase",
    "a phrase's place",
    "order of an old meeting",
}


GROUPS = [tuple(CHANGES)[start : start + 12] for start in range(0, len(CHANGES), 12)]
# The comparison is plain Python: one group is enough for the second engine, all of them take
# minutes there (make test-scale).
BRIEF = [pytest.mark.scale] if connection.vendor == "postgresql" else []


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param(group, id=group[0], marks=BRIEF if number else [])
        for number, group in enumerate(GROUPS)
    ],
)
def test_a_change_purges_exactly_what_it_changes(room: Newsroom, kinds: tuple[str, ...]) -> None:
    asked = addresses()
    before = answers(asked)
    wrong: dict[str, Any] = {}

    for kind in kinds:
        since = last_purge()
        with savepoint():
            CHANGES[kind](room)
            # A record that is opened brings addresses of its own.
            after = answers_since(before, {*asked, *addresses()})
            found = difference(before, after, since=since)
            counts = miscounted()
            transaction.set_rollback(True)
        if counts:
            wrong[kind] = f"{counts} counts"
        elif problems := found.wrong(shown_in_both(before, after)):
            wrong[kind] = problems
        elif (found.changed == set()) is not (kind in NOTHING):
            wrong[kind] = found

    assert wrong == {}


def test_every_kind_of_page_says_what_it_shows() -> None:
    stamped = {
        pattern.name
        for pattern in urlpatterns
        if getattr(pattern.callback, "view_class").stamped  # noqa: B009  (unknown to its type)
    }

    assert set(PAGES) == stamped

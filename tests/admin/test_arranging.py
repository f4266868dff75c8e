"""The order of remarks on the meeting's page: typed numbers and buttons."""

import pytest

from speeches.models import Act, JournalEntry, Meeting, RemarkEdition
from tests.admin.desk import EDITOR, address, signed_in
from tests.factories import make_meeting, publish

pytestmark = pytest.mark.django_db


def three() -> Meeting:
    return publish(make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}]))


def order_of(meeting: Meeting) -> str:
    return "".join(meeting.remarks.in_order().values_list("heading", flat=True))


def move(meeting: Meeting, typed: str = "", button: str = "") -> str:
    """Send the form with these numbers, or press a button such as "乙:up"; return what was said."""
    rows = list(meeting.remarks.in_order())
    numbers = typed.split() if typed else [str(place) for place in range(1, len(rows) + 1)]
    data = {f"place-{row.pk}": number for row, number in zip(rows, numbers, strict=True)}
    heading, _colon, direction = button.partition(":")
    pk = next((row.pk for row in rows if row.heading == heading), "")
    data["move"] = f"{pk}:{direction}" if pk else ""
    answer = signed_in(EDITOR).post(address("meeting_arrange", meeting.pk), data, follow=True)
    return "".join(str(message) for message in answer.context["messages"])


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("3 1 2", "乙丙甲"),
        # Numbers need not be consecutive; equal ones keep the order they stand in.
        ("10 -5 7", "乙丙甲"),
        ("1 1 1", "甲乙丙"),
        ("2 3 1", "丙甲乙"),
    ],
)
def test_typed_numbers_give_the_order_and_readers_see_it_at_once(typed: str, order: str) -> None:
    meeting = three()

    assert move(meeting, typed) == "次序已保存。"

    assert order_of(meeting) == order
    public = RemarkEdition.objects.current().in_order().values_list("heading", flat=True)
    assert "".join(public) == order
    assert list(meeting.remarks.in_order().values_list("position", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("typed", ["1 二又 3", "1 2.5 3", "1 － 3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    meeting = three()
    entries = JournalEntry.objects.count()

    assert move(meeting, typed) == "次序请填整数，次序没有改动。"

    assert order_of(meeting) == "甲乙丙"
    assert JournalEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("button", "order"),
    [("甲:down", "乙甲丙"), ("丙:up", "甲丙乙"), ("甲:up", "甲乙丙"), ("丙:down", "甲乙丙")],
)
def test_a_button_moves_one_remark_by_one_place(button: str, order: str) -> None:
    meeting = three()

    move(meeting, button=button)

    assert order_of(meeting) == order


def test_a_form_that_names_not_every_remark_is_refused() -> None:
    meeting = three()
    first = meeting.remarks.in_order()[0]

    signed_in(EDITOR).post(address("meeting_arrange", meeting.pk), {f"place-{first.pk}": "3"})

    assert order_of(meeting) == "甲乙丙"


def test_a_remark_of_another_meeting_cannot_be_moved() -> None:
    meeting = three()
    other = make_meeting(title="另一个会议").remarks.get()

    signed_in(EDITOR).post(address("meeting_arrange", meeting.pk), {"move": f"{other.pk}:up"})

    assert order_of(meeting) == "甲乙丙"
    other.refresh_from_db()
    assert other.position == 1


def test_arranging_is_journalled_once() -> None:
    meeting = three()

    move(meeting, "3 1 2")

    assert JournalEntry.objects.filter(act=Act.ARRANGE).count() == 1

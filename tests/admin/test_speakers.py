"""Speakers of a remark on its form: rows with numbers that an editor types."""

import pytest

from tests.admin.desk import EDITOR, save, signed_in
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db


def test_speakers_swap_their_numbers_and_a_new_one_goes_to_the_end() -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲", "乙"]}]).remarks.get()

    answer = save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        **{
            "speakers-0-position": 2,
            "speakers-1-position": 1,
            "speakers-TOTAL_FORMS": 3,
            "speakers-2-name_as_printed": "丙",
            "speakers-2-remark": remark.pk,
        },
    )

    assert answer.status_code == 302
    names = remark.speakers.order_by("position").values_list("position", "name_as_printed")
    assert list(names) == [(1, "乙"), (2, "甲"), (3, "丙")]


def test_a_new_speaker_takes_the_number_of_one_who_is_deleted() -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲", "乙"]}]).remarks.get()

    save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        **{
            "speakers-0-position": 2,
            "speakers-1-DELETE": "on",
            "speakers-TOTAL_FORMS": 3,
            "speakers-2-position": 1,
            "speakers-2-name_as_printed": "丙",
            "speakers-2-remark": remark.pk,
        },
    )

    names = remark.speakers.order_by("position").values_list("position", "name_as_printed")
    assert list(names) == [(1, "丙"), (2, "甲")]


def test_a_number_that_stands_twice_is_refused_and_nothing_is_saved() -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲", "乙"]}]).remarks.get()

    answer = save(
        signed_in(EDITOR), "remark", remark.pk, heading="新标题", **{"speakers-1-position": 1}
    )

    assert answer.status_code == 200
    remark.refresh_from_db()
    assert remark.heading != "新标题"
    assert list(remark.speakers.values_list("position", flat=True).order_by("id")) == [1, 2]

"""Answers: a page that can only be as it was is not rendered again, and every other one is."""

import pytest
from django.urls import reverse

from tests.factories import make_meeting, publish
from tests.public.addresses import list_addresses, row_addresses
from tests.public.answers import answers
from tests.public.test_purges import correct

pytestmark = pytest.mark.django_db


def test_after_a_change_pages_are_those_that_would_be_rendered_anew(rendered: list[str]) -> None:
    meeting = publish(make_meeting(remarks=[{"heading": "甲"}, {"heading": "乙"}]))
    publish(make_meeting(title="另一场", remarks=[{"heading": "丙"}]))
    asked = [*list_addresses(), *row_addresses()]
    before = answers(asked)

    correct(meeting.remarks.get(heading="甲"), heading="换了标题")

    true = answers(asked)
    rendered.clear()
    after = answers(asked, before=before)
    assert after == true != before
    assert 0 < len(rendered) < len(asked)


def test_a_page_that_stands_is_not_rendered(rendered: list[str]) -> None:
    publish(make_meeting())
    asked = [reverse("public:home"), reverse("public:remark-list")]
    before = answers(asked)
    rendered.clear()

    assert answers(asked, before=before) == before
    assert rendered == []

"""What lists offer: the districts and themes of the archive, in their order."""

from typing import Any

import pytest

from speeches.models import District, Theme
from speeches.offered import offered
from tests.factories import make_district, make_theme


@pytest.mark.django_db
def test_districts_and_themes_come_in_their_order_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    newer = make_district("230112", "阿城区")
    make_district("230102", "道里区")
    make_district("230181", "阿城市", successor=newer)
    top = make_theme("z", "乙", position=2)
    make_theme("y", "丙", position=2, parent=top)
    make_theme("x", "甲", position=1)

    with django_assert_num_queries(1):
        districts, themes = offered()

    fields = ("pk", "code", "name", "successor_id")
    assert districts == list(District.objects.in_order().values_list(*fields))
    assert themes == list(Theme.objects.in_order().values_list("pk", "slug", "name", "parent_id"))

"""Readdressing: who may give a theme or a district another address."""

import pytest

from speeches.models import OldAddress
from speeches.moderation.readdressing import keep_old_address
from speeches.moderation.refusals import Refused
from tests.factories import NOON, make_moderator, make_theme

pytestmark = pytest.mark.django_db


def test_a_moderator_changes_no_address() -> None:
    with pytest.raises(Refused):
        keep_old_address(make_theme(), word="old", by=make_moderator(), at=NOON)

    assert not OldAddress.objects.exists()

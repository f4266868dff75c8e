"""Readdressing: a theme or a district gets another word in its address; the old one leads on."""

import datetime as dt

from speeches.models import Act, District, OldAddress, Theme, User
from speeches.models.old_addresses import ADDRESS_FIELDS
from speeches.moderation import journal
from speeches.moderation.refusals import require


@journal.act
def keep_old_address(
    record: Theme | District, *, word: str, by: User | None, at: dt.datetime
) -> None:
    """Lead readers who come by `word`, given up just now, to the record's present address.

    A word that the record had before and has again is no old one any more.
    """
    kind = "theme" if isinstance(record, Theme) else "district"
    require(by, f"speeches.change_{kind}")
    present = getattr(record, ADDRESS_FIELDS[kind])
    record.old_addresses.filter(word=present).delete()
    OldAddress.objects.filter(word=word, **{f"{kind}__isnull": False}).delete()
    OldAddress.objects.create(word=word, **{kind: record})
    journal.write(Act.EDIT, record, by=by, at=at, old_address=word)

"""Reference data: districts and a starter set of themes. Never overwrites what is there."""

import datetime as dt
from typing import Any

from speeches.models import Act, CuePhrase, District, OldAddress, Theme
from speeches.moderation import journal
from speeches.moderation.watching import watch


@journal.act
def add_districts(rows: list[dict[str, Any]], *, at: dt.datetime) -> int:
    """Add the districts whose code is not kept yet; returns how many were added.

    A district whose code the newsroom has changed is kept as it is.
    Each row: code, name, kind, valid_from (ISO date or None).
    """
    there = set(District.objects.values_list("code", flat=True))
    there |= set(OldAddress.objects.present("district", [row["code"] for row in rows]))
    new = [
        District(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            valid_from=dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        )
        for row in rows
        if row["code"] not in there
    ]
    watch(District())
    for district in District.objects.bulk_create(new):
        journal.write(Act.CREATE, district, by=None, at=at)
    return len(new)


@journal.act
def add_themes(rows: list[dict[str, Any]], *, at: dt.datetime) -> int:
    """Add the themes that are not kept yet, with their cue phrases; returns how many.

    A theme whose slug or name the newsroom has changed is kept as it is. Each row: slug, name,
    parent (slug or None), cue_phrases; parents stand before children.
    """
    added = 0
    there = list(Theme.objects.all())
    kept = {theme.slug: theme for theme in there}
    renamed = OldAddress.objects.present("theme", [row["slug"] for row in rows])
    kept = {old: kept[slug] for old, slug in renamed.items()} | kept
    called = {theme.name: theme for theme in there}
    for place, row in enumerate(rows, start=1):
        known = kept.get(row["slug"]) or called.get(row["name"])
        if known is not None:
            kept[row["slug"]] = known
            continue
        watch(Theme())
        theme = Theme.objects.create(
            slug=row["slug"],
            name=row["name"],
            parent=kept[row["parent"]] if row["parent"] else None,
            position=place,
        )
        CuePhrase.objects.bulk_create(
            CuePhrase(theme=theme, phrase=phrase) for phrase in row["cue_phrases"]
        )
        journal.write(Act.CREATE, theme, by=None, at=at)
        kept[theme.slug] = theme
        added += 1
    return added

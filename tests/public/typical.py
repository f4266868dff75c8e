"""One address of every kind of public page, over texts as long as those of a newspaper."""

from collections.abc import Iterable

from speeches.models import (
    District,
    EditionSpeaker,
    Meeting,
    Phrase,
    RemarkEdition,
    Theme,
    Unit,
)
from speeches.moderation.intake import Issue, confirm, take_in
from speeches.moderation.naming import register_speakers, register_unit
from speeches.moderation.phrasing import keep_phrase
from speeches.moderation.theming import assign_themes
from tests.factories import NOON, adopt_one_review, make_district, make_theme, publish
from tests.public.many import publish_many

# Name -> address; the names in braces are keys of what `publish_typical` returns.
TYPICAL = {
    "home": "/",
    "meetings": "/meetings/",
    "meeting": "/meetings/{meeting}/",
    "meeting in full": "/meetings/{meeting}/?view=full",
    "remarks": "/remarks/",
    "remarks, filtered": "/remarks/?district={district}&theme={theme}",
    "remarks, searched": "/remarks/?q=协商",
    "remarks, none": "/remarks/?district={district}&year=1999",
    "search": "/search/",
    "search, found": "/search/?q=协商",
    "search, nothing": "/search/?q=没有这个词 也没有",
    "remark": "/remarks/{remark}/",
    "units": "/units/",
    "unit": "/units/{unit}/",
    "people": "/people/",
    "person": "/people/{person}/",
    "districts": "/districts/",
    "district": "/districts/{district}/",
    "themes": "/themes/",
    "theme": "/themes/{theme}/",
    "phrases": "/phrases/",
    "phrase": "/phrases/{phrase}/",
    "phrases compared": "/phrases/?p=协商&p=同心圆&p=高质量发展",
    "matrix": "/matrix/",
    "comparison": "/compare/?unit={unit}&theme={theme}",
    "archive": "/archive/",
    "archive of a year": "/archive/2024/",
    "archive of a month": "/archive/2024/05/",
    "reading settings": "/reading/",
}
MANY = 400


def publish_typical(pages: Iterable[str]) -> dict[str, object]:
    """Publish these newspaper pages by the ordinary acts, and many short remarks beside them.

    Returns what the addresses of TYPICAL need: the last page's meeting, its longest remark, and
    the unit, person, district and theme with the most remarks.
    """
    adopt_one_review()
    publish_many(MANY)
    district, theme = make_district(), make_theme("consultation", "协商议政")
    meeting = Meeting()
    for number, page in enumerate(pages):
        issue = Issue("示例日报", NOON.date(), "3")
        run, _new = take_in(page.encode(), name=f"page-{number}.txt", issue=issue, by=None, at=NOON)
        meeting = confirm(run, by=None, at=NOON)
        for remark in meeting.remarks.in_order():
            remark.district = district
            remark.save(update_fields=["district"])
            register_unit(remark, by=None, at=NOON)
            register_speakers(remark, by=None, at=NOON)
            assign_themes(remark, themes=[theme], by=None, at=NOON)
        publish(meeting, at=NOON)
    editions = RemarkEdition.objects.current()
    longest = max(editions.in_meeting(meeting), key=lambda edition: len(edition.text))
    return {
        "meeting": meeting.pk,
        "remark": longest.remark_id,
        "phrase": keep_phrase(Phrase(text="协商"), variants=[], by=None, at=NOON).pk,
        "unit": Unit.objects.get(name="第0委员会").pk,
        "person": EditionSpeaker.objects.filter(name_as_printed="委员0")[0].person_id,
        "district": District.objects.get(pk=district.pk).code,
        "theme": Theme.objects.get(pk=theme.pk).slug,
    }

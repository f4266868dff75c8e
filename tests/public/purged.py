"""A small newsroom, and what changes of it readers see at every address there is."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.http import urlencode

from speeches.models import District, Meeting, Person, Phrase, Picture, Purge, Remark, Theme, Unit
from speeches.moderation.editing import record_edit, resubmit
from speeches.moderation.phrasing import keep_phrase
from speeches.moderation.withdrawing import withdraw
from tests.factories import (
    NOON,
    make_district,
    make_meeting,
    make_moderator,
    make_remark,
    make_theme,
    make_unit,
    publish,
)
from tests.public.addresses import list_addresses, row_addresses
from tests.public.answers import Answer, answers

# What was at an address whose record was not there.
NOTHING_THERE = Answer(404, b"", "")
# Addresses of rows that some change makes or renames.
COMING = ("/districts/230199/", "/themes/renamed/", "/themes/coming/")


@dataclass
class Newsroom:
    """Rows by name; `big` and `small` are public meetings, `draft` is not."""

    meetings: dict[str, Meeting] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    phrases: dict[str, Phrase] = field(default_factory=dict)


def open_newsroom() -> Newsroom:
    """Publish six meetings of six years, with every kind of link."""
    room = Newsroom()
    newer = make_district("230112", "阿城区")
    room.districts = {
        "newer": newer,
        "older": make_district("230181", "阿城市", successor=newer),
        "other": make_district("230102", "道里区"),
        "unused": make_district("230109", "松北区"),
    }
    party = make_theme("party", "党的建设", position=1)
    room.themes = {
        "party": party,
        "team": make_theme("team", "队伍建设", parent=party, position=2),
        "ecology": make_theme("ecology", "生态环境", position=3),
        "unused": make_theme("unused", "其他主题", position=4),
        "spare": make_theme("spare", "备用主题"),
    }
    city = make_unit("市政协")
    room.units = {
        "city": city,
        "group": make_unit("阿城区政协党组", newer),
        "former": make_unit("阿城市政协", room.districts["older"]),
        "lonely": make_unit("道里区政协", room.districts["other"]),
        "host": make_unit("民盟市委"),
        "unused": make_unit("没有发言的单位", newer),
    }
    Unit.objects.filter(name="阿城区政协党组").update(parent=city)
    Unit.objects.filter(name="市政协").update(parent=room.units["host"])
    room.people = {name: Person.objects.create(name=name) for name in ("王一", "李二", "赵三")}
    _meetings(room)
    # In every remark, in the headings of two, in none.
    for text, variants in (("提出建议", []), ("戊", ["乙"]), ("同心圆", [])):
        phrase = keep_phrase(Phrase(text=text), variants=variants, by=None, at=NOON)
        room.phrases[text] = phrase
    return room


def _meetings(room: Newsroom) -> None:
    d, t, u, p = room.districts, room.themes, room.units, room.people
    big = make_meeting(
        title="协商民主在基层",
        host=u["host"],
        remarks=[
            _remark("甲", d["newer"], u["group"], [p["王一"]], [t["team"]], post="主席"),
            _remark("乙", d["newer"], u["group"], [p["王一"], p["李二"]], [t["ecology"]]),
            _remark("", d["older"], u["former"], ["无名氏"], []),
            _remark("丁", None, u["city"], [], [t["party"], t["ecology"]]),
        ],
    )
    small = make_meeting(
        title="",
        name="提案办理协商会",
        subtitle="",
        held_from=dt.date(2023, 3, 1),
        remarks=[
            _remark("戊", d["other"], u["lonely"], [p["王一"]], [t["team"]], post="副主席"),
            # Printed without a unit: pages show the name of the record.
            {**_remark("己", d["other"], u["group"], [p["李二"]], []), "unit": ""},
            _remark("撤", d["other"], u["host"], [p["赵三"]], [t["unused"], t["team"]]),
            _remark("庚", d["newer"], None, [], [t["ecology"]]),
        ],
    )
    for number, meeting in enumerate((big, small)):
        for place in (1, 2):
            name = f"press-{number}-{place}.png"
            if place == 1 and not default_storage.exists(name):
                default_storage.save(name, ContentFile(b"picture"))
            image = name if place == 1 else ""
            Picture.objects.create(meeting=meeting, position=place, image=image, caption="会场")
        record_edit(meeting, by=None, at=NOON, changed=["pictures"])
    room.meetings = {"big": publish(big), "small": publish(small)}
    for year in range(2018, 2022):
        old = make_meeting(
            title=f"{year}年会议",
            held_from=dt.date(year, 1, 1),
            host=u["city"] if year == 2018 else None,
            remarks=[_remark(f"{year}年发言", d["older"], u["former"], [], [t["party"]])],
        )
        room.meetings[str(year)] = publish(old)
    make_remark(room.meetings["big"], **_remark("待审", d["other"], u["lonely"], [], []))
    room.meetings["draft"] = make_meeting(
        title="还没有发布",
        held_from=dt.date(2024, 6, 6),
        remarks=[_remark("新", d["other"], u["unused"], [p["赵三"]], [t["unused"]])],
    )
    taken = Remark.objects.get(heading="撤")
    withdraw(taken, by=make_moderator(), at=NOON, reason="有误")
    resubmit(Remark.objects.get(heading="撤"), by=None, at=NOON)
    room.remarks = {remark.heading or "丙": remark for remark in Remark.objects.all()}


def _remark(
    heading: str,
    district: District | None,
    unit: Unit | None,
    speakers: list[Person | str],
    themes: list[Theme],
    **fields: str,
) -> dict[str, Any]:
    return {
        "heading": heading,
        "district": district,
        "unit": unit.name if unit else "外地代表",
        "unit_link": unit,
        "speakers": speakers,
        "themes": themes,
        "paragraphs": ["说明情况。" * 40, "提出建议。"],
        **fields,
    }


def addresses() -> list[str]:
    """Return every public address with every query that names a row."""
    pictures = [
        reverse("public:meeting-picture", args=[meeting, number])
        for meeting in Meeting.objects.values_list("pk", flat=True)
        for number in (1, 2)
    ]
    remarks, units, meetings, matrix = (
        reverse(f"public:{name}") for name in ("remark-list", "unit-list", "meeting-list", "matrix")
    )
    compare = reverse("public:comparison")
    together = urlencode(
        [("unit", pk) for pk in Unit.objects.order_by("pk").values_list("pk", flat=True)[:4]]
    )
    slugs = list(Theme.objects.values_list("slug", flat=True))
    codes = list(District.objects.values_list("code", flat=True))
    asked: list[tuple[str, Any]] = [
        *(("district", code) for code in codes),
        *(("theme", slug) for slug in slugs),
        *(("unit", pk) for pk in Unit.objects.values_list("pk", flat=True)),
        *(("person", pk) for pk in Person.objects.values_list("pk", flat=True)),
        *(("meeting", pk) for pk in Meeting.objects.values_list("pk", flat=True)),
        ("year", 2024),
        *(("q", words) for words in ("提出建议", "另提建议", "说明情况")),
    ]
    return [
        # The list of phrases is kept by nobody.
        *(one for one in list_addresses() if one != reverse("public:phrase-list")),
        *row_addresses(),
        *COMING,
        *pictures,
        *(f"{path}?view=full" for path in row_addresses() if path.startswith(meetings)),
        *(f"{remarks}?{urlencode([pair])}" for pair in asked),
        *(f"{units}?district={code}" for code in codes),
        *(f"{meetings}?year={year}" for year in (2018, 2024)),
        *(f"{compare}?theme={slug}" for slug in slugs),
        *(f"{compare}?{together}{more}" for more in ("", "&theme=team", "&theme=ecology")),
        *(f"{matrix}?{query}" for query in ("all=1", "year=2019", "year=2024&all=1")),
    ]


def answers_since(before: dict[str, Answer], asked: Iterable[str]) -> dict[str, Answer]:
    """Ask again, after a change, for these addresses.

    Pages are compared by path: of one that answers otherwise under another tag, no further query
    is asked for.
    """
    found: dict[str, Answer] = {}
    told = set()
    for one in sorted(asked, key=lambda one: ("?" in one, one)):
        if path_of(one) not in told:
            found |= answers([one], before=before)
            was, now = before.get(one, NOTHING_THERE), found[one]
            if (was.status, was.body) != (now.status, now.body) and was.tag != now.tag:
                told.add(path_of(one))
    return found


def path_of(address: str) -> str:
    """Return an address without its query."""
    return address.partition("?")[0]


@dataclass(frozen=True)
class Difference:
    """What happened to the pages: which changed, which were purged, which have another tag."""

    changed: set[str]
    purged: set[str]
    tagged: set[str]

    def wrong(self, shown: set[str]) -> dict[str, set[str]]:
        """Return what should not be, by what it is; `shown` are pages there before and after."""
        return {
            name: paths
            for name, paths in {
                "purged and the same": self.purged - self.changed,
                "changed and not purged": self.changed - self.purged,
                "another tag and the same": self.tagged - self.changed,
                "changed under the same tag": (self.changed & shown) - self.tagged,
            }.items()
            if paths
        }


def difference(before: dict[str, Answer], after: dict[str, Answer], *, since: int) -> Difference:
    """Compare answers to the same addresses; `since` is the last purge queued before."""

    def paths(differ: Callable[[Answer, Answer], bool]) -> set[str]:
        return {path_of(one) for one in after if differ(before.get(one, NOTHING_THERE), after[one])}

    return Difference(
        changed=paths(lambda was, now: (was.status, was.body) != (now.status, now.body)),
        purged=set(Purge.objects.filter(pk__gt=since).values_list("path", flat=True)),
        tagged=paths(lambda was, now: bool(was.tag and now.tag) and was.tag != now.tag),
    )


def shown_in_both(before: dict[str, Answer], after: dict[str, Answer]) -> set[str]:
    """Return the paths that show a page before and after, whatever the query."""
    return {one for one in before if "?" not in one and before[one].tag and after[one].tag}


def last_purge() -> int:
    """Return the number of the purge that was queued last, 0 for none."""
    return Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

"""Public texts in the words of schema.org (JSON-LD), for search engines and whoever quotes.

Names are those that were printed; a link stands beside a name only where it is identified.
docs/quoting.md lists the properties and why they are there.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from speeches.records.corrections import CorrectedPlace, Correction
from speeches.records.links import Absolute, Link
from speeches.records.meetings import MeetingPage, MeetingRow, Source, written_by
from speeches.records.remarks import RemarkBeginning, RemarkPage
from speeches.text.markup import plain_text

CONTEXT = "https://schema.org"
LANGUAGE = "zh-Hans"

Data = dict[str, Any]


def news_article(
    meeting: MeetingPage, remarks: Sequence[RemarkBeginning], *, publisher: Link, absolute: Absolute
) -> Data:
    """Return a meeting's page as a NewsArticle that has its remarks as parts.

    `publisher` is this site. Whoever wrote the page is its author, else the newspaper, else the
    publisher.
    """
    url = absolute(meeting["url"])
    source = meeting["source"]
    newspaper = _organisation(Link(source["newspaper"], ""), absolute)
    authors = [_person(Link(name, ""), absolute) for name in written_by(meeting)]
    changes = [meeting["published_at"], *(remark["published_at"] for remark in remarks)]
    return _without_empty(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "inLanguage": LANGUAGE,
            "headline": meeting["label"],
            "alternativeHeadline": [
                line for line in (meeting["kicker"], meeting["subtitle"]) if line
            ],
            "description": "".join(meeting["introduction"][:1]),
            "datePublished": meeting["first_published_at"].isoformat(),
            "dateModified": max(changes).isoformat(),
            "author": authors or [newspaper or _organisation(publisher, absolute)],
            "publisher": _organisation(publisher, absolute),
            "image": [
                absolute(picture["url"]) for picture in meeting["pictures"] if picture["url"]
            ],
            "about": _event(meeting, absolute),
            "isPartOf": _issue(source, newspaper),
            "correction": _comments(meeting["corrections"]),
            "printPage": source["page_number"],
            "hasPart": [
                {"@type": "Quotation", "@id": absolute(r["url"]), "name": r["label"]}
                for r in remarks
            ],
        }
    )


def quotation(remark: RemarkPage, *, publisher: Link, absolute: Absolute) -> Data:
    """Return a remark as a Quotation; its creator is who spoke, as printed.

    Without any speaker the unit spoke; where the page printed neither there is no creator.
    """
    url = absolute(remark["url"])
    creators = _speakers(remark, absolute)
    return _without_empty(
        {
            "@context": CONTEXT,
            "@type": "Quotation",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "inLanguage": LANGUAGE,
            "name": remark["label"],
            "text": plain_text(remark["paragraphs"]),
            "abstract": remark["excerpt"],
            "creator": creators,
            "spokenByCharacter": creators,
            "dateCreated": remark["date"].isoformat(),
            "datePublished": remark["first_published_at"].isoformat(),
            "dateModified": remark["published_at"].isoformat(),
            "publisher": _organisation(publisher, absolute),
            "about": [_thing("Thing", theme, absolute) for theme in remark["themes"]],
            "contentLocation": remark["district"]
            and _thing("AdministrativeArea", remark["district"], absolute),
            "isPartOf": _article_of(remark["meeting"], absolute),
            "correction": _comments(remark["corrections"]),
        }
    )


def breadcrumbs(way: Iterable[Link], *, absolute: Absolute) -> Data:
    """Return the way from the front page to a page, that page last, as a BreadcrumbList."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": link.name, "item": absolute(link.url)}
            for place, link in enumerate(way, start=1)
        ],
    }


def _speakers(remark: RemarkPage, absolute: Absolute) -> list[Data]:
    unit = Link(remark["unit"], remark["unit_link"].url if remark["unit_link"] else "")
    organisation = _organisation(unit, absolute)
    if not remark["speaker_links"]:
        return [organisation] if organisation else []
    # The post is that of the one who speaks; of several nobody can tell whose it is.
    post = remark["post"] if len(remark["speaker_links"]) == 1 else ""
    return [
        _without_empty({**_person(one, absolute), "jobTitle": post, "affiliation": organisation})
        for one in remark["speaker_links"]
    ]


def _comments(corrections: Sequence[Correction]) -> list[Data]:
    """Return the notes that readers are shown, each as one text."""
    return [
        {
            "@type": "CorrectionComment",
            "datePublished": correction["at"].isoformat(),
            "text": "；".join(_told(place) for place in correction["places"]),
        }
        for correction in corrections
    ]


def _told(place: CorrectedPlace) -> str:
    said = [place["note"]] if place["note"] else []
    for passage in place["passages"]:
        old, new = ("".join(piece["text"] for piece in passage[side]) for side in ("old", "new"))
        if old and new:
            said.append(_("原为“%(old)s”，改为“%(new)s”") % {"old": old, "new": new})
        elif old:
            said.append(_("删去“%(old)s”") % {"old": old})
        elif place["kind"] != "moved":
            # Of a paragraph that was moved the note says where it comes from.
            said.append(_("增加“%(new)s”") % {"new": new})
    return f"{place['where']}：{'，'.join(said)}"


def _article_of(meeting: MeetingRow, absolute: Absolute) -> Data:
    url = absolute(meeting["url"])
    return {"@type": "NewsArticle", "@id": url, "url": url, "headline": meeting["label"]}


def _event(meeting: MeetingPage, absolute: Absolute) -> Data:
    if not meeting["name"] or meeting["held_from"] is None:
        return {}
    return _without_empty(
        {
            "@type": "Event",
            "name": meeting["name"],
            "startDate": meeting["held_from"].isoformat(),
            "endDate": meeting["held_to"].isoformat() if meeting["held_to"] else "",
            "location": {"@type": "Place", "name": meeting["place"]} if meeting["place"] else {},
            "organizer": _organisation(meeting["host"], absolute),
        }
    )


def _issue(source: Source, newspaper: Data) -> Data:
    if not newspaper and source["issue_date"] is None:
        return {}
    day = source["issue_date"]
    paper = {**newspaper, "@type": "Newspaper"} if newspaper else {}
    issue = {"@type": "PublicationIssue", "datePublished": day.isoformat() if day else ""}
    return _without_empty({**issue, "isPartOf": paper})


def _person(link: Link, absolute: Absolute) -> Data:
    return _thing("Person", link, absolute)


def _organisation(link: Link | None, absolute: Absolute) -> Data:
    return _thing("Organization", link, absolute) if link and link.name else {}


def _thing(kind: str, link: Link, absolute: Absolute) -> Data:
    return {"@type": kind, "name": link.name} | ({"url": absolute(link.url)} if link.url else {})


def _without_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}

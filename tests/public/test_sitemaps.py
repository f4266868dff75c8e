"""Sitemaps: exactly what is public, whatever was published, corrected and withdrawn."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from speeches.models import District, Meeting, Person, Remark, Theme
from speeches.public import sitemaps
from tests.factories import make_district, make_meeting, make_remark, make_theme, make_unit, publish
from tests.feeds.changing import after, correct, take_back
from tests.public.addresses import row_addresses
from tests.public.many import publish_many
from tests.savepoints import savepoint

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def located(client: Client, address: str) -> dict[str, str | None]:
    """Return the addresses of one file, each with its day of change."""
    page = client.get(address)
    assert page.status_code == 200
    assert page["Content-Type"] == "application/xml"
    root = etree.fromstring(page.content)
    return {
        one.findtext("s:loc", namespaces=NAMES): one.findtext("s:lastmod", namespaces=NAMES)
        for one in root
    }


def mapped(client: Client) -> dict[str, str | None]:
    """Return the paths of all files that the index names."""
    found: dict[str, str | None] = {}
    for file in located(client, "/sitemap.xml"):
        part = located(client, file)
        assert not set(part) & set(found)
        found |= part
    assert all(address.startswith("http://testserver/") for address in found)
    return {address.removeprefix("http://testserver"): day for address, day in found.items()}


# A meeting as what happens to each of its remarks, and whether it is withdrawn afterwards.
FATES = ("public", "draft", "corrected", "withdrawn")
MEETINGS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(FATES), st.integers(0, 2)), max_size=3),
        st.sampled_from(["public", "draft", "withdrawn"]),
    ),
    max_size=3,
)


def happen(meetings: list[tuple[list[tuple[str, int]], str]]) -> set[str]:
    """Bring these meetings about; returns the paths that have something public to show."""
    districts = [make_district("230112", "阿城区"), make_district("230102", "道里区")]
    former = make_district("230181", "阿城市", successor=districts[0])
    places = [*districts, former]
    parent = make_theme("parent", "上级")
    themes = [parent, make_theme("child", "下级", parent=parent), make_theme("other", "其他")]
    shown: set[str] = set()
    for remarks, fate in meetings:
        meeting = make_meeting(remarks=[])
        if fate != "draft":
            publish(meeting)
        # Drafts last: the approval of a page takes everything that waits.
        for kind, links in sorted(remarks, key=lambda remark: remark[0] == "draft"):
            one = _remark(meeting, kind, links, places, themes, drafts=fate == "draft")
            if kind in ("public", "corrected") and fate == "public":
                shown |= {f"/remarks/{one.pk}/", f"/units/{one.unit_id}/"}
                shown |= {f"/people/{s.person_id}/" for s in one.speakers.all()}
                district = one.district
                assert district is not None
                shown |= {f"/districts/{d.code}/" for d in (district, district.successor) if d}
                assigned = themes[links]
                shown |= {f"/themes/{t.slug}/" for t in (assigned, assigned.parent) if t}
        if fate == "withdrawn":
            take_back(Meeting.objects.get(pk=meeting.pk), at=after(2))
        elif fate == "public":
            shown |= {f"/meetings/{meeting.pk}/", "/archive/2024/", "/archive/2024/05/"}
    return shown


def _remark(
    meeting: Meeting,
    kind: str,
    links: int,
    places: list[District],
    themes: list[Theme],
    *,
    drafts: bool,
) -> Remark:
    remark = make_remark(
        meeting,
        district=places[links],
        themes=[themes[links]],
        unit_link=make_unit(f"单位{links}"),
        speakers=[Person.objects.get_or_create(name=f"委员{links}")[0]],
    )
    if kind != "draft" and not drafts:
        publish(meeting)
        if kind == "corrected":
            correct(Remark.objects.get(pk=remark.pk), "更正", at=after(1))
        elif kind == "withdrawn":
            take_back(Remark.objects.get(pk=remark.pk), at=after(1))
    return Remark.objects.get(pk=remark.pk)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(meetings=MEETINGS)
def test_sitemaps_name_exactly_what_is_public(
    meetings: list[tuple[list[tuple[str, int]], str]],
) -> None:
    fixed = {reverse(f"public:{name}") for name in sitemaps.PAGES}
    client = Client()
    with savepoint():
        shown = happen(meetings)

        found = set(mapped(client))
        # A choice made in a form is no page of its own.
        pages = [path for path in row_addresses() if "?" not in path]
        living = {path for path in pages if client.get(path).status_code == 200}
        transaction.set_rollback(True)

    assert found == shown | fixed
    # Districts and themes have a page even while they have nothing to show.
    always = ("/districts/", "/themes/")
    assert {path for path in living if not path.startswith(always)} == {
        path for path in shown if not path.startswith(always)
    }


def test_a_text_tells_when_it_last_changed(client: Client) -> None:
    meeting = publish(make_meeting(remarks=[{}, {}]))
    first, second = meeting.remarks.in_order()
    correct(first, "更正", at=after(1))
    take_back(Remark.objects.get(pk=second.pk), at=after(2))

    days = mapped(client)

    assert days[f"/remarks/{first.pk}/"] == "2024-06-02"
    assert days[f"/meetings/{meeting.pk}/"] == "2024-06-03"
    files = located(client, "/sitemap.xml")
    assert files["http://testserver/sitemap-remarks.xml"] == "2024-06-02T12:00:00+08:00"


def test_many_addresses_fill_several_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps.Remarks, "limit", 20)
    publish_many(45)

    files = [file for file in located(client, "/sitemap.xml") if "remarks" in file]

    assert files == [f"http://testserver/sitemap-remarks.xml{p}" for p in ("", "?p=2", "?p=3")]
    assert [len(located(client, file)) for file in files] == [20, 20, 5]


def test_sitemaps_ask_no_more_of_a_thousand_remarks_than_of_ten(client: Client) -> None:
    addresses = ["/sitemap.xml", *(f"/sitemap-{section}.xml" for section in sitemaps.SECTIONS)]

    def counted() -> list[int]:
        numbers = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            numbers.append(len(queries))
        return numbers

    publish_many(10)
    with_ten = counted()
    publish_many(990)

    assert counted() == with_ten


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-remarks.xml", "/robots.txt"])
def test_machines_are_answered_like_readers(client: Client, address: str) -> None:
    publish(make_meeting())

    page, head = client.get(address), client.head(address)

    assert not page.cookies
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(page.content))
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405


@pytest.mark.parametrize("address", ["/sitemap-nothing.xml", "/sitemap-remarks.xml?p=2"])
def test_there_is_no_other_file(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_robots_are_told_of_the_sitemap_and_kept_out_of_the_filters(client: Client) -> None:
    page = client.get("/robots.txt")

    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert page.content.decode() == (
        "User-agent: *\n"
        "Disallow: /admin/\n"
        "Disallow: /account/\n"
        "Disallow: /contribute/\n"
        "Disallow: /*?*&*&\n"
        "\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )

"""Queries: as many with a thousand remarks as with ten, and never more than eleven."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from speeches.models import MeetingEdition, Person, Phrase, RemarkEdition, Unit
from speeches.moderation.phrasing import count_anew, keep_phrase
from speeches.search.rebuilding import repair
from tests.factories import NOON
from tests.public.addresses import list_addresses
from tests.public.many import publish_many

# One of them asks for the page's stamp.
MOST = 12

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    """Every kind of page, with and without filters, on rows that are there with ten remarks."""
    first = RemarkEdition.objects.earliest("pk")
    meeting = MeetingEdition.objects.earliest("pk")
    unit, person = Unit.objects.earliest("pk"), Person.objects.earliest("pk")
    remarks = reverse("public:remark-list")
    everything = (
        f"district=230112&district=230102&theme=proposals&year=2024"
        f"&unit={unit.pk}&person={person.pk}&meeting={meeting.meeting_id}"
    )
    other = Unit.objects.order_by("pk")[1]
    compared = f"{reverse('public:comparison')}?unit={unit.pk}&unit={other.pk}"
    day = meeting.date
    return [
        *list_addresses(),
        f"{reverse('public:matrix')}?year=2024",
        f"{reverse('public:matrix')}?year=2024&all=1",
        compared,
        f"{compared}&theme=proposals",
        f"{compared}&meeting={meeting.meeting_id}",
        f"{reverse('public:comparison')}?unit=999&theme=nothing",
        reverse("public:archive-year", args=[day.year]),
        reverse("public:archive-month", args=[day.year, day.month]),
        f"{remarks}?sort=oldest",
        f"{remarks}?sort=unit",
        f"{remarks}?district=230102&unit={unit.pk}&year=2024&theme=proposals",
        f"{reverse('public:meeting-list')}?year=2024",
        f"{reverse('public:unit-list')}?district=230112",
        f"{remarks}?{everything}",
        f"{remarks}?district=230112&theme=consultation",
        f"{remarks}?unit={unit.pk}&year=2024",
        f"{remarks}?unit=999&year=abc",
        first.get_absolute_url(),
        meeting.get_absolute_url(),
        unit.get_absolute_url(),
        person.get_absolute_url(),
        "/districts/230112/",
        "/themes/consultation/",
        "/remarks/999999/",
    ]


def counted(client: Client, addresses: list[str]) -> dict[str, int]:
    numbers = {}
    for address in addresses:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        numbers[address] = len(queries)
    return numbers


def test_pages_ask_no_more_of_a_thousand_remarks_than_of_ten(client: Client) -> None:
    publish_many(10)
    addresses = pages()
    with_ten = counted(client, addresses)
    publish_many(990)

    with_a_thousand = counted(client, addresses)

    assert with_a_thousand == with_ten
    assert {page: number for page, number in with_ten.items() if number > MOST} == {}


def test_later_pages_of_a_list_ask_as_much_as_the_first(client: Client) -> None:
    publish_many(100)

    numbers = counted(client, ["/remarks/", "/remarks/?page=2", "/remarks/?page=5"])

    assert len(set(numbers.values())) == 1


def test_phrase_pages_ask_no_more_of_many_remarks_than_of_few(client: Client) -> None:
    phrase = keep_phrase(Phrase(text="正文"), variants=["发言"], by=None, at=NOON)
    addresses = [
        "/phrases/",
        phrase.get_absolute_url(),
        f"{phrase.get_absolute_url()}?sort=left",
        "/phrases/?p=文",
        "/phrases/?p=正文&p=言",
        "/phrases/concordance.csv?p=正文",
        "/phrases/months.csv?p=正文&p=言",
    ]
    publish_many(20)
    repair()
    count_anew(at=NOON)
    few = counted(client, addresses)
    publish_many(180)
    repair()
    count_anew(at=NOON)

    many = counted(client, addresses)

    assert many == few
    if connection.vendor == "sqlite":
        # On PostgreSQL asking the index is several statements.
        assert {page: number for page, number in few.items() if number > MOST} == {}

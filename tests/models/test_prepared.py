"""Prepared queries give what the queries themselves give, however often and in whatever number."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from speeches.models import EditionTheme, PageStamp, RemarkEdition
from speeches.models.prepared import LENGTHS, Prepared
from tests.factories import make_district, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db


def published(count: int) -> list[int]:
    """Publish so many remarks, the first with and the others without unit and district."""
    linked = {"unit_link": make_unit(), "district": make_district(), "themes": [make_theme()]}
    publish(make_meeting(remarks=[linked, *[{} for _number in range(count - 1)]]))
    return list(RemarkEdition.objects.order_by("pk").values_list("pk", flat=True))


def contents(row: Any) -> Any:
    """Return everything that was loaded with a row, related rows included."""
    if row is None:
        return None
    related = {name: contents(one) for name, one in row._state.fields_cache.items()}
    own = {name: value for name, value in row.__dict__.items() if name != "_state"}
    return type(row), own, related, row._state.adding, row._state.db


def listed(*ids: Any) -> Any:
    return RemarkEdition.objects.filter(pk__in=ids).for_lists().in_order()


def test_instances_are_those_of_the_query_with_all_that_it_loads() -> None:
    ids = published(3)

    rows = Prepared(RemarkEdition, listed)(*ids)

    assert [contents(row) for row in rows] == [contents(row) for row in listed(*ids)]
    assert rows[0].unit is not None
    assert rows[1].unit is None
    assert rows[0].get_deferred_fields() == listed(*ids)[0].get_deferred_fields()


def test_annotations_related_rows_and_several_values_are_there() -> None:
    (first, *_rest) = published(2)
    theme = EditionTheme.objects.get().theme

    def about(edition: Any, slug: Any) -> Any:
        return (
            EditionTheme.objects.filter(edition__pk=edition, theme__slug=slug)
            .select_related("theme", "edition__meeting_edition")
            .annotate(word=F("theme__slug"), one=Value(1))
        )

    links = Prepared(EditionTheme, about)
    (link,) = links(first, theme.slug)

    assert contents(link) == contents(about(first, theme.slug).get())
    assert (link.word, link.one) == (theme.slug, 1)  # type: ignore[attr-defined]
    assert links(first, "another") == links(-1, theme.slug) == []


def test_a_query_is_made_once_and_run_with_other_values() -> None:
    one, other = published(2)
    made = []

    def query(pk: Any) -> Any:
        made.append(pk)
        return RemarkEdition.objects.filter(pk=pk)

    rows = Prepared(RemarkEdition, query)

    assert [rows(one)[0].pk, rows(other)[0].pk, rows(one)[0].pk] == [one, other, one]
    assert len(made) == 1


def test_a_value_is_never_part_of_the_sql() -> None:
    PageStamp.objects.create(path="/a/'", stamp="here")
    stamps = Prepared(PageStamp, lambda path: PageStamp.objects.filter(path=path))

    assert [one.stamp for one in stamps("/a/'")] == ["here"]
    assert stamps("/a/' OR 1=1 --") == []


@pytest.mark.parametrize("number", [0, 1, 2, 8, 9, 49, 50, 51, 120, 220])
def test_lists_of_any_length_are_found_whole_in_queries_of_a_few_lengths(number: int) -> None:
    paths = [f"/{place}/" for place in range(number)]
    PageStamp.objects.bulk_create([PageStamp(path=path) for path in [*paths, "/other/"]])
    lengths = set()

    def any_of(*values: Any) -> Any:
        lengths.add(len(values))
        return PageStamp.objects.filter(path__in=values)

    with CaptureQueriesContext(connection) as queries:
        found = Prepared(PageStamp, any_of).among(paths)

    assert sorted(one.path for one in found) == sorted(paths)
    assert len(queries) == -(-number // LENGTHS[-1])
    assert lengths <= set(LENGTHS)


@pytest.fixture
def _only_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no statement between two questions")


def asked(rows: Any, *values: Any) -> tuple[list[str], str]:
    """Return the paths that were found, and the statement as the database got it."""
    with CaptureQueriesContext(connection) as queries:
        found = [one.path for one in rows(*values)]
    return found, queries[0]["sql"]


@pytest.mark.usefixtures("_only_postgresql")
def test_postgresql_keeps_the_statement_for_as_long_as_the_connection() -> None:
    PageStamp.objects.create(path="/a/'", stamp="here")
    stamps = Prepared(PageStamp, lambda path: PageStamp.objects.filter(path=path, stamp="here"))

    first, other = asked(stamps, "/a/'"), asked(stamps, "/b/")

    assert (first[0], other[0]) == (["/a/'"], [])
    assert first[1].startswith("EXECUTE zhaibian_")
    assert "SELECT" not in other[1]


@pytest.mark.usefixtures("_only_postgresql")
def test_a_statement_outlives_the_transaction_that_prepared_it() -> None:
    stamps = Prepared(PageStamp, lambda path: PageStamp.objects.filter(path=path))
    with pytest.raises(IntegrityError), transaction.atomic():
        stamps("/a/")
        PageStamp.objects.bulk_create([PageStamp(path="/a/"), PageStamp(path="/a/")])

    assert stamps("/a/") == []


@pytest.mark.usefixtures("_only_postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_anew() -> None:
    stamps = Prepared(PageStamp, lambda path: PageStamp.objects.filter(path=path))
    assert stamps("/a/") == []

    connection.close()

    assert stamps("/a/") == []


@pytest.mark.usefixtures("_only_postgresql")
def test_behind_a_pool_of_connections_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    PageStamp.objects.create(path="/a/", stamp="here")
    stamps = Prepared(PageStamp, lambda path: PageStamp.objects.filter(path=path))

    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    found, statement = asked(stamps, "/a/")
    assert found == ["/a/"]
    assert "EXECUTE" not in statement


def test_what_was_loaded_can_be_saved_and_read_further() -> None:
    (pk, *_rest) = published(1)

    (row,) = Prepared(RemarkEdition, listed)(pk)
    row.position = 7
    row.save(update_fields=["position"])

    assert row.text == RemarkEdition.objects.get().text
    assert RemarkEdition.objects.get().position == 7

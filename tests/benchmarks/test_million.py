"""At a million editions on PostgreSQL no page reads them all: the plans of what pages ask."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import million
from speeches.models import triggers

pytestmark = [
    pytest.mark.scale,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql",
        reason="Plans are PostgreSQL's: make test-scale runs it there",
    ),
]

# Tables with a row or more for every edition, and that of meetings, with one for fifty.
LARGE = {
    "speeches_remarkedition",
    "speeches_meetingedition",
    "speeches_editiontheme",
    "speeches_editionspeaker",
    "speeches_remark",
    "speeches_searchtokens",
}
MIDDLE = million.REMARKS // 2
PAGES = {
    "home": "/",
    "latest list": "/remarks/",
    "filtered list": "/remarks/?district=990005&theme=theme-9",
    "page 500": "/remarks/?page=500",
    "remark": f"/remarks/{MIDDLE}/",
    "meeting": f"/meetings/{MIDDLE // million.A_MEETING}/",
    "unit": "/units/7/",
    "person": "/people/7/",
    "theme": "/themes/theme-9/",
    "district": "/districts/990005/",
    "feed": "/feeds/remarks.atom",
    "search, 1 in 100": "/remarks/?" + urlencode({"q": "榫卯"}),
    "search, 1 in 20,000": "/remarks/?" + urlencode({"q": "鹦鹉"}),
}


@dataclass(frozen=True)
class Asked:
    """A query of a page, how long it took in milliseconds, and what of its plan is wrong."""

    sql: str
    milliseconds: float
    read_whole: tuple[str, ...]
    nodes: tuple[str, ...]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every node of a plan in the form of EXPLAIN (FORMAT JSON)."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def explained(sql: str, milliseconds: float) -> Asked:
    """Have PostgreSQL say how it would answer, under the settings that the query brings along."""
    settings, _semicolon, query = sql.rpartition("; ") if sql.startswith("SET ") else ("", "", sql)
    with transaction.atomic(), connection.cursor() as cursor:
        if settings:
            cursor.execute(settings)
        if query.startswith("EXECUTE "):
            # As it is planned from the sixth time on, whatever its values.
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            name = re.split(r"[ (]", query)[1]
            cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name = %s", [name])
            (sql,) = cursor.fetchone()
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
        (found,) = cursor.fetchone()
    plan = list(nodes((found if isinstance(found, list) else json.loads(found))[0]["Plan"]))
    whole = [node["Relation Name"] for node in plan if node["Node Type"] == "Seq Scan"]
    words = [
        f"{node['Node Type']} {node.get('Index Name') or node.get('Relation Name')}"
        for node in plan
        if "Relation Name" in node or "Index Name" in node
    ]
    return Asked(
        sql, milliseconds, tuple(one for one in whole if one in LARGE), tuple(dict.fromkeys(words))
    )


def asked_by(path: str) -> tuple[float, list[Asked]]:
    """Return how long a page takes, in milliseconds, the second time, and its queries."""
    client = Client()
    client.get(path)
    begun = time.perf_counter()
    response = client.get(path)
    took = 1000 * (time.perf_counter() - begun)
    assert response.status_code == 200, path
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return took, [
        explained(query["sql"], 1000 * float(query["time"]))
        for query in captured.captured_queries
        if re.search(r"\b(SELECT|EXECUTE)\b", query["sql"])
    ]


@pytest.fixture
def _a_million() -> Iterator[None]:
    triggers.remove(connection)
    try:
        million.fill()
        yield
    finally:
        triggers.install(connection)


@pytest.mark.usefixtures("_a_million")
def test_no_page_reads_all_editions_of_a_million(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for name, path in PAGES.items():
        took, queries = asked_by(path)
        assert any(
            "remarkedition" in asked.sql or "meetingedition" in asked.sql for asked in queries
        ), name
        slowest = max(queries, key=lambda asked: asked.milliseconds)
        with capsys.disabled():
            print(f"\n{name}: {took:,.0f} ms, {len(queries)} queries")
            for asked in queries:
                if asked is slowest or asked.milliseconds >= 10 or asked.read_whole:
                    print(f"  {asked.milliseconds:,.0f} ms: {'; '.join(asked.nodes)}")
        wrong += [
            (name, asked.read_whole, asked.sql[:2000]) for asked in queries if asked.read_whole
        ]

    assert wrong == []

"""Citations in the form of GB/T 7714-2015, with every part that can be missing."""

import datetime as dt
from dataclasses import replace

import pytest

from speeches.text.citing import Work, cite_in_print, cite_online

FULL = Work(
    authors=("王一",),
    title="把好事办实 把实事办好",
    newspaper="示例日报",
    issue_date=dt.date(2024, 5, 24),
    page_number="3",
    published=dt.date(2024, 6, 1),
    url="https://example.org/remarks/7/",
)


def test_a_newspaper_article_is_cited_from_its_page() -> None:
    assert cite_in_print(FULL) == "王一. 把好事办实 把实事办好[N]. 示例日报, 2024-05-24(3)."


def test_the_same_article_online_keeps_a_place_for_the_readers_day() -> None:
    assert cite_online(FULL) == (
        "王一. 把好事办实 把实事办好[N/OL]. 示例日报, 2024-05-24(3)[引用日期]. "
        "https://example.org/remarks/7/"
    )


def test_a_page_number_that_is_not_known_is_left_out() -> None:
    work = replace(FULL, page_number="")

    assert cite_in_print(work) == "王一. 把好事办实 把实事办好[N]. 示例日报, 2024-05-24."
    assert "示例日报, 2024-05-24[引用日期]. " in cite_online(work)


@pytest.mark.parametrize("missing", [{"newspaper": ""}, {"issue_date": None}])
def test_without_newspaper_or_day_only_the_site_is_cited(missing: dict[str, object]) -> None:
    work = replace(FULL, **missing)  # type: ignore[arg-type]

    assert cite_in_print(work) == ""
    assert cite_online(work) == (
        "王一. 把好事办实 把实事办好[EB/OL]. (2024-06-01)[引用日期]. https://example.org/remarks/7/"
    )


@pytest.mark.parametrize(
    ("authors", "opening"),
    [
        ((), "把好事办实 把实事办好[N]"),
        (("王一", "李二", "张三"), "王一, 李二, 张三. 把"),
        (("王一", "李二", "张三", "赵四"), "王一, 李二, 张三, 等. 把"),
        (("阿城区政协党组",), "阿城区政协党组. 把"),
    ],
)
def test_three_authors_are_named_and_nobody_is_made_up(
    authors: tuple[str, ...], opening: str
) -> None:
    assert cite_in_print(replace(FULL, authors=authors)).startswith(opening)

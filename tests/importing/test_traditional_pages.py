"""A page in traditional characters is read as its simplified twin, and stays as printed."""

from typing import Any

import pytest

from speeches.importing import import_page, report_of
from speeches.importing.reading import read_source
from tests.importing.damage import damage, summary
from tests.importing.made_up import make_page
from tests.importing.traditional import traditional


def _twin(value: Any) -> Any:
    """A report's values in traditional characters."""
    if isinstance(value, str):
        return traditional(value)
    if isinstance(value, dict):
        return {key: _twin(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_twin(one) for one in value)
    return value


@pytest.mark.parametrize("heavy", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_the_traditional_twin_of_a_page_has_the_same_structure(seed: int, heavy: bool) -> None:
    data = damage(make_page(seed), seed, heavy=heavy).data
    text = read_source(data, "page.txt", None).text
    simplified = report_of(import_page(text.encode(), name="page.txt"))
    printed = report_of(import_page(traditional(text).encode(), name="page.txt"))
    assert summary(printed) == _twin(summary(simplified))
    assert [
        (one["start"], one["end"], one["reason"], one["kept_in"]) for one in printed["set_aside"]
    ] == [
        (one["start"], one["end"], one["reason"], one["kept_in"]) for one in simplified["set_aside"]
    ]
    assert [[one["code"] for one in remark["warnings"]] for remark in printed["remarks"]] == [
        [one["code"] for one in remark["warnings"]] for remark in simplified["remarks"]
    ]


def test_a_page_from_a_big5_file_is_read_as_a_digest() -> None:
    page = """同坐一條板凳

——全市協商工作現場會發言摘編

本報記者 李河/文 趙田/攝

12月20日，全市協商工作現場會在臨江召開，現將發言刊發如下。

疏通斷頭渠 澆灌萬畝田

青溪縣政協黨組書記、主席 王小滿

近年來，青溪縣政協把長桌搬到渠邊，淤堵的地方逐段標在圖上，再分給各組清理。

責任編輯：方圓
"""
    report = report_of(import_page(page.encode("big5"), name="page.txt", encoding="big5"))
    (remark,) = report["remarks"]
    assert (remark["unit"], remark["post"], remark["speaker"], remark["district"]) == (
        "青溪縣政協",
        "黨組書記、主席",
        "王小滿",
        "青溪縣",
    )
    assert report["meeting"]["name"] == "全市協商工作現場會"
    assert report["meeting"]["bylines"] == [
        {"name": "李河", "role": "文"},
        {"name": "趙田", "role": "攝"},
    ]
    assert [one["reason"] for one in report["set_aside"]] == ["page-furniture"]
    assert remark["warnings"] == []

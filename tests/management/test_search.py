"""`manage.py search` prints what readers would find."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import make_district, make_meeting, publish

pytestmark = pytest.mark.django_db


def printed(capsys: Any, *arguments: str) -> str:
    call_command("search", *arguments)
    return str(capsys.readouterr().out)


def test_one_line_of_json_says_how_many_which_and_where(capsys: Any) -> None:
    remarks: list[dict[str, Any]] = [
        {"heading": "旧题", "paragraphs": ["两个确立。"], "district": make_district()},
        {"heading": "无关"},
    ]
    old = publish(make_meeting(held_from=dt.date(2023, 5, 1), remarks=remarks))
    new = publish(make_meeting(remarks=[{"heading": "两个确立"}, {"heading": "无关"}]))
    ids = [meeting.remarks.get(position=1).pk for meeting in (new, old)]

    line = printed(capsys, "兩個 確立", "--json")

    assert json.loads(line) == {
        "count": 2,
        "ids": ids,
        "facets": {
            "district": {"230112": 1},
            "theme": {},
            "year": {"2024": 1, "2023": 1},
            "unit": {},
        },
    }
    assert line.count("\n") == 1
    found = json.loads(printed(capsys, "“两个确立”", "--district", "230112", "--json"))
    assert (found["count"], found["ids"]) == (1, ids[1:])


def test_without_json_it_says_what_was_understood(capsys: Any) -> None:
    publish(make_meeting(remarks=[{"heading": "好事"}]))

    assert printed(capsys, "标题:好事 年:去年").startswith(
        "查找标题含“好事”的发言。“年:去年”不是年份"
    )
    assert printed(capsys, "没有的话").endswith("共0篇。\n")

"""Citations of public texts: who their authors are, and what stands for a missing heading."""

import datetime as dt
from typing import Any

import pytest

from speeches.models import Byline, MeetingEdition, RemarkEdition
from speeches.records import Citation, meeting_citation, meeting_page, remark_citation, remark_pages
from tests.factories import make_meeting, publish

pytestmark = pytest.mark.django_db


def absolute(path: str) -> str:
    return f"https://example.org{path}"


def cited(remark: dict[str, Any], **meeting: Any) -> Citation:
    publish(make_meeting(remarks=[remark], **meeting))
    (page,) = remark_pages(RemarkEdition.objects.current().values_list("pk", flat=True))
    return remark_citation(page, absolute=absolute)


def cited_meeting(bylines: list[tuple[str, str]], **fields: Any) -> str:
    meeting = make_meeting(remarks=[], **fields)
    for position, (name, role) in enumerate(bylines, start=1):
        Byline.objects.create(meeting=meeting, position=position, name=name, role=role)
    publish(meeting)
    return meeting_citation(meeting_page(MeetingEdition.objects.get()), absolute=absolute)[
        "printed"
    ]


def test_the_speakers_are_the_authors() -> None:
    citation = cited({"heading": "标题", "speakers": ["王一", "李二"]})

    assert citation["printed"] == "王一, 李二. 标题[N]. 示例日报, 2024-05-24(3)."
    address = absolute(RemarkEdition.objects.get().get_absolute_url())
    assert citation["online"].endswith(f"[引用日期]. {address}")


def test_without_a_speaker_the_unit_is_the_author() -> None:
    assert cited({"heading": "标题"})["printed"].startswith("阿城区政协党组. 标题[N]")


def test_a_remark_of_nobody_begins_with_its_title() -> None:
    assert cited({"heading": "标题", "unit": ""})["printed"].startswith("标题[N]")


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "在市政协基层协商座谈会上的发言"),
        ({"name": ""}, "《深化协商议事 服务百姓民生》所载发言"),
    ],
)
def test_a_remark_without_heading_is_named_by_its_meeting(
    fields: dict[str, str], title: str
) -> None:
    assert cited({"heading": ""}, **fields)["printed"].startswith(f"阿城区政协党组. {title}[N]")


def test_without_newspaper_the_day_is_that_of_the_wording_on_this_site() -> None:
    citation = cited({"heading": "标题"}, newspaper="", issue_date=None, page_number="")

    assert citation["printed"] == ""
    assert "标题[EB/OL]. (2024-06-01)[引用日期]. " in citation["online"]


def test_a_meeting_is_cited_with_its_subtitle_and_those_who_wrote_it() -> None:
    written = cited_meeting([("张三", "文"), ("李四", "摄"), ("赵六", "文/图"), ("孙七", "")])

    assert written == (
        "张三, 赵六, 孙七. 深化协商议事 服务百姓民生: 市政协基层协商座谈会发言摘编[N]. "
        "示例日报, 2024-05-24(3)."
    )


def test_a_meeting_without_headline_is_cited_by_its_name() -> None:
    printed = cited_meeting([], title="", subtitle="", issue_date=dt.date(2024, 5, 25))

    assert printed == "市政协基层协商座谈会[N]. 示例日报, 2024-05-25(3)."

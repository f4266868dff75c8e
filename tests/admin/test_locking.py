"""Two people at one text: the second is shown both versions, and nothing typed is lost."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.admin import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from speeches.admin.began import carried, state_of
from speeches.admin.overtaken import both_versions
from speeches.models import (
    Act,
    Byline,
    JournalEntry,
    Meeting,
    Person,
    Picture,
    Remark,
    Speaker,
    TextState,
)
from speeches.moderation.naming import register_speakers
from speeches.moderation.reviewing import approve
from speeches.moderation.theming import assign_themes
from tests.admin.desk import (
    EDITOR,
    LATER,
    SUPERUSER,
    account,
    address,
    filled_in,
    png,
    save,
    signed_in,
)
from tests.factories import (
    make_district,
    make_meeting,
    make_moderator,
    make_theme,
    make_unit,
    publish,
)
from tests.models.rows import ON_POSTGRESQL

pytestmark = pytest.mark.django_db


def fresh(remark: Remark) -> Remark:
    return Remark.objects.get(pk=remark.pk)


def opened(client: Client, text: Meeting | Remark) -> dict[str, Any]:
    """Open the form; return what would be sent."""
    return filled_in(client.get(address(f"{text._meta.model_name}_change", text.pk)))


def send(client: Client, text: Meeting | Remark, form: dict[str, Any]) -> Any:
    return client.post(address(f"{text._meta.model_name}_change", text.pk), form)


def two() -> tuple[Client, Client]:
    return signed_in(EDITOR), signed_in(SUPERUSER)


def marks(page: Any) -> dict[str, tuple[list[str], list[str]]]:
    """Return what the page marks as removed and as added, part by part."""
    shown = re.search(r'<dl class="marked">.*</dl>', page.content.decode(), re.DOTALL)
    assert shown is not None
    found = {}
    for part in shown[0].split("<dt>")[1:]:
        label, words = part.split("</dt>")
        words = re.sub(r'<p class="marked-side">.*?</p>', "", words)
        found[label] = (
            re.findall(r"<del[^>]*>(.*?)</del>", words),
            re.findall(r"<ins[^>]*>(.*?)</ins>", words),
        )
    return found


def names(text: Remark) -> list[str]:
    return list(text.speakers.order_by("position").values_list("name_as_printed", flat=True))


def test_the_second_of_two_is_not_saved_and_sees_both_wordings() -> None:
    remark = make_meeting(
        remarks=[{"paragraphs": ["推动基层协商工作向纵深发展走实走好。"]}]
    ).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, body="<p>推动基层协商试点向纵深发展走实走好。</p>")

    answer = send(second, remark, {**form, "body": "<p>推动基层协商工作向纵深拓展走实走好。</p>"})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "又有改动，您的修改还没有保存。" in page
    assert "现在的文字由 ed某 " in page
    assert marks(answer) == {"正文": (["试点", "发"], ["工作", "拓"])}
    assert filled_in(answer)["body"] == "<p>推动基层协商工作向纵深拓展走实走好。</p>"
    assert fresh(remark).body == ["<p>推动基层协商试点向纵深发展走实走好。</p>"]


def test_the_second_saves_again_consciously() -> None:
    remark = make_meeting(remarks=[{"heading": "旧"}]).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, heading="甲改的")
    again = filled_in(send(second, remark, {**form, "heading": "乙改的"}))

    answer = send(second, remark, again)

    assert answer.status_code == 302
    assert fresh(remark).heading == "乙改的"


def test_what_only_the_other_changed_is_in_the_form_and_is_shown() -> None:
    remark = make_meeting(remarks=[{"heading": "旧标题", "paragraphs": ["一句。"]}]).remarks.get()
    theme, district = make_theme(), make_district()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, heading="新标题", themes=[theme.pk], district=district.pk)

    answer = send(second, remark, {**form, "body": "<p>两句。</p>"})

    typed = filled_in(answer)
    assert (typed["heading"], typed["themes"]) == ("新标题", [str(theme.pk)])
    assert (typed["district"], typed["body"]) == (str(district.pk), "<p>两句。</p>")
    assert marks(answer) == {
        "标题": (["旧"], ["新"]),
        "正文": (["一"], ["两"]),
        "主题": ([], ["组织建设"]),
        "区县": ([], ["阿城区"]),
    }
    send(second, remark, typed)
    after = fresh(remark)
    assert (after.heading, after.body) == ("新标题", ["<p>两句。</p>"])
    assert (after.district, list(after.themes.all())) == (district, [theme])


def test_the_others_text_is_taken_over_for_one_part_where_it_is_asked_for() -> None:
    remark = make_meeting(remarks=[{"heading": "旧", "unit": "旧单位"}]).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, heading="甲的标题", unit_as_printed="甲的单位")
    mine = {"heading": "乙的标题", "unit_as_printed": "乙的单位"}
    shown = filled_in(send(second, remark, {**form, **mine}))

    answer = send(second, remark, {**shown, "_take": "heading"})

    assert answer.status_code == 200
    typed = filled_in(answer)
    assert (typed["heading"], typed["unit_as_printed"]) == ("甲的标题", "乙的单位")
    assert list(marks(answer)) == ["单位（照原文）"]
    assert fresh(remark).unit_as_printed == "甲的单位"
    send(second, remark, typed)
    assert (fresh(remark).heading, fresh(remark).unit_as_printed) == ("甲的标题", "乙的单位")


def link_theme(remark: Remark) -> None:
    assign_themes(remark, themes=[make_theme()], by=None, at=LATER)


def link_speaker(remark: Remark) -> None:
    Remark.objects.filter(pk=remark.pk).update(unit=make_unit())
    register_speakers(fresh(remark), by=None, at=LATER)


def add_speaker(remark: Remark) -> None:
    Speaker.objects.create(remark=remark, position=2, name_as_printed="李某")


@pytest.mark.parametrize("change", [link_theme, link_speaker, add_speaker])
def test_a_change_of_links_or_rows_is_noticed_whoever_made_it(change: Any) -> None:
    remark = make_meeting(remarks=[{"heading": "旧", "speakers": ["王某"]}]).remarks.get()
    client = signed_in(EDITOR)
    form = opened(client, remark)
    change(remark)

    answer = send(client, remark, {**form, "heading": "新"})

    assert answer.status_code == 200
    assert fresh(remark).heading == "旧"
    assert send(client, remark, filled_in(answer)).status_code == 302
    after = fresh(remark)
    assert after.heading == "新"
    assert after.themes.exists() == (change is link_theme)
    assert Person.objects.filter(speeches__remark=remark).exists() == (change is link_speaker)
    assert names(after) == (["王某", "李某"] if change is add_speaker else ["王某"])


def test_a_decision_meanwhile_stops_nobody() -> None:
    remark = make_meeting(remarks=[{"heading": "旧"}]).remarks.get()
    client = signed_in(EDITOR)
    form = opened(client, remark)
    publish(remark.meeting)

    assert send(client, remark, {**form, "heading": "新"}).status_code == 302

    assert (fresh(remark).heading, fresh(remark).state) == ("新", TextState.CHANGED)


def test_a_text_that_waits_for_its_hour_is_not_saved_and_what_was_typed_stays() -> None:
    meeting = make_meeting(title="旧", remarks=[])
    client = signed_in(EDITOR)
    form = opened(client, meeting)
    hour = timezone.now() + dt.timedelta(days=1)
    approve(meeting, by=make_moderator(), at=LATER, seen=meeting.fingerprint, publish_at=hour)

    answer = send(client, meeting, {**form, "title": "新", "introduction": "新的导语。"})

    assert answer.status_code == 200
    assert "要改动，请先取消定时。" in answer.content.decode()
    assert "现在的文字由" not in answer.content.decode()
    typed = filled_in(answer)
    assert (typed["title"], typed["introduction"]) == ("新", "新的导语。")
    meeting.refresh_from_db()
    assert (meeting.title, meeting.state) == ("旧", TextState.SCHEDULED)


def test_rows_that_were_typed_survive_rows_that_came_and_went() -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲", "乙", "丙"]}]).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(
        first,
        "remark",
        remark.pk,
        **{
            "speakers-TOTAL_FORMS": 4,
            "speakers-1-DELETE": "on",
            "speakers-2-DELETE": "on",
            "speakers-3-name_as_printed": "丁",
        },
    )
    assert names(remark) == ["甲", "丁"]

    answer = send(
        second,
        remark,
        {
            **form,
            "speakers-TOTAL_FORMS": 4,
            "speakers-0-name_as_printed": "甲甲",
            "speakers-1-name_as_printed": "乙乙",
            "speakers-3-name_as_printed": "戊",
        },
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert all(f'value="{name}"' in page for name in ("甲甲", "乙乙", "丁", "戊"))
    assert 'value="丙"' not in page
    again = _every_row(answer)
    again["speakers-2-position"], again["speakers-3-position"] = 5, 6
    assert send(second, remark, again).status_code == 302
    assert names(remark) == ["甲甲", "丁", "乙乙", "戊"]


def test_the_others_rows_are_taken_over_where_it_is_asked_for() -> None:
    remark = make_meeting(remarks=[{"heading": "旧", "speakers": ["甲"]}]).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, **{"speakers-0-name_as_printed": "乙"})
    new_row = {"speakers-TOTAL_FORMS": 2, "speakers-1-name_as_printed": "丁"}
    mine = {**form, **new_row, "heading": "新", "speakers-0-name_as_printed": "丙"}
    shown = send(second, remark, mine)
    assert marks(shown)["发言人（照原文）"] == (["乙"], ["丙", "丁"])

    answer = send(second, remark, {**_every_row(shown), "_take": "speakers"})

    assert list(marks(answer)) == ["标题"]
    assert send(second, remark, _every_row(answer)).status_code == 302
    assert (fresh(remark).heading, names(remark)) == ("新", ["乙"])


def _every_row(page: Any) -> dict[str, Any]:
    """Return what would be sent, new rows of the shown form included."""
    data = filled_in(page)
    for inline in page.context["inline_admin_formsets"]:
        for form in inline.formset.extra_forms:
            for bound in form:
                if bound.value() not in (None, False):
                    data[bound.html_name] = bound.value()
    return data


def test_bylines_and_captions_are_compared_and_kept() -> None:
    meeting = make_meeting()
    Byline.objects.create(meeting=meeting, position=1, name="孟想", role="文")
    picture = Picture.objects.create(
        meeting=meeting, position=1, image=SimpleUploadedFile("a.png", png()), caption="会场"
    )
    first, second = two()
    form = opened(second, meeting)
    save(
        first,
        "meeting",
        meeting.pk,
        **{"bylines-0-role": "摄", "held_from": "2024-05-22", "pictures-0-credit": "程晓"},
    )

    answer = send(
        second,
        meeting,
        {**form, "pictures-0-caption": "会场一角", "introduction": "第一段。\r\n第二段。"},
    )

    typed = filled_in(answer)
    assert (typed["bylines-0-role"], typed["held_from"]) == ("摄", "2024-05-22")
    assert (typed["pictures-0-caption"], typed["pictures-0-credit"]) == ("会场一角", "程晓")
    assert typed["introduction"] == "第一段。\r\n第二段。"
    compared = marks(answer)
    assert compared["署名"] == (["文"], ["摄"])
    assert compared["图片"] == ([], ["一角"])
    assert set(compared) == {"署名", "图片", "导语", "会议日期"}
    assert send(second, meeting, typed).status_code == 302
    picture.refresh_from_db()
    assert (picture.caption, picture.credit) == ("会场一角", "程晓")
    assert picture.image


def test_a_file_that_was_chosen_must_be_chosen_again_and_the_page_says_so() -> None:
    meeting = make_meeting(title="旧")
    first, second = two()
    form = opened(second, meeting)
    save(first, "meeting", meeting.pk, title="新")

    answer = send(
        second,
        meeting,
        {
            **form,
            "pictures-TOTAL_FORMS": 1,
            "pictures-0-image": SimpleUploadedFile("会场.png", png()),
            "pictures-0-caption": "会场",
        },
    )

    page = answer.content.decode()
    assert "文件“会场.png”没有保存，请重新选择。" in page
    assert 'value="会场"' in page
    assert not Picture.objects.exists()


def test_both_changed_alike_is_told_and_saved_the_next_time() -> None:
    remark = make_meeting(remarks=[{"heading": "旧"}]).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, heading="新")

    answer = send(second, remark, {**form, "heading": "新"})

    assert "两边的文字没有不同。" in answer.content.decode()
    assert send(second, remark, filled_in(answer)).status_code == 302


@pytest.mark.parametrize("carried", ["", "x", "W10:forged:signature"])
def test_a_form_that_does_not_say_what_it_was_made_from_is_not_saved(carried: str) -> None:
    remark = make_meeting(remarks=[{"heading": "旧"}]).remarks.get()
    client = signed_in(EDITOR)

    answer = send(client, remark, {**opened(client, remark), "began": carried, "heading": "新"})

    assert answer.status_code == 200
    assert marks(answer) == {"标题": (["旧"], ["新"])}
    assert fresh(remark).heading == "旧"
    assert send(client, remark, filled_in(answer)).status_code == 302


def test_the_journal_tells_that_a_save_was_refused_and_not_that_a_part_was_taken() -> None:
    remark = make_meeting(remarks=[{"heading": "旧"}]).remarks.get()
    first, second = two()
    form = opened(second, remark)
    save(first, "remark", remark.pk, heading="甲")

    shown = filled_in(send(second, remark, {**form, "heading": "乙"}))
    send(second, remark, {**shown, "_take": "heading"})

    attempts = JournalEntry.objects.about(remark).filter(act=Act.ATTEMPT)
    assert [entry.detail["asked"] for entry in attempts] == ["save"]


def test_mistakes_are_shown_beside_both_wordings() -> None:
    meeting = make_meeting(title="旧")
    first, second = two()
    form = opened(second, meeting)
    save(first, "meeting", meeting.pk, title="甲")

    answer = send(second, meeting, {**form, "title": "乙", "held_to": "没有这一天"})

    page = answer.content.decode()
    assert marks(answer)["标题"] == (["甲"], ["乙"])
    assert 'value="没有这一天"' in page
    assert filled_in(answer)["held_to"] == "没有这一天"


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_not_written() -> None:
    remark = make_meeting(remarks=[{"heading": "旧"}]).remarks.get()
    clients = two()
    forms = [opened(client, remark) for client in clients]
    together = Barrier(2)

    def press_save(number: int) -> int:
        together.wait(timeout=10)
        try:
            answer = send(clients[number], remark, {**forms[number], "heading": f"新{number}"})
            return int(answer.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press_save, range(2)))

    assert sorted(answers) == [200, 302]
    assert fresh(remark).heading == f"新{answers.index(302)}"


@pytest.mark.parametrize("conflict", [False, True])
def test_more_rows_take_no_more_queries(rf: RequestFactory, conflict: bool) -> None:
    def queries(rows: int) -> int:
        people = [Person.objects.create(name=f"人{number}") for number in range(rows)]
        remark = make_meeting(remarks=[{"speakers": people}]).remarks.get()
        form = opened(signed_in(EDITOR), remark)
        if conflict:
            Speaker.objects.filter(remark=remark).update(person=None)
        request = rf.post("/", form)
        request.user = account(EDITOR)
        page = site._registry[Remark]
        with CaptureQueriesContext(connection) as captured:
            if conflict:
                assert both_versions(page, request, remark)["differences"]
            else:
                assert carried(request) == state_of(page, request, remark)
        return len(captured)

    queries(1)
    assert queries(2) == queries(8)

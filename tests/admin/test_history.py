"""The history of an object, told from the journal in words an editor reads."""

import pytest

from speeches.models import Person
from tests.admin.desk import EDITOR, MODERATOR, address, save, signed_in, waiting_run
from tests.admin.screen import piece, press
from tests.factories import make_meeting, make_theme, publish

pytestmark = pytest.mark.django_db


def history(model: str, pk: int) -> list[tuple[str, str]]:
    entries = signed_in(MODERATOR).get(address(f"{model}_history", pk)).context["entries"]
    return [(str(entry["act"]), entry["particulars"]) for entry in entries]


def test_a_remark_tells_its_way_from_edit_to_publication() -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲"]}]).remarks.get()
    save(
        signed_in(EDITOR),
        "remark",
        remark.pk,
        **{
            "heading": "新标题",
            "themes": [make_theme().pk],
            "speakers-0-name_as_printed": "乙",
        },
    )
    publish(remark.meeting)
    signed_in(MODERATOR).post(address("remark_withdraw", remark.pk), {"reason": "单位要求。"})

    told = history("remark", remark.pk)

    assert told == [
        ("撤稿", "单位要求。"),
        ("发布", "第 1 版"),
        ("审核通过", ""),
        ("修改", "标题、主题、发言人（照原文）"),
    ]


def test_an_import_and_a_person_have_a_history_too() -> None:
    run = waiting_run()
    person = Person.objects.create(name="王某")
    save(signed_in(EDITOR), "person", person.pk, note="商会")

    assert history("importrun", run.pk) == [("导入", "")]
    assert history("person", person.pk) == [("修改", "区别说明")]


def test_an_object_without_entries_says_so() -> None:
    person = Person.objects.create(name="王某")

    page = signed_in(EDITOR).get(address("person_history", person.pk)).content.decode()

    assert "日志里还没有关于它的记录。" in page


def test_the_desk_shows_a_person_what_they_did_last() -> None:
    remark = make_meeting(remarks=[{"heading": "甲"}]).remarks.get()
    client = signed_in(EDITOR)
    save(client, "remark", remark.pk, heading="新标题")

    own = client.get("/admin/").context["own_latest"]
    others = signed_in(MODERATOR).get("/admin/").context["own_latest"]

    assert [(str(entry["act"]), entry["subject"]) for entry in own] == [("修改", "新标题")]
    assert own[0]["address"] == address("remark_change", remark.pk)
    assert others == []


def test_steps_on_a_draft_are_told_in_words_with_what_was_undone() -> None:
    run, client = waiting_run(), signed_in(EDITOR)
    one = piece(run, "强化组织覆盖有力度")
    press(client, run, "move", piece=one, to="body-3")
    press(client, run, "up", piece=one)
    press(client, run, "undo")
    press(client, run, "undo")
    press(client, run, "settle:2:0")

    told = [words for _act, words in history("importrun", run.pk)]

    assert told[0].startswith("核对了第 2 篇发言的疑点：")
    assert told[1].startswith("撤销：把“强化组织覆盖有力度")
    assert told[1].endswith("移到第 3 篇发言的正文")
    assert told[2].endswith("上移一段")
    assert told[3].endswith("上移一段（后来撤销）")
    assert told[4].endswith("移到第 3 篇发言的正文（后来撤销）")
    assert told[5] == ""

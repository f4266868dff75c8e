"""The journal as auditors read, search and export it, and what the doors write into it."""

import csv
import hashlib
import io
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from speeches.admin.journal_files import cell
from speeches.models import Act, JournalEntry, JournalHead, User
from speeches.models.chain import fingerprint
from speeches.moderation import journal
from speeches.moderation.verifying import verify
from tests.admin.desk import (
    ADMINISTRATOR,
    AUDITOR,
    EDITOR,
    MODERATOR,
    SUPERUSER,
    account,
    address,
    everything,
    make_newsroom,
    save,
    signed_in,
)
from tests.factories import NOON, make_editor, make_meeting, make_theme, make_unit, publish

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse 8"
LIST = "/admin/speeches/journalentry/"


def told() -> list[tuple[str, str, str, str]]:
    """Return act, result, who and address of every entry, in order."""
    entries = JournalEntry.objects.in_order().select_related("actor")
    return [(e.act, e.result, e.actor.username if e.actor else "", e.address) for e in entries]


def export(form: str, client: Client | None = None, /, **query: Any) -> Any:
    path = address("journalentry_export", form)
    return (client or signed_in(AUDITOR)).post(f"{path}?{urlencode(query)}")


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def three_entries() -> None:
    unit, theme, editor = make_unit("市政协"), make_theme(), make_editor()
    with journal.coming_from("203.0.113.7"), journal.together():
        journal.write(Act.EDIT, unit, by=editor, at=NOON, changed=["name"])
        journal.write(Act.CREATE, theme, by=None, at=NOON)
        journal.write(Act.EDIT, theme, by=editor, at=NOON, changed=["name"])


# --- Reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, ["3", "2", "1"]),
        ({"act__exact": "edit"}, ["3", "1"]),
        ({"kind": "theme"}, ["3", "2"]),
        ({"kind": "theme", "act__exact": "create"}, ["2"]),
        ({"actor__isnull": "True"}, ["2"]),
        ({"result__exact": "refused"}, []),
        ({"q": "市政协"}, ["1"]),
        ({"q": "203.0.113.7"}, ["3", "2", "1"]),
        ({"at__year": "2024", "at__month": "6", "at__day": "1"}, ["3", "2", "1"]),
        ({"at__year": "2023"}, []),
    ],
)
def test_an_auditor_finds_entries(query: dict[str, str], numbers: list[str]) -> None:
    three_entries()

    page = signed_in(AUDITOR).get(LIST, query)

    assert page.status_code == 200
    assert [str(entry.number) for entry in page.context["cl"].result_list] == numbers


def test_an_entry_shows_everything_and_whether_it_is_whole() -> None:
    three_entries()
    entry = JournalEntry.objects.get(number=1)

    page = signed_in(AUDITOR).get(address("journalentry_change", entry.pk)).content.decode()

    for words in (entry.hash, entry.previous, "203.0.113.7", "市政协", "editor某", "完成"):
        assert words in page
    assert "内容与指纹相符" in page
    assert f"?kind=unit&amp;subject_id={entry.subject_id}" in page


def test_an_entry_that_was_altered_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    three_entries()
    entry = JournalEntry.objects.get(number=1)
    monkeypatch.setattr("speeches.admin.journal.fingerprint", lambda values: "other")

    page = signed_in(AUDITOR).get(address("journalentry_change", entry.pk)).content.decode()

    assert "内容与指纹不符" in page


def test_the_list_costs_the_same_however_long_it_is(django_assert_max_num_queries: Any) -> None:
    three_entries()
    client = signed_in(AUDITOR)
    client.get(LIST)
    for _more in range(5):
        three_entries()

    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_an_auditor_sees_the_journal_and_nothing_else_of_the_desk() -> None:
    client = signed_in(AUDITOR)

    page = client.get("/admin/")

    models = [model["object_name"] for app in page.context["app_list"] for model in app["models"]]
    assert models == ["JournalEntry"]
    assert page.context["waiting"] == []


def test_an_objects_history_leads_to_its_entries_for_those_who_may_see_them() -> None:
    unit = make_unit("市政协")
    save(signed_in(ADMINISTRATOR), "unit", unit.pk, name="政协")
    link = f"{LIST}?kind=unit&amp;subject_id={unit.pk}"

    pages = {
        role: signed_in(role).get(address("unit_history", unit.pk)).content.decode()
        for role in (EDITOR, ADMINISTRATOR)
    }
    found = signed_in(AUDITOR).get(link.replace("&amp;", "&")).context["cl"].result_list

    assert link in pages[ADMINISTRATOR]
    assert link not in pages[EDITOR]
    assert [entry.subject_label for entry in found] == ["政协"]


# --- Exporting -------------------------------------------------------------------------------


def test_the_table_holds_what_the_list_shows_in_words() -> None:
    three_entries()

    answer = export("csv", act__exact="edit")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="journal-[\d-]+\.csv"', answer["Content-Disposition"]
    )
    assert answer.getvalue().startswith(b"\xef\xbb\xbf")
    head, *rows = rows_of(export("csv", act__exact="edit"))
    first = dict(zip(head, rows[0], strict=True))
    assert [row[0] for row in rows] == ["1", "3"]
    assert first["时间"] == "2024-06-01 12:00:00"
    assert (first["操作人"], first["用户名"]) == ("editor某", "editor")
    assert (first["来源地址"], first["操作"], first["结果"]) == ("203.0.113.7", "修改", "完成")
    assert (first["对象类别"], first["对象"]) == ("单位", "市政协")
    assert first["指纹"] == JournalEntry.objects.get(number=1).hash


def test_no_cell_of_the_table_is_a_formula() -> None:
    unit = make_unit('=HYPERLINK("http://evil.example")')
    with journal.together():
        journal.write(Act.EDIT, unit, by=None, at=NOON, reason="+1")

    head, row = rows_of(export("csv"))

    named = dict(zip(head, row, strict=True))
    assert named["对象"] == '\'=HYPERLINK("http://evil.example")'
    assert named["说明"] == "'+1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_is_text(start: str) -> None:
    assert cell(f"{start}1") == f"'{start}1"
    assert cell(f"a{start}") == f"a{start}"
    assert cell(-1) == -1


def test_the_lines_of_json_verify_as_the_documentation_says() -> None:
    three_entries()

    answer = export("jsonl")

    assert answer["Content-Type"] == "application/x-ndjson; charset=utf-8"
    lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    previous = "0" * 64
    for line in lines:
        own = line.pop("hash")
        assert line["previous"] == previous
        written = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(written.encode()).hexdigest() == own
        previous = own


def test_an_export_is_an_act_of_its_own() -> None:
    three_entries()

    lines = export("jsonl", kind="theme").getvalue().splitlines()

    assert len(lines) == 2
    entry = JournalEntry.objects.get(act=Act.EXPORT)
    assert (entry.actor, entry.subject_kind) == (account(AUDITOR), "journalhead")
    assert entry.detail == {"format": "jsonl", "filter": "kind=theme", "until": 3}
    assert verify().fault == ""


def test_an_export_takes_all_pages_of_the_list() -> None:
    unit = make_unit()
    with journal.together():
        for _entry in range(120):
            journal.write(Act.EDIT, unit, by=None, at=NOON)

    assert len(export("jsonl", p="2").getvalue().splitlines()) == 120


@pytest.mark.parametrize("role", [EDITOR, MODERATOR, ADMINISTRATOR])
def test_only_auditors_export(role: str) -> None:
    client = signed_in(role)
    before = everything()

    assert export("csv", client).status_code == 403
    assert everything() == before


def test_an_export_is_asked_for_by_a_form_in_a_known_format() -> None:
    client = signed_in(AUDITOR)
    before = everything()

    assert client.get(address("journalentry_export", "csv")).status_code == 404
    assert export("xlsx", client).status_code == 404
    assert export("csv", client, at__year="x").status_code == 404
    assert everything() == before


def test_the_list_offers_the_export_with_its_filter() -> None:
    pages = {
        role: signed_in(role).get(LIST, {"kind": "unit"}).content.decode()
        for role in (AUDITOR, ADMINISTRATOR)
    }

    path = address("journalentry_export", "csv")
    assert f'action="{path}?kind=unit"' in pages[AUDITOR]
    assert path not in pages[ADMINISTRATOR]


# --- What the doors write --------------------------------------------------------------------


def sign_in(username: str, password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    data = {"username": username, "password": password}
    client.post("/admin/login/", data, REMOTE_ADDR="203.0.113.7")
    return client


def test_coming_and_going_is_noted_with_the_address() -> None:
    user = make_editor()
    client = sign_in(user.username)
    client.post("/admin/logout/", REMOTE_ADDR="203.0.113.9")
    client.post("/admin/logout/")

    assert told() == [
        ("sign-in", "done", "editor", "203.0.113.7"),
        ("sign-out", "done", "editor", "203.0.113.9"),
    ]
    assert {entry.subject_id for entry in JournalEntry.objects.all()} == {user.pk}


def test_a_failed_sign_in_names_the_account_and_keeps_nothing_that_was_typed() -> None:
    user = make_editor()

    sign_in(user.username, "wrong-secret")
    sign_in("my-secret-password", "x")
    sign_in("", "x")
    sign_in(user.username, "")

    known, unknown = JournalEntry.objects.in_order()
    assert told() == [("sign-in", "refused", "", "203.0.113.7")] * 2
    assert (known.subject_id, known.detail) == (user.pk, {"reason": "用户名或密码不对。"})
    assert (unknown.subject_id, unknown.subject_label) == (0, "没有这个帐号")
    assert "secret" not in str(list(JournalEntry.objects.values()))


def test_somebody_who_is_signed_in_and_fails_for_another_account_is_no_success() -> None:
    user, other = make_editor(), make_editor("other")
    client = sign_in(user.username)

    sign_in(other.username, "wrong", client)

    assert [(act, result, who) for act, result, who, _from in told()] == [
        *(("sign-in", "done", "editor"), ("sign-in", "refused", ""))
    ]


def test_a_lock_is_noted_once_and_what_meets_it_is_not() -> None:
    user = make_editor()

    for _try in range(8):
        sign_in(user.username, "wrong")

    reasons = [entry.detail["reason"] for entry in JournalEntry.objects.in_order()]
    assert reasons == ["用户名或密码不对。"] * 4 + ["多次失败，已锁定。"]


def test_a_changed_password_of_ones_own_is_noted_without_it() -> None:
    client = signed_in(EDITOR)
    new = {"new_password1": "another horse 9", "new_password2": "another horse 9"}

    client.post("/admin/password_change/", {"old_password": "wrong", **new})
    client.post("/admin/password_change/", {"old_password": PASSWORD, **new})

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.actor, entry.subject_id) == ("edit", account(EDITOR), entry.actor_id)
    assert entry.detail == {"changed": ["password"]}


def test_what_a_person_did_last_leaves_out_coming_and_going() -> None:
    client = sign_in(make_editor().username)
    unit = make_unit()
    save(client, "unit", unit.pk, name="新名")

    latest = client.get("/admin/").context["own_latest"]

    assert [str(entry["act"]) for entry in latest] == ["修改"]


def test_a_refused_act_is_in_the_journal_and_in_the_objects_history() -> None:
    meeting = publish(make_meeting())
    client = signed_in(SUPERUSER)

    client.post(address("meeting_discard", meeting.pk), REMOTE_ADDR="203.0.113.7")

    entry = JournalEntry.objects.about(meeting)[0]
    assert (entry.act, entry.result, entry.address) == ("attempt", "refused", "203.0.113.7")
    assert entry.detail["asked"] == "discard_draft"
    shown = client.get(address("meeting_history", meeting.pk)).context["entries"][0]
    assert shown["act"] == "未获准的操作"
    assert shown["particulars"].startswith("删除草稿；")
    assert "不能删除" in shown["particulars"]


def test_a_form_with_many_consequences_is_one_act() -> None:
    remark = make_meeting(remarks=[{"speakers": ["甲"]}]).remarks.get()
    before = JournalHead.objects.get().number

    save(signed_in(EDITOR), "remark", remark.pk, heading="新标题", themes=[make_theme().pk])

    assert JournalHead.objects.get().number > before
    assert (verify().fault, verify().number) == ("", JournalEntry.objects.count())


def test_what_is_changed_in_the_rows_of_a_list_is_journalled() -> None:
    theme = make_theme()
    client = signed_in(ADMINISTRATOR)
    page = client.get(address("theme_changelist"))
    management = page.context["cl"].formset.management_form
    data = {
        **{f"form-{name}": management[name].value() for name in management.fields},
        **{"form-0-id": theme.pk, "form-0-position": 7, "_save": "1"},
    }

    client.post(address("theme_changelist"), data)

    entry = JournalEntry.objects.about(theme)[0]
    assert (entry.act, entry.detail["changed"]) == ("edit", ["position"])


def test_every_entry_of_a_busy_newsroom_verifies() -> None:
    make_newsroom()

    for entry in JournalEntry.objects.in_order():
        assert fingerprint(entry.chained()) == entry.hash
    assert verify().fault == ""
    assert User.objects.filter(journal_entries__isnull=False).exists()

"""A person's desk: what waits for whom, in which order, in as many queries for many as for few."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from speeches.models import ImportRun, Meeting, Remark, ReviewRound, User
from speeches.models.waiting import keys_by_due, reviewable_by, texts_in_review
from speeches.moderation.claiming import claim
from speeches.moderation.editing import record_edit, resubmit
from speeches.moderation.proofreading import proofread
from speeches.moderation.reviewing import approve, send_back
from speeches.moderation.revising import revise
from speeches.moderation.rounds import progress_of, why_not_by
from speeches.moderation.schemes import Stage, adopt_scheme
from speeches.moderation.versioning import fingerprint_of
from tests.admin.desk import AUDITOR, signed_in, waiting_run
from tests.factories import make_editor, make_meeting, make_moderator, make_remark

pytestmark = [pytest.mark.django_db, pytest.mark.three_reviews]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def desk(user: User) -> dict[str, dict[str, Any]]:
    sections = client_of(user).get("/admin/").context["desk"]
    return {section["name"]: section for section in sections}


def labels(user: User, name: str) -> list[str]:
    return [row["label"] for row in desk(user)[name]["rows"]]


def just_now(**fields: Any) -> Meeting:
    """Return a meeting without remarks that came to the desk a moment ago."""
    return make_meeting(remarks=[], at=timezone.now(), **{"by": make_editor(), **fields})


def passed(text: Meeting | Remark, by: User) -> None:
    approve(text, by=by, at=timezone.now(), seen=fingerprint_of(text))


def late(text: Meeting | Remark, hours: int) -> None:
    text.review_rounds.update(due_at=timezone.now() - dt.timedelta(hours=hours, minutes=5))


# --- 待我审 ------------------------------------------------------------------------------------


def test_what_one_wrote_passed_or_another_claimed_is_not_ones_to_review() -> None:
    first, second, author = make_moderator("a"), make_moderator("b"), make_moderator("c")
    just_now(title="谁都可以")
    just_now(title="自己写的", by=author)
    passed(just_now(title="已过初审"), first)
    taken = just_now(title="被认领")
    claim(taken, by=second, at=timezone.now(), seen=fingerprint_of(taken))

    assert set(labels(first, "mine")) == {"谁都可以", "自己写的"}
    assert set(labels(second, "mine")) == {"谁都可以", "自己写的", "已过初审", "被认领"}
    assert set(labels(author, "mine")) == {"谁都可以", "已过初审"}
    assert labels(second, "claimed") == ["被认领"]
    assert labels(first, "claimed") == []


def test_the_list_holds_just_the_texts_that_the_act_would_pass() -> None:
    people = [make_moderator(name) for name in "abc"]
    meeting = make_meeting(by=people[0], remarks=[{"heading": "甲"}, {"heading": "乙"}])
    first, second = meeting.remarks.in_order()
    # Somebody else corrects a comma: whoever wrote the rest still wrote it.
    first.body = [*first.body, "<p>补一句。</p>"]
    first.save()
    record_edit(first, by=people[1], at=timezone.now(), changed=["body"])
    for moderator in (people[1], people[2], make_moderator("d")):
        passed(meeting, moderator)
    passed(second, people[1])
    # What is published is nobody's own any more.
    changed = Meeting.objects.get(pk=meeting.pk)
    changed.title = "改过的标题"
    changed.save()
    record_edit(changed, by=people[2], at=timezone.now(), changed=["title"])

    for person in people:
        listed = {
            (kind, pk)
            for kind, pk, _due in keys_by_due(reviewable_by(texts_in_review(hours=24), person))
        }
        texts: list[Meeting | Remark] = [
            changed,
            Remark.objects.get(pk=first.pk),
            Remark.objects.get(pk=second.pk),
        ]
        passable = {
            (str(text._meta.model_name), text.pk)
            for text in texts
            if not why_not_by(progress_of(text), person)
        }
        assert listed == passable
    assert ("meeting", changed.pk) in {
        (kind, pk)
        for kind, pk, _due in keys_by_due(reviewable_by(texts_in_review(hours=24), people[0]))
    }


def test_what_is_overdue_stands_first_and_says_by_how_many_hours() -> None:
    first, second = make_moderator("a"), make_moderator("b")
    just_now(title="刚来的")
    urgent = just_now(title="超时的")
    passed(urgent, first)
    late(urgent, 5)

    rows = desk(second)["mine"]["rows"]

    assert [(row["label"], row["stage"], row["late"]) for row in rows] == [
        ("超时的", "复审", 5),
        ("刚来的", "初审", None),
    ]
    assert labels(second, "overdue") == ["超时的"]
    assert "已超时 5 小时" in client_of(second).get("/admin/").content.decode()


def test_a_text_that_nobody_has_begun_is_overdue_once_the_first_stage_would_be() -> None:
    moderator = make_moderator()
    meeting = make_meeting(remarks=[], at=timezone.now() - dt.timedelta(hours=26, minutes=5))

    (row,) = desk(moderator)["overdue"]["rows"]

    assert (row["label"], row["stage"], row["late"]) == (str(meeting), "初审", 2)


def test_a_returned_text_that_is_handed_in_again_is_not_overdue_at_once() -> None:
    moderator, editor = make_moderator(), make_editor()
    meeting = make_meeting(remarks=[], at=timezone.now() - dt.timedelta(days=9), by=editor)
    seen = fingerprint_of(meeting)
    send_back(meeting, by=moderator, at=timezone.now(), seen=seen, opinion="缺日期。")
    meeting.refresh_from_db()
    resubmit(meeting, by=editor, at=timezone.now())

    assert labels(moderator, "mine") == [str(meeting)]
    assert labels(moderator, "overdue") == []


def test_a_required_proof_reading_is_named_as_what_comes_next() -> None:
    stages = [Stage("proof-1", "一校", "proof", True, 24), Stage("r", "终审", "review", True, 24)]
    adopt_scheme(stages, by=None, at=timezone.now())
    moderator = make_moderator()
    meeting = just_now()

    assert desk(moderator)["mine"]["rows"][0]["stage"] == "一校"
    proofread(meeting, by=moderator, at=timezone.now(), seen=fingerprint_of(meeting))
    assert desk(moderator)["mine"]["rows"][0]["stage"] == "终审"


# --- 退回给我的, 待发布, 导入疑点 ---------------------------------------------------------------


def test_a_returned_text_comes_back_to_its_last_editor_with_the_reasons() -> None:
    editor, other = make_editor(), make_editor("other")
    meeting = just_now(by=editor)
    seen = fingerprint_of(meeting)
    send_back(meeting, by=make_moderator(), at=timezone.now(), seen=seen, opinion="日期有误。")

    assert labels(other, "returned") == []
    (row,) = desk(editor)["returned"]["rows"]
    assert row["returned"].opinion == "日期有误。"
    assert row["address"].endswith(f"/meeting/{meeting.pk}/change/")
    assert "日期有误。" in client_of(editor).get("/admin/").content.decode()


def test_what_is_scheduled_is_told_in_words() -> None:
    meeting = just_now(embargo_until=timezone.now() + dt.timedelta(days=1))
    for name in "abc":
        passed(meeting, make_moderator(name))

    (row,) = desk(make_editor())["scheduled"]["rows"]

    assert row["label"].startswith("定于 ")
    assert f"发布“{meeting}”" in row["label"]


def test_an_import_says_how_many_of_its_doubts_are_open() -> None:
    editor = make_editor()
    run = waiting_run()
    before = desk(editor)["imports"]["rows"][0]["doubts"]
    (remark,) = [one for one in run.arrangement["remarks"] if one["notices"]][:1]
    step = {"do": "settle", "remark": remark["key"], "notice": 0}
    revise(run, step, by=editor, at=timezone.now())

    assert before > 1
    assert desk(editor)["imports"]["rows"][0]["doubts"] == before - 1


def test_an_import_from_before_drafts_were_kept_counts_what_the_report_warned_of() -> None:
    run = waiting_run()
    ImportRun.objects.filter(pk=run.pk).update(arrangement={})

    (row,) = desk(make_editor())["imports"]["rows"]

    assert row["doubts"] == sum(len(one["warnings"]) for one in run.report["remarks"]) + len(
        run.report["warnings"]
    )


# --- Who sees what, how much, in how many queries ----------------------------------------------


def test_everybody_has_the_lists_of_their_work() -> None:
    assert set(desk(make_editor())) == {"returned", "scheduled", "imports"}
    assert set(desk(make_moderator())) == {"mine", "claimed", "overdue", "scheduled"}
    assert signed_in(AUDITOR).get("/admin/").context["desk"] == []


@pytest.mark.parametrize("name", ["mine", "claimed", "overdue", "returned", "imports"])
def test_a_list_in_full_is_shown_to_those_who_have_it(name: str) -> None:
    reviewer, editor = client_of(make_moderator()), client_of(make_editor())
    path = f"/admin/desk/{name}/"
    allowed, refused = (editor, reviewer) if name in ("returned", "imports") else (reviewer, editor)

    assert allowed.get(path).status_code == 200
    assert refused.get(path).status_code == 403
    assert allowed.get("/admin/desk/nothing/").status_code == 404


def test_ten_are_shown_and_the_list_in_full_holds_them_all() -> None:
    moderator = make_moderator()
    meeting = just_now()
    for number in range(59):
        make_remark(meeting, heading=f"发言{number:02}", at=timezone.now())

    section = desk(moderator)["mine"]
    client = client_of(moderator)
    first = client.get(section["address"])
    second = client.get(section["address"], {"page": 2})

    assert section["number"] == 60
    assert len(section["rows"]) == 10
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 10)
    assert "第 2 页，共 2 页" in second.content.decode()


@pytest.mark.slow
def test_the_desk_takes_no_more_queries_for_fifty_texts_than_for_five() -> None:
    person = make_moderator()
    person.is_superuser = True
    person.save()
    reviewer, other = make_moderator("reviewer"), make_moderator("other")

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            begun = just_now(title=f"甲{number}")
            make_remark(begun, at=timezone.now(), by=reviewer)
            passed(begun, reviewer)
            late(begun, number + 1)
            claimed = just_now(title=f"乙{number}")
            at = timezone.now()
            claim(claimed, by=person, at=at, seen=fingerprint_of(claimed))
            back = make_remark(claimed, heading=f"丙{number}", by=person, at=at)
            send_back(back, by=reviewer, at=at, seen=fingerprint_of(back), opinion="改。")
            later = just_now(title=f"丁{number}", embargo_until=at + dt.timedelta(days=1))
            for moderator in (person, reviewer, other):
                passed(later, moderator)
            waiting_run(f"{number}.txt", extra=f"\n{number}")

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    client = client_of(person)
    paths = ["/admin/", *(f"/admin/desk/{name}/" for name in desk(person))]
    add(0, 5)
    queries("/admin/")
    few = {path: queries(path) for path in paths}
    add(5, 50)

    assert [path for path in paths if queries(path) > few[path]] == []
    assert ReviewRound.objects.open().count() == 100

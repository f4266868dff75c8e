"""The desk of one person: what waits for them, short on the desk, whole on pages of its own."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from speeches.admin.acting import now, signed_in
from speeches.admin.revision_page import doubts_of
from speeches.importing.revising import fold
from speeches.models import (
    Decision,
    ImportRun,
    ImportStep,
    Meeting,
    PublicationOrder,
    Remark,
    ReviewRound,
    ReviewStep,
    User,
)
from speeches.models.waiting import (
    Texts,
    keys_by_due,
    overdue,
    returned_to,
    reviewable_by,
    texts_in_review,
)
from speeches.moderation.intake import IMPORT
from speeches.moderation.reviewing import REVIEW, text_key
from speeches.moderation.rounds import DONE
from speeches.moderation.scheduling import in_words
from speeches.moderation.schemes import Stage, stages_of, standing_stages

SHORT, A_PAGE = 10, 50
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """One list of the desk: who has it, its rows in their order, and how they are told.

    `rows` takes the person; `told` takes the rows of one page, with one set of queries for all.
    """

    name: str
    title: str | Promise
    permission: str
    rows: Callable[[User, dt.datetime, list[Stage]], QuerySet[Any]]
    told: Callable[[Iterable[Any], dt.datetime, list[Stage]], Rows]


def desk_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the lists of the signed-in person, each with its number and its first rows.

    The number of queries does not grow with the texts.
    """
    person, at = signed_in(request), now()
    stages = stages_of(standing_stages())
    desk = []
    for section in SECTIONS:
        if person.has_perm(section.permission):
            rows = section.rows(person, at, stages)
            desk.append(
                {
                    "name": section.name,
                    "title": section.title,
                    "number": rows.count(),
                    "rows": section.told(rows[:SHORT], at, stages),
                    "address": reverse("admin:desk", args=[section.name]),
                }
            )
    return desk


def desk_page(site: AdminSite, request: HttpRequest, name: str) -> HttpResponse:
    """Show one list of the desk in full, page by page."""
    section = next((one for one in SECTIONS if one.name == name), None)
    if section is None:
        raise Http404
    person, at = signed_in(request), now()
    if not person.has_perm(section.permission):
        raise PermissionDenied
    stages = stages_of(standing_stages())
    page = Paginator(section.rows(person, at, stages), A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": section.title,
        "section": section,
        "page": page,
        "rows": section.told(page.object_list, at, stages),
    }
    return TemplateResponse(request, "admin/desk_list.html", context)


# -- texts --------------------------------------------------------------------------------------


def _reviewable(person: User, _at: dt.datetime, stages: list[Stage]) -> QuerySet[Any]:
    return keys_by_due(reviewable_by(_in_review(stages), person))


def _overdue(_person: User, at: dt.datetime, stages: list[Stage]) -> QuerySet[Any]:
    return keys_by_due(overdue(_in_review(stages), at=at))


def _returned(person: User, _at: dt.datetime, _stages: list[Stage]) -> QuerySet[Any]:
    return keys_by_due(returned_to(person))


def _in_review(stages: list[Stage]) -> Texts:
    return texts_in_review(hours=_first(stages).hours)


def _first(stages: list[Stage]) -> Stage:
    return next(stage for stage in stages if stage.required)


def _texts_told(keys: Iterable[Any], at: dt.datetime, stages: list[Stage]) -> Rows:
    """Tell texts by the stage that is next and when it is due; overdue ones by how many hours."""
    keys = list(keys)
    texts = _texts(keys)
    rounds = _open_rounds(keys)
    rows = []
    for kind, pk, due in keys:
        round = rounds.get((kind, pk))
        over = {step.stage for step in round.steps.all()} if round else set()
        ahead = [
            stage
            for stage in (stages_of(round.stages) if round else stages)
            if stage.required and stage.code not in over
        ]
        rows.append(
            {
                **_of_text(texts[kind, pk]),
                "stage": ahead[0].name,
                "due": due,
                "late": _hours(at - due) if due < at else None,
                "claimed_by": round.claimed_by if round else None,
            }
        )
    return rows


def _returned_told(keys: Iterable[Any], _at: dt.datetime, _stages: list[Stage]) -> Rows:
    """Tell returned texts by who sent them back, when and why."""
    keys = list(keys)
    texts = _texts(keys)
    pks = _by_kind(keys)
    steps = ReviewStep.objects.filter(decision=Decision.RETURN).select_related("reviewer", "round")
    last = {
        _key(step.round): step
        for step in steps.filter(
            Q(round__meeting__in=pks["meeting"]) | Q(round__remark__in=pks["remark"])
        ).order_by("pk")
    }
    return [
        {
            **_of_text(texts[kind, pk], change=True),
            "returned": last.get((kind, pk)),
        }
        for kind, pk, _due in keys
    ]


def _claimed(person: User, _at: dt.datetime, _stages: list[Stage]) -> QuerySet[Any]:
    return ReviewRound.objects.claimed_by(person)


def _claimed_told(rounds: Iterable[Any], at: dt.datetime, stages: list[Stage]) -> Rows:
    keys = [(*_key(round), round.due_at) for round in rounds]
    return _texts_told(keys, at, stages)


def _by_kind(keys: list[Any]) -> dict[str, list[int]]:
    return {kind: [pk for one, pk, _due in keys if one == kind] for kind in ("meeting", "remark")}


def _texts(keys: list[Any]) -> dict[tuple[str, int], Meeting | Remark]:
    pks = _by_kind(keys)
    meetings = Meeting.objects.filter(pk__in=pks["meeting"])
    remarks = Remark.objects.filter(pk__in=pks["remark"]).select_related("meeting").defer("body")
    return {
        **{("meeting", text.pk): text for text in meetings},
        **{("remark", text.pk): text for text in remarks},
    }


def _open_rounds(keys: list[Any]) -> dict[tuple[str, int], ReviewRound]:
    pks = _by_kind(keys)
    done = Prefetch("steps", ReviewStep.objects.filter(decision__in=DONE))
    rounds = ReviewRound.objects.open().filter(
        Q(meeting__in=pks["meeting"]) | Q(remark__in=pks["remark"])
    )
    return {
        _key(round): round for round in rounds.select_related("claimed_by").prefetch_related(done)
    }


def _key(round: ReviewRound) -> tuple[str, int]:
    return ("meeting", round.meeting_id) if round.meeting_id else ("remark", round.remark_id or 0)


def _of_text(text: Meeting | Remark, *, change: bool = False) -> dict[str, Any]:
    meeting = text if isinstance(text, Meeting) else text.meeting
    address = f"{reverse('admin:speeches_meeting_review', args=[meeting.pk])}#{text_key(text)}"
    if change:
        address = reverse(f"admin:speeches_{text._meta.model_name}_change", args=[text.pk])
    return {"label": str(text), "address": address, "of": "" if text == meeting else str(meeting)}


def _hours(late: dt.timedelta) -> int:
    return int(late.total_seconds() // 3600)


# -- orders and imports -------------------------------------------------------------------------


def _orders(_person: User, _at: dt.datetime, _stages: list[Stage]) -> QuerySet[Any]:
    orders = PublicationOrder.objects.waiting().order_by("publish_at", "pk")
    return orders.select_related("round__meeting", "round__remark__meeting", "ordered_by")


def _orders_told(orders: Iterable[Any], _at: dt.datetime, _stages: list[Stage]) -> Rows:
    return [
        {**_of_text(order.round.subject), "label": in_words(order), "obstacle": order.obstacle}
        for order in orders
    ]


def _runs(_person: User, _at: dt.datetime, _stages: list[Stage]) -> QuerySet[Any]:
    runs = ImportRun.objects.waiting().select_related("source").defer("source__content")
    return runs.order_by("created_at", "pk")


def _runs_told(runs: Any, _at: dt.datetime, _stages: list[Stage]) -> Rows:
    steps: dict[int, list[Any]] = {}
    # Asked for by the runs' query and not by their ids: as many queries for no runs as for many.
    for step in ImportStep.objects.standing().filter(run__in=runs.values("pk")):
        steps.setdefault(step.run_id, []).append(step.step)
    return [
        {
            "label": run.report["meeting"]["title"] or str(run),
            "address": reverse("admin:speeches_importrun_change", args=[run.pk]),
            "of": "",
            "doubts": _open_doubts(run, steps.get(run.pk, [])),
        }
        for run in runs
    ]


def _open_doubts(run: ImportRun, steps: list[Any]) -> int:
    """How many notices of the draft nobody has settled; its names are asked about on its page."""
    if not run.arrangement:
        # Stored before arrangements were kept: as it was read.
        remarks = run.report["remarks"]
        return len(run.report["warnings"]) + sum(len(one["warnings"]) for one in remarks)
    arrangement: Any = run.arrangement
    return len(doubts_of(fold(arrangement, steps, run.source.text), []))


SECTIONS = (
    Section("mine", gettext_lazy("待我审"), REVIEW, _reviewable, _texts_told),
    Section("claimed", gettext_lazy("我认领的"), REVIEW, _claimed, _claimed_told),
    Section(
        "returned",
        gettext_lazy("退回给我的"),
        "speeches.change_remark",
        _returned,
        _returned_told,
    ),
    Section("overdue", gettext_lazy("超时未审"), REVIEW, _overdue, _texts_told),
    Section(
        "scheduled",
        gettext_lazy("待发布"),
        "speeches.view_publicationorder",
        _orders,
        _orders_told,
    ),
    Section("imports", gettext_lazy("导入疑点"), IMPORT, _runs, _runs_told),
)

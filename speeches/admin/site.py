"""The admin site: titles, one sign-in for everybody, and what waits on the desk."""

from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from speeches.admin.acting import as_one_act, now, signed_in
from speeches.admin.history import own_latest
from speeches.admin.mydesk import desk_of, desk_page
from speeches.admin.signing import locked_out, note_sign_in
from speeches.doors.leaving import note_sign_out
from speeches.models import Act, ImportRun, Meeting, Remark, Submission, TextState, User
from speeches.models.states import AWAITING_REVIEW
from speeches.moderation import journal

# Where a page stands on the desk: daily work first. What is not named here follows.
GROUPS = (
    (_("稿件"), ("ImportRun", "ImportBatch", "Call", "Submission", "Meeting", "Remark")),
    (_("名录"), ("Unit", "Person", "District", "Theme", "Phrase")),
    (
        _("记录"),
        (
            *("ReviewStep", "TextVersion", "ReviewComment", "PublicationOrder", "ReviewScheme"),
            *("JournalEntry", "SourceDocument", "QualityReport", "SearchCount"),
        ),
    ),
    (_("帐号"), ("User",)),
)


class NewsroomAdminSite(AdminSite):
    """Django's admin under the product's name."""

    site_title = _("摘编")
    site_header = _("摘编编辑部")
    index_title = _("工作台")
    # Accounts of contributing units sign in at the same door and are shown to their own pages.
    login_form = AuthenticationForm

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign in; whoever has no business in the admin goes to the contributors' pages."""
        # What meets a lock is not noted: that would let anybody fill the journal.
        noted = request.method == "POST" and not locked_out(request)
        response = super().login(request, extra_context)
        if noted:
            note_sign_in(request, signed_in=response.status_code == HTTPStatus.FOUND)
        user = request.user
        if user.is_authenticated and not self.has_permission(request):
            return redirect("contribute:desk")
        return response

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Sign out."""
        user = request.user
        if request.method == "POST" and isinstance(user, User):
            note_sign_out(user)
        return super().logout(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Change one's own password, with its entry."""
        with as_one_act(request):
            response = super().password_change(request, extra_context)
            if response.status_code == HTTPStatus.FOUND:
                user = signed_in(request)
                journal.write(Act.EDIT, user, by=user, at=now(), changed=["password"])
        return response

    def get_urls(self) -> list[Any]:
        """Add the lists of a person's desk in full."""
        return [
            path("desk/<slug:name>/", self.admin_view(self.desk), name="desk"),
            *super().get_urls(),
        ]

    def desk(self, request: HttpRequest, name: str) -> HttpResponse:
        """Show one list of the signed-in person's desk in full."""
        return desk_page(self, request, name)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Group the pages by what they are for, in the order of the work."""
        rest = super().get_app_list(request, app_label)
        if app_label is not None:
            return rest
        pages = {page["object_name"]: (app, page) for app in rest for page in app["models"]}
        grouped = []
        for name, models in GROUPS:
            found = [pages[model] for model in models if model in pages]
            for app, page in found:
                app["models"].remove(page)
            if found:
                app, _page = found[0]
                grouped.append({**app, "name": name, "models": [page for _app, page in found]})
        return grouped + [app for app in rest if app["models"]]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the desk with what waits for whom, and what the person did last."""
        context = {
            "desk": desk_of(request),
            "waiting": _waiting(request),
            "own_latest": own_latest(signed_in(request)),
        }
        return super().index(request, {**context, **(extra_context or {})})


def _waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what waits, each with the list that shows it, for those who may do something."""
    returned = Remark.objects.filter(state=TextState.RETURNED)
    back = Meeting.objects.filter(state=TextState.RETURNED)
    submitted = Submission.objects.filter(remark__state__in=AWAITING_REVIEW)
    entries: list[tuple[Any, str, str, str, Any]] = [
        (
            _("待确认的导入"),
            "importrun",
            "state__exact=waiting",
            "view",
            ImportRun.objects.waiting(),
        ),
        (_("待审的会议"), "meeting", "state=awaiting", "view", Meeting.objects.awaiting_review()),
        (_("待审的发言"), "remark", "state=awaiting", "view", Remark.objects.awaiting_review()),
        (_("待审的来稿"), "submission", "state=awaiting", "view", submitted),
        (_("退回的会议"), "meeting", "state=returned", "change", back),
        (_("退回的发言"), "remark", "state=returned", "change", returned),
        (_("有疑点的发言"), "remark", "doubt=open", "change", Remark.objects.doubtful()),
    ]
    return [
        {
            "label": label,
            "address": f"admin:speeches_{model}_changelist",
            "query": query,
            "number": rows.count(),
        }
        for label, model, query, act, rows in entries
        if request.user.has_perm(f"speeches.{act}_{model}")
    ]

"""The scheme of reviews: which stages count, what counted before, and adopting another."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.acting import ReadOnlyAdmin, now, signed_in, tell
from speeches.models import ReviewRound, ReviewScheme
from speeches.models.schemes import THREE_REVIEWS
from speeches.moderation import journal
from speeches.moderation.refusals import Refused
from speeches.moderation.schemes import ADOPT, Stage, adopt_scheme, stages_of

ROWS = 8
KINDS = (("review", gettext_lazy("审核")), ("proof", gettext_lazy("校对")))
READY = {
    "three": stages_of(THREE_REVIEWS),
    "one": [stage for stage in stages_of(THREE_REVIEWS) if stage.code == "final"],
}


class SchemeForm(forms.Form):
    """Which scheme to adopt; rows of one's own count only where it says so."""

    choice = forms.ChoiceField(
        label=gettext_lazy("采用"),
        widget=forms.RadioSelect,
        choices=[
            ("three", gettext_lazy("三审三校")),
            ("one", gettext_lazy("一审（小型编辑部）")),
            ("own", gettext_lazy("自行设定（填写下表）")),
        ],
    )


class StageForm(forms.Form):
    """One stage of a scheme of one's own; an empty row is no stage."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"size": 8}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=KINDS)
    required = forms.BooleanField(label=gettext_lazy("必经"), required=False)
    hours = forms.IntegerField(
        label=gettext_lazy("时限（小时）"), min_value=1, max_value=24 * 365, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name every cell for those who cannot see the head of the table."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        """Ask for the hours of a stage that has a name."""
        cleaned = super().clean() or {}
        if cleaned.get("name") and "hours" not in self.errors and not cleaned.get("hours"):
            self.add_error("hours", _("请填时限。"))
        return cleaned


StageFormSet = forms.formset_factory(StageForm, extra=0, min_num=ROWS, max_num=ROWS)


@admin.register(ReviewScheme)
class ReviewSchemeAdmin(ReadOnlyAdmin):
    """The scheme that counts and those before it; none is ever changed."""

    list_display = ("adopted_at", "stages_in_words", "standing", "adopter")
    list_select_related = ("adopted_by",)
    ordering = ("-id",)
    fields = ("standing", "told", "adopted_at", "adopter")
    readonly_fields = ("standing", "told", "adopter")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load which scheme is the latest with every one."""
        latest = ReviewScheme.objects.order_by("-id").values("id")[:1]
        return super().get_queryset(request).annotate(latest=Subquery(latest))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators adopt one."""
        return request.user.has_perm(ADOPT)

    @admin.display(description=gettext_lazy("审次"))
    def stages_in_words(self, scheme: ReviewScheme) -> str:
        """Show the stages that a text must pass, and the readings beside them."""
        stages = stages_of(scheme.stages)
        must = " → ".join(stage.name for stage in stages if stage.required)
        beside = "、".join(stage.name for stage in stages if not stage.required)
        return (
            _("%(must)s（另有%(beside)s）") % {"must": must, "beside": beside} if beside else must
        )

    @admin.display(description=gettext_lazy("审次"))
    def told(self, scheme: ReviewScheme) -> str:
        """Show every stage in a line."""
        rows = [(stage_in_words(stage),) for stage in stages_of(scheme.stages)]
        return format_html_join("", "<div>{}</div>", rows)

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, scheme: Any) -> str:
        """Show whether it counts; the latest one does."""
        return _("现行") if scheme.pk == scheme.latest else _("已停用")

    @admin.display(description=gettext_lazy("启用人"))
    def adopter(self, scheme: ReviewScheme) -> str:
        """Show who adopted it."""
        return str(scheme.adopted_by or _("安装时设定"))

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Ask which scheme to adopt, and on POST adopt it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = SchemeForm(sent, initial={"choice": "three"})
        rows = StageFormSet(sent, prefix="stage", initial=_as_it_is())
        if sent is not None and self._adopted(request, form, rows):
            return redirect("admin:speeches_reviewscheme_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("采用另一种审校制度"),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "ready": {
                name: [stage_in_words(stage) for stage in stages] for name, stages in READY.items()
            },
            "standing": ReviewScheme.objects.order_by("-id").first(),
            "open_rounds": ReviewRound.objects.open().count(),
        }
        return TemplateResponse(request, "admin/speeches/reviewscheme/adopt.html", context)

    def _adopted(self, request: HttpRequest, form: SchemeForm, rows: Any) -> bool:
        if not form.is_valid():
            return False
        choice = form.cleaned_data["choice"]
        if choice == "own" and not rows.is_valid():
            return False
        stages = _own(rows) if choice == "own" else READY[choice]
        person = signed_in(request)
        try:
            scheme = adopt_scheme(stages, by=person, at=now())
        except Refused as refusal:
            tell(request, refusal)
            journal.write_refusal(
                "adopt_scheme",
                ReviewScheme.objects.latest("id"),
                by=person,
                at=now(),
                reason=str(refusal),
            )
            return False
        text = _("已采用：%(stages)s。") % {"stages": self.stages_in_words(scheme)}
        messages.success(request, text)
        return True


def stage_in_words(stage: Stage) -> str:
    """Return what a stage asks for: 初审：审核，必经，时限 24 小时."""
    return _("%(name)s：%(kind)s，%(required)s，时限 %(hours)d 小时") % {
        "name": stage.name,
        "kind": dict(KINDS)[stage.kind],
        "required": _("必经") if stage.required else _("非必经"),
        "hours": stage.hours,
    }


def _as_it_is() -> list[dict[str, Any]]:
    """The rows as the scheme that counts has them."""
    scheme = ReviewScheme.objects.order_by("-id").first()
    stages = stages_of(scheme.stages) if scheme else []
    return [
        {"name": one.name, "kind": one.kind, "required": one.required, "hours": one.hours}
        for one in stages
    ]


def _own(rows: Any) -> list[Stage]:
    """Return the stages of the rows that have a name, in their order."""
    filled = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
    return [
        Stage(
            code=f"{row['kind']}-{number}",
            name=row["name"].strip(),
            kind=row["kind"],
            required=row["required"],
            hours=row["hours"],
        )
        for number, row in enumerate(filled, 1)
    ]

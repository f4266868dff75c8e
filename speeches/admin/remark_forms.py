"""Forms of the remark's page: text and links, speakers, doubts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from speeches.admin.rows import LabelledFormSet, OrderedForm, OrderedFormSet
from speeches.doors.bodies import BodyField
from speeches.models import Doubt, Remark, Speaker


class RemarkForm(forms.ModelForm):
    """A remark's text and links."""

    body = BodyField(label=gettext_lazy("正文"))

    class Meta:
        model = Remark
        fields = (
            "meeting",
            "heading",
            "unit_as_printed",
            "post_as_printed",
            "unit",
            "district",
            "themes",
            "body",
        )


class SpeakerInline(admin.TabularInline):
    """Names as printed, each with the person they stand for."""

    model = Speaker
    form = OrderedForm
    formset = OrderedFormSet
    fields = ("position", "name_as_printed", "person")
    autocomplete_fields = ("person",)
    extra = 0
    ordering = ("position",)


class DoubtInline(admin.TabularInline):
    """What the import was not sure of; an editor ticks what was looked at."""

    class Form(forms.ModelForm):
        settled = forms.BooleanField(label=gettext_lazy("已核对"), required=False)

        class Meta:
            model = Doubt
            fields: tuple[str, ...] = ()

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            done = self.instance.settled_at is not None
            self.fields["settled"].initial = done
            self.fields["settled"].disabled = done

    model = Doubt
    form = Form
    formset = LabelledFormSet
    readonly_fields = ("message", "settlement")
    extra = 0
    can_delete = False
    ordering = ("id",)

    def get_fields(self, request: HttpRequest, obj: Remark | None = None) -> tuple[str, ...]:
        """Offer the tick to those who may settle a doubt."""
        if self.has_change_permission(request, obj):
            return ("message", "settled", "settlement")
        return ("message", "settlement")

    def has_add_permission(self, request: HttpRequest, obj: Remark | None = None) -> bool:
        """Doubts come from imports."""
        return False

    @admin.display(description=gettext_lazy("核对人"))
    def settlement(self, doubt: Doubt) -> str:
        """Show who looked at it, and when."""
        if doubt.settled_at is None:
            return ""
        return f"{doubt.settled_by or ''} {localtime(doubt.settled_at):%Y-%m-%d %H:%M}".strip()

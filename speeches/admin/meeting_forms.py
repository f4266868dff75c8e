"""Forms of the meeting's page: its own text, bylines and pictures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy

from speeches.admin.fields import ParagraphsField
from speeches.admin.rows import OrderedForm, OrderedFormSet
from speeches.models import Byline, Meeting, Picture

PICTURE_KINDS = ("jpg", "jpeg", "png", "webp")


class MeetingForm(forms.ModelForm):
    """A meeting's own text."""

    introduction = ParagraphsField(label=gettext_lazy("导语"), required=False)
    embargo_until = forms.DateTimeField(
        label=gettext_lazy("禁发至"),
        required=False,
        # One field in the browser's own form, as on the review page.
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=Meeting._meta.get_field("embargo_until").help_text,
    )

    class Meta:
        model = Meeting
        fields = (
            "kicker",
            "title",
            "subtitle",
            "name",
            "held_from",
            "held_to",
            "held_on_text",
            "place",
            "host",
            "introduction",
            "newspaper",
            "issue_date",
            "page_number",
            "embargo_until",
        )


class BylineInline(admin.TabularInline):
    """Names under the headline."""

    model = Byline
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    ordering = ("position",)


class PictureInline(admin.TabularInline):
    """Pictures with caption and credit; the file must really be an image."""

    class Form(OrderedForm):
        class Meta:
            model = Picture
            fields = ("position", "image", "caption", "credit")

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            # Whoever may only look has no field to choose a file with.
            if image := self.fields.get("image"):
                image.validators = [FileExtensionValidator(PICTURE_KINDS)]
                image.widget.attrs["accept"] = ",".join(f".{kind}" for kind in PICTURE_KINDS)

    model = Picture
    form = Form
    formset = OrderedFormSet
    extra = 0
    ordering = ("position",)

"""Phrases (提法) that the newsroom follows."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from speeches.admin.acting import WholeOrNothing, now, signed_in
from speeches.admin.history import WithHistory
from speeches.models import Phrase
from speeches.moderation import journal
from speeches.moderation.phrasing import MOST_VARIANTS, drop_phrase, keep_phrase


class PhraseForm(forms.ModelForm):
    """A phrase with its variants, one a line."""

    variants = forms.CharField(
        label=_("其他写法"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": MOST_VARIANTS}),
        help_text=_(
            "一行一个，最多%(most)d个，与这个提法一并计数。繁体、全角和标点的差别不必另列，系统自动视为相同。"
        )
        % {"most": MOST_VARIANTS},
    )

    class Meta:
        model = Phrase
        fields = ("text", "note", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the variants there are."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            forms_there = self.instance.forms.filter(position__gt=0).order_by("position")
            self.initial["variants"] = "\n".join(forms_there.values_list("text", flat=True))


@admin.register(Phrase)
class PhraseAdmin(WithHistory, WholeOrNothing):
    """Phrases in their order, with what is counted of them."""

    form = PhraseForm
    fields = ("text", "variants", "note", "position")
    list_display = ("text", "variants_there", "remarks", "occurrences", "note", "position")
    search_fields = ("text", "forms__text", "note")
    ordering = ("position", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Phrase]:
        """Count what readers see of each phrase."""
        return (
            super()
            .get_queryset(request)
            .prefetch_related("forms")
            .annotate(
                remark_number=Count("counts"),
                occurrence_number=Sum("counts__occurrences", default=0),
            )
        )

    @admin.display(description=_("其他写法"))
    def variants_there(self, phrase: Phrase) -> str:
        """Show the variants."""
        forms_there = sorted(phrase.forms.all(), key=lambda form: form.position)
        return "、".join(form.text for form in forms_there[1:])

    @admin.display(description=_("篇数"), ordering="remark_number")
    def remarks(self, phrase: Phrase) -> int:
        """Show in how many public remarks it stands."""
        return getattr(phrase, "remark_number", 0)

    @admin.display(description=_("次数"), ordering="occurrence_number")
    def occurrences(self, phrase: Phrase) -> int:
        """Show how often."""
        return getattr(phrase, "occurrence_number", 0)

    def view_on_site(self, obj: Phrase) -> str:
        """Lead to the public page."""
        return obj.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Phrase, form: Any, change: bool) -> None:
        """Keep the phrase by its act, which counts it and writes the journal."""
        variants = form.cleaned_data["variants"].splitlines()
        keep_phrase(obj, variants=variants, by=signed_in(request), at=now())

    def delete_model(self, request: HttpRequest, obj: Phrase) -> None:
        """Drop the phrase by its act."""
        drop_phrase(obj, by=signed_in(request), at=now())

    @journal.act
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Phrase]) -> None:
        """Drop one by one, so that every one is journalled."""
        for phrase in queryset:
            self.delete_model(request, phrase)

"""What remarks are ordered by: districts and themes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from speeches.admin.acting import now, signed_in
from speeches.admin.keeping import KeptAdmin
from speeches.admin.rows import LabelledFormSet
from speeches.models import CuePhrase, District, Theme
from speeches.moderation.readdressing import keep_old_address
from speeches.moderation.theming import move_theme


class AddressedAdmin(KeptAdmin):
    """Records of which one word stands in a public address; `address_field` holds it."""

    address_field = ""

    def save_model(
        self, request: HttpRequest, obj: Theme | District, form: Any, change: bool
    ) -> None:
        """Save, and keep an address that is given up."""
        super().save_model(request, obj, form, change)
        if change and self.address_field in form.changed_data:
            word = form.initial[self.address_field]
            keep_old_address(obj, word=word, by=signed_in(request), at=now())


@admin.register(District)
class DistrictAdmin(AddressedAdmin):
    """Districts with their codes."""

    address_field = "code"
    list_display = ("code", "name", "kind", "valid_from", "valid_to", "successor")
    list_filter = ("kind",)
    list_select_related = ("successor",)
    search_fields = ("name", "code")
    autocomplete_fields = ("successor",)
    ordering = ("code",)


class CuePhraseInline(admin.TabularInline):
    """Phrases that suggest the theme."""

    model = CuePhrase
    formset = LabelledFormSet
    extra = 0


class ThemeForm(forms.ModelForm):
    """A theme; the tree must stay a tree."""

    class Meta:
        model = Theme
        fields = ("name", "slug", "parent", "position")

    def clean_parent(self) -> Theme | None:
        """Refuse a parent that stands below the theme."""
        parent: Theme | None = self.cleaned_data["parent"]
        if parent is not None and self.instance.pk in Theme.objects.with_ancestors([parent.pk]):
            raise ValidationError(_("上级主题不能是自己或自己的下级。"))
        return parent


@admin.register(Theme)
class ThemeAdmin(AddressedAdmin):
    """Themes in their tree, with cue phrases."""

    address_field = "slug"
    form = ThemeForm
    inlines = (CuePhraseInline,)
    list_display = ("name", "slug", "parent", "position")
    list_editable = ("position",)
    list_select_related = ("parent",)
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name", "slug", "cue_phrases__phrase")
    autocomplete_fields = ("parent",)
    ordering = ("position", "id")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let public remarks follow when the theme moved in the tree."""
        super().save_related(request, form, formsets, change)
        if "parent" in form.changed_data:
            move_theme(form.instance, parent=form.instance.parent, by=signed_in(request), at=now())

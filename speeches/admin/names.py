"""Who speaks: units with their aliases, people with their posts."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from speeches.admin.keeping import KeptAdmin
from speeches.admin.rows import LabelledFormSet
from speeches.models import Membership, Person, Unit, UnitAlias


class AliasInline(admin.TabularInline):
    """Other names of a unit."""

    model = UnitAlias
    formset = LabelledFormSet
    extra = 0


class MembershipInline(admin.TabularInline):
    """Posts of a person."""

    model = Membership
    formset = LabelledFormSet
    autocomplete_fields = ("unit",)
    extra = 0


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    """Units."""

    inlines = (AliasInline,)
    list_display = ("name", "kind", "district", "parent", "remark_number")
    list_filter = ("kind", ("district", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("district", "parent")
    search_fields = ("name", "aliases__name")
    autocomplete_fields = ("district", "parent")
    ordering = ("name", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        """Count the remarks of each unit."""
        return super().get_queryset(request).annotate(number=Count("remarks", distinct=True))

    @admin.display(description=_("发言"), ordering="number")
    def remark_number(self, unit: Unit) -> int:
        """Show how many remarks on the desk are linked to the unit."""
        return getattr(unit, "number", 0)


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    """People; two of one name stay two."""

    inlines = (MembershipInline,)
    list_display = ("name", "note", "posts", "remark_number")
    search_fields = ("name", "note", "memberships__unit__name")
    ordering = ("name", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Count the remarks of each person."""
        return (
            super()
            .get_queryset(request)
            .prefetch_related("memberships__unit")
            .annotate(number=Count("speeches", distinct=True))
        )

    @admin.display(description=_("任职"))
    def posts(self, person: Person) -> str:
        """Show the posts."""
        return "；".join(str(membership) for membership in person.memberships.all())

    @admin.display(description=_("发言"), ordering="number")
    def remark_number(self, person: Person) -> int:
        """Show how many remarks on the desk are linked to the person."""
        return getattr(person, "number", 0)

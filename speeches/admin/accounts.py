"""Accounts: opened and closed by administrators, never deleted."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from speeches.admin.acting import as_one_act, now, signed_in
from speeches.admin.history import WithHistory
from speeches.admin.keeping import changed_parts
from speeches.admin.rows import LabelledFormSet
from speeches.models import Act, Contributor, User
from speeches.moderation import journal


class ContributorInline(admin.TabularInline):
    """The unit that a contributing account writes for."""

    model = Contributor
    formset = LabelledFormSet
    autocomplete_fields = ("unit",)
    extra = 1
    max_num = 1
    can_delete = False


class NewAccountForm(AdminUserCreationForm):
    """Name, password and role of a new account."""

    class Meta:
        model = User
        fields = ("username", "name")


@admin.register(User)
class AccountAdmin(WithHistory, UserAdmin):
    """Accounts with their roles.

    Whoever is not a superuser can neither see nor give superuser rights, nor change their own
    roles: nobody promotes themselves.
    """

    add_form = NewAccountForm
    list_display = ("username", "name", "roles", "is_staff", "is_active", "last_login")
    list_filter = ("groups", "is_staff", "is_active")
    search_fields = ("username", "name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    inlines = (ContributorInline,)
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "name", "usable_password", "password1", "password2"),
            },
        ),
    )
    superuser_fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        (
            _("权限"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups")},
        ),
        (_("时间"), {"fields": ("last_login", "date_joined")}),
    )
    account_fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        (_("权限"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("时间"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the few roles as boxes to tick."""
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "label": _("角色"), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        """Load the roles the list shows."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("角色"))
    def roles(self, user: User) -> str:
        """Show the groups."""
        return "、".join(group.name for group in user.groups.all())

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        """A new account has nothing beside its name and password yet."""
        return self.inlines if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Show superuser rights to superusers only."""
        if obj is None:
            return self.add_fieldsets
        return self.superuser_fieldsets if request.user.is_superuser else self.account_fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An administrator changes neither superusers nor their own account."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or request.user.is_superuser:
            return allowed
        return allowed and not obj.is_superuser and obj.pk != request.user.pk

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are deactivated: the journal names them."""
        return False

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Open an account, with its entry."""
        with as_one_act(request):
            return super().add_view(request, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save an account, with its entry."""
        with as_one_act(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """Write the roles, then the journal; passwords never enter it."""
        super().save_related(request, form, formsets, change)
        act = Act.EDIT if change else Act.CREATE
        changed = [name for name in changed_parts(form, formsets) if "password" not in name]
        if changed:
            self._write(act, request, form.instance, changed)

    @method_decorator(sensitive_post_parameters())
    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set somebody's password, and write into the journal that it was done."""
        with as_one_act(request):
            before = User.objects.filter(pk=unquote(id)).values_list("password", flat=True).first()
            response = super().user_change_password(request, id, form_url)
            user = User.objects.filter(pk=unquote(id)).first()
            if user is not None and user.password != before:
                self._write(Act.EDIT, request, user, ["password"])
        return response

    def _write(self, act: Act, request: HttpRequest, user: User, changed: list[str]) -> None:
        roles = sorted(user.groups.values_list("name", flat=True))
        journal.write(
            act,
            user,
            by=signed_in(request),
            at=now(),
            changed=changed,
            roles=roles,
            is_staff=user.is_staff,
            is_active=user.is_active,
            is_superuser=user.is_superuser,
        )

"""Users: organizers see them, only superusers make and change them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.admin.organizers import OrganizerAdmin
from accounts.admin.requests import is_organizer
from accounts.errors import Refused
from accounts.models import User
from accounts.portal.forms import AddressField
from accounts.verbs.tokens import issue_token
from accounts.visitors import actor_of

if TYPE_CHECKING:
    _UserAdmin = DjangoUserAdmin[User]
    _CreationForm = AdminUserCreationForm[User]
    _ChangeForm = DjangoUserChangeForm[User]
else:  # the classes take no parameters when they run
    _UserAdmin = DjangoUserAdmin
    _CreationForm = AdminUserCreationForm
    _ChangeForm = DjangoUserChangeForm

admin.site.unregister(Group)  # roles stand in the user's row; groups of permissions are not used


def is_superuser(request: HttpRequest) -> bool:
    """Whether the one who asks may manage users and their tokens."""
    return is_organizer(request) and bool(getattr(request.user, "is_superuser", False))


class UserCreationForm(_CreationForm):
    """A new user by e-mail address; addresses that differ in case alone are one."""

    class Meta:
        model = User
        fields = ("email", "name", "role", "language")
        field_classes = {"email": AddressField}


class UserChangeForm(_ChangeForm):
    """A user's record; the address is checked as everywhere."""

    class Meta(DjangoUserChangeForm.Meta):
        field_classes = {"email": AddressField}


@admin.register(User)
class UserAdmin(OrganizerAdmin, _UserAdmin):
    """Accounts by e-mail address and role."""

    form = UserChangeForm
    add_form = UserCreationForm
    add_form_template = None
    ordering = ("email",)
    list_display = ("email", "name", "role", "is_active", "is_staff", "last_login")
    list_filter = ("role", "is_active", "is_staff", "language")
    search_fields = ("email", "name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (_("What this user may do"), {"fields": ("role", "is_active", "is_staff", "is_superuser")}),
        (_("What is sealed"), {"fields": ("opens_passports", "opens_health", "opens_emergency")}),
        (_("Dates"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("email", "name", "role", "language", "is_staff", "usable_password", "password1", "password2")},
        ),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return is_superuser(request)

    def links(self, row: User) -> list[tuple[str, str]]:
        """Lead to the page that makes an API token."""
        return [(reverse("admin:accounts_user_token", args=[row.pk]), str(_("Give an API token")))]

    def get_urls(self) -> list[URLPattern]:
        """Add the page of a user's new API token."""
        page = self.admin_site.admin_view(self.token_view)
        return [path("<uuid:key>/token/", page, name="accounts_user_token"), *super().get_urls()]

    def token_view(self, request: HttpRequest, key: object) -> HttpResponse:
        """Ask, then make a token and show it this once."""
        user = self.get_queryset(request).filter(pk=key).first()
        if user is None or not is_superuser(request):
            raise Http404
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("API token"),
            "opts": self.opts,
            "original": user,
        }
        if request.method == "POST":
            try:
                context["token"] = issue_token(user, by=actor_of(request), at=timezone.now())
            except Refused as refusal:
                context["refusal"] = str(refusal)
        return never_cache(TemplateResponse)(request, "admin/token.html", context)

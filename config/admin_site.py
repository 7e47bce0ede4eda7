"""The organizer's admin: Django's own, with a desk as its first page."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

FLOORS = ("workshops", "participants", "targets", "correspondence", "accounts")


class OrganizerSignInForm(AdminAuthenticationForm):
    """Lets organizers in; everybody else is told so, with the same words as for a wrong password."""

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not user.is_organizer:
            raise ValidationError(
                self.error_messages["invalid_login"],
                code="invalid_login",
                params={"username": self.username_field.verbose_name},
            )


class PlannerAdminSite(AdminSite):
    """Django's own admin under the planner's name, for organizers alone."""

    site_header = _("Workshop planner")
    site_title = _("Workshop planner")
    index_title = _("Desk")
    enable_nav_sidebar = False  # lists need the width; the nouns of daily work stand in the header
    site_url = None  # the header has its own link to the public pages
    login_form = OrganizerSignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Let organizers in who may open the admin."""
        user = request.user
        return isinstance(user, User) and user.is_organizer and user.is_staff

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the nouns in the order of the work, API tokens among the accounts."""
        found = {app["app_label"]: app for app in super().get_app_list(request, app_label)}
        tokens = found.pop("knox", None)
        if tokens and "accounts" in found:
            found["accounts"]["models"] += [model | {"name": _("API tokens")} for model in tokens["models"]]
        return [found[label] for label in FLOORS if label in found]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what is due today and where every workshop stands, above the list of nouns."""
        # The pages of the nouns register with this site when they are imported, so it must be there before them.
        from config.alerts import alerts  # noqa: PLC0415
        from config.desk import standings  # noqa: PLC0415

        now = timezone.now()
        rows = standings(request.user)
        context = {
            "now": now,
            "alerts": alerts(now),
            "real": [row for row in rows if not row.is_practice],
            "practice": [row for row in rows if row.is_practice],
        }
        return super().index(request, context | (extra_context or {}))

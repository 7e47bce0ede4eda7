"""API tokens: who holds which, and taking one back."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from knox.models import AuthToken

from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from accounts.admin.users import is_superuser
from accounts.verbs.tokens import revoke_token

admin.site.unregister(AuthToken)  # knox's own page would show digests and make tokens past the verb

REVOKE = Step(
    name="revoke",
    label=_("Take back"),
    grave=True,
    button=ngettext_lazy("Take back %(count)d token", "Take back %(count)d tokens", "count"),
    done=ngettext_lazy("%(count)d token taken back.", "%(count)d tokens taken back.", "count"),
    note=lambda _rows: _(
        "Programs that use these tokens are refused from now on. A token taken back cannot be restored."
    ),
    do=lambda row, _answers, by, at: revoke_token(row, by=by, at=at),
)


@admin.register(AuthToken)
class AuthTokenAdmin(ReadOnlyAdmin):
    """Tokens by their first characters; the whole token is nowhere."""

    list_display = ("begins", "user", "created", "expiry")
    list_filter = ("user__role", "created")
    search_fields = ("token_key", "user__email", "user__name")
    list_select_related = ("user",)
    fields = ("begins", "user", "created", "expiry")
    ordering = ("-created",)
    actions = (REVOKE,)

    def allows(self, request: HttpRequest) -> bool:
        """Tokens are a matter for superusers."""
        return is_superuser(request)

    @admin.display(description=_("begins with"), ordering="token_key")
    def begins(self, token: AuthToken) -> str:
        """Return the first characters, by which a person knows the token again."""
        return f"{token.token_key}…"

"""API tokens: made for a user, shown once, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import User
from accounts.verbs.activities import record


@transaction.atomic
def issue_token(user: User, *, by: Actor, at: datetime) -> str:
    """Make an API token that acts as ``user`` and return it; only its digest is kept, so it can never be shown again.

    Raises ``NotAllowed`` (``superusers_only``) and ``Refused`` (``user_inactive``).
    """
    _require_superuser(by)
    if not user.is_active:
        raise Refused("user_inactive", _("This account is switched off. Switch it on before giving it a token."))
    kept, token = AuthToken.objects.create(user)
    record("issue_token", user, by=by, at=at, token=kept.token_key)
    return str(token)


@transaction.atomic
def revoke_token(token: AuthToken, *, by: Actor, at: datetime) -> None:
    """Take a token back; programs that use it are refused from now on. Safe to call twice.

    Raises ``NotAllowed`` (``superusers_only``).
    """
    _require_superuser(by)
    taken, _rows = AuthToken.objects.filter(pk=token.pk).delete()
    if taken:
        record("revoke_token", token.user, by=by, at=at, token=token.token_key)


def _require_superuser(by: Actor) -> None:
    if by.is_clock or (by.user is not None and by.user.is_active and by.user.is_superuser):
        return
    raise NotAllowed("superusers_only", _("Only an administrator of the planner may give or take API tokens."))

"""Making accounts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.addresses import as_read
from accounts.errors import Invalid, Refused
from accounts.models import User
from accounts.models.users import Role
from accounts.verbs.activities import record


def create_account(
    *, email: str, name: str, role: str = Role.GUEST, administrator: bool = False, by: Actor, at: datetime
) -> User:
    """Make an account without a password; an organizer's may open the admin, an administrator's also manage accounts.

    Raises ``NotAllowed``, ``Invalid`` (``email_invalid``, ``unknown_choice``) and ``Refused`` (``account_exists``).
    """
    by.require_organizer()
    if role not in Role.values:
        raise Invalid("unknown_choice", _("Choose one of the roles."), field="role")
    email = as_read(email)
    with transaction.atomic():
        if User.objects.filter(email__iexact=email).exists():
            raise Refused("account_exists", _("There is an account with this address."), field="email")
        user = User.objects.create_user(
            email, name=name, role=role, is_staff=role == Role.ORGANIZER, is_superuser=administrator
        )
        record("create_account", user, by=by, at=at, role=role)
    return user


def open_account(*, email: str, name: str, language: str, by: Actor, at: datetime) -> User:
    """Make the account of a guest who has shown that a mailbox is theirs; it has no password.

    ``email`` is an address as the register has it. Call it inside the verb that was shown the mailbox.
    """
    with transaction.atomic():
        user = User.objects.create_user(email, name=name, language=language)
        record("open_account", user, by=by, at=at)
    return user


def set_password(user: User, password: str, *, by: Actor, at: datetime) -> None:
    """Give an account a password; sessions opened with the old one end. Raises ``NotAllowed`` for others than organizers."""
    by.require_organizer()
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.set_password(password)
        locked.save(update_fields=["password"])
        record("set_password", locked, by=by, at=at)

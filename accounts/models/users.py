"""Someone who signs in. A person in the register and a focal point's mandate are different things."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class Role(models.TextChoices):
    """What a user is to the secretariat; focal points and participants get their scope from the register."""

    ORGANIZER = "organizer", _("Organizer")
    INTEGRATOR = "integrator", _("Integrator")
    REVIEWER = "reviewer", _("Reviewer")
    LIAISON = "liaison", _("Host liaison")
    FINANCE = "finance", _("Finance")
    GUEST = "guest", _("Focal point or participant")


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; without a password the account cannot sign in by password."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an organizer with every permission."""
        fields |= {"is_superuser": True, "is_staff": True, "role": Role.ORGANIZER}
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: e-mail address, role, language.

    Nobody opens sealed data by role alone: ``opens_passports``, ``opens_health`` and ``opens_emergency`` are given one by one, by
    an administrator, to who needs them for the work.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.CharField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.GUEST)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    opens_passports = models.BooleanField(_("may open passports and visas"), default=False)
    opens_health = models.BooleanField(_("may open food, access and health"), default=False)
    opens_emergency = models.BooleanField(_("may open emergency contacts"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_organizer(self) -> bool:
        """Whether this user works for the secretariat."""
        return self.is_active and self.role == Role.ORGANIZER

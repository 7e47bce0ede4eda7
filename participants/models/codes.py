"""Codes mailed to a registered address, with which somebody without a password signs in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class SignInCode(models.Model):
    """A code sent to ``address`` (lower case); the code itself follows from the row's id and is never stored.

    It is good until ``expires_at``, once, and for a few tries. A row is written for every address asked for, known or not,
    so that both look alike from outside; ``known`` says whether a letter went out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(_("e-mail address"), max_length=254, db_index=True)
    known = models.BooleanField(_("letter written"), default=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in code")
        verbose_name_plural = _("sign-in codes")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(created_at__lt=models.F("expires_at")), name="sign_in_code_expires_later"
            )
        ]

    def __str__(self) -> str:
        return self.address

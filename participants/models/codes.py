"""Codes mailed to a registered address, with which somebody without a password signs in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class SignInCode(models.Model):
    """A code sent to ``address`` (lower case); the code itself follows from the row's id and is never stored.

    It is good until ``expires_at``, once, and for a few tries. A row is written for every address asked for, known or not,
    so that both look alike from outside; ``known`` says whether a letter went out. ``turn`` counts the rows of an address:
    two requests at once cannot take the same, so that the limit of an hour holds. ``network`` stands for the network address
    that asked and does not tell it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(_("e-mail address"), max_length=254)
    turn = models.PositiveIntegerField(_("turn"))
    network = models.CharField(_("network"), max_length=64, blank=True, editable=False)
    known = models.BooleanField(_("letter written"), default=False)
    created_at = models.DateTimeField(_("made"), db_index=True)
    expires_at = models.DateTimeField(_("expires"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in code")
        verbose_name_plural = _("sign-in codes")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["address", "turn"], name="sign_in_code_turn_once"),
            models.CheckConstraint(condition=models.Q(tries__lte=5), name="sign_in_code_tries"),
            models.CheckConstraint(
                condition=models.Q(created_at__lt=models.F("expires_at")), name="sign_in_code_expires_later"
            ),
        ]
        indexes = [models.Index(fields=["network", "created_at"], name="sign_in_code_network")]

    def __str__(self) -> str:
        return self.address

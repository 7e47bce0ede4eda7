"""Templates of letters that organizers wrote over the shipped ones, version by version."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class LetterTemplate(models.Model):
    """One version of the text for a kind and language; the highest is in force, none is ever changed or deleted.

    ``subject`` and ``body`` hold placeholders such as ``{name}``; ``correspondence.kinds`` says which a kind knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind of letter"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, related_name="+", on_delete=models.PROTECT
    )
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="template_version_once"),
            models.CheckConstraint(condition=models.Q(version__gt=0), name="template_version_from_one"),
            models.CheckConstraint(condition=~models.Q(subject="") & ~models.Q(body=""), name="template_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}), {self.version}"


class Letterhead(models.Model):
    """What stands above and below the secretariat's letters; there is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    organization = models.JSONField(_("name of the secretariat"), default=dict, blank=True)
    address = models.TextField(_("address, line by line"), blank=True)
    signatory = models.JSONField(_("signs as"), default=dict, blank=True)
    signatory_name = models.CharField(_("name of the person who signs"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterhead")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="letterhead_once")]

    def __str__(self) -> str:
        return str(_("Letterhead"))

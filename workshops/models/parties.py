"""Parties and other Governments: one identity, names and status that depend on a date."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.texts import localized


class PartyKind(models.TextChoices):
    STATE = "state", pgettext_lazy("kind of Party", "State")
    ORGANIZATION = "reio", _("Regional economic integration organization")


class Party(models.Model):
    """A Government (or the European Union) by its ISO 3166 alpha-3 code.

    A row is a Party from ``in_force_on`` on, the ninetieth day after its deposit (Convention, article 36); a row without that
    date is an "other Government" and never a Party. ``name`` is the UN short name in use today in six languages; names of
    another time are ``PartyName`` rows.
    """

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    iso2 = models.CharField(_("ISO 3166 alpha-2"), max_length=2, blank=True)
    m49 = models.CharField(_("UN M49 code"), max_length=3, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=PartyKind, default=PartyKind.STATE)
    name = models.JSONField(_("name"), default=dict)
    name_en = models.CharField(_("English name"), max_length=120)
    formal_name = models.CharField(_("formal name"), max_length=200, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    deposited_on = models.DateField(_("instrument deposited"), null=True, blank=True)
    in_force_on = models.DateField(_("Party from"), null=True, blank=True)
    language = models.CharField(_("language of correspondence"), max_length=2, choices=settings.LANGUAGES, default="en")
    capital = models.CharField(_("capital"), max_length=80, blank=True)
    latitude = models.FloatField(_("latitude of the capital"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the capital"), null=True, blank=True)
    zone = models.CharField(_("time zone of the capital"), max_length=60, blank=True)
    members = models.ManyToManyField(
        "self", verbose_name=_("members"), symmetrical=False, related_name="unions", blank=True
    )

    class Meta:
        verbose_name = _("Party")
        verbose_name_plural = _("Parties")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{3}$"), name="party_code_shape"),
            models.UniqueConstraint(fields=["iso2"], condition=~models.Q(iso2=""), name="party_iso2_once"),
            models.UniqueConstraint(fields=["m49"], condition=~models.Q(m49=""), name="party_m49_once"),
            models.CheckConstraint(
                condition=models.Q(kind="state") | models.Q(kind="reio", m49=""),
                name="party_union_is_no_country",
            ),
            models.CheckConstraint(
                condition=models.Q(deposited_on__isnull=True)
                | models.Q(in_force_on__isnull=True)
                | models.Q(in_force_on__gt=models.F("deposited_on")),
                name="party_in_force_after_deposit",
            ),
        ]

    def __str__(self) -> str:
        return localized(self.name) or self.name_en


class PartyName(models.Model):
    """A short name as it was in one language in the half-open range [``valid_from``, ``valid_to``)."""

    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=120)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    class Meta:
        verbose_name = _("earlier name")
        verbose_name_plural = _("earlier names")
        ordering = ["party", "language", "valid_to"]
        constraints = [
            models.UniqueConstraint(fields=["party", "language", "name"], name="party_name_once"),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to")),
                name="party_name_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

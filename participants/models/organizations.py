"""Organizations: where people work, and bodies that send experts of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from workshops.models import Party


class OrganizationKind(models.TextChoices):
    GOVERNMENT = "government", _("Government body")
    INTERNATIONAL = "international", _("International organization")
    REGIONAL = "regional", _("Regional organization")
    CIVIL = "civil", _("Civil society, research or business")


class Organization(models.Model):
    """An organization; ``party`` is set for a body of one Government."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=OrganizationKind)
    party = models.ForeignKey(
        Party, verbose_name=_("Party"), null=True, blank=True, related_name="organizations", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "party"], name="organization_once"),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(party__isnull=True),
                name="organization_without_party_once",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organization_has_name"),
        ]

    def __str__(self) -> str:
        return self.acronym or self.name

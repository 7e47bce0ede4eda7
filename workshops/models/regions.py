"""Regions: a region is an entry of a list, and a Party is in it for a time (edge cases E20 and E21)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.texts import localized
from workshops.models.parties import Party


class RegionList(models.TextChoices):
    """Whose list it is; lists disagree and none is right for all uses."""

    UN_GROUP = "un-group", _("UN regional groups")
    M49_REGION = "m49-region", _("UN M49 regions")
    M49_SUBREGION = "m49-subregion", _("UN M49 subregions")
    M49_INTERMEDIATE = "m49-intermediate", _("UN M49 intermediate regions")
    INCOME = "income", _("World Bank income groups")
    LDC = "ldc", _("Least developed countries")
    LLDC = "lldc", _("Landlocked developing countries")
    SIDS = "sids", _("Small island developing States")


class Region(models.Model):
    """One entry of one list, addressed by a slug such as ``un-group-africa``."""

    slug = models.SlugField(primary_key=True, max_length=60)
    of_list = models.CharField(_("list"), max_length=16, choices=RegionList)
    name = models.JSONField(_("name"), default=dict)
    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, related_name="children", on_delete=models.PROTECT
    )
    parties = models.ManyToManyField(
        Party, verbose_name=_("Parties"), through="RegionMembership", related_name="regions"
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["of_list", "slug"]

    def __str__(self) -> str:
        return localized(self.name) or self.slug


class RegionMembership(models.Model):
    """A Party belongs to a region in the half-open range [``valid_from``, ``valid_to``); an open end is null."""

    region = models.ForeignKey(Region, verbose_name=_("region"), related_name="memberships", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="memberships", on_delete=models.CASCADE)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["region", "party"]
        constraints = [
            models.UniqueConstraint(fields=["region", "party", "valid_from"], name="membership_once"),
            models.UniqueConstraint(
                fields=["region", "party"],
                condition=models.Q(valid_from__isnull=True),
                name="membership_open_start_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to")),
                name="membership_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} ∈ {self.region_id}"

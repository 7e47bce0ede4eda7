"""One national target inside a submission, with its quantity as written and as measured."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from targets.models.submissions import Submission
from workshops.models import Target


class Measure(models.TextChoices):
    """What is done to the land; quantities are added up within one measure only."""

    RESTORE = "restore", _("Restore")
    PROTECT = "protect", _("Protect")
    AVOID_LOSS = "avoid_loss", _("Avoid loss")
    IMPROVE = "improve", _("Improve management")
    MAINTAIN = "maintain", _("Maintain")
    NEUTRAL = "neutral", _("No net loss")
    OTHER = "other", _("Other")


class Bound(models.TextChoices):
    """How firm the number is (edge cases E35 and E40)."""

    EXACT = "exact", _("Exactly")
    AT_LEAST = "at-least", _("At least")
    UP_TO = "up-to", _("Up to")
    ABOUT = "about", _("About")


class TargetItem(models.Model):
    """A national target.

    ``as_written`` keeps the quantity as the Party wrote it; ``value`` in ``unit`` is what was read from it (``start_value`` for
    "from x to y"), ``hectares`` the converted area when the unit is one of area. All three are null for a qualitative target.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), related_name="items", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("target"), max_length=300)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    as_written = models.CharField(_("quantity as written"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    start_value = models.DecimalField(_("from"), max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    bound = models.CharField(_("bound"), max_length=8, choices=Bound, default=Bound.EXACT)
    basis = models.CharField(_("of what"), max_length=200, blank=True)
    hectares = models.DecimalField(_("hectares"), max_digits=20, decimal_places=4, null=True, blank=True)
    baseline = models.CharField(_("baseline"), max_length=20, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    in_nbsap = models.BooleanField(_("in the NBSAP"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    global_targets = models.ManyToManyField(
        Target, verbose_name=_("global targets"), related_name="national_items", blank=True
    )

    class Meta:
        verbose_name = _("national target")
        verbose_name_plural = _("national targets")
        ordering = ["submission", "position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="item_position_once"),
            models.CheckConstraint(condition=models.Q(measure__in=Measure.values), name="item_measure_known"),
            models.CheckConstraint(
                condition=models.Q(hectares__isnull=True) | models.Q(hectares__gte=0),
                name="item_hectares_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(hectares__isnull=True) | models.Q(value__isnull=False),
                name="item_hectares_from_value",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="item_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

"""The rules of a call's selection: seats, shares, money, and who is in or out by an organizer's word."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.calls import Call
from participants.models.nominations import Nomination
from workshops.models import Contribution, Party


def priority_lists() -> list[str]:
    """The lists that come first: least developed countries and small island developing States (note, para 21)."""
    return ["ldc", "sids"]


class SelectionRules(models.Model):
    """What a proposal must keep and strive for; the call itself says how many experts a Party may send and who is financed.

    ``women_share`` is the share of the seats, in percent, that women should have at least. ``sector_shares`` holds the share
    of each sector in percent; a sector without one gets an equal part of what is left. ``priority_lists`` are slugs of lists
    or regions. A journey is estimated as ``fare_start`` plus ``fare_per_1000_km`` over the great circle from the Party's
    capital, there and back, plus ``allowance_a_day`` (DSA) for each day of the workshop and one more, in ``currency``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.OneToOneField(Call, verbose_name=_("call"), related_name="rules", on_delete=models.CASCADE)
    seats = models.PositiveSmallIntegerField(_("seats for Parties"))
    women_share = models.PositiveSmallIntegerField(
        _("women, percent of the seats"), default=50, validators=[MaxValueValidator(100)]
    )
    sector_shares = models.JSONField(_("sectors, percent of the seats"), default=dict, blank=True)
    priority_lists = models.JSONField(_("lists that come first"), default=priority_lists, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    fare_start = models.DecimalField(_("fare, fixed part"), max_digits=8, decimal_places=2, default=400)
    fare_per_1000_km = models.DecimalField(_("fare for 1,000 km"), max_digits=8, decimal_places=2, default=100)
    allowance_a_day = models.DecimalField(_("allowance a day (DSA)"), max_digits=8, decimal_places=2, default=150)
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("rules of selection")
        verbose_name_plural = _("rules of selection")
        ordering = ["-set_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(women_share__lte=100), name="rules_women_share_range"),
            models.CheckConstraint(condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="rules_currency_shape"),
            models.CheckConstraint(
                condition=models.Q(fare_start__gte=0, fare_per_1000_km__gte=0, allowance_a_day__gte=0),
                name="rules_costs_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call)


class Budget(models.Model):
    """What a contribution pays for at this workshop: at most ``amount`` (in the rules' currency), at most ``places`` people.

    Its earmark: only people of Parties on one of ``lists`` (slugs of lists or regions) or among ``parties``, and only of
    ``sectors``; an empty one leaves it open. A contribution earmarked for another workshop pays for nothing here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rules = models.ForeignKey(SelectionRules, verbose_name=_("rules"), related_name="budgets", on_delete=models.CASCADE)
    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), related_name="budgets", on_delete=models.PROTECT
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("people at most"), null=True, blank=True)
    lists = models.JSONField(_("only Parties on the lists"), default=list, blank=True)
    parties = models.ManyToManyField(Party, verbose_name=_("only the Parties"), related_name="+", blank=True)
    sectors = models.JSONField(_("only the sectors"), default=list, blank=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["rules", "contribution", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=False) | models.Q(places__isnull=False), name="budget_has_a_limit"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0), name="budget_amount_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution)


class LockVerdict(models.TextChoices):
    IN = "in", _("In, whatever the proposal")
    OUT = "out", _("Out, whatever the proposal")


class Lock(models.Model):
    """An organizer's word that a nominee is in or out, with the reason; every proposal keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nomination = models.OneToOneField(
        Nomination, verbose_name=_("nomination"), related_name="lock", on_delete=models.CASCADE
    )
    verdict = models.CharField(_("verdict"), max_length=3, choices=LockVerdict)
    reason = models.CharField(_("reason"), max_length=500)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("set by"), null=True, related_name="locks", on_delete=models.SET_NULL
    )
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        ordering = ["nomination"]
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=LockVerdict.values), name="lock_verdict_known"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="lock_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.get_verdict_display()}"

"""A call for nominations to one workshop."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from workshops.models import Workshop


class CallState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


CALL_STEPS = table(CallState, open=("closed", "cancelled"), closed=("open", "cancelled"))


class PlanningSignatures(models.TextChoices):
    """Who must sign on the second track, nominated "through FAO and CBD focal points" (see docs/decisions/0005)."""

    EITHER = "either", _("A CBD or an FAO focal point")
    BOTH = "both", _("A CBD and an FAO focal point")


class LatePolicy(models.TextChoices):
    """What becomes of a nomination sent after the deadline (E34)."""

    REFUSE = "refuse", _("Refused")
    MARK = "mark", _("Taken and marked as late")


def every_track() -> list[str]:
    """Both tracks of Annex II."""
    return ["biodiversity", "planning"]


def every_sector() -> list[str]:
    """The four sectors of the note, paragraph 21."""
    return ["conservation", "forest", "agriculture", "planning"]


def every_paper() -> list[str]:
    """What notifications ask for with a nomination: official letter, completed form, curriculum vitae."""
    return ["letter", "form", "cv"]


def usual_reminders() -> list[int]:
    """Days before the deadline on which silent Parties are reminded."""
    return [7, 2]


class Call(models.Model):
    """Nominations are asked for by ``deadline_at`` (UTC; ``deadline_zone`` is the zone it was set in).

    ``seats_per_party`` is two or three, "depending on funds" (Annex II, participants). A workshop has one live call.
    ``issued_on`` is the date the notification bears; ``file_reference`` holds no date (E32).
    ``tracks``, ``sectors`` and ``papers`` are values of ``Track``, ``Sector`` and ``DocumentKind`` that the call asks for.
    ``funded_seats`` of each eligible Party are financed; ``funded_lists`` names the lists that make a Party eligible (slugs of
    regions such as ``ldc``; none means every Party), and ``funding`` is the sentence that says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workshop = models.ForeignKey(Workshop, verbose_name=_("workshop"), related_name="calls", on_delete=models.PROTECT)
    symbol = models.CharField(_("notification"), max_length=40, unique=True)
    file_reference = models.CharField(_("reference of the file"), max_length=60, blank=True)
    issued_on = models.DateField(_("date of the notification"), null=True, blank=True)
    thematic_areas = models.JSONField(_("thematic areas"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    deadline_at = models.DateTimeField(_("deadline"))
    deadline_zone = models.CharField(_("zone of the deadline"), max_length=60)
    seats_per_party = models.PositiveSmallIntegerField(_("experts a Party"))
    criteria = models.JSONField(_("criteria"), default=dict, blank=True)
    tracks = models.JSONField(_("tracks"), default=every_track)
    sectors = models.JSONField(_("sectors"), default=every_sector)
    papers = models.JSONField(_("papers required"), default=every_paper, blank=True)
    reminder_days = models.JSONField(_("reminders, days before"), default=usual_reminders, blank=True)
    planning_signatures = models.CharField(
        _("who signs on the second track"), max_length=6, choices=PlanningSignatures, default=PlanningSignatures.EITHER
    )
    late_policy = models.CharField(
        _("nominations after the deadline"), max_length=6, choices=LatePolicy, default=LatePolicy.REFUSE
    )
    funding = models.JSONField(_("funding"), default=dict, blank=True)
    funded_seats = models.PositiveSmallIntegerField(_("experts financed a Party"), default=0)
    funded_lists = models.JSONField(_("Parties financed"), default=list, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"], condition=~models.Q(state="cancelled"), name="call_live_once_a_workshop"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__lt=models.F("deadline_at")), name="call_deadline_after_opening"
            ),
            models.CheckConstraint(condition=models.Q(seats_per_party__range=(1, 3)), name="call_seats_range"),
            models.CheckConstraint(condition=models.Q(state__in=CallState.values), name="call_state_known"),
            models.CheckConstraint(
                condition=models.Q(funded_seats__lte=models.F("seats_per_party")), name="call_finances_its_seats"
            ),
            models.CheckConstraint(
                condition=models.Q(planning_signatures__in=PlanningSignatures.values), name="call_signatures_known"
            ),
            models.CheckConstraint(condition=models.Q(late_policy__in=LatePolicy.values), name="call_late_known"),
        ]

    def __str__(self) -> str:
        return self.symbol

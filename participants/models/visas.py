"""Visas: what the host asks for, and how far an application has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.models.sealed import SealedTextField
from accounts.states import table
from participants.models.registrations import Registration
from participants.models.travel_documents import TravelDocumentKind
from workshops.models import Party, Workshop


class VisaNeed(models.TextChoices):
    NONE = "none", _("No visa is needed")
    ARRIVAL = "arrival", _("Visa on arrival")
    ONLINE = "online", _("Electronic authorization before the journey")
    BEFORE = "before", _("Visa from a mission before the journey")


class VisaRule(models.Model):
    """What the host of a workshop asks of a nationality and a kind of document, as its mission told the secretariat.

    The visa goes by nationality and document (edge cases E08, E09): a rule without ``nationality`` holds for all, one without
    ``kind`` for every document; the more exact one is followed, nationality before kind.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), related_name="visa_rules", on_delete=models.CASCADE
    )
    nationality = models.ForeignKey(
        Party, verbose_name=_("nationality"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    kind = models.CharField(_("travel document"), max_length=10, choices=TravelDocumentKind, blank=True)
    need = models.CharField(_("what the host asks"), max_length=8, choices=VisaNeed)
    source = models.CharField(_("who said so, and when"), max_length=200)

    class Meta:
        verbose_name = _("visa rule")
        verbose_name_plural = _("visa rules")
        ordering = ["workshop", "nationality", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "nationality", "kind"], name="visa_rule_once"),
            models.UniqueConstraint(
                fields=["workshop", "kind"], condition=models.Q(nationality__isnull=True), name="visa_rule_for_all_once"
            ),
            models.CheckConstraint(condition=models.Q(need__in=VisaNeed.values), name="visa_rule_need_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *TravelDocumentKind.values]), name="visa_rule_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nationality_id or '*'} {self.kind or '*'}: {self.need}"


class VisaState(models.TextChoices):
    """How far the application has come; a refused or late one frees the seat (edge case E28)."""

    TO_APPLY = "to_apply", _("To be applied for")
    APPLIED = "applied", _("Applied for")
    GRANTED = "granted", _("Granted")
    NOT_NEEDED = "not_needed", _("Not needed")
    REFUSED = "refused", _("Refused")
    LATE = "late", _("No answer in time")


VISA_STEPS = table(
    VisaState,
    to_apply=("applied", "granted", "not_needed", "refused", "late"),
    applied=("granted", "not_needed", "refused", "late"),
    granted=("refused",),
    not_needed=("to_apply", "applied", "granted"),
)


class Visa(models.Model):
    """The application of one registered person; ``mission`` and ``note`` are sealed, ``state`` says who needs help."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration = models.OneToOneField(
        Registration, verbose_name=_("registration"), related_name="visa", on_delete=models.CASCADE
    )
    state = models.CharField(_("state"), max_length=10, choices=VisaState, default=VisaState.TO_APPLY)
    mission = SealedTextField(_("applied for at"), blank=True)
    note = SealedTextField(_("note"), blank=True)
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("visa")
        verbose_name_plural = _("visas")
        ordering = ["registration"]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=VisaState.values), name="visa_state_known")]

    def __str__(self) -> str:
        return str(self.get_state_display())

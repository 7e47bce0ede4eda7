"""A workshop: where, when, for whom, and where it stands in its life."""

from datetime import time

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from accounts.texts import localized
from workshops.models.parties import Party
from workshops.models.programmes import Programme


class WorkshopStage(models.TextChoices):
    """Where a workshop stands; verbs of the flow move it on."""

    PLANNED = "planned", _("Planned")
    CALLED = "called", _("Call open")
    SELECTED = "selected", _("Participants selected")
    INVITED = "invited", _("Invitations out")
    HELD = "held", _("Held")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")


WORKSHOP_STEPS = table(
    WorkshopStage,
    planned=("called", "cancelled"),
    called=("selected", "cancelled"),
    selected=("invited", "cancelled"),
    invited=("held", "cancelled"),
    held=("reported",),
)


class Workshop(models.Model):
    """One subregional workshop.

    ``starts_on`` and ``ends_on`` are local dates in the venue's ``zone``, ``opens_at`` and ``closes_at`` its hours there;
    ``put_off`` says that new days are still to be told, ``online`` that it is held in a virtual room; ``web_address`` is
    where documents and logistics stand, or the room. ``revision`` counts the changes people were told: other days, put off,
    moved online. ``reference`` prefixes every number people see (``ANNEX2-AMM`` → ``ANNEX2-AMM-014``) and ``last_number`` is
    the last one given, never reused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="workshops", on_delete=models.PROTECT
    )
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    title = models.JSONField(_("title"), default=dict)
    host = models.ForeignKey(Party, verbose_name=_("host Government"), related_name="hosted", on_delete=models.PROTECT)
    city = models.CharField(_("city"), max_length=80)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    zone = models.CharField(_("time zone"), max_length=60)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    opens_at = models.TimeField(_("opens each day at"), default=time(9, 0))
    closes_at = models.TimeField(_("closes each day at"), default=time(17, 30))
    revision = models.PositiveSmallIntegerField(_("changes told"), default=0, editable=False)
    put_off = models.BooleanField(_("put off, new days to be told"), default=False)
    online = models.BooleanField(_("held online"), default=False)
    web_address = models.CharField(
        _("web page"), max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    languages = models.JSONField(_("working languages"), default=list)
    seats = models.PositiveSmallIntegerField(_("seats for Parties"))
    stage = models.CharField(_("stage"), max_length=10, choices=WorkshopStage, default=WorkshopStage.PLANNED)
    rehearsal_of = models.ForeignKey(
        "self",
        verbose_name=_("practice copy of"),
        null=True,
        blank=True,
        related_name="rehearsals",
        on_delete=models.CASCADE,
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)
    parties = models.ManyToManyField(Party, verbose_name=_("Parties"), through="Coverage", related_name="workshops")

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["starts_on", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="workshop_days"),
            models.CheckConstraint(condition=models.Q(opens_at__lt=models.F("closes_at")), name="workshop_hours"),
            models.CheckConstraint(condition=models.Q(seats__gt=0), name="workshop_has_seats"),
            models.CheckConstraint(condition=models.Q(stage__in=WorkshopStage.values), name="workshop_stage_known"),
        ]

    def __str__(self) -> str:
        return localized(self.title) or self.slug

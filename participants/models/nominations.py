"""Nominations: a Party's (or an organization's) candidate for a call, on one of two tracks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from correspondence.models import StoredFile
from participants.models.calls import Call
from participants.models.focal_points import FocalPoint
from participants.models.organizations import Organization
from participants.models.persons import Person
from workshops.models import Party


class Track(models.TextChoices):
    """Annex II, participants: the first track through CBD focal points, the second through FAO and CBD focal points."""

    BIODIVERSITY = "biodiversity", _("National biodiversity expert")
    PLANNING = "planning", _("National planning, agriculture or forest expert")


class Sector(models.TextChoices):
    """Note, para 21: the sectors to be present where possible."""

    CONSERVATION = "conservation", _("Conservation")
    FOREST = "forest", _("Forest")
    AGRICULTURE = "agriculture", _("Agriculture")
    PLANNING = "planning", _("Planning")


class NominationState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not-selected", _("Not selected")


NOMINATION_STEPS = table(
    NominationState,
    submitted=("withdrawn", "selected", "reserve", "not-selected"),
    selected=("withdrawn",),
    reserve=("selected", "withdrawn", "not-selected"),
)


class Nomination(models.Model):
    """One candidate. ``rank`` is the Party's order and its seat: 1 up to the call's experts a Party, each once.

    ``party`` is the Government represented; nationality and residence are asked at registration (edge case E08). A candidate
    of an international or regional organization has ``organization`` instead and no rank: such experts are counted apart.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=60, unique=True)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="nominations", on_delete=models.PROTECT)
    party = models.ForeignKey(
        Party, verbose_name=_("Party"), null=True, blank=True, related_name="nominations", on_delete=models.PROTECT
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        related_name="nominations",
        on_delete=models.PROTECT,
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), related_name="nominations", on_delete=models.PROTECT)
    focal_point = models.ForeignKey(
        FocalPoint,
        verbose_name=_("focal point"),
        null=True,
        blank=True,
        related_name="nominations",
        on_delete=models.PROTECT,
    )
    track = models.CharField(_("track"), max_length=12, choices=Track)
    sector = models.CharField(_("sector"), max_length=12, choices=Sector)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    expertise = models.TextField(_("expertise"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=NominationState, default=NominationState.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted"))

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["call", "party", "rank", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    party__isnull=False, organization__isnull=True, rank__isnull=False, rank__range=(1, 3)
                )
                | models.Q(party__isnull=True, organization__isnull=False, rank__isnull=True),
                name="nomination_party_or_organization",
            ),
            models.UniqueConstraint(
                fields=["call", "party", "rank"],
                condition=~models.Q(state="withdrawn"),
                name="nomination_rank_once",
            ),
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=~models.Q(state="withdrawn"),
                name="nomination_person_once",
            ),
            models.CheckConstraint(condition=models.Q(track__in=Track.values), name="nomination_track_known"),
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="nomination_sector_known"),
            models.CheckConstraint(condition=models.Q(state__in=NominationState.values), name="nomination_state_known"),
        ]
        indexes = [models.Index(fields=["call", "state"], name="nomination_call_state")]

    def __str__(self) -> str:
        return self.reference


class DocumentKind(models.TextChoices):
    LETTER = "letter", _("Official letter")
    FORM = "form", _("Nomination form")
    CV = "cv", _("Curriculum vitae")


class NominationDocument(models.Model):
    """A paper of a nomination; the newest of a kind replaces the one before it."""

    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="documents", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=6, choices=DocumentKind)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), related_name="nomination_documents", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("nomination paper")
        verbose_name_plural = _("nomination papers")
        ordering = ["nomination", "kind"]
        constraints = [models.UniqueConstraint(fields=["nomination", "kind"], name="nomination_document_once")]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.kind}"

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
    WAITING = "waiting", _("Waiting for a signature")
    SUBMITTED = "submitted", _("Submitted")
    DISPUTED = "disputed", _("Disputed")
    SET_ASIDE = "set-aside", _("Set aside")
    JOINED = "joined", _("Joined to another nomination")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not-selected", _("Not selected")


NOMINATION_STEPS = table(
    NominationState,
    waiting=("submitted", "disputed", "joined", "withdrawn", "not-selected"),
    submitted=("waiting", "disputed", "joined", "withdrawn", "selected", "reserve", "not-selected"),
    disputed=("waiting", "submitted", "set-aside", "withdrawn"),
    joined=("waiting", "submitted", "withdrawn"),
    selected=("withdrawn",),
    reserve=("selected", "withdrawn", "not-selected"),
)
# What no longer counts: taken back, set aside in a dispute, or told of in another row of the same person.
GONE = (NominationState.WITHDRAWN, NominationState.SET_ASIDE, NominationState.JOINED)
# What holds none of the Party's places: two lists in dispute stand beside each other until one is confirmed.
WITHOUT_PLACE = (*GONE, NominationState.DISPUTED)


class Nomination(models.Model):
    """One candidate. ``rank`` is the Party's order and its seat: 1 up to the call's experts a Party, each once.

    ``focal_point`` signed first, on ``letter_date``; all signatures are ``Endorsement`` rows. ``late`` is judged against the
    deadline in force at ``submitted_at``. A nomination of somebody nominated already is ``joined_to`` that one (E04): its
    letter and signature are kept, and the two hold one seat. ``replaces`` is the nomination in whose place it came.

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
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    late = models.BooleanField(_("late"), default=False)
    joined_to = models.ForeignKey(
        "self",
        verbose_name=_("joined to"),
        null=True,
        blank=True,
        related_name="joined",
        on_delete=models.PROTECT,
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        related_name="replaced_by",
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["call", "party", "rank", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    party__isnull=False, organization__isnull=True, rank__isnull=False, rank__range=(1, 3)
                )
                | models.Q(
                    party__isnull=False, organization__isnull=True, rank__isnull=True, state__in=["joined", "withdrawn"]
                )
                | models.Q(party__isnull=True, organization__isnull=False, rank__isnull=True),
                name="nomination_party_or_organization",
            ),
            models.CheckConstraint(
                condition=models.Q(state="joined", joined_to__isnull=False)
                | (~models.Q(state="joined") & models.Q(joined_to__isnull=True)),
                name="nomination_joined_to_one",
            ),
            models.UniqueConstraint(
                fields=["call", "party", "rank"],
                condition=~models.Q(state__in=WITHOUT_PLACE),
                name="nomination_rank_once",
            ),
            models.UniqueConstraint(
                fields=["call", "party", "focal_point", "rank"],
                condition=models.Q(state="disputed"),
                name="nomination_disputed_rank_once",
            ),
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=~models.Q(state__in=WITHOUT_PLACE),
                name="nomination_person_once",
            ),
            models.CheckConstraint(condition=models.Q(track__in=Track.values), name="nomination_track_known"),
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="nomination_sector_known"),
            models.CheckConstraint(condition=models.Q(state__in=NominationState.values), name="nomination_state_known"),
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="nomination_call_state"),
            models.Index(fields=["-submitted_at", "-id"], name="nomination_newest"),
        ]

    def __str__(self) -> str:
        return self.reference


class DocumentKind(models.TextChoices):
    LETTER = "letter", _("Official letter")
    SECOND_LETTER = "second-letter", _("Letter of the second focal point")
    FORM = "form", _("Nomination form")
    CV = "cv", _("Curriculum vitae")


class NominationDocument(models.Model):
    """A paper of a nomination; the newest of a kind replaces the one before it."""

    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="documents", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=13, choices=DocumentKind)
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

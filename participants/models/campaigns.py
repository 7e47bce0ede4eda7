"""Campaigns: every Party is asked, by a date, whether its focal points in the directory are right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from correspondence.models import StoredFile
from participants.models.focal_points import FocalPoint, FocalPointKind
from participants.models.persons import Person
from workshops.models import Party, Programme


class CampaignState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


CAMPAIGN_STEPS = table(CampaignState, open=("closed",), closed=("open",))


class Campaign(models.Model):
    """A dated request to confirm or update focal points of some kinds, as FAO asked for by 31 August 2019 (E13).

    ``due_at`` is in UTC, ``due_zone`` the zone it was set in. ``reminder_days`` are the days before it on which the clock
    reminds who is silent. A row with ``rehearsal`` belongs to that practice programme and writes to its synthetic people.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kinds = models.JSONField(_("kinds of focal point"), default=list)
    state = models.CharField(_("state"), max_length=6, choices=CampaignState, default=CampaignState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("answers due"))
    due_zone = models.CharField(_("zone of the date"), max_length=60)
    reminder_days = models.JSONField(_("reminders, days before"), default=list)
    note = models.TextField(_("text of the request"), blank=True)
    rehearsal = models.ForeignKey(
        Programme,
        verbose_name=_("synthetic, made for"),
        null=True,
        blank=True,
        related_name="campaigns",
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=CampaignState.values), name="campaign_state_known"),
            models.CheckConstraint(
                condition=models.Q(opened_at__lt=models.F("due_at")), name="campaign_due_after_opening"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="campaign_has_title"),
            models.UniqueConstraint(
                fields=["title"], condition=models.Q(state="open", rehearsal__isnull=True), name="campaign_open_once"
            ),
            models.UniqueConstraint(
                fields=["title", "rehearsal"],
                condition=models.Q(state="open", rehearsal__isnull=False),
                name="campaign_practised_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignAnswer(models.TextChoices):
    WAITING = "waiting", _("No answer")
    CONFIRMED = "confirmed", _("Confirmed")
    UPDATED = "updated", _("Contact details updated")
    PROPOSED = "proposed", _("Another person proposed")
    RECORDED = "recorded", _("The other person is recorded")


CAMPAIGN_ANSWERS = table(
    CampaignAnswer,
    waiting=("confirmed", "updated", "proposed"),
    confirmed=("updated", "proposed", "confirmed"),
    updated=("confirmed", "updated", "proposed"),
    proposed=("recorded", "proposed", "confirmed", "waiting"),
)


class CampaignEntry(models.Model):
    """What a campaign asks of one Party about one kind of focal point, and the answer.

    ``mandate`` is the row asked about; without one the Party has no focal point of the kind (E12), and ``asked`` (who was
    written to) is its primary focal point. ``asked`` is empty when nobody of the Party has an address: the gap stays
    visible. What is proposed holds until an organizer records it, with the letter of designation.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, verbose_name=_("campaign"), related_name="entries", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="campaign_entries", on_delete=models.PROTECT)
    kind = models.CharField(_("kind"), max_length=10, choices=FocalPointKind)
    mandate = models.ForeignKey(
        FocalPoint,
        verbose_name=_("focal point asked about"),
        null=True,
        blank=True,
        related_name="campaign_entries",
        on_delete=models.CASCADE,
    )
    asked = models.ForeignKey(
        FocalPoint,
        verbose_name=_("written to"),
        null=True,
        blank=True,
        related_name="campaign_questions",
        on_delete=models.CASCADE,
    )
    answer = models.CharField(_("answer"), max_length=9, choices=CampaignAnswer, default=CampaignAnswer.WAITING)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        related_name="campaign_answers",
        on_delete=models.SET_NULL,
    )
    proposed_name = models.CharField(_("proposed: name"), max_length=200, blank=True)
    proposed_email = models.CharField(_("proposed: e-mail address"), max_length=254, blank=True)
    proposed_position = models.CharField(_("proposed: position"), max_length=200, blank=True)
    proposed_language = models.CharField(
        _("proposed: language of correspondence"), max_length=2, choices=settings.LANGUAGES, blank=True
    )
    proposed_from = models.DateField(_("proposed: from"), null=True, blank=True)
    letter = models.ForeignKey(
        StoredFile,
        verbose_name=_("letter of designation"),
        null=True,
        blank=True,
        related_name="campaign_letters",
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = _("campaign entry")
        verbose_name_plural = _("campaign entries")
        ordering = ["campaign", "party", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "mandate"], condition=models.Q(mandate__isnull=False), name="campaign_mandate_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "party", "kind"],
                condition=models.Q(mandate__isnull=True),
                name="campaign_gap_once",
            ),
            models.CheckConstraint(condition=models.Q(answer__in=CampaignAnswer.values), name="campaign_answer_known"),
            models.CheckConstraint(
                condition=~models.Q(answer__in=["proposed", "recorded"])
                | (~models.Q(proposed_name="") & models.Q(proposed_from__isnull=False)),
                name="campaign_proposal_names_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="waiting") | models.Q(answered_at__isnull=False),
                name="campaign_answer_has_time",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "answer"], name="campaign_entry_answer")]

    def __str__(self) -> str:
        return f"{self.kind} {self.party_id}"

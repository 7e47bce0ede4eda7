"""A programme of workshops: mandate, what is expected of it, partners, and which Party is served where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.texts import localized
from workshops.models.decisions import Decision
from workshops.models.parties import Party
from workshops.models.targets import Target


class Programme(models.Model):
    """A series of workshops under one mandate (Annex II of the note).

    A row with ``rehearsal_of`` is a practice copy: its people are synthetic, nothing of it is shown in public or counted
    with the real series, and its letters go to synthetic people alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    code = models.CharField(_("reference prefix"), max_length=20, unique=True)
    title = models.JSONField(_("title"), default=dict)
    objective = models.JSONField(_("objective"), default=dict)
    participants_rule = models.JSONField(_("who takes part"), default=dict)
    method = models.JSONField(_("method"), default=dict)
    starts_on = models.DateField(_("first day of the window"))
    ends_on = models.DateField(_("last day of the window"))
    workshops_min = models.PositiveSmallIntegerField(_("workshops at least"))
    workshops_max = models.PositiveSmallIntegerField(_("workshops at most"))
    seats_per_party_min = models.PositiveSmallIntegerField(_("experts a Party at least"), default=2)
    seats_per_party_max = models.PositiveSmallIntegerField(_("experts a Party at most"), default=3)
    targets = models.ManyToManyField(Target, verbose_name=_("targets"), related_name="programmes", blank=True)
    rehearsal_of = models.ForeignKey(
        "self",
        verbose_name=_("practice copy of"),
        null=True,
        blank=True,
        related_name="rehearsals",
        on_delete=models.CASCADE,
    )
    last_compilation = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["starts_on", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="programme_window"),
            models.CheckConstraint(
                condition=models.Q(workshops_min__lte=models.F("workshops_max")),
                name="programme_workshop_range",
            ),
            models.CheckConstraint(
                condition=models.Q(seats_per_party_min__gte=1, seats_per_party_max__lte=3)
                & models.Q(seats_per_party_min__lte=models.F("seats_per_party_max")),
                name="programme_seat_range",
            ),
        ]

    def __str__(self) -> str:
        return localized(self.title) or self.slug


class Mandate(models.Model):
    """A paragraph of a decision that asks for the programme."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="mandates", on_delete=models.CASCADE
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), related_name="mandates", on_delete=models.PROTECT
    )
    paragraph = models.CharField(_("paragraph"), max_length=20)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["programme", "decision", "paragraph"]
        constraints = [models.UniqueConstraint(fields=["programme", "decision", "paragraph"], name="mandate_once")]

    def __str__(self) -> str:
        return f"{self.decision_id} § {self.paragraph}"


class ExpectationKind(models.TextChoices):
    OUTCOME = "outcome", _("Expected outcome")
    OUTPUT = "output", _("Expected output")


class Expectation(models.Model):
    """One of the programme's expected outcomes (O1 …) or outputs (P1 …)."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="expectations", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ExpectationKind)
    code = models.CharField(_("code"), max_length=4)
    text = models.JSONField(_("text"), default=dict)

    class Meta:
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")
        ordering = ["programme", "code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="expectation_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {localized(self.text)}"


class Partner(models.Model):
    """An organization or initiative the programme works with."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="partners", on_delete=models.CASCADE
    )
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["programme", "name"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="partner_once")]

    def __str__(self) -> str:
        return self.name


class Coverage(models.Model):
    """Which workshop of a programme serves a Party, or why none does: each Party stands here once a programme."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="coverages", on_delete=models.CASCADE
    )
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="coverages", on_delete=models.PROTECT)
    workshop = models.ForeignKey(
        "workshops.Workshop",
        verbose_name=_("workshop"),
        null=True,
        blank=True,
        related_name="coverages",
        on_delete=models.CASCADE,
    )
    reason_left_out = models.JSONField(_("why it is left out"), default=dict, blank=True)

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        ordering = ["programme", "party"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "party"], name="coverage_party_once"),
            models.CheckConstraint(
                condition=models.Q(workshop__isnull=False, reason_left_out={})
                | (models.Q(workshop__isnull=True) & ~models.Q(reason_left_out={})),
                name="coverage_workshop_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} – {self.workshop_id or _('left out')}"

"""What a workshop asks of those who accepted: which stages, which questions of its own, and for how long it keeps passports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.models.sealed import SealedTextField
from participants.models.registrations import Registration, RegistrationStage
from workshops.models import Workshop


class Asking(models.TextChoices):
    NEEDED = "needed", _("Needed")
    WELCOME = "welcome", _("May be left empty")
    OFF = "off", _("Not asked")


class AskedStage(models.Model):
    """How a workshop asks for one stage, where that differs from the rule (``participants.queries.asked``)."""

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), related_name="asked_stages", on_delete=models.CASCADE
    )
    stage = models.CharField(_("stage"), max_length=10, choices=RegistrationStage)
    asking = models.CharField(_("asked"), max_length=8, choices=Asking)

    class Meta:
        verbose_name = _("stage of registration")
        verbose_name_plural = _("stages of registration")
        ordering = ["workshop", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "stage"], name="asked_stage_once"),
            models.CheckConstraint(condition=models.Q(stage__in=RegistrationStage.values), name="asked_stage_known"),
            models.CheckConstraint(condition=models.Q(asking__in=Asking.values), name="asked_stage_asking_known"),
            models.CheckConstraint(
                condition=~models.Q(stage="identity") | models.Q(asking="needed"), name="asked_stage_identity_needed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.asking}"


class RegistrationTerms(models.Model):
    """Until when people register for a workshop, and how many days after it passports and visas are deleted."""

    workshop = models.OneToOneField(
        Workshop, verbose_name=_("workshop"), related_name="registration_terms", on_delete=models.CASCADE
    )
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    passport_days = models.PositiveSmallIntegerField(
        _("days after the workshop until passports and visas are deleted"), default=30
    )

    class Meta:
        verbose_name = _("terms of registration")
        verbose_name_plural = _("terms of registration")
        constraints = [
            models.CheckConstraint(condition=models.Q(passport_days__range=(1, 365)), name="terms_passport_days_range")
        ]

    def __str__(self) -> str:
        return str(self.workshop)


class AnswerKind(models.TextChoices):
    LINE = "line", _("One line of text")
    TEXT = "text", _("Several lines of text")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several")
    CHOICES = "choices", _("Any of several")
    NUMBER = "number", _("A whole number")
    DAY = "day", _("A day")


class RegistrationQuestion(models.Model):
    """A question of the organizers' own, asked of everybody who registers for a workshop.

    ``label`` and ``help`` are texts by language; ``options`` a list of ``{"key": …, "label": {"en": …}}`` for choices. With
    ``depends_on`` it is asked of those alone whose answer to that question is ``depends_value`` (a key, or ``yes``/``no``).
    ``sensitive`` marks a question about health or belief: its answers are opened like those about food and access.
    A question that has answers is closed, not deleted: ``closed_at``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), related_name="registration_questions", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=AnswerKind)
    label = models.JSONField(_("question"), default=dict)
    help = models.JSONField(_("explanation"), default=dict, blank=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    needed = models.BooleanField(_("must be answered"), default=False)
    sensitive = models.BooleanField(_("about health or belief"), default=False)
    depends_on = models.ForeignKey(
        "self",
        verbose_name=_("only after"),
        null=True,
        blank=True,
        related_name="dependents",
        on_delete=models.PROTECT,
    )
    depends_value = models.CharField(_("if the answer was"), max_length=60, blank=True)
    closed_at = models.DateTimeField(_("no longer asked since"), null=True, blank=True)

    class Meta:
        verbose_name = _("question of a registration")
        verbose_name_plural = _("questions of a registration")
        ordering = ["workshop", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AnswerKind.values), name="registration_question_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(depends_on__isnull=True, depends_value="")
                | (models.Q(depends_on__isnull=False) & ~models.Q(depends_value="")),
                name="registration_question_condition_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(depends_on__isnull=True) | ~models.Q(depends_on=models.F("id")),
                name="registration_question_depends_on_another",
            ),
        ]

    def __str__(self) -> str:
        return next(iter(self.label.values()), "")


class RegistrationAnswer(models.Model):
    """An answer; ``value`` is sealed JSON: text, a number, true or false, a key, or a list of keys."""

    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), related_name="answers", on_delete=models.CASCADE
    )
    question = models.ForeignKey(
        RegistrationQuestion, verbose_name=_("question"), related_name="answers", on_delete=models.PROTECT
    )
    value = SealedTextField(_("answer"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["registration", "question"]
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="registration_answer_once")]

    def __str__(self) -> str:
        return str(self.question_id)

"""What an invited person tells the secretariat after accepting, stage by stage; only what each stage needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.identifiers import uuid7
from accounts.states import table
from correspondence.models import StoredFile
from participants.models.invitations import Invitation
from workshops.models import Party


class RegistrationState(models.TextChoices):
    BEGUN = "begun", _("Begun")
    REGISTERED = "registered", pgettext_lazy("one registration", "Registered")


REGISTRATION_STEPS = table(RegistrationState, begun=("registered",))


class RegistrationStage(models.TextChoices):
    """The stages in the order in which they are asked."""

    IDENTITY = "identity", _("Names")
    DOCUMENT = "document", _("Passport and visa")
    TRAVEL = "travel", _("Travel")
    STAY = "stay", _("Accommodation")
    NEEDS = "needs", _("Food and access")
    EMERGENCY = "emergency", _("Emergency contact")
    LANGUAGES = "languages", _("Languages")
    PHOTO = "photo", _("Photo")
    QUESTIONS = "questions", _("Questions of the organizers")
    CONSENTS = "consents", _("What others may see")


class Registration(models.Model):
    """One registration an accepted invitation; it counts from ``registered_at`` on, when nothing that is needed is missing.

    Government represented (on the nomination), ``nationality`` and country of ``residence`` are three fields: the seat goes by
    the first, the visa by the second, the journey by the third (edge case E08). ``badge_name`` may be one word (E01), and
    ``passport_name`` differ from it in script and order (E02). ``speaks`` lists languages by their codes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.OneToOneField(
        Invitation, verbose_name=_("invitation"), related_name="registration", on_delete=models.PROTECT
    )
    state = models.CharField(_("state"), max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED)
    badge_name = models.CharField(_("name on the badge"), max_length=200)
    passport_name = models.CharField(_("name as in the passport"), max_length=200, blank=True)
    nationality = models.ForeignKey(
        Party, verbose_name=_("nationality"), null=True, blank=True, related_name="nationals", on_delete=models.PROTECT
    )
    residence = models.ForeignKey(
        Party, verbose_name=_("residence"), null=True, blank=True, related_name="residents", on_delete=models.PROTECT
    )
    arrives_on = models.DateField(_("arrives"), null=True, blank=True)
    leaves_on = models.DateField(_("leaves"), null=True, blank=True)
    speaks = models.JSONField(_("languages spoken"), default=list, blank=True)
    other_languages = models.CharField(_("other languages"), max_length=200, blank=True)
    photo = models.ForeignKey(
        StoredFile, verbose_name=_("photo"), null=True, blank=True, related_name="portraits", on_delete=models.SET_NULL
    )
    may_list = models.BooleanField(_("may stand in the list of participants"), default=False)
    may_share = models.BooleanField(_("other participants may see the e-mail address"), default=False)
    may_picture = models.BooleanField(_("may be shown in pictures of the workshop"), default=False)
    begun_at = models.DateTimeField(_("begun"))
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(badge_name=""), name="registration_has_badge_name"),
            models.CheckConstraint(
                condition=models.Q(arrives_on__isnull=True)
                | models.Q(leaves_on__isnull=True)
                | models.Q(arrives_on__lte=models.F("leaves_on")),
                name="registration_stay",
            ),
            models.CheckConstraint(
                condition=models.Q(state="begun", registered_at__isnull=True)
                | models.Q(state="registered", registered_at__isnull=False),
                name="registration_state_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.badge_name


class SavedStage(models.Model):
    """A stage of a registration that was filled in, or left empty on purpose where the workshop allows it."""

    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), related_name="saved_stages", on_delete=models.CASCADE
    )
    stage = models.CharField(_("stage"), max_length=10, choices=RegistrationStage)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved stage")
        verbose_name_plural = _("saved stages")
        ordering = ["registration", "saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "stage"], name="saved_stage_once"),
            models.CheckConstraint(condition=models.Q(stage__in=RegistrationStage.values), name="saved_stage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.stage}"

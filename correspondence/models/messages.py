"""The outbox: a letter is a row before it is a mail, and every attempt to deliver it is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.states import table
from correspondence.models.mailings import Mailing

DETAIL_LIMIT = 500  # characters of what a server said, wherever it is kept


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Uncertain")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Bounced")
    CANCELLED = "cancelled", _("Cancelled")


# "uncertain": a worker died between the server's answer and our record. It is never sent again by itself: a report of the
# relay or a person settles it (docs/decisions/0004-outbox.md).
MESSAGE_STEPS = table(
    MessageState,
    queued=("sending", "cancelled", "failed"),
    sending=("sent", "queued", "failed", "uncertain", "bounced"),
    sent=("bounced",),
    uncertain=("queued", "sent", "cancelled", "bounced"),
    failed=("queued", "cancelled"),
    bounced=("queued",),
    cancelled=("queued",),  # put back into a mailing that is not let go yet
)


class Message(models.Model):
    """One letter to one address.

    ``key`` names the occasion (``invitation:<id>``) and is unique, so that no occasion writes twice. ``body`` is the letter
    as sent but for ``{link}`` or ``{code}``: the personal link or the code (``link_path`` is ``{code}`` then) is filled in at
    delivery and never stored. ``about_kind`` and
    ``about_key`` point to the row the letter is about, ``topic`` to the workshop's reference, ``person_key`` to the person.
    ``to_address`` is written as it goes over the wire (domain in ASCII, lower case). ``enclosures`` holds the plain values
    that the PDF letter and the calendar file are made from at delivery.

    ``held`` keeps a letter of a mailing back until the mailing is let go. A queued message with a ``worker`` is reserved by
    it since ``claimed_at``; ``sending`` means that the server hears of it since then. ``detail`` says what the server said
    last, or why the letter is not sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("occasion"), max_length=200, unique=True)
    kind = models.CharField(_("kind of letter"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    to_name = models.CharField(_("recipient"), max_length=200)
    to_address = models.CharField(_("address"), max_length=254)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    template_version = models.PositiveIntegerField(_("version of the template"), default=0)
    enclosures = models.JSONField(_("enclosures"), default=dict, blank=True)
    mailing = models.ForeignKey(
        Mailing, verbose_name=_("mailing"), null=True, blank=True, related_name="messages", on_delete=models.PROTECT
    )
    held = models.BooleanField(_("held back"), default=False)
    link_key = models.UUIDField(_("personal link"), null=True, blank=True)
    link_digest = models.CharField(max_length=64, blank=True)
    link_path = models.CharField(_("page of the link"), max_length=200, blank=True)
    topic = models.CharField(_("workshop"), max_length=60, blank=True, db_index=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_key = models.CharField(max_length=60, blank=True)
    person_key = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts_made = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("not before"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    relay_id = models.CharField(_("name at the relay"), max_length=200, blank=True)
    detail = models.CharField(_("last answer"), max_length=DETAIL_LIMIT, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(condition=~models.Q(to_address=""), name="message_has_address"),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(claimed_at__isnull=False),
                name="message_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=models.Q(held=False) | models.Q(held=True, state__in=["queued", "cancelled"]),
                name="message_held_stays",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="queued", held=False), name="message_queue"),
            models.Index(fields=["claimed_at"], condition=models.Q(claimed_at__isnull=False), name="message_claims"),
            models.Index(fields=["relay_id"], condition=~models.Q(relay_id=""), name="message_relay"),
            models.Index(fields=["to_address"], name="message_address"),
            models.Index(fields=["about_kind", "about_key"], name="message_about"),
            models.Index(fields=["topic", "state"], name="message_topic_state"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_name}"


class AttemptOutcome(models.TextChoices):
    SENT = "sent", _("Sent")
    LATER = "later", _("Refused for now")
    REFUSED = "refused", _("Refused for good")
    LOST = "lost", _("Worker lost")


class MessageAttempt(models.Model):
    """One try to hand a message to the mail server; a try that its worker did not survive is written by the sweep."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, verbose_name=_("message"), related_name="attempts", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField(_("number"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=AttemptOutcome)
    detail = models.CharField(_("answer"), max_length=DETAIL_LIMIT, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("delivery attempt")
        verbose_name_plural = _("delivery attempts")
        ordering = ["message", "number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=AttemptOutcome.values), name="attempt_outcome_known"),
        ]
        indexes = [models.Index(fields=["started_at"], name="attempt_started")]  # the rate limit counts the last minute

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"

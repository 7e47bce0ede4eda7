"""What came back: bounces by letter and address, and the addresses that are dead."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from correspondence.models.messages import DETAIL_LIMIT, Message


class BounceKind(models.TextChoices):
    """What a report says of a letter."""

    PERMANENT = "permanent", _("Will never arrive")
    TEMPORARY = "temporary", _("Given up for now")
    DELAYED = "delayed", _("Delayed")
    COMPLAINT = "complaint", _("Marked as unwanted")
    DELIVERED = "delivered", _("Delivered")


class BounceSource(models.TextChoices):
    MAILBOX = "mailbox", _("Mailbox")
    FOLDER = "folder", _("Folder")
    RELAY = "relay", _("Relay")


class Bounce(models.Model):
    """One report about one address, matched to the message it is about where it names one.

    ``source_key`` names the report at its source (a Message-ID, an event's id), so that reading it twice records it once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(
        Message, verbose_name=_("message"), null=True, blank=True, related_name="bounces", on_delete=models.CASCADE
    )
    address = models.CharField(_("address"), max_length=254, db_index=True)
    kind = models.CharField(_("report"), max_length=10, choices=BounceKind)
    source = models.CharField(_("came through"), max_length=8, choices=BounceSource)
    source_key = models.CharField(max_length=255)
    status = models.CharField(_("status code"), max_length=16, blank=True)
    detail = models.CharField(_("in the server's words"), max_length=DETAIL_LIMIT, blank=True)
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key", "address"], name="bounce_once"),
            models.CheckConstraint(condition=models.Q(kind__in=BounceKind.values), name="bounce_kind_known"),
            models.CheckConstraint(condition=models.Q(source__in=BounceSource.values), name="bounce_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_kind_display()}"


class DeadAddress(models.Model):
    """An address no letter goes to since ``since``, until an organizer says that it works again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(_("address"), max_length=254)
    since = models.DateTimeField(_("dead since"))
    detail = models.CharField(_("reason"), max_length=DETAIL_LIMIT, blank=True)
    bounce = models.ForeignKey(
        Bounce, verbose_name=_("bounce"), null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    revived_at = models.DateTimeField(_("works again since"), null=True, blank=True)

    class Meta:
        verbose_name = _("dead address")
        verbose_name_plural = _("dead addresses")
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=models.Q(revived_at__isnull=True), name="dead_address_once"
            ),
            models.CheckConstraint(condition=~models.Q(address=""), name="dead_address_named"),
        ]

    def __str__(self) -> str:
        return self.address

"""Files by their content: one row and one stored object for equal bytes and purpose, never under the web root."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7


class FilePurpose(models.TextChoices):
    """What a file is kept for; access and purge follow from it."""

    NOMINATION = "nomination", _("Nomination paper")
    MATERIAL = "material", _("Workshop material")
    REPORT = "report", _("Report")
    DESIGNATION = "designation", _("Letter of designation")
    DIRECTORY = "directory", _("List of focal points")
    PHOTO = "photo", _("Photo of a participant")
    SCAN = "scan", _("Copy of a travel document")


class StoredFile(models.Model):
    """The bytes of one file: ``storage_name`` in the default storage is derived from ``sha256``.

    A ``sealed`` file is stored encrypted (``accounts.sealing``); ``size`` and ``sha256`` are then those of the sealed bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(_("purpose"), max_length=12, choices=FilePurpose)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    storage_name = models.CharField(_("stored as"), max_length=200)
    owner_key = models.CharField(_("owner"), max_length=60, blank=True)
    sealed = models.BooleanField(_("encrypted"), default=False)
    created_at = models.DateTimeField(_("stored"))
    purge_on = models.DateField(_("purge on"), null=True, blank=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(condition=models.Q(purpose__in=FilePurpose.values), name="file_purpose_known"),
        ]

    def __str__(self) -> str:
        return self.name

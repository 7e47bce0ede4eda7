"""Materials of a workshop or of a whole programme."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from correspondence.models import StoredFile
from workshops.models.programmes import Programme
from workshops.models.sessions import Session
from workshops.models.workshops import Workshop


class MaterialKind(models.TextChoices):
    DOCUMENT = "document", _("Document")
    PRESENTATION = "presentation", _("Presentation")
    CASE_STUDY = "case-study", _("Case study")
    STUDY = "study", _("Study")
    COURSE = "course", _("Course")
    LINK = "link", _("Link")


class Material(models.Model):
    """A paper, a presentation or a link in one language; with a file, an address, or both."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="materials", on_delete=models.CASCADE
    )
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), null=True, blank=True, related_name="materials", on_delete=models.CASCADE
    )
    session = models.ForeignKey(
        Session, verbose_name=_("session"), null=True, blank=True, related_name="materials", on_delete=models.SET_NULL
    )
    kind = models.CharField(_("kind"), max_length=14, choices=MaterialKind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), null=True, blank=True, related_name="materials", on_delete=models.PROTECT
    )
    address = models.URLField(_("web address"), max_length=400, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["programme", "title", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "workshop", "title", "language", "version"], name="material_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "title", "language", "version"],
                condition=models.Q(workshop__isnull=True),
                name="material_of_programme_once",
            ),
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) | ~models.Q(address=""), name="material_has_content"
            ),
        ]

    def __str__(self) -> str:
        return self.title

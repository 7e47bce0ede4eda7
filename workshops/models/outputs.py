"""What a workshop yielded, as evidence for the programme's expected outputs and outcomes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from correspondence.models import StoredFile
from workshops.models.programmes import Expectation
from workshops.models.workshops import Workshop


class Output(models.Model):
    """One piece of evidence for one expectation at one workshop; no row means "none yet"."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    workshop = models.ForeignKey(Workshop, verbose_name=_("workshop"), related_name="outputs", on_delete=models.CASCADE)
    expectation = models.ForeignKey(
        Expectation, verbose_name=_("expectation"), related_name="evidence", on_delete=models.PROTECT
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), null=True, blank=True, related_name="outputs", on_delete=models.PROTECT
    )
    recorded_on = models.DateField(_("recorded"))

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["workshop", "expectation", "title"]
        constraints = [models.UniqueConstraint(fields=["workshop", "expectation", "title"], name="output_once")]

    def __str__(self) -> str:
        return self.title

"""The curriculum's items: what every workshop of a programme must deal with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.texts import localized
from workshops.models.programmes import Programme
from workshops.models.targets import Target


class CurriculumItem(models.Model):
    """One item (C1 … C6) of the programme's curriculum; details follow each region's needs."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), related_name="curriculum_items", on_delete=models.CASCADE
    )
    code = models.CharField(_("code"), max_length=4)
    title = models.JSONField(_("title"), default=dict)
    text = models.JSONField(_("text"), default=dict)
    targets = models.ManyToManyField(Target, verbose_name=_("targets"), related_name="curriculum_items", blank=True)

    class Meta:
        verbose_name = _("curriculum item")
        verbose_name_plural = _("curriculum items")
        ordering = ["programme", "code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="curriculum_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {localized(self.title)}"

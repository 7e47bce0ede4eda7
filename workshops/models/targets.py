"""Global targets and the frameworks they belong to, each framework with dates of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.texts import localized


class Framework(models.Model):
    """A set of targets (Aichi, KM-GBF, LDN, Bonn Challenge); it exists from ``adopted_on`` and is never back-dated."""

    slug = models.SlugField(primary_key=True, max_length=40)
    title = models.JSONField(_("title"), default=dict)
    adopted_on = models.DateField(_("adopted"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["adopted_on"]

    def __str__(self) -> str:
        return localized(self.title) or self.slug


class Target(models.Model):
    """One global target; ``code`` is unique over all frameworks (``aichi-15``, ``kmgbf-2``, ``ldn``, ``bonn``)."""

    code = models.SlugField(primary_key=True, max_length=40)
    framework = models.ForeignKey(
        Framework, verbose_name=_("framework"), related_name="targets", on_delete=models.PROTECT
    )
    number = models.PositiveSmallIntegerField(_("number"))
    goal = models.CharField(_("strategic goal"), max_length=4, blank=True)
    title = models.JSONField(_("title"), default=dict)
    summary = models.JSONField(_("in short"), default=dict)
    elements = models.JSONField(_("elements"), default=list, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    area_based = models.BooleanField(_("area-based"), default=False)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["framework__adopted_on", "number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="target_number_once")]

    def __str__(self) -> str:
        return localized(self.title) or self.code

"""Reviews: what a call's nominees are scored on, who scores, and the scores."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from accounts.texts import localized
from participants.models.calls import Call
from participants.models.nominations import Nomination
from workshops.models import Party

MOST_WEIGHT = 10
MOST_POINTS = 10


class Criterion(models.Model):
    """One criterion of a call: a reviewer gives 0 to ``most`` points, and they count ``weight`` times.

    What a call says to focal points of how it selects is ``Call.criteria``; gender, geography and money are no criteria here
    but rules of the selection.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="scored", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("place"))
    name = models.JSONField(_("criterion"), default=dict)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEIGHT)]
    )
    most = models.PositiveSmallIntegerField(
        _("points at most"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="criterion_place_once"),
            models.CheckConstraint(condition=models.Q(weight__range=(1, MOST_WEIGHT)), name="criterion_weight_range"),
            models.CheckConstraint(condition=models.Q(most__range=(1, MOST_POINTS)), name="criterion_most_range"),
            models.CheckConstraint(condition=~models.Q(name={}), name="criterion_has_name"),
        ]

    def __str__(self) -> str:
        return localized(self.name)


class Reviewer(models.Model):
    """Somebody asked to score the nominees of a call; ``party`` is the Government whose nominees they may not score."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="reviewers", on_delete=models.CASCADE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), related_name="reviewing", on_delete=models.PROTECT
    )
    party = models.ForeignKey(
        Party, verbose_name=_("compatriot of"), related_name="reviewers", on_delete=models.PROTECT
    )
    named_at = models.DateTimeField(_("named"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["call", "named_at", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="reviewer_once_a_call")]

    def __str__(self) -> str:
        return str(self.user)


class Review(models.Model):
    """One reviewer's scores of one nominee, once in; ``points`` is their weighted share of the most possible, 0 to 100.

    An organizer may set one aside with a reason; it is kept and no longer counts, and the reviewer may score anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nomination = models.ForeignKey(
        Nomination, verbose_name=_("nomination"), related_name="reviews", on_delete=models.CASCADE
    )
    reviewer = models.ForeignKey(Reviewer, verbose_name=_("reviewer"), related_name="reviews", on_delete=models.PROTECT)
    points = models.PositiveSmallIntegerField(_("points"))
    note = models.TextField(_("note"), blank=True)
    scored_at = models.DateTimeField(_("scored"))
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_reason = models.CharField(_("why it was set aside"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["nomination", "scored_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "reviewer"],
                condition=models.Q(set_aside_at__isnull=True),
                name="review_once_a_reviewer",
            ),
            models.CheckConstraint(condition=models.Q(points__range=(0, 100)), name="review_points_range"),
            models.CheckConstraint(
                condition=models.Q(set_aside_at__isnull=True) | ~models.Q(set_aside_reason=""),
                name="review_set_aside_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.points}"


class Mark(models.Model):
    """The points a review gives on one criterion."""

    review = models.ForeignKey(Review, verbose_name=_("review"), related_name="marks", on_delete=models.CASCADE)
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), related_name="marks", on_delete=models.PROTECT
    )
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["review", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=models.Q(points__lte=MOST_POINTS), name="mark_points_range"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"

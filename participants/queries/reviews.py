"""Reviews: who scores whom, how far they are, and what each may see of the others.

Nobody who is to score a nominee sees the scores of others before the own one is in; an organizer who reviews a call is, for
its nominees, a reviewer like the others. What counts is every review that was not set aside.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from participants.models import Call, Criterion, Nomination, Review, Reviewer, Selection
from participants.models.calls import CallState
from participants.models.nominations import GONE, NominationState
from participants.models.selections import SelectionState
from participants.queries import nominations
from planning.scores import mean


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody may know of the scores of a nomination; ``blind`` until the own review of it is in."""

    reviews: tuple[Review, ...]
    blind: bool

    @property
    def mean(self) -> int | None:
        """The mean of what counts, unless there is none or the reader is not to know it yet."""
        counting = [each.points for each in self.reviews if each.set_aside_at is None]
        return mean(counting) if counting and not self.blind else None


def counting() -> QuerySet[Review]:
    """Return the reviews that count: those that were not set aside."""
    return Review.objects.filter(set_aside_at__isnull=True)


def standing(user: User | AnonymousUser) -> QuerySet[Reviewer]:
    """Return what a user reviews now, a row a call."""
    if not isinstance(user, User):
        return Reviewer.objects.none()
    return Reviewer.objects.filter(user=user, user__is_active=True, ended_at__isnull=True)


def visible_to(user: User | AnonymousUser) -> QuerySet[Review]:
    """Return the reviews a user may see: a reviewer's own, and others' of nominees whom that reviewer has scored.

    An organizer sees all reviews of the calls that he or she does not review.
    """
    if not isinstance(user, User):
        return Review.objects.none()
    mine = standing(user)
    scored = counting().filter(reviewer__in=mine)
    seen = Q(reviewer__in=mine) | Q(nomination__in=scored.values("nomination"))
    if user.is_organizer:
        seen |= ~Q(nomination__call__in=mine.values("call"))
    return Review.objects.filter(seen)


def visible_reviewers(user: User | AnonymousUser) -> QuerySet[Reviewer]:
    """Return the reviewers a user may see: organizers all, reviewers themselves."""
    if isinstance(user, User) and user.is_organizer:
        return Reviewer.objects.all()
    return standing(user)


def visible_criteria(user: User | AnonymousUser) -> QuerySet[Criterion]:
    """Return the criteria a user may see: organizers all, reviewers those of the calls they review."""
    if isinstance(user, User) and user.is_organizer:
        return Criterion.objects.all()
    return Criterion.objects.filter(call__in=standing(user).values("call"))


def within_reach(user: User | AnonymousUser) -> QuerySet[Nomination]:
    """Return the nominations a user may ask to score: those the user sees, and those of the calls that the user reviews.

    Only for a verb to judge: it refuses compatriots, and these rows hold what a reviewer is not shown.
    """
    reviewed = Nomination.objects.filter(call__in=standing(user).values("call"))
    return Nomination.objects.filter(
        Q(pk__in=nominations.visible_to(user).values("pk")) | Q(pk__in=reviewed.values("pk"))
    )


def shown_to(user: User | AnonymousUser, nomination: Nomination) -> Shown:
    """Return what a user may see of the scores of one nomination, with reviewers and marks, the first one first."""
    seen = visible_to(user).filter(nomination=nomination).select_related("reviewer__user")
    found = tuple(seen.prefetch_related("marks__criterion").order_by("scored_at", "id"))
    reviews_it = standing(user).filter(call=nomination.call_id).first()
    own = any(each.set_aside_at is None and each.reviewer_id == reviews_it.pk for each in found) if reviews_it else True
    return Shown(found, blind=not own)


def scores(call: Call) -> dict[UUID, int]:
    """Return the mean of the points that count, by live nomination; who was not reviewed is not in it."""
    found: dict[UUID, list[int]] = {}
    rows = counting().filter(nomination__call=call).exclude(nomination__state__in=GONE)
    for key, points in rows.order_by().values_list("nomination", "points"):
        found.setdefault(key, []).append(points)
    return {key: mean(points) for key, points in found.items()}


def _live_for(reviewer: Reviewer) -> QuerySet[Nomination]:
    return Nomination.objects.filter(call=reviewer.call_id).exclude(state__in=GONE)


def dossiers(reviewer: Reviewer) -> QuerySet[Any]:
    """Return the nominations that a reviewer may score, in the order in which they came, without those of compatriots.

    Each with person and Party, and as ``own_points`` what this reviewer gave, if anything.
    """
    own = counting().filter(reviewer=reviewer, nomination=OuterRef("pk"))
    return (
        _live_for(reviewer)
        .exclude(party=reviewer.party_id)
        .annotate(own_points=Subquery(own.values("points")[:1]))
        .select_related("call__workshop", "person__organization", "party", "organization")
        .order_by("submitted_at", "id")
    )


def with_papers(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add to dossiers their papers, those of joined nominations too (E04), and what is known of their faults."""
    return rows.prefetch_related("documents__file", "joined__documents__file", "endorsements", "defects")


def compatriots(reviewer: Reviewer) -> int:
    """Return how many nominations of a call its reviewer is not asked about, as they are of the own Government."""
    return _live_for(reviewer).filter(party=reviewer.party_id).count()


def next_open(reviewer: Reviewer, after: Nomination) -> Nomination | None:
    """Return the next nomination that a reviewer has still to score, from the first again after the last."""
    rest = dossiers(reviewer).filter(own_points__isnull=True).exclude(pk=after.pk)
    later = Q(submitted_at__gt=after.submitted_at) | Q(submitted_at=after.submitted_at, pk__gt=after.pk)
    found: Nomination | None = rest.filter(later).first() or rest.first()
    return found


def with_papers_for(user: User | AnonymousUser) -> QuerySet[Nomination]:
    """Return the nominations whose papers a user may open as a reviewer.

    They are those the user may score and what was joined to them (E04: both letters are kept); none of a compatriot.
    """
    mine = standing(user).filter(call=OuterRef("call"))
    theirs = Nomination.objects.annotate(foreign=Exists(mine.exclude(party=OuterRef("party")))).filter(foreign=True)
    live = theirs.exclude(state__in=GONE)
    return theirs.filter(Q(pk__in=live.values("pk")) | Q(state=NominationState.JOINED, joined_to__in=live.values("pk")))


def with_progress(reviewers: QuerySet[Reviewer]) -> QuerySet[Any]:
    """Add to each reviewer how many nominations are to be scored (``asked``), and were (``given``), in the query itself.

    ``decided`` says whether the call has its selection, after which nothing is scored.
    """
    live = Nomination.objects.filter(call=OuterRef("call")).exclude(state__in=GONE)
    asked = live.exclude(party=OuterRef("party")).order_by().values("call").annotate(number=Count("pk"))
    given = (
        counting()
        .filter(reviewer=OuterRef("pk"))
        .exclude(nomination__state__in=GONE)
        .exclude(nomination__party=F("reviewer__party"))
    )
    counted = given.order_by().values("reviewer").annotate(number=Count("pk"))
    approved = Selection.objects.filter(call=OuterRef("call"), state=SelectionState.APPROVED)
    return reviewers.annotate(
        asked=Coalesce(Subquery(asked.values("number"), output_field=IntegerField()), 0),
        given=Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0),
        decided=Exists(approved),
    )


def owing(user: User | AnonymousUser) -> QuerySet[Any]:
    """Return what a user reviews and has not scored to the end, of calls that are not decided."""
    return with_progress(standing(user)).filter(decided=False, given__lt=F("asked"))


def to_review(user: User | AnonymousUser) -> QuerySet[Any]:
    """Return what a user reviews, with progress (see ``with_progress``): calls still to be decided first, the newest first."""
    rows = with_progress(standing(user).exclude(call__state=CallState.CANCELLED))
    return rows.select_related("call__workshop__programme", "party").order_by("decided", "-call__opened_at", "id")

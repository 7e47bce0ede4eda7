"""Scoring nominees, and setting a score aside.

The log tells who scored whom and when, never the points: it is open to organizers, and an organizer may be a reviewer whose
own scores are still to come.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.verbs.activities import record
from participants.models import Call, Criterion, Mark, Nomination, Review, Reviewer
from participants.models.nominations import GONE
from participants.queries.reviews import counting, standing
from participants.verbs.reviewers import require_undecided
from planning.scores import Scored, points

NOTE_LIMIT = 2000
REASON_LIMIT = 500


def score(nomination: Nomination, marks: Mapping[UUID, int], *, note: str = "", by: Actor, at: datetime) -> Review:
    """Give a reviewer's points on a nominee, by criterion of the call; they are 0 to 100 in all (``planning.scores``).

    An own review is given anew while no other reviewer's counts, for then nobody has seen what others gave; the one before
    is kept and set aside. Raises ``NotAllowed`` (``not_a_reviewer``, ``compatriot``), ``Invalid`` (``mark_missing``,
    ``unknown_criterion``, ``mark_out_of_range``, ``too_long``) and ``Refused`` (``call_cancelled``, ``already_decided``,
    ``nomination_gone``, ``others_seen``).
    """
    note = note.strip()
    if len(note) > NOTE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}, field="note")
    with transaction.atomic():
        # The call's row keeps its criteria, its decision and two submissions of one reviewer apart.
        call = Call.objects.select_for_update().get(pk=nomination.call_id)
        reviewer = _reviewer(call, by)
        rows = Nomination.objects.select_for_update(of=("self",)).select_related("person", "joined_to")
        nominee = rows.get(pk=nomination.pk)
        _check_nominee(nominee, reviewer)
        require_undecided(call)
        given = _read(call, marks)
        anew = _set_own_aside(nominee, reviewer, at)
        total = points([Scored(got, each.most, each.weight) for each, got in given.items()])
        review = Review.objects.create(nomination=nominee, reviewer=reviewer, points=total, note=note, scored_at=at)
        Mark.objects.bulk_create(Mark(review=review, criterion=each, points=got) for each, got in given.items())
        record("score", nominee, by=by, at=at, anew=anew)
    return review


def _reviewer(call: Call, by: Actor) -> Reviewer:
    found = standing(by.user).filter(call=call).first() if by.user is not None else None
    if found is None:
        raise NotAllowed("not_a_reviewer", _("Only a reviewer of this call scores its nominees."))
    return found


def _check_nominee(nominee: Nomination, reviewer: Reviewer) -> None:
    if nominee.party_id == reviewer.party_id:
        raise NotAllowed("compatriot", _("You may not score a nominee of your own Government."))
    if nominee.joined_to is not None:
        sentence = _("This nomination was joined to %(reference)s; score that one.")
        raise Refused("nomination_gone", sentence % {"reference": nominee.joined_to.reference})
    if nominee.state in GONE:
        raise Refused("nomination_gone", _("This nomination no longer counts; go on to another one."))


def _read(call: Call, marks: Mapping[UUID, int]) -> dict[Criterion, int]:
    """Return the marks by criterion, all there and in range."""
    criteria = {each.pk: each for each in call.scored.all()}
    if not set(marks) <= set(criteria):
        sentence = _("The criteria of this call have changed; open the page again.")
        raise Invalid("unknown_criterion", sentence, field="marks")
    for key, each in criteria.items():
        if key not in marks:
            sentence = _("Give points on “%(criterion)s” too.") % {"criterion": each}
            raise Invalid("mark_missing", sentence, field="marks")
        if not 0 <= marks[key] <= each.most:
            sentence = _("Give 0 to %(most)d points on “%(criterion)s”.") % {"most": each.most, "criterion": each}
            raise Invalid("mark_out_of_range", sentence, field="marks")
    return {each: marks[key] for key, each in criteria.items()}


def _set_own_aside(nominee: Nomination, reviewer: Reviewer, at: datetime) -> bool:
    """Set the own review that counts aside, and say whether there was one."""
    of_nominee = counting().filter(nomination=nominee)
    own = of_nominee.filter(reviewer=reviewer).first()
    if own is None:
        return False
    if of_nominee.exclude(reviewer=reviewer).exists():
        raise Refused(
            "others_seen",
            _(
                "%(name)s was scored by others too, and you can see their points. Ask an organizer to set your review aside."
            )
            % {"name": nominee.person},
        )
    own.set_aside_at, own.set_aside_reason = at, _("Given anew by the reviewer")
    own.save(update_fields=["set_aside_at", "set_aside_reason"])
    return True


def set_aside(review: Review, reason: str, *, by: Actor, at: datetime) -> Review:
    """Let a review count no more; it is kept, and its reviewer may score the nominee anew.

    Raises ``NotAllowed`` (``organizers_only``, ``own_review``), ``Invalid`` (``reason_missing``, ``too_long``) and ``Refused``
    (``set_aside_already``, ``call_cancelled``, ``already_decided``).
    """
    by.require_organizer()
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", _("Say why the review is set aside."), field="reason")
    if len(reason) > REASON_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": REASON_LIMIT}, field="reason")
    with transaction.atomic():
        require_undecided(Call.objects.select_for_update(of=("self",)).get(nominations__reviews=review.pk))
        rows = Review.objects.select_for_update(of=("self",)).select_related("nomination", "reviewer__user")
        locked = rows.get(pk=review.pk)
        if locked.set_aside_at is not None:
            raise Refused("set_aside_already", _("This review was set aside already."))
        if by.user is not None and locked.reviewer.user_id == by.user.pk:
            raise NotAllowed("own_review", _("Ask another organizer to set your own review aside."))
        locked.set_aside_at, locked.set_aside_reason = at, reason
        locked.save(update_fields=["set_aside_at", "set_aside_reason"])
        record("set_aside", locked.nomination, by=by, at=at, reviewer=str(locked.reviewer), reason=reason)
    return locked

"""Naming who scores the nominees of a call."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.models import User
from accounts.models.users import Role
from accounts.verbs.activities import record
from participants.models import Call, Review, Reviewer
from participants.models.calls import CallState
from participants.queries.reviews import counting
from participants.queries.selections import approved
from participants.verbs.criteria import set_criteria, usual_criteria
from workshops.models import Party

MAY_REVIEW = (Role.REVIEWER, Role.ORGANIZER)


def name_reviewer(call: Call, user: User, party: Party, *, by: Actor, at: datetime) -> Reviewer:
    """Ask somebody to score the nominees of a call, but for those of ``party``, the own Government.

    Who was a reviewer of the call before is one again, with the own reviews. A call without criteria gets the usual ones.
    Raises ``NotAllowed``, ``Invalid`` (``wrong_role``) and ``Refused`` (``user_inactive``, ``call_cancelled``,
    ``already_decided``, ``scores_seen``, ``already_reviewer``, ``compatriot_scored``).
    """
    by.require_organizer()
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        _check_user(user)
        require_undecided(locked)
        if user.is_organizer and Review.objects.filter(nomination__call=locked).exists():
            raise Refused(
                "scores_seen",
                _("Organizers see the scores that are in, so none can begin to review now. Name somebody else."),
                field="user",
            )
        reviewer = Reviewer.objects.filter(call=locked, user=user).first()
        reviewer = _again(reviewer, party) if reviewer else Reviewer(call=locked, user=user, party=party)
        reviewer.named_at = at
        reviewer.save()
        if not locked.scored.exists():
            set_criteria(locked, usual_criteria(), by=by, at=at)
        record("name_reviewer", reviewer, by=by, at=at, call=locked.symbol, party=party.pk)
    return reviewer


def _check_user(user: User) -> None:
    if not user.is_active:
        raise Refused("user_inactive", _("This account is switched off. Switch it on first."), field="user")
    if user.role not in MAY_REVIEW:
        raise Invalid("wrong_role", _("Choose an account with the role of reviewer or organizer."), field="user")


def require_undecided(call: Call) -> None:
    """Raise ``Refused`` (``call_cancelled``, ``already_decided``) for a call in which nothing is left to be judged."""
    if call.state == CallState.CANCELLED:
        raise Refused("call_cancelled", _("This call was cancelled."))
    if approved(call) is not None:
        raise Refused("already_decided", _("This call has an approved selection."))


def _again(reviewer: Reviewer, party: Party) -> Reviewer:
    """Take somebody up again who was ended; saves nothing."""
    if reviewer.ended_at is None:
        raise Refused("already_reviewer", _("%(name)s reviews this call already.") % {"name": reviewer}, field="user")
    if counting().filter(reviewer=reviewer, nomination__party=party).exists():
        raise Refused(
            "compatriot_scored",
            _("%(name)s has scored nominees of %(party)s. Set those reviews aside first.")
            % {"name": reviewer, "party": party},
            field="party",
        )
    reviewer.party, reviewer.ended_at = party, None
    return reviewer


def end_reviewer(reviewer: Reviewer, *, by: Actor, at: datetime) -> Reviewer:
    """End somebody's reviewing of a call; the reviews stay and count. Raises ``NotAllowed``, ``Refused`` (``ended_already``)."""
    by.require_organizer()
    with transaction.atomic():
        locked = Reviewer.objects.select_for_update(of=("self",)).select_related("user").get(pk=reviewer.pk)
        if locked.ended_at is not None:
            raise Refused("ended_already", _("%(name)s reviews this call no more.") % {"name": locked})
        locked.ended_at = at
        locked.save(update_fields=["ended_at"])
        record("end_reviewer", locked, by=by, at=at)
    return locked

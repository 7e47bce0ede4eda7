"""Proposals and questions that wait for a worker, and what a proposal's progress is told by."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participants.models import Selection, SelectionQuestion
from participants.models.questions import QuestionState
from participants.models.selections import SelectionState

ATTEMPTS = 3  # workers that may be lost at the same proposal
# Without a sign of life; one is given at every level, and the largest ever measured took seconds.
LOST_AFTER = timedelta(minutes=10)
LEVEL_NAMES: dict[str, str | Promise] = {
    "parties": _("Parties represented"),
    "tracks": _("Parties with both tracks"),
    "women": _("Women, up to the share asked for"),
    "sectors": _("People of each sector, up to its share"),
    "priority": _("People of Parties on the lists that come first"),
    "score": _("Points, and one for each seat filled"),
    "cost": _("Donors’ money, least"),
    "ties": _("Ties, by the Parties’ order and then by a draw from the reference numbers"),
}


def unclaimed(at: datetime) -> QuerySet[Selection]:
    """Return the proposals that no living worker is at."""
    return Selection.objects.filter(_silent(at), state=SelectionState.COMPUTING)


def unanswered(at: datetime) -> QuerySet[SelectionQuestion]:
    """Return the questions that no living worker is at."""
    return SelectionQuestion.objects.filter(_silent(at), state=QuestionState.ASKED)


def _silent(at: datetime) -> Q:
    return Q(beat_at__isnull=True) | Q(beat_at__lte=at - LOST_AFTER)


def visible_questions(user: User | AnonymousUser) -> QuerySet[SelectionQuestion]:
    """Return the questions a user may see: they are the organizers' own papers."""
    if isinstance(user, User) and user.is_organizer:
        return SelectionQuestion.objects.all()
    return SelectionQuestion.objects.none()

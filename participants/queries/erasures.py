"""What keeps a person from being erased yet."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.models.users import Role
from correspondence.models import MessageState
from participants.models import FocalPoint, Nomination, Person, SelectionEntry
from participants.models.invitations import STANDING
from participants.models.nominations import NominationState
from participants.models.selections import SelectionState
from participants.queries.holdings import Holdings
from participants.queries.persons import same_person
from participants.queries.purges import over

OPEN = (NominationState.WAITING, NominationState.SUBMITTED, NominationState.DISPUTED, NominationState.RESERVE)
PROPOSED = (SelectionState.COMPUTING, SelectionState.PROPOSED)


def hindrance(person: Person, at: datetime) -> Refused | None:
    """Return why a person cannot be erased now, with the way out; ``None`` when nothing stands against it."""
    keys = same_person(person)
    user = person.user
    if user is not None and (user.role != Role.GUEST or user.is_staff):
        return Refused("account_held", _("This person works with the secretariat; the account must be closed first."))
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=at.date())
    if FocalPoint.objects.filter(later, person__in=keys).exists():
        return Refused("mandate", _("This person is a focal point; the Party must name another first."))
    to_come = Nomination.objects.filter(person__in=keys).exclude(call__workshop__in=over(at, 0))
    selected = to_come.filter(state=NominationState.SELECTED)
    if selected.filter(Q(invitation__isnull=True) | Q(invitation__state__in=STANDING)).exists():
        return Refused(
            "expected",
            _("This person is invited to a workshop that is still to come; decline first, or ask again after it."),
        )
    proposed = SelectionEntry.objects.filter(nomination__person__in=keys, selection__state__in=PROPOSED)
    if to_come.filter(state__in=OPEN).exists() or proposed.exists():
        return Refused(
            "selection_open", _("A nomination of this person is not decided yet; the Party must withdraw it first.")
        )
    held = Holdings.of(person)
    if any(letters.filter(state=MessageState.SENDING).exists() for letters in (held.letters, held.letters_about)):
        return Refused("letter_leaving", _("A letter about this person is just being sent; try again in a minute."))
    return None

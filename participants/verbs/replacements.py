"""Another expert in the place of one nominated before."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from participants.models import Nomination
from participants.models.nominations import NominationState
from participants.verbs.candidates import Candidate
from participants.verbs.endorsements import Signature
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.places import lock_places
from participants.verbs.promotions import hold_seats

REPLACEABLE = (NominationState.WAITING, NominationState.SUBMITTED, NominationState.DISPUTED)


def replace(
    nomination: Nomination,
    *,
    candidate: Candidate,
    sector: str,
    expertise: str = "",
    signature: Signature | None = None,
    letter_date: date | None = None,
    received_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Nomination:
    """Nominate somebody else in the same place and on the same track; the one before is withdrawn.

    Possible while the call takes nominations of the Party. Raises as ``nominate`` and ``withdraw`` do and ``Refused``
    (``cannot_be_replaced``) once the nomination was decided on.
    """
    party = nomination.party
    if party is None:
        by.require_organizer()
    with transaction.atomic():
        if party is not None:
            lock_places(nomination.call, party, at)
        hold_seats(nomination.call_id)  # before the nomination, as everywhere
        before = Nomination.objects.select_for_update().get(pk=nomination.pk)
        if before.state not in REPLACEABLE or before.joined.exists():
            raise Refused("cannot_be_replaced", _("This nomination can no longer be replaced, only withdrawn."))
        rank = before.rank
        withdraw(before, by=by, at=at)
        return nominate(
            nomination.call,
            party=party,
            organization=nomination.organization,
            candidate=candidate,
            track=before.track,
            sector=sector,
            rank=rank,
            expertise=expertise,
            signature=signature,
            letter_date=letter_date,
            received_at=received_at,
            replaces=before,
            by=by,
            at=at,
        )

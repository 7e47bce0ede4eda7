"""What the planner checks of each nomination by itself, shown to organizers and reviewers.

Whether its Government is a Party on the day, whether the dossier is complete, whether it came in time, and whether the call
finances it. What an organizer decides, a lock or where a territory belongs, is read here and made elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from participants.models import Call, Lock, Nomination, Reopening, TerritoryDecision
from participants.models.calls import LatePolicy
from participants.models.nominations import GONE, NominationState
from participants.models.reopenings import ReopeningState
from participants.models.rules import LockVerdict
from participants.queries.defects import faults
from workshops.models.parties import PartyKind
from workshops.queries.parties import status_on
from workshops.queries.regions import eligible

READ = ("party", "lock", "territory", "documents", "endorsements", "defects", "joined__documents")
STATE, PARTY, DOSSIER, IN_TIME, FUNDING = "state", "party", "dossier", "in_time", "funding"
LIFTED = (DOSSIER, IN_TIME)  # what an organizer's word "in" puts aside; nobody's word makes a Party or a signature


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: ``ok``, not ok, or ``None`` where it does not bear on a seat; and why, in a sentence."""

    code: str
    ok: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What all nominations of a call are checked against: read once, whatever their number."""

    day: date
    funded: frozenset[str] | None  # the Parties on the lists that the call finances; ``None`` for every Party
    reopened: frozenset[str]  # the Parties that were granted more time


def visible_to(user: User | AnonymousUser) -> QuerySet[Nomination]:
    """Return the nominations whose checks a user may see: organizers all, reviewers those of the calls they review."""
    if not isinstance(user, User):
        return Nomination.objects.none()
    if user.is_organizer:
        return Nomination.objects.all()
    reviewed = Q(call__reviewers__user=user, call__reviewers__ended_at__isnull=True)
    return Nomination.objects.filter(reviewed).distinct()


def judged_on(call: Call, today: date) -> date:
    """Return the day on which a Government must be a Party: the workshop's first, ``today`` while it is put off (E18)."""
    return today if call.workshop.put_off else call.workshop.starts_on


def territory_of(nomination: Nomination) -> TerritoryDecision | None:
    """Return the decision on the territory that somebody comes from, if there is one."""
    return getattr(nomination, "territory", None)


def lock_of(nomination: Nomination) -> Lock | None:
    """Return an organizer's word that somebody is in or out, if there is one."""
    return getattr(nomination, "lock", None)


def stands_apart(nomination: Nomination, day: date) -> bool:
    """Whether somebody takes none of the seats for Parties: an expert of an organization, or an observer.

    Observers come from other Governments (E16), from those that are no Party yet on the day (E18), and from territories by an
    organizer's decision (E19).
    """
    territory = territory_of(nomination)
    if nomination.party is None or (territory is not None and territory.as_observer):
        return True
    return status_on(nomination.party, day) != "party"


def checks(nominations: Iterable[Nomination], call: Call, day: date) -> dict[UUID, list[Check]]:
    """Return what was checked of each of a call's ``nominations``, in a fixed order; the queries do not grow with them.

    ``day`` is that of ``judged_on``. The last check is whether the call finances the Party.
    """
    rows = _read(nominations, call)
    known = _facts(call, day)
    return {each.pk: _checked(each, call, known) for each in rows}


def barred(nominations: Iterable[Nomination], call: Call, day: date) -> dict[UUID, Check]:
    """Return for each nomination that cannot have the place it stands for the first check that keeps it out.

    Who stands apart needs no Party seat and is not kept out by having none. An organizer's lock "in" puts the dossier and
    the date aside, never the state: what waits for a signature or is disputed is not selected.
    """
    rows = list(nominations)
    found = checks(rows, call, day)
    first = {each.pk: _first_bar(each, found[each.pk], day) for each in rows}
    return {key: check for key, check in first.items() if check is not None}


def is_eligible(nomination: Nomination, call: Call, day: date) -> bool:
    """Whether somebody may hold one of the seats for Parties on ``day``; for many ask ``barred`` and ``stands_apart``."""
    return nomination.pk not in barred([nomination], call, day) and not stands_apart(nomination, day)


def financed(nominations: Iterable[Nomination], call: Call, day: date) -> set[UUID]:
    """Return the nominations whose Party the call finances; how many of its experts is ``Call.funded_seats``."""
    found = checks(nominations, call, day)
    return {key for key, rows in found.items() if any(each.code == FUNDING and each.ok for each in rows)}


def _read(nominations: Iterable[Nomination], call: Call) -> Sequence[Nomination]:
    rows = list(nominations)
    for each in rows:
        each.call = call  # one row for all, with its papers
    prefetch_related_objects(rows, *READ)
    return rows


def _facts(call: Call, day: date) -> _Facts:
    # E20: the list that stood on the day of the call, not the one of today.
    on = call.issued_on or call.opened_at.date()
    reopened = Reopening.objects.filter(call=call, state=ReopeningState.GRANTED).values_list("party_id", flat=True)
    funded = frozenset(eligible(call.funded_lists, on)) if call.funded_lists else None
    return _Facts(day, funded, frozenset(reopened))


def _first_bar(nomination: Nomination, found: Iterable[Check], day: date) -> Check | None:
    lock = lock_of(nomination)
    lifted = LIFTED if lock is not None and lock.verdict == LockVerdict.IN else ()
    passed = (*lifted, FUNDING, PARTY) if stands_apart(nomination, day) else (*lifted, FUNDING)
    return next((each for each in found if each.ok is False and each.code not in passed), None)


def _checked(nomination: Nomination, call: Call, known: _Facts) -> list[Check]:
    return [
        _state(nomination),
        _party(nomination, known.day),
        _dossier(nomination),
        _in_time(nomination, call, known.reopened),
        _funding(nomination, call, known),
    ]


def _state(nomination: Nomination) -> Check:
    bad: Mapping[Any, str] = {
        NominationState.WAITING: _("The nomination waits for a signature."),
        NominationState.DISPUTED: _("Focal points of the Party disagree; the dispute is not settled."),
        **dict.fromkeys(GONE, _("The nomination no longer counts.")),
    }
    sentence = bad.get(nomination.state)
    return Check(STATE, sentence is None, sentence or _("The nomination is signed and undisputed."))


def _party(nomination: Nomination, day: date) -> Check:
    party, territory = nomination.party, territory_of(nomination)
    if party is None:
        return Check(PARTY, None, _("An expert of an organization, counted apart from the seats for Parties."))
    told = {"party": party, "territory": territory or ""}
    if territory is not None and territory.as_observer:
        return Check(PARTY, False, _("From %(territory)s, which is no Party: an observer, without a seat.") % told)
    if status_on(party, day) != "party":
        return _no_party(nomination, day)
    if territory is not None:
        return Check(PARTY, True, _("From %(territory)s, kept under %(party)s, whose place it is.") % told)
    if party.kind == PartyKind.ORGANIZATION:
        return Check(PARTY, True, _("%(party)s is a Party of its own, beside its member States.") % told)
    return Check(PARTY, True, _("%(party)s is a Party on the day.") % told)


def _no_party(nomination: Nomination, day: date) -> Check:
    party = nomination.party
    since = party.in_force_on if party is not None else None
    told = {"party": party, "day": day.isoformat(), "since": since.isoformat() if since else ""}
    if since is None:
        sentence = _("%(party)s is no Party: no Party seat and no Party money; the person may attend as an observer.")
    else:
        sentence = _(
            "%(party)s is a Party from %(since)s and not yet on %(day)s: no Party seat and no Party money; the person may "
            "attend as an observer."
        )
    return Check(PARTY, False, sentence % told)


def _dossier(nomination: Nomination) -> Check:
    lacking = faults(nomination)
    return Check(DOSSIER, not lacking, " ".join(lacking) or _("The dossier is complete."))


def _in_time(nomination: Nomination, call: Call, reopened: frozenset[str]) -> Check:
    if not nomination.late:
        return Check(IN_TIME, True, _("It came before the deadline in force then."))
    if nomination.party_id in reopened:
        return Check(IN_TIME, None, _("It came after the deadline; the Party was granted more time."))
    if call.late_policy == LatePolicy.MARK:
        return Check(IN_TIME, None, _("It came after the deadline; the call takes and marks such nominations."))
    return Check(IN_TIME, False, _("It came after the deadline, and the call takes no such nominations."))


def _funding(nomination: Nomination, call: Call, known: _Facts) -> Check:
    if nomination.party is None:
        return Check(FUNDING, None, _("Experts of organizations are not paid by Party funds."))
    if not call.funded_seats:
        return Check(FUNDING, False, _("The call promises no money; the Government pays."))
    told = {"party": nomination.party, "count": call.funded_seats}
    if stands_apart(nomination, known.day):
        return Check(FUNDING, False, _("No Party money for an observer; the Government pays."))
    if known.funded is not None and nomination.party_id not in known.funded:
        sentence = _("%(party)s was on none of the lists financed on the day of the call; the Government pays.")
        return Check(FUNDING, False, sentence % told)
    return Check(FUNDING, True, _("The call finances up to %(count)d of %(party)s.") % told)

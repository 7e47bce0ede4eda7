"""What goes wrong with nominations: two who speak for one Party, and one person named twice."""

from datetime import date, datetime, timedelta

from accounts.actors import Actor
from config.rehearsal.nominations import bearer, candidate
from config.rehearsal.stage import SECRETARIAT, Stage
from participants.models import Dispute, FocalPoint, Nomination, Person
from participants.models.focal_points import FocalPointKind
from participants.models.nominations import GONE, NominationState, Track
from participants.verbs.candidates import Candidate
from participants.verbs.disputes import settle_dispute
from participants.verbs.duplicates import find_pairs
from participants.verbs.focal_points import designate, end_mandate
from participants.verbs.merges import merge
from participants.verbs.nominations import nominate
from participants.verbs.persons import record_person
from workshops.models import Party


def dispute(stage: Stage) -> None:
    """Let a second ministry send a list for one Party; the focal point who stood is confirmed and counts (E10)."""
    stage.counts |= {"disputes": 0, "set_aside": 0}
    party = _signed_by_the_primary(stage)
    if party is None:
        return
    at, role = stage.calendar.extension - timedelta(days=1), stage.cast.draw(party.code)
    person = record_person(
        name=role.name, email=role.email, gender=role.gender, rehearsal=stage.programme, by=SECRETARIAT, at=at
    )
    rival = designate(
        party, person, FocalPointKind.CBD_PRIMARY, valid_from=at.date() - timedelta(days=30), by=SECRETARIAT, at=at
    )
    nominate(
        stage.the_call,
        party=party,
        candidate=candidate(stage, party),
        track=Track.BIODIVERSITY,
        sector="conservation",
        by=Actor(label=person.name, person_id=person.pk),
        at=at,
    )
    _settle(stage, party, rival, at)


def _settle(stage: Stage, party: Party, rival: FocalPoint, at: datetime) -> None:
    """Confirm the focal point who stood before; the other list is set aside and its mandate ends."""
    held = stage.the_call.nominations.filter(state=NominationState.DISPUTED)
    stood = held.exclude(focal_point=rival).earliest("reference").focal_point
    if stood is None:
        raise RuntimeError("a disputed nomination was signed by nobody")
    open_one = Dispute.objects.get(call=stage.the_call, party=party)
    settle_dispute(open_one, stood, note="Note verbale of the foreign ministry (synthetic)", by=SECRETARIAT, at=at)
    end_mandate(rival, on=at.date(), by=SECRETARIAT, at=at)
    aside = stage.the_call.nominations.filter(state=NominationState.SET_ASIDE).count()
    stage.counts |= {"disputes": 1, "set_aside": aside}
    stage.expect("nominations set aside", aside, 1)
    stage.expect("nominations still disputed", held.count(), 0)


def _signed_by_the_primary(stage: Stage) -> Party | None:
    """Return the first Party of which the primary focal point sent something by now."""
    sent = stage.the_call.nominations.filter(focal_point__kind=FocalPointKind.CBD_PRIMARY).exclude(state__in=GONE)
    first = sent.select_related("party").order_by("reference").first()
    return first.party if first is not None else None


def twice(stage: Stage) -> None:
    """Let FAO's focal point name somebody in another spelling whom CBD's named; two rows become one person (E04, E06)."""
    stage.counts |= {"merged": 0, "joined": 0}
    first = _named_once(stage)
    if first is None or first.party is None:
        return
    at, party = stage.calendar.extension - timedelta(days=1), first.party
    known = first.person
    spelt = Candidate(name=known.passport_name or known.name, email=f"second-{known.email}", position=known.position)
    second = nominate(
        stage.the_call,
        party=party,
        candidate=spelt,
        track=Track.PLANNING,
        sector=first.sector,
        by=bearer(stage, party, Track.PLANNING, kinds=frozenset({FocalPointKind.FAO.value})),
        at=at,
    )
    find_pairs(at=at)
    merge(known, second.person, reason="The ministry confirmed it by telephone (synthetic)", by=SECRETARIAT, at=at)
    joined = stage.the_call.nominations.filter(state=NominationState.JOINED).count()
    merged = Person.objects.filter(rehearsal=stage.programme, merged_into=known).count()
    stage.counts |= {"merged": merged, "joined": joined}
    stage.expect("nominations joined", joined, 1)


def _named_once(stage: Stage) -> Nomination | None:
    """Return the first planning expert of CBD whose Party has an FAO focal point and a place left."""
    named = stage.the_call.nominations.filter(track=Track.PLANNING, focal_point__kind__startswith="CBD")
    for each in named.exclude(state__in=GONE).select_related("person", "party", "call").order_by("reference"):
        live = stage.the_call.nominations.filter(party=each.party).exclude(state__in=GONE).count()
        fao = (
            each.party.focal_points.filter(
                kind=FocalPointKind.FAO, person__rehearsal=stage.programme, valid_from__lte=date(2013, 1, 1)
            )
            if each.party
            else None
        )
        if fao is not None and fao.filter(valid_to__isnull=True).exists() and live < stage.the_call.seats_per_party:
            return each
    return None

"""First act: focal points, the call, nominations on both tracks."""

from accounts.actors import Actor
from accounts.tokens import derive
from config.rehearsal.stage import SECRETARIAT, Stage
from correspondence.models import Message
from participants.models import FocalPoint, Nomination
from participants.models.focal_points import FocalPointKind
from participants.models.nominations import DocumentKind, NominationState, Sector, Track
from participants.models.organizations import OrganizationKind
from participants.queries.calls import SIGNATORIES, signatories
from participants.queries.links import actor_for, resolve
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.extensions import extend_call
from participants.verbs.focal_points import designate
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.organizations import record_organization
from participants.verbs.persons import record_person
from participants.verbs.reminders import remind_call
from workshops.models import Party

SEATS_PER_PARTY = 3
EXPERTS = 2
SHARE_REMINDED = 0.3
SHARE_WITHDRAWN = 0.03
SECTORS = {
    Track.BIODIVERSITY: (Sector.CONSERVATION, Sector.FOREST),
    Track.PLANNING: (Sector.PLANNING, Sector.AGRICULTURE, Sector.FOREST),
}
# What a paper must at least be to pass for a PDF; the rehearsal's letters say that they are synthetic.
LETTER = b"%PDF-1.4\n% synthetic letter of nomination for a rehearsal\n%%EOF\n"


def focal_points(stage: Stage) -> None:
    """Give every Party its focal points: a CBD and an FAO one, often a second of either kind."""
    for party in stage.parties:
        kinds = [FocalPointKind.CBD_PRIMARY, FocalPointKind.FAO]
        kinds += stage.random.sample(
            [FocalPointKind.CBD_SECONDARY, FocalPointKind.PROTECTED_AREAS], k=stage.random.choice([0, 0, 1, 2])
        )
        for kind in kinds:
            role = stage.cast.draw(party.code)
            person = record_person(
                name=role.name,
                passport_name=role.passport_name,
                email=role.email,
                gender=role.gender,
                position=role.position,
                rehearsal=stage.programme,
                by=SECRETARIAT,
                at=stage.calendar.preparation,
            )
            designate(
                party,
                person,
                kind,
                valid_from=stage.calendar.preparation.date().replace(year=2010),
                designation="synthetic",
                by=SECRETARIAT,
                at=stage.calendar.preparation,
            )
    stage.counts["focal_points"] = FocalPoint.objects.filter(
        person__rehearsal=stage.programme, party__coverages__workshop=stage.workshop
    ).count()


def call(stage: Stage) -> None:
    """Open the call; every focal point who may nominate gets one letter."""
    calendar = stage.calendar
    stage.call = open_call(
        stage.workshop,
        deadline_at=calendar.deadline,
        deadline_zone=stage.workshop.zone,
        seats_per_party=SEATS_PER_PARTY,
        by=SECRETARIAT,
        at=calendar.opening,
    )
    stage.workshop.refresh_from_db()
    people = signatories(stage.call, calendar.opening.date()).values("person", "party").distinct().count()
    letters = Message.objects.filter(kind="call-notification", topic=stage.workshop.reference).count()
    stage.expect("notifications written", letters, people)
    stage.counts |= {"parties": len(stage.parties), "focal_points_mailed": letters}


def nominations(stage: Stage) -> None:
    """Let focal points nominate through their personal links, remind the silent ones, extend the call, then close it."""
    plan = _plan(stage)
    silent = {party for party in stage.parties if stage.random.random() < SHARE_REMINDED}
    made = [_nominate(stage, party, turn, late=False) for party, turn in plan if party not in silent]
    stage.counts["reminders"] = remind_call(stage.the_call, by=SECRETARIAT, at=stage.calendar.reminder)
    _extend(stage)
    made += [_nominate(stage, party, turn, late=True) for party, turn in plan if party in silent]
    gone = [each for each in made if stage.random.random() < SHARE_WITHDRAWN]
    for nomination in gone:
        withdraw(nomination, by=SECRETARIAT, at=stage.calendar.extension)
    experts = _experts(stage)
    close_call(stage.the_call, by=SECRETARIAT, at=stage.calendar.extended)
    stage.counts |= {"nominations": len(made), "withdrawn": len(gone), "experts": experts}
    live = Nomination.objects.filter(call=stage.the_call, party__isnull=False).exclude(state=NominationState.WITHDRAWN)
    stage.expect("live nominations of Parties", live.count(), len(made) - len(gone))


def _extend(stage: Stage) -> None:
    """Give the silent Parties two days more; whoever was asked hears of it."""
    extend_call(
        stage.the_call, stage.calendar.extended, stage.workshop.zone, by=SECRETARIAT, at=stage.calendar.extension
    )
    letters = Message.objects.filter(kind="call-extension", topic=stage.workshop.reference).count()
    stage.counts["extension_letters"] = letters
    stage.expect("letters of the extension", letters, stage.counts["focal_points_mailed"])


def _plan(stage: Stage) -> list[tuple[Party, int]]:
    """Return who nominates how often: (Party, turn from 0), in a mixed order of arrival."""
    wanted = stage.nominations_wanted
    room = [(party, turn) for turn in range(SEATS_PER_PARTY) for party in stage.parties]
    if wanted is not None:
        if wanted > len(room):
            raise ValueError(f"{len(stage.parties)} Parties can make at most {len(room)} nominations, not {wanted}")
        chosen = room[:wanted]
    else:
        chosen = [each for each in room if stage.random.random() < (0.92, 0.85, 0.4)[each[1]]]
    stage.random.shuffle(chosen)
    return sorted(chosen, key=lambda each: each[1])


def _nominate(stage: Stage, party: Party, turn: int, *, late: bool) -> Nomination:
    track = (Track.BIODIVERSITY, Track.PLANNING)[turn] if turn < len(SECTORS) else stage.random.choice(list(SECTORS))
    at = stage.calendar.extension if late else stage.calendar.nominations
    role = stage.cast.draw(party.code)
    by = _bearer(stage, party, track)
    nomination = nominate(
        stage.the_call,
        party=party,
        candidate=Candidate(
            name=role.name,
            email=role.email,
            passport_name=role.passport_name,
            gender=role.gender,
            position=role.position,
        ),
        track=track,
        sector=stage.random.choice(SECTORS[track]),
        by=by,
        at=at,
    )
    attach_document(nomination, DocumentKind.LETTER, data=LETTER, name="letter.pdf", by=by, at=at)
    return nomination


def _bearer(stage: Stage, party: Party, track: str) -> Actor:
    """Return the first focal point who may sign on the track, as the bearer of the link that was mailed."""
    link = (
        stage.the_call.links.filter(
            party=party,
            person__mandates__party=party,
            person__mandates__kind__in=SIGNATORIES[track],
        )
        .order_by("person__mandates__kind", "person__email")
        .first()
    )
    if link is None:
        raise RuntimeError(f"no letter went to {party.code}")
    return actor_for(resolve(derive(link.pk), link.purpose, at=stage.calendar.nominations))


def _experts(stage: Stage) -> int:
    """Let the secretariat enter experts of organizations, who are counted apart from the seats for Parties."""
    for number in range(1, EXPERTS + 1):
        role = stage.cast.draw("org")
        organization = record_organization(
            name=f"Synthetic Regional Centre {number}",
            kind=OrganizationKind.REGIONAL,
            by=SECRETARIAT,
            at=stage.calendar.nominations,
        )
        nominate(
            stage.the_call,
            organization=organization,
            candidate=Candidate(name=role.name, email=role.email, passport_name=role.passport_name, gender=role.gender),
            track=Track.BIODIVERSITY,
            sector=Sector.CONSERVATION,
            by=SECRETARIAT,
            at=stage.calendar.nominations,
        )
    return EXPERTS

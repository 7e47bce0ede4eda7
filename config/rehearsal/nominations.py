"""Nominations on both tracks: drafted, sent with papers, signed, ordered, replaced, withdrawn; some come late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.actors import Actor
from accounts.tokens import derive
from config.rehearsal import call
from config.rehearsal.stage import SECRETARIAT, Stage
from correspondence.models import Message
from participants.models import Nomination
from participants.models.endorsements import Channel
from participants.models.focal_points import FocalPointKind
from participants.models.nominations import GONE, DocumentKind, NominationState, Sector, Track
from participants.queries.calls import SIGNATORIES
from participants.queries.defects import faults
from participants.queries.links import actor_for, resolve
from participants.verbs.candidates import Candidate
from participants.verbs.defects import ask_for_papers
from participants.verbs.documents import attach_document, open_document
from participants.verbs.drafts import attach_to_draft, save_draft, send_draft
from participants.verbs.endorsements import Signature, endorse
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.ranks import rerank
from participants.verbs.reopenings import ask_reopening, grant_reopening
from participants.verbs.replacements import replace
from workshops.models import Party

SHARE_REMINDED, SHARE_WITHDRAWN, SHARE_REPLACED = 0.3, 0.03, 0.05
SHARE_DRAFTED, SHARE_INCOMPLETE, SHARE_UNSIGNED, SHARE_REORDERED = 0.3, 0.2, 0.05, 0.2
SHARE_PAPERLESS = 0.15  # of those whose dossier is incomplete: nothing comes, and they are barred
SECTORS = {
    Track.BIODIVERSITY: (Sector.CONSERVATION, Sector.FOREST),
    Track.PLANNING: (Sector.PLANNING, Sector.AGRICULTURE, Sector.FOREST),
}
PAPERS = (DocumentKind.LETTER, DocumentKind.FORM, DocumentKind.CV)
# What a paper must at least be to pass for a PDF; the rehearsal's papers say that they are synthetic.
PAPER = b"%PDF-1.4\n% synthetic paper of a nomination for a rehearsal\n%%EOF\n"


def nominations(stage: Stage) -> None:
    """Let focal points nominate through their personal links, remind the silent ones, and extend the call for them."""
    plan = _plan(stage)
    silent = {party for party in stage.parties if stage.random.random() < SHARE_REMINDED}
    made = [_nominate(stage, party, turn, stage.calendar.nominations) for party, turn in plan if party not in silent]
    call.remind(stage)
    call.extend(stage)
    last = [(party, turn) for party, turn in plan if party in silent]
    stage.late = [each for each in last if each[0] == last[-1][0]]
    made += [
        _nominate(stage, party, turn, stage.calendar.extension) for party, turn in last if not _is_late(stage, party)
    ]
    _change_minds(stage, made)
    call.experts(stage)
    stage.counts["nominations"] = len(made)


def _is_late(stage: Stage, party: Party) -> bool:
    return any(party == late for late, _turn in stage.late)


def close(stage: Stage) -> None:
    """Close the call; one Party that was silent asks for more time, is granted it, and comes late."""
    call.close(stage)
    made = [_late(stage, party, turn) for party, turn in stage.late]
    stage.counts["nominations"] += len(made)
    stage.counts["late"] = sum(each.late for each in made)
    live = Nomination.objects.filter(call=stage.the_call, party__isnull=False).exclude(state__in=GONE)
    wanted = stage.counts["nominations"] - stage.counts["withdrawn"]
    stage.expect("live nominations of Parties", live.count(), wanted)


def _plan(stage: Stage) -> list[tuple[Party, int]]:
    """Return who nominates how often: (Party, turn from 0), in a mixed order of arrival."""
    wanted = stage.nominations_wanted
    room = [(party, turn) for turn in range(call.SEATS_PER_PARTY) for party in stage.parties]
    if wanted is not None:
        if wanted > len(room):
            raise ValueError(f"{len(stage.parties)} Parties can make at most {len(room)} nominations, not {wanted}")
        chosen = room[:wanted]
    else:
        chosen = [each for each in room if stage.random.random() < (0.92, 0.85, 0.4)[each[1]]]
    stage.random.shuffle(chosen)
    return sorted(chosen, key=lambda each: each[1])


def _track(stage: Stage, turn: int) -> Track:
    return (Track.BIODIVERSITY, Track.PLANNING)[turn] if turn < len(SECTORS) else stage.random.choice(list(SECTORS))


def candidate(stage: Stage, party: Party) -> Candidate:
    """Return the next synthetic expert of a Party."""
    role = stage.cast.draw(party.code)
    return Candidate(
        name=role.name, email=role.email, passport_name=role.passport_name, gender=role.gender, position=role.position
    )


def _nominate(stage: Stage, party: Party, turn: int, at: datetime) -> Nomination:
    track = _track(stage, turn)
    who, sector = candidate(stage, party), stage.random.choice(SECTORS[track])
    by = bearer(stage, party, track)
    papers = PAPERS[:1] if stage.random.random() < SHARE_INCOMPLETE else PAPERS
    if stage.random.random() < SHARE_DRAFTED:
        draft = save_draft(stage.the_call, party, {"name": who.name}, by=by, at=at)
        for kind in papers:
            attach_to_draft(draft, kind, data=PAPER, name=f"{kind}.pdf", by=by, at=at)
        return send_draft(draft, candidate=who, track=track, sector=sector, by=by, at=at)
    nomination = nominate(stage.the_call, party=party, candidate=who, track=track, sector=sector, by=by, at=at)
    for kind in papers:
        attach_document(nomination, kind, data=PAPER, name=f"{kind}.pdf", by=by, at=at)
    return nomination


def bearer(stage: Stage, party: Party, track: str, *, kinds: frozenset[str] | None = None) -> Actor:
    """Return the first focal point who may sign on the track, as the bearer of the link that was mailed."""
    link = (
        stage.the_call.links.filter(
            party=party,
            person__mandates__party=party,
            person__mandates__kind__in=kinds or SIGNATORIES[track],
            person__mandates__valid_to__isnull=True,
        )
        .order_by("person__mandates__kind", "person__email", "created_at")
        .first()
    )
    if link is None:
        raise RuntimeError(f"no letter went to {party.code}")
    return actor_for(resolve(derive(link.pk), link.purpose, at=stage.calendar.nominations))


def _change_minds(stage: Stage, made: list[Nomination]) -> None:
    """Withdraw some, put others in the place of some, and let some Parties change their order."""
    at, random = stage.calendar.extension, stage.random
    withdrawn = [each for each in made if random.random() < SHARE_WITHDRAWN]
    for each in withdrawn:
        withdraw(each, by=SECRETARIAT, at=at)
    replaced = [each for each in made if each not in withdrawn and random.random() < SHARE_REPLACED]
    for each in replaced:
        if each.party is not None:
            by = bearer(stage, each.party, each.track)
            replace(each, candidate=candidate(stage, each.party), sector=each.sector, by=by, at=at)
    reordered = 0
    for party in stage.parties:
        rows = list(stage.the_call.nominations.filter(party=party).exclude(state__in=GONE).order_by("rank"))
        if len(rows) > 1 and random.random() < SHARE_REORDERED:
            rerank(stage.the_call, party, rows[::-1], by=bearer(stage, party, Track.PLANNING, kinds=CBD), at=at)
            reordered += 1
    stage.counts |= {"withdrawn": len(withdrawn), "replaced": len(replaced), "reordered": reordered}


CBD = frozenset({FocalPointKind.CBD_PRIMARY.value})


def _late(stage: Stage, party: Party, turn: int) -> Nomination:
    """Nominate after the deadline, for which the Party asks for more time and is granted it."""
    asked, by = stage.calendar.extended + timedelta(hours=1), bearer(stage, party, Track.BIODIVERSITY)
    if not stage.the_call.reopenings.filter(party=party).exists():
        request = ask_reopening(stage.the_call, party, "The ministry was closed (synthetic)", by=by, at=asked)
        grant_reopening(request, stage.calendar.more_time, by=SECRETARIAT, at=asked)
    return _nominate(stage, party, turn, asked + timedelta(hours=2))


def signatures(stage: Stage) -> None:
    """Let FAO's focal points sign what waits for them, a senior official where there is none; some never do (E11, E12)."""
    at = stage.calendar.more_time
    asked = Message.objects.filter(kind="endorsement-request", topic=stage.workshop.reference).count()
    waiting = stage.the_call.nominations.filter(state=NominationState.WAITING).order_by("reference")
    signed = 0
    for nomination in waiting.select_related("call", "party"):
        if stage.random.random() >= SHARE_UNSIGNED and nomination.party is not None:
            _sign(stage, nomination, nomination.party, at)
            signed += 1
    left = stage.the_call.nominations.filter(state=NominationState.WAITING).count()
    stage.counts |= {"signatures_asked": asked, "signed": signed, "unsigned": left}


def _sign(stage: Stage, nomination: Nomination, party: Party, at: datetime) -> None:
    fao = frozenset({FocalPointKind.FAO.value})
    stands = party.focal_points.filter(kind__in=fao, person__rehearsal=stage.programme, valid_to__isnull=True)
    if stands.exists():
        endorse(nomination, by=bearer(stage, party, nomination.track, kinds=fao), at=at)
        return
    official = Signature(
        official="Minister of Agriculture (synthetic)", channel=Channel.FAO, note="No FAO focal point (synthetic)"
    )
    endorse(nomination, signature=official, by=SECRETARIAT, at=at)


def papers(stage: Stage) -> None:
    """Ask for what is missing, take what comes (some never does), and open one paper of each dossier (E33)."""
    at = stage.calendar.more_time
    rows = stage.the_call.nominations.exclude(state__in=GONE).order_by("reference")
    of_parties = rows.filter(party__isnull=False).select_related("call", "party", "focal_point__person")
    lacking = [each for each in of_parties if faults(each)]
    letters = sum(ask_for_papers(each, by=SECRETARIAT, at=at) for each in lacking)
    for nomination in lacking:
        if stage.random.random() >= SHARE_PAPERLESS:
            _attach(nomination, PAPERS[1:], at)
    for nomination in rows.filter(party__isnull=True):
        _attach(nomination, PAPERS, at)
    for nomination in rows:
        for document in nomination.documents.select_related("file", "nomination").filter(kind=DocumentKind.CV):
            open_document(document, by=SECRETARIAT, at=at)
    stage.counts |= {"incomplete": len(lacking), "papers_asked": letters}


def _attach(nomination: Nomination, kinds: Sequence[DocumentKind], at: datetime) -> None:
    for kind in kinds:
        attach_document(nomination, kind, data=PAPER, name=f"{kind}.pdf", by=SECRETARIAT, at=at)

"""Real people and dates to look at letters with, before any letter is written (``settings.LETTER_PREVIEW``)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language, gettext, override

from accounts.models import User
from correspondence.facts import Days, Fact, Moment
from correspondence.kinds import KINDS, PLACEHOLDERS, Form
from correspondence.samples import Sample
from documents import dates
from participants.models import Call, Nomination, Person
from participants.models.calls import CallState
from participants.models.nominations import GONE, NominationState
from participants.queries.calls import signatories
from participants.queries.defects import faults
from participants.queries.notifications import facts_of_call, facts_of_occasion
from participants.queries.wording import event_of, facts, party_name
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage
from workshops.queries import workshops

SHOWN = 100
ADDRESS = "person@ministry.example"
TO_FOCAL_POINTS = frozenset(
    {
        "call-notification",
        "call-reminder",
        "call-extension",
        "reopening-granted",
        "reopening-refused",
        "nomination-disputed",
        "dispute-settled",
        "focal-point-recorded",
        "deputy-named",
        "sign-in-code",
        "focal-point-request",
        "focal-point-reminder",
        "address-changed",
        "targets-request",
        "submission-received",
        "submission-returned",
        "submission-accepted",
    }
)
ABOUT_A_NOMINEE = frozenset({"nomination-received", "endorsement-request", "papers-request"})  # to who signed
TAKEN_OUT = frozenset({"invitation-cancelled", "put-off"})  # of calendars
OWN_DEADLINE = frozenset({"focal-point-request", "focal-point-reminder", "targets-request"})  # not the call's
DECISIONS = frozenset({"selected", "reserve", "not-selected"})


def choices(user: User | AnonymousUser, *, at: datetime) -> list[tuple[str, str]]:
    """Return key and label of the workshops a user may see: the next one first, those over and for practice last."""
    seen = workshops.visible_to(user).exclude(stage=WorkshopStage.CANCELLED).select_related("programme")
    rows = sorted(seen.order_by("starts_on", "slug"), key=lambda row: _distance(row, at.date()))
    return [(str(row.pk), _label(row)) for row in rows[:SHOWN]]


def _distance(workshop: Workshop, today: date) -> tuple[bool, bool, int]:
    over = workshop.ends_on < today
    return workshop.programme.rehearsal_of_id is not None, over, abs((workshop.starts_on - today).days)


def _label(workshop: Workshop) -> str:
    language = (get_language() or "en").split("-")[0]
    span = dates.days(workshop.starts_on, workshop.ends_on, language)
    label = f"{workshop.reference} · {workshop} · {span}"
    if workshop.programme.rehearsal_of_id is not None:
        label += f" ({gettext('Practice')})"
    return label


def facts_for(kind: str, key: str, language: str, *, user: User | AnonymousUser, at: datetime) -> Sample:
    """Return what a letter of ``kind`` about a workshop (its id) would be told at ``at``.

    What the workshop has nothing of yet is invented: texts say in brackets what will stand there, dates and numbers are
    likely ones. For a key that names no workshop the user may see, everything is.
    """
    workshop = _workshop(key, user)
    person, known = _known(kind, workshop, language, at.date()) if workshop is not None else (None, {})
    asked = KINDS[kind].facts
    told = {name: known[name] if name in known else _invented(name, language, workshop, at) for name in asked}
    event = None
    if workshop is not None and KINDS[kind].dated:
        event = event_of(workshop, at.date(), language, cancelled=kind in TAKEN_OUT)
    return Sample(
        to_name=str(told["name"]),
        to_address=(person.email if person is not None else "") or ADDRESS,
        facts=told,
        invented=frozenset(asked) - known.keys(),
        event=event,
    )


def _workshop(key: str, user: User | AnonymousUser) -> Workshop | None:
    try:
        chosen = UUID(key)
    except ValueError:
        return None
    return workshops.visible_to(user).select_related("programme", "host").filter(pk=chosen).first()


def _known(kind: str, workshop: Workshop, language: str, on: date) -> tuple[Person | None, dict[str, Fact]]:
    """Return whom a letter about the workshop would go to, and the facts there are."""
    call = Call.objects.filter(workshop=workshop).exclude(state=CallState.CANCELLED).first()
    known: dict[str, Fact] = {
        **facts(workshop, on, language),
        "venue": workshop.venue,
        **facts_of_occasion(workshop, language, on),
    }
    if kind == "call-notification" and call is not None:
        known |= facts_of_call(call, kind, language, on)
    if call is not None:
        known |= {"symbol": call.symbol, "seats": call.seats_per_party}
        if kind not in OWN_DEADLINE:
            known["deadline"] = Moment(call.deadline_at, call.deadline_zone)
    if kind in TO_FOCAL_POINTS:
        person, more = _focal_point(call or Call(workshop=workshop), on, language)
    else:
        person, more = _nominee(kind, workshop, on, language)
    return person, known | more


def _focal_point(call: Call, on: date, language: str) -> tuple[Person | None, dict[str, Fact]]:
    mandate = signatories(call, on).first()
    if mandate is None:
        return None, {}
    return mandate.person, {
        "name": mandate.person.name,
        "holder": mandate.person.name,
        "party": party_name(mandate.party, on, language),
        "issued": Days(on, on),
        "since": Days(mandate.valid_from, mandate.valid_from),
    }


def _nominee(kind: str, workshop: Workshop, on: date, language: str) -> tuple[Person | None, dict[str, Fact]]:
    """Return a nominee at the point of such a letter, else any, with what is known of the nomination."""
    rows = Nomination.objects.filter(call__workshop=workshop).exclude(state__in=GONE)
    live = rows.select_related("person", "party", "invitation", "focal_point__person").order_by("reference")
    state = kind if kind in DECISIONS else NominationState.SELECTED.value
    found = (
        live.filter(state=state, invitation__isnull=False).first() or live.filter(state=state).first() or live.first()
    )
    if found is None:
        return None, {}
    to = found.person
    known: dict[str, Fact] = {"party": party_name(found.party, on, language), "reference": found.reference}
    if kind in ABOUT_A_NOMINEE:
        with override(language):
            known["papers"] = "\n".join(f"– {each}" for each in faults(found))
        if found.focal_point is None:
            return None, known | {"nominee": to.name}
        to, known["nominee"] = found.focal_point.person, to.name
    if hasattr(found, "invitation"):
        known["respond_by"] = Moment(found.invitation.respond_by, workshop.zone)
    entry = found.entries.filter(outcome=kind).order_by("-selection__number").first()
    if entry is not None:
        known["reason"] = entry.reason
    return to, known | {"name": to.name}


def _invented(name: str, language: str, workshop: Workshop | None, at: datetime) -> Fact:
    """Return a stand-in of the placeholder's form."""
    form, label = PLACEHOLDERS[name]
    if form == Form.NUMBER:
        return 2
    if form == Form.DAYS:  # of a workshop that is not there, or those before a postponement
        first = workshop.starts_on - timedelta(days=28) if workshop is not None else at.date() + timedelta(days=120)
        return Days(first, first + timedelta(days=4))
    if form == Form.MOMENT:
        later = timedelta(days=14 if name == "previous_deadline" else 28)
        return Moment(at.replace(hour=14, minute=0) + later, workshop.zone if workshop is not None else "UTC")
    with override(language):
        return f"[{label}]"

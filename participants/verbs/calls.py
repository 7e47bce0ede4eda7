"""Opening and closing a call for nominations."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.texts import localized
from accounts.verbs.activities import record
from correspondence.facts import Fact, Facts, Moment
from correspondence.models import Mailing
from participants.models import Call, FocalPoint
from participants.models.calls import CALL_STEPS, CallState
from participants.models.links import LinkPurpose
from participants.queries.calls import signatories
from participants.queries.wording import facts, party_name
from participants.verbs.letters import already_written, language_of, write_to
from participants.verbs.links import issue_link
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage
from workshops.verbs.workshops import advance, next_reference

LINK_GRACE = timedelta(days=30)


def open_call(
    workshop: Workshop,
    *,
    deadline_at: datetime,
    deadline_zone: str,
    seats_per_party: int,
    criteria: dict[str, str] | None = None,
    mailing: Mailing | None = None,
    by: Actor,
    at: datetime,
) -> Call:
    """Open a workshop's call and write to every standing focal point who may nominate, with a personal link each.

    ``deadline_at`` is in UTC, ``deadline_zone`` the IANA zone it was set in. Raises ``NotAllowed`` for others than organizers,
    ``Invalid`` (``deadline_past``, ``deadline_after_start``, ``zone_unknown``, ``seats_out_of_range``) for bad values and
    ``Refused`` (``illegal_step``) when the workshop is not just planned, (``no_focal_points``) when nobody could be asked.
    """
    by.require_organizer()
    _check(workshop, deadline_at, deadline_zone, seats_per_party, at)
    with transaction.atomic():
        workshop = advance(workshop, WorkshopStage.CALLED, by=by, at=at)
        call = Call.objects.create(
            workshop=workshop,
            symbol=next_reference(workshop),
            opened_at=at,
            deadline_at=deadline_at,
            deadline_zone=deadline_zone,
            seats_per_party=seats_per_party,
            criteria=criteria or {},
        )
        mailed = notify(call, list(signatories(call, at.date())), kind="call-notification", mailing=mailing, at=at)
        if not mailed:
            raise Refused("no_focal_points", _("No focal point of the Parties served has an address; enter one first."))
        record("open_call", call, by=by, at=at, letters=mailed, deadline=deadline_at.isoformat())
    return call


def _check(workshop: Workshop, deadline_at: datetime, zone: str, seats: int, at: datetime) -> None:
    check_deadline(workshop, deadline_at, zone, at)
    if not 1 <= seats <= workshop.programme.seats_per_party_max:
        raise Invalid(
            "seats_out_of_range",
            _("A Party may nominate 1 to %(most)d experts.") % {"most": workshop.programme.seats_per_party_max},
            field="seats_per_party",
        )


def check_deadline(workshop: Workshop, deadline_at: datetime, zone: str, at: datetime) -> None:
    """Raise ``Invalid`` (``zone_unknown``, ``deadline_past``, ``deadline_after_start``) for a deadline that cannot be."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            "zone_unknown", _("Give the zone by its IANA name, such as Asia/Amman."), field="deadline_zone"
        ) from error
    if deadline_at <= at:
        raise Invalid("deadline_past", _("The deadline is over already; set a later one."), field="deadline_at")
    if deadline_at >= datetime.combine(workshop.starts_on, time(), tzinfo=ZoneInfo(workshop.zone)):
        raise Invalid(
            "deadline_after_start", _("The deadline must be before the first day of the workshop."), field="deadline_at"
        )


def notify(
    call: Call,
    mandates: list[FocalPoint],
    *,
    kind: str,
    at: datetime,
    occasion: str = "",
    mailing: Mailing | None = None,
    **extra: Fact,
) -> int:
    """Write to focal points about a call, once a person and Party whatever the number of mandates.

    Return how many letters are new: who has the letter of this ``occasion`` already gets none. ``extra`` holds facts that
    only this kind of letter tells. The caller holds the transaction.
    """
    recipients = {
        ":".join(filter(None, [kind, str(call.pk), each.party_id, str(each.person_id), occasion])): each
        for each in mandates
    }
    for key in already_written(recipients):
        del recipients[key]
    for key, mandate in recipients.items():
        _write_about_call(call, mandate, extra, kind=kind, key=key, mailing=mailing, at=at)
    return len(recipients)


def _write_about_call(
    call: Call, mandate: FocalPoint, extra: Facts, *, kind: str, key: str, mailing: Mailing | None, at: datetime
) -> None:
    language = language_of(mandate.person, mandate.party)
    link = issue_link(
        mandate.person,
        LinkPurpose.NOMINATE,
        at=at,
        expires_at=call.deadline_at + LINK_GRACE,
        call=call,
        party=mandate.party,
    )
    write_to(
        mandate.person,
        kind,
        key=key,
        language=language,
        context={**_context(call, mandate, language, kind, at), **extra},
        about=call,
        workshop=call.workshop,
        at=at,
        link=link,
        mailing=mailing,
    )


def _context(call: Call, mandate: FocalPoint, language: str, kind: str, at: datetime) -> Facts:
    known = facts(call.workshop, at.date(), language)
    context: dict[str, Fact] = {
        "party": party_name(mandate.party, at.date(), language),
        "workshop": known["workshop"],
        "deadline": Moment(call.deadline_at, call.deadline_zone),
        "symbol": call.symbol,
    }
    if kind == "call-notification":
        programme = call.workshop.programme
        context |= {**known, "programme": localized(programme.title, language), "seats": call.seats_per_party}
    return context


def close_call(call: Call, *, by: Actor, at: datetime) -> Call:
    """Close a call; no nomination comes in after it. Raises ``NotAllowed`` and ``Refused`` (``illegal_step``)."""
    by.require_organizer()
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        move(call, CallState.CLOSED, CALL_STEPS)
        call.save(update_fields=["state"])
        record("close_call", call, by=by, at=at)
    return call

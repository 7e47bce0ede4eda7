"""Opening and closing a call for nominations."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.facts import Facts
from correspondence.models import Mailing
from participants.models import Call, FocalPoint
from participants.models.calls import CALL_STEPS, CallState
from participants.models.links import LinkPurpose
from participants.queries.calls import signatories
from participants.queries.notifications import facts_of_call
from participants.queries.wording import party_name
from participants.verbs.letters import already_written, language_of, write_to
from participants.verbs.links import issue_link
from participants.verbs.terms import CallTerms, check_seats, settled
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
    terms: CallTerms | None = None,
    mailing: Mailing | None = None,
    by: Actor,
    at: datetime,
) -> Call:
    """Open a workshop's call and write to every standing focal point who may nominate, with a personal link each.

    ``deadline_at`` is in UTC, ``deadline_zone`` the IANA zone it was set in. Raises ``NotAllowed`` for others than organizers,
    ``Invalid`` (``deadline_past``, ``deadline_after_start``, ``zone_unknown``, ``seats_out_of_range`` and those of
    ``verbs.terms.settled``) for bad values and ``Refused`` (``illegal_step``) when the workshop is not just planned,
    (``workshop_put_off``) while its days are not known, (``no_focal_points``) when nobody could be asked.
    """
    by.require_organizer()
    check_deadline(workshop, deadline_at, deadline_zone, at)
    check_seats(workshop.programme, seats_per_party)
    fields = settled(terms or CallTerms(), seats_per_party=seats_per_party, on=at.date())
    with transaction.atomic():
        workshop = advance(workshop, WorkshopStage.CALLED, by=by, at=at)
        call = Call.objects.create(
            workshop=workshop,
            symbol=next_reference(workshop),
            opened_at=at,
            deadline_at=deadline_at,
            deadline_zone=deadline_zone,
            **fields,
        )
        mailed = notify(call, list(signatories(call, at.date())), kind="call-notification", mailing=mailing, at=at)
        if not mailed:
            raise Refused("no_focal_points", _("No focal point of the Parties served has an address; enter one first."))
        record("open_call", call, by=by, at=at, letters=mailed, deadline=deadline_at.isoformat())
    return call


def check_deadline(workshop: Workshop, deadline_at: datetime, zone: str, at: datetime) -> None:
    """Raise ``Invalid`` (``zone_unknown``, ``deadline_past``, ``deadline_after_start``) for a deadline that cannot be.

    The days of a workshop that was put off say nothing any more.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            "zone_unknown", _("Give the zone by its IANA name, such as Asia/Amman."), field="deadline_zone"
        ) from error
    if deadline_at <= at:
        raise Invalid("deadline_past", _("The deadline is over already; set a later one."), field="deadline_at")
    if not workshop.put_off and deadline_at >= datetime.combine(
        workshop.starts_on, time(), tzinfo=ZoneInfo(workshop.zone)
    ):
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
    more: Callable[[FocalPoint, str], Facts] = lambda _mandate, _language: {},
) -> int:
    """Write to focal points about a call, once a person and Party whatever the number of mandates.

    Return how many letters are new: who has the letter of this ``occasion`` already gets none. ``more`` gives the facts that
    only this kind of letter tells, for a focal point in a language. What all letters in a language say is worked out once.
    The caller holds the transaction.
    """
    recipients: dict[str, FocalPoint] = {}
    for each in mandates:
        key = ":".join(filter(None, [kind, str(call.pk), each.party_id, str(each.person_id), occasion]))
        recipients.setdefault(key, each)
    for key in already_written(recipients):
        del recipients[key]
    prefetch_related_objects(list(recipients.values()), "party__names")
    shared: dict[str, Facts] = {}
    for key, mandate in recipients.items():
        language = language_of(mandate.person, mandate.party, mandate)
        if language not in shared:
            shared[language] = facts_of_call(call, kind, language, at.date())
        party = party_name(mandate.party, at.date(), language)
        context = {**shared[language], "party": party, **more(mandate, language)}
        _write_about_call(call, mandate, language, context, kind=kind, key=key, mailing=mailing, at=at)
    return len(recipients)


def _write_about_call(
    call: Call,
    mandate: FocalPoint,
    language: str,
    context: Facts,
    *,
    kind: str,
    key: str,
    mailing: Mailing | None,
    at: datetime,
) -> None:
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
        context=context,
        about=call,
        workshop=call.workshop,
        at=at,
        link=link,
        mailing=mailing,
    )


def close_call(call: Call, *, by: Actor, at: datetime) -> Call:
    """Close a call; no nomination comes in after it. Raises ``NotAllowed`` and ``Refused`` (``illegal_step``)."""
    by.require_organizer()
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        move(call, CallState.CLOSED, CALL_STEPS)
        call.save(update_fields=["state"])
        record("close_call", call, by=by, at=at)
    return call

"""The terms of a call: what it asks for and offers beside its deadline, and changing them while it is open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.texts import UN_LANGUAGES
from accounts.verbs.activities import record
from documents.references import Reference, UnclearReference, parse
from participants.models import Call
from participants.models.calls import (
    CallState,
    LatePolicy,
    PlanningSignatures,
    every_paper,
    every_sector,
    every_track,
    usual_reminders,
)
from participants.models.nominations import GONE, Track
from participants.queries.nominations import live
from workshops.models import Programme
from workshops.queries.regions import unknown_lists

TEXT_LIMIT = 2000
REFERENCE_LIMIT = 60
REMINDERS_MOST = 10
FARTHEST_REMINDER = 90  # days before the deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTerms:
    """What a call says beside its deadline and the number of experts; the fields are those of ``Call``.

    ``file_reference`` may be typed with the date glued on (E32); ``issued_on`` is then that date, and the day of the opening
    when neither is given. ``thematic_areas``, ``criteria`` and ``funding`` are texts by language; without ``criteria`` and
    ``funding`` the notification says what follows from the convention's practice and from ``funded_seats`` and
    ``funded_lists`` (slugs of regions or names of lists, such as ``ldc``; none means every Party).
    """

    file_reference: str = ""
    issued_on: date | None = None
    thematic_areas: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    tracks: Sequence[str] = tuple(every_track())
    sectors: Sequence[str] = tuple(every_sector())
    papers: Sequence[str] = tuple(every_paper())
    reminder_days: Sequence[int] = tuple(usual_reminders())
    planning_signatures: str = PlanningSignatures.EITHER.value
    late_policy: str = LatePolicy.REFUSE.value
    funding: Mapping[str, str] = field(default_factory=dict)
    funded_seats: int = 0
    funded_lists: Sequence[str] = ()


def settled(terms: CallTerms, *, seats_per_party: int, on: date) -> dict[str, Any]:
    """Return the terms as the fields of a call, each in one order; ``on`` is the date of a notification that names none.

    Raises ``Invalid``: ``no_track``, ``no_sector``, ``unknown_choice``, ``unknown_list``, ``reminder_days_wrong``,
    ``funded_seats_out_of_range``, ``reference_unclear``, ``dates_disagree``, ``too_long``.
    """
    reference = _reference(terms.file_reference)
    return {
        "seats_per_party": seats_per_party,
        "file_reference": "" if reference is None else str(reference),
        "issued_on": _issued_on(terms, reference) or on,
        **{name: _text(name, getattr(terms, name)) for name in ("thematic_areas", "criteria", "funding")},
        **_choices(terms),
        "reminder_days": _reminder_days(terms.reminder_days),
        "funded_seats": _funded_seats(terms.funded_seats, seats_per_party),
        "funded_lists": _funded_lists(terms.funded_lists),
    }


def check_seats(programme: Programme, seats: int) -> None:
    """Raise ``Invalid`` (``seats_out_of_range``) for more experts a Party than the programme has."""
    most = programme.seats_per_party_max
    if not 1 <= seats <= most:
        raise Invalid(
            "seats_out_of_range",
            _("A Party may nominate 1 to %(most)d experts.") % {"most": most},
            field="seats_per_party",
        )


def terms_of(call: Call) -> CallTerms:
    """Return the terms a call has now."""
    return CallTerms(**{name: getattr(call, name) for name in CallTerms.__slots__})


def _reference(text: str) -> Reference | None:
    """Return the reference of the file without its date, or ask (E32)."""
    if not text.strip():
        return None
    try:
        found = parse(text)
    except UnclearReference as unclear:
        raise Invalid("reference_unclear", _asked(unclear), field="file_reference") from unclear
    if len(str(found)) > REFERENCE_LIMIT:
        raise Invalid(
            "too_long", _("Use at most %(limit)d characters.") % {"limit": REFERENCE_LIMIT}, field="file_reference"
        )
    return found


def _asked(unclear: UnclearReference) -> str:
    readings = [f"{each} {each.day.isoformat()}" if each.day else str(each) for each in unclear.readings]
    if not readings:
        return _("Number and date cannot be told apart here; write the reference alone and its date beside it.")
    return _("This can be read as %(readings)s; write the reference alone and its date beside it.") % {
        "readings": " · ".join(readings)
    }


def _issued_on(terms: CallTerms, reference: Reference | None) -> date | None:
    printed = reference.day if reference is not None else None
    if printed is not None and terms.issued_on is not None and printed != terms.issued_on:
        raise Invalid(
            "dates_disagree",
            _("The reference bears another date: %(day)s.") % {"day": printed.isoformat()},
            field="issued_on",
        )
    return terms.issued_on or printed


def _text(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    if unknown := set(texts) - set(UN_LANGUAGES):
        raise Invalid("unknown_choice", _unknown(unknown), field=name)
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    if any(len(text) > TEXT_LIMIT for text in kept.values()):
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": TEXT_LIMIT}, field=name)
    return kept


def _choices(terms: CallTerms) -> dict[str, Any]:
    if not terms.tracks:
        raise Invalid("no_track", _("Choose at least one track."), field="tracks")
    if not terms.sectors:
        raise Invalid("no_sector", _("Choose at least one sector."), field="sectors")
    _known("planning_signatures", [terms.planning_signatures], PlanningSignatures.values)
    _known("late_policy", [terms.late_policy], LatePolicy.values)
    return {
        "tracks": _known("tracks", terms.tracks, every_track()),
        "sectors": _known("sectors", terms.sectors, every_sector()),
        "papers": _known("papers", terms.papers, every_paper()),
        "planning_signatures": terms.planning_signatures,
        "late_policy": terms.late_policy,
    }


def _known(name: str, given: Iterable[str], choices: Sequence[str]) -> list[str]:
    """Return the choices given, once each and in the order of ``choices``."""
    chosen = set(given)
    if unknown := chosen - set(choices):
        raise Invalid("unknown_choice", _unknown(unknown), field=name)
    return [each for each in choices if each in chosen]


def _unknown(names: Iterable[str]) -> str:
    return _("There is no such choice: %(names)s.") % {"names": ", ".join(sorted(map(str, names)))}


def _reminder_days(days: Sequence[int]) -> list[int]:
    known = all(1 <= each <= FARTHEST_REMINDER for each in days)
    if not known or len(set(days)) != len(days) or len(days) > REMINDERS_MOST:
        raise Invalid(
            "reminder_days_wrong",
            _("Give at most %(most)d different numbers of days from 1 to %(farthest)d.")
            % {"most": REMINDERS_MOST, "farthest": FARTHEST_REMINDER},
            field="reminder_days",
        )
    return sorted(days, reverse=True)


def _funded_seats(funded: int, seats: int) -> int:
    if not 0 <= funded <= seats:
        raise Invalid(
            "funded_seats_out_of_range",
            _("Not more experts can be financed than a Party may nominate."),
            field="funded_seats",
        )
    return funded


def _funded_lists(lists: Sequence[str]) -> list[str]:
    if unknown := unknown_lists(lists):
        raise Invalid("unknown_list", _unknown(unknown), field="funded_lists")
    return sorted(set(lists))


def change_call(call: Call, terms: CallTerms, *, seats_per_party: int, by: Actor, at: datetime) -> Call:
    """Change the terms of an open call; nobody is written to, what changed stands in the activity log.

    Raises ``NotAllowed``, ``Invalid`` as ``settled`` does and ``seats_out_of_range``, and ``Refused``: ``call_not_open``;
    ``seats_taken`` when a Party has nominated more experts; ``track_has_nominations`` for a track taken away;
    ``signatures_fixed`` once an expert was nominated on the second track, signed by the rule there was.
    """
    by.require_organizer()
    with transaction.atomic():
        call = Call.objects.select_for_update(of=("self",)).select_related("workshop__programme").get(pk=call.pk)
        if call.state != CallState.OPEN:
            raise Refused("call_not_open", _("The terms are changed while the call is open."))
        on = call.issued_on or call.opened_at.date()
        check_seats(call.workshop.programme, seats_per_party)
        fields = settled(terms, seats_per_party=seats_per_party, on=on)
        before = {name: getattr(call, name) for name, value in fields.items() if getattr(call, name) != value}
        _check_nominated(call, fields)
        for name, value in fields.items():
            setattr(call, name, value)
        call.save(update_fields=list(fields))
        after = {name: fields[name] for name in before}
        if before:
            record("change_call", call, by=by, at=at, before=_plain(before), after=_plain(after))
    return call


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _check_nominated(call: Call, fields: Mapping[str, Any]) -> None:
    """Refuse terms that nominations there are would not fit."""
    there = live(call).order_by().values_list("track", flat=True)
    last = call.nominations.exclude(state__in=GONE).aggregate(last=Max("rank"))["last"] or 0
    if fields["seats_per_party"] < last:
        raise Refused(
            "seats_taken",
            _("A Party has an expert of rank %(rank)d already.") % {"rank": last},
            field="seats_per_party",
        )
    if gone := [Track(each).label for each in set(there) - set(fields["tracks"])]:
        raise Refused(
            "track_has_nominations",
            _("Experts were nominated already: %(tracks)s.") % {"tracks": ", ".join(map(str, gone))},
            field="tracks",
        )
    signed = there.filter(party__isnull=False, track=Track.PLANNING)  # experts of organizations need no signature
    if fields["planning_signatures"] != call.planning_signatures and signed.exists():
        raise Refused(
            "signatures_fixed",
            _("Experts were nominated on the second track under the rule there is."),
            field="planning_signatures",
        )

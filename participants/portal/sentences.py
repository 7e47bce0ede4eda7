"""What a call and a nomination ask of the reader, said in sentences: the rule, its date and the way out."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.zones import zone_name
from documents import dates
from participants.models import Call, CallExtension, Dispute, FocalPoint, Nomination, Reopening
from participants.models.calls import CallState, LatePolicy
from participants.models.endorsements import Channel
from participants.models.nominations import NominationState
from participants.models.reopenings import ReopeningState
from participants.queries.endorsements import channel_of, missing
from workshops.models import Party


class Note(NamedTuple):
    """A sentence, and what it asks: ``waits`` (for somebody), ``late`` (something is wrong) or ``plain``."""

    tone: str
    sentence: str

    @property
    def icon(self) -> str:
        """The name of the icon that says the tone without colour."""
        return {"waits": "clock", "late": "flag"}.get(self.tone, "check")


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "en").split("-")[0]


def on_day(value: date) -> str:
    """Return a date as sentences bear it: "21 March 2014"."""
    return dates.long_day(value, language())


def on_clock(value: datetime, zone: str) -> str:
    """Return a moment with the zone it is told in: "Friday 21 March 2014, 16:00 (Asia/Amman)"."""
    return f"{dates.moment(value, zone, language())} ({zone_name(zone)})"


def about_lateness(call: Call) -> str:
    """Say what becomes of a nomination sent after the deadline."""
    if call.late_policy == LatePolicy.MARK:
        return _("Nominations sent after the deadline are taken and marked as late.")
    return _("Nominations sent after the deadline are refused.")


def about_time(call: Call, *, open_now: bool, until: datetime | None, at: datetime) -> Note | None:
    """Say whether the Party can nominate now, when that is not plain from the deadline.

    ``until`` is when the more time ends that the Party was given.
    """
    if call.state == CallState.CANCELLED:
        return Note("late", _("This call was cancelled. Nothing more is asked of you."))
    if not open_now:
        over = call.deadline_at < at
        sentence = _("The deadline has passed; this call takes no nominations now.")
        return Note("late", sentence if over else _("This call was closed; it takes no nominations now."))
    if until is not None and (at > call.deadline_at or call.state == CallState.CLOSED):
        sentence = _("The secretariat gave your Party more time, until %(moment)s. What you send is marked as late.")
        return Note("waits", sentence % {"moment": on_clock(until, call.deadline_zone)})
    if at > call.deadline_at:
        return Note("late", _("The deadline has passed. What you send now is taken and marked as late."))
    return None


def about_request(reopening: Reopening, zone: str) -> Note:
    """Say how a request for more time stands."""
    told = {
        "day": on_day(reopening.asked_at.date()),
        "answered": on_day(reopening.answered_at.date()) if reopening.answered_at else "",
    }
    if reopening.state == ReopeningState.ASKED:
        return Note("waits", _("More time was asked for on %(day)s; the secretariat has not answered yet.") % told)
    if reopening.state == ReopeningState.REFUSED:
        sentence = _("More time was asked for on %(day)s and refused on %(answered)s.")
        return Note("late", " ".join(filter(None, [sentence % told, reopening.answer])))
    told["until"] = on_clock(reopening.until, zone) if reopening.until else ""
    sentence = _("More time was asked for on %(day)s and granted on %(answered)s, until %(until)s.")
    return Note("plain", " ".join(filter(None, [sentence % told, reopening.answer])))


def about_gap(party: Party, channel: str, *, asked_for: bool) -> str:
    """Say that a Party has no focal point of a channel, and what to do (E12)."""
    if channel == Channel.FAO:
        gap = _("No FAO national focal point of %(party)s is on record.")
        way = _(
            "The primary CBD focal point is asked instead: send the secretariat the letter that designates one, or the "
            "letter of a senior official of the ministry concerned."
        )
    else:
        gap = _("No CBD focal point of %(party)s is on record.")
        way = _("Send the secretariat the letter that designates one, or the letter of a senior official.")
    told = [gap % {"party": party}, way]
    if asked_for:
        told.insert(1, _("On the second track this call asks for a signature of each."))
    return " ".join(told)


def about_dispute(disputes: Sequence[Dispute]) -> Note:
    """State the rule by which two lists are judged (E10); the date is told with each nomination."""
    raised = next(each.raised_at.date() for each in disputes if each.settled_at is None)
    sentence = _(
        "Since %(raised)s two lists stand for your Party. Both are kept, and nobody of either is selected until the "
        "secretariat has confirmed which focal point stood on the date of the letter."
    )
    return Note("late", sentence % {"raised": on_day(raised)})


def about(
    row: Nomination, *, call: Call, extensions: Sequence[CallExtension], signatories: Sequence[FocalPoint],
    disputes: Sequence[Dispute],
) -> Iterator[Note]:  # fmt: skip
    """Yield what is to be said of a nomination; reads what ``queries.nominations.dossiers`` prefetched."""
    if row.late:
        yield Note("late", _late(row, call, extensions))
    if row.state == NominationState.WAITING:
        for channel in sorted(missing(row)):
            yield Note("waits", _waiting(row, channel, signatories))
    elif row.state == NominationState.DISPUTED:
        day = row.letter_date or row.submitted_at.date()
        yield Note("waits", _("Held back; judged on the date of its letter, %(day)s.") % {"day": on_day(day)})
    elif row.state == NominationState.SET_ASIDE:
        yield Note("late", _set_aside(row, disputes))
    elif row.state == NominationState.JOINED and row.joined_to is not None:
        sentence = _(
            "The same person stands in nomination %(reference)s already: the two count as one and hold one seat; both "
            "letters are kept."
        )
        yield Note("plain", sentence % {"reference": row.joined_to.reference})
    if row.replaces is not None:
        told = {"name": row.replaces.person.name, "reference": row.replaces.reference}
        yield Note("plain", _("In the place of %(name)s (%(reference)s).") % told)


def _late(row: Nomination, call: Call, extensions: Sequence[CallExtension]) -> str:
    """Name the deadline that was in force when the nomination was sent (E34)."""
    after = next((each for each in extensions if each.extended_at > row.submitted_at), None)
    deadline = (call.deadline_at, call.deadline_zone) if after is None else (after.previous_at, after.previous_zone)
    sentence = _("Late: it came on %(day)s; the deadline then in force was %(deadline)s.")
    return sentence % {"day": on_day(row.submitted_at.date()), "deadline": on_clock(*deadline)}


def _waiting(row: Nomination, channel: str, signatories: Sequence[FocalPoint]) -> str:
    names = sorted({each.person.name for each in signatories if channel_of(each.kind) == channel})
    if not names and row.party is not None:
        return about_gap(row.party, channel, asked_for=False)
    if channel == Channel.FAO:
        sentence = _("Waiting for the FAO focal point to sign: %(names)s was asked by letter.")
    else:
        sentence = _("Waiting for a CBD focal point to sign: %(names)s was asked by letter.")
    return sentence % {"names": ", ".join(names)}


def _set_aside(row: Nomination, disputes: Sequence[Dispute]) -> str:
    settled = next((each for each in disputes if each.settled_at and each.settled_at >= row.submitted_at), None)
    if settled is None or settled.standing is None or settled.judged_on is None or settled.settled_at is None:
        return _("The secretariat set this nomination aside; it is kept, and does not count.")
    sentence = _(
        "Set aside on %(settled)s: %(name)s was confirmed as the focal point who stood on %(judged)s, the date of the "
        "letter. Ground: %(ground)s"
    )
    return sentence % {
        "settled": on_day(settled.settled_at.date()),
        "name": settled.standing.person.name,
        "judged": on_day(settled.judged_on),
        "ground": settled.note,
    }

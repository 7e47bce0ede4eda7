"""Reserves: what the holders of a decided call leave free, who moves up next, and what keeps the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.models import Nomination, Selection, SelectionEntry
from participants.models.nominations import NominationState
from participants.models.selections import Outcome, SelectionState
from participants.queries.balances import NOBODY_PAYS, Balance, Part, balance_of
from workshops.models.workshops import WorkshopStage
from workshops.queries.parties import status_on

# Until the first presence is recorded people can still come; before the decision and after the workshop nobody moves up.
MOVING = (WorkshopStage.SELECTED, WorkshopStage.INVITED)


class Place(TextChoices):
    """Where a reserve stands today, as the first thing that decides on it."""

    NEXT = "next", gettext_lazy("Moves up next")
    WAITS = "waits", gettext_lazy("Waits for a further seat")
    MOVED_UP = "moved_up", gettext_lazy("Moved up")
    GONE = "gone", gettext_lazy("No longer a reserve")
    APART = "apart", gettext_lazy("Apart from the seats for Parties")
    NOT_A_PARTY = "not_a_party", gettext_lazy("Not a Party on the day")
    PARTY_FULL = "party_full", gettext_lazy("The Party has its places")
    NO_MONEY = "no_money", gettext_lazy("Nobody pays")


FITS = (Place.NEXT, Place.WAITS)


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve and its place; ``parts`` say what each donor would pay, none where no donor needs to or can.

    ``places`` is how many experts its Party may send.
    """

    entry: SelectionEntry
    place: Place
    parts: tuple[Part, ...]
    places: int

    @property
    def sentence(self) -> str:
        """Where the reserve stands, in a sentence."""
        nomination = self.entry.nomination
        if self.place == Place.PARTY_FULL:
            text = ngettext(
                "Its Party has its %(count)d place already.", "Its Party has its %(count)d places already.", self.places
            )
            return text % {"count": self.places}
        texts = {
            Place.NEXT: _("Moves up next."),
            Place.WAITS: _("Keeps the rules and waits for a further seat."),
            Place.MOVED_UP: _("Moved up."),
            Place.GONE: _("No longer a reserve: “%(state)s”."),
            Place.APART: _("Takes none of the seats for Parties; an organizer may invite this person at any time."),
            Place.NOT_A_PARTY: _("%(party)s is not a Party on the first day and has no Party seat."),
            Place.NO_MONEY: _("No donor who may pay for this person has enough left."),
        }
        return texts[self.place] % {"state": nomination.get_state_display(), "party": nomination.party}


def standing_of(selection: Selection) -> list[Reserve]:
    """Return all reserves of a decision in their order with where each stands today; none before it is approved.

    Seats are left out of it: the first who keeps the Party's limit and whom a donor can pay for is ``NEXT``, whether a seat
    is free already or only will be.
    """
    return _standing(selection, balance_of(selection)) if selection.state == SelectionState.APPROVED else []


def next_up(selection: Selection) -> Reserve | None:
    """Return the reserve who takes a seat that is free now, ``None`` when nobody does."""
    if selection.state != SelectionState.APPROVED:
        return None
    balance = balance_of(selection)
    if balance.free < 1:
        return None
    return next((each for each in _standing(selection, balance) if each.place == Place.NEXT), None)


def moved_up(on: date) -> QuerySet[Nomination]:
    """Return who moved up and waits for the invitation to a workshop that can still be reached on that day."""
    return Nomination.objects.filter(
        state=NominationState.SELECTED,
        invitation__isnull=True,
        entries__selection__state=SelectionState.APPROVED,
        entries__outcome=Outcome.RESERVE,
        call__workshop__stage__in=MOVING,
        call__workshop__put_off=False,
        call__workshop__starts_on__gt=on,
    )


def _standing(selection: Selection, balance: Balance) -> list[Reserve]:
    rows = selection.entries.filter(outcome=Outcome.RESERVE).order_by("position")
    return list(_placed(rows.select_related("nomination__person", "nomination__party"), selection, balance))


def _placed(rows: QuerySet[SelectionEntry], selection: Selection, balance: Balance) -> Iterator[Reserve]:
    day, first = _day(selection), True
    for entry in rows:
        place, parts = _judged(entry, balance, day)
        if place == Place.NEXT:
            place, first = (Place.NEXT if first else Place.WAITS), False
        yield Reserve(entry, place, parts, balance.call.seats_per_party)


def _judged(entry: SelectionEntry, balance: Balance, day: date) -> tuple[Place, tuple[Part, ...]]:
    """Return the first thing that decides on a reserve, ``NEXT`` for each who keeps all rules, with who would pay."""
    hindrance = _hindrance(entry, balance, day)
    if hindrance is not None:
        return hindrance, NOBODY_PAYS
    parts = balance.parts_for(entry)
    return (Place.NO_MONEY, NOBODY_PAYS) if parts is None else (Place.NEXT, parts)


def _hindrance(entry: SelectionEntry, balance: Balance, day: date) -> Place | None:
    """Return the first thing but money that keeps a reserve from moving up."""
    nomination = entry.nomination
    party = nomination.party
    if nomination.state != NominationState.RESERVE:
        return Place.MOVED_UP if nomination.state == NominationState.SELECTED else Place.GONE
    if entry.apart or party is None:
        return Place.APART
    if status_on(party, day) != "party":
        return Place.NOT_A_PARTY
    return Place.PARTY_FULL if balance.of_party[party.pk] >= balance.call.seats_per_party else None


def _day(selection: Selection) -> date:
    """Return on which day one must be a Party: the first of the workshop, that of the decision while it is put off."""
    workshop = selection.call.workshop
    if workshop.put_off and selection.decided_at is not None:
        return selection.decided_at.date()
    return workshop.starts_on

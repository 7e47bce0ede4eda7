"""Who sits at a seat now: under which mandates, and what these allow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotAllowed
from participants.models import Call, FocalPoint, Person
from participants.models.endorsements import Channel
from participants.portal.seats import Seat, nominating
from participants.queries.calls import ALL_SIGNATORIES, SIGNATORIES
from participants.queries.endorsements import channel_of
from participants.queries.focal_points import standing
from participants.queries.persons import person_of
from workshops.models import Party

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat, the person at it, and the ``mandates`` that stand today (``at``); there is one at least."""

    seat: Seat
    person: Person
    mandates: tuple[FocalPoint, ...]
    at: datetime

    @property
    def call(self) -> Call:
        """The call."""
        return self.seat.call

    @property
    def party(self) -> Party:
        """The Party spoken for."""
        return self.seat.party

    @property
    def actor(self) -> Actor:
        """The ``by`` of the verbs."""
        return self.seat.actor

    @property
    def tracks(self) -> list[str]:
        """The tracks that the call asks for and this person may nominate on."""
        return [track for track in self.call.tracks if self.speaks_on(track)]

    @property
    def channels(self) -> frozenset[str]:
        """The channels in which this person signs."""
        return frozenset(channel_of(each.kind) for each in self.mandates)

    @property
    def cbd(self) -> FocalPoint | None:
        """The mandate under which this person signs as a CBD focal point, the one the verbs take."""
        return next((each for each in self.mandates if channel_of(each.kind) == Channel.CBD), None)

    def speaks_on(self, track: str) -> bool:
        """Whether this person may speak for a nomination on a track."""
        return any(each.kind in SIGNATORIES[track] for each in self.mandates)

    def context(self) -> dict[str, object]:
        """Return what every page of a sitting shows."""
        call = self.call
        return {
            "seat": self.seat,
            "call": call,
            "workshop": call.workshop,
            "party": self.party,
            "practice": call.workshop.programme.rehearsal_of_id,
            "here": self.seat.here,
        }


def seated(view: View) -> View:
    """Give a view the sitting of its address; a person whose mandate ended sees nothing of the Party any more (E11)."""

    @nominating
    @wraps(view)
    def sat_down(request: HttpRequest, seat: Seat, **rest: object) -> HttpResponse:
        return view(request, sit_down(seat, timezone.now()), **rest)

    return sat_down


def sit_down(seat: Seat, at: datetime) -> Sitting:
    """Return who sits at a seat. Raises ``NotAllowed`` (``no_mandate``) for a person without a mandate today."""
    person = person_of(seat.actor)
    found = standing(at.date(), party=seat.party, person=person, kinds=ALL_SIGNATORIES) if person else None
    mandates = tuple(found.order_by("kind", "id")) if found is not None else ()
    if person is None or not mandates:
        raise NotAllowed(
            "no_mandate",
            _(
                "Your mandate as focal point does not stand today, so the nominations of the Party are closed to you. "
                "If you do speak for the Party, send the letter of designation to the secretariat."
            ),
        )
    return Sitting(seat, person, mandates, at)

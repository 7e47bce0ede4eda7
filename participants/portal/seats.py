"""The two doors to the pages of nominating: the link of a letter, and the session of somebody signed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from accounts.visitors import actor_of, visitor
from participants.models import Call
from participants.models.links import LinkPurpose
from participants.portal.links import bearer, keep_private
from participants.queries.links import resolve
from participants.queries.seats import chair
from participants.verbs.links import touch_link
from workshops.models import Party

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Seat:
    """Who nominates for which Party at which call, and the door they came in by.

    ``keys`` is what the addresses of this door name: ``token``, or ``call`` and ``party``. Both doors have pages of the same
    names, so that ``page("papers", key=…)`` leads on by the door one came in by; templates write
    ``{% page_of seat "papers" key=row.pk %}``.
    """

    call: Call
    party: Party
    actor: Actor
    keys: Mapping[str, object] = field(repr=False)  # may hold the token, which is a secret

    def page(self, name: str, **rest: object) -> str:
        """Return the path of one of the pages about this seat."""
        return reverse(name, kwargs={**self.keys, **rest})

    @property
    def here(self) -> str:
        """The path of the page that shows what the Party has nominated."""
        return self.page("nominate")


def seat_page(call: Call, party: Party) -> str:
    """Return the path at which somebody signed in nominates for a Party."""
    return reverse("nominate", kwargs={"call": call.pk, "party": party.pk})


def nominating(view: View) -> View:
    """Give a view the seat of its address: of a token, or of a call and a Party that the signed-in user speaks for.

    Nobody signed in is sent to the door first; whoever does not speak for the Party learns nothing (404).
    """

    @wraps(view)
    def opened(
        request: HttpRequest, *, token: str = "", call: UUID | None = None, party: str = "", **rest: object
    ) -> HttpResponse:
        if call is None:
            return keep_private(view(request, _by_link(request, token), **rest))
        user = visitor(request)
        if not isinstance(user, User):
            return redirect_to_login(request.get_full_path(), "sign_in")
        return keep_private(view(request, _by_session(request, user, call, party), **rest))

    return opened


def _by_link(request: HttpRequest, token: str) -> Seat:
    now = timezone.now()
    link = resolve(token, LinkPurpose.NOMINATE, at=now)
    touch_link(link, at=now)
    if link.call is None or link.party is None:  # never so: ``link_fits_its_purpose``
        raise Http404
    return Seat(link.call, link.party, bearer(request, link), {"token": token})


def _by_session(request: HttpRequest, user: User, call: UUID, party: str) -> Seat:
    found = chair(user, call, party, timezone.now().date())
    if found is None:
        raise Http404
    return Seat(found.call, found.party, actor_of(request), {"call": found.call.pk, "party": found.party.pk})

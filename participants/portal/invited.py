"""The two doors to the pages of an invited person: the link of the letter, and the session of somebody signed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from accounts.visitors import actor_of, visitor
from participants.models import Invitation, PersonalLink
from participants.models.links import LinkPurpose
from participants.portal.links import bearer, keep_private
from participants.queries.invitations import own
from participants.queries.links import LinkEnded, held_by, resolve
from participants.verbs.links import touch_link

View = Callable[..., HttpResponse]
FRESH = timedelta(days=30)  # a letter lies in a mailbox that others may come to read


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited and the door they came in by.

    ``keys`` is what the addresses of this door name: ``token`` or ``key``. Both doors have pages of the same names, so that
    ``page("register", stage=…)`` leads on by the door one came in by. ``fresh`` says whether sealed stages open: by a link that
    is not old, or by the session of that very person.
    """

    invitation: Invitation
    actor: Actor
    fresh: bool
    keys: Mapping[str, object] = field(repr=False)  # may hold the token, which is a secret

    def page(self, name: str, **rest: object) -> str:
        """Return the path of one of the pages about this invitation."""
        return reverse(name, kwargs={**self.keys, **rest})

    @property
    def here(self) -> str:
        """The path of the page that shows where the invitation stands."""
        return self.page("invitation")


def invited(view: View) -> View:
    """Give a view the invitation of its address: of a token, or of an id that is the signed-in user's own.

    Nobody signed in is sent to the door first, and so is the bearer of a link that has expired; another's invitation is none
    (404).
    """

    @wraps(view)
    def opened(request: HttpRequest, *, token: str = "", key: UUID | None = None, **rest: object) -> HttpResponse:
        if key is not None:
            return _with_session(view, request, key, **rest)
        try:
            link = resolve(token, LinkPurpose.INVITATION, at=timezone.now())
        except LinkEnded as ended:
            if ended.code != "link_expired":
                raise
            return ask_code(request, held_by(token), status=ended.status)
        return keep_private(view(request, _by_link(request, link, token), **rest))

    return opened


def ask_code(request: HttpRequest, invitation: Invitation, *, onward: str = "", status: int = 200) -> HttpResponse:
    """Explain that a link is old and lead to the door where a code is mailed; from there it goes ``onward``."""
    onward = onward or reverse("invitation", kwargs={"key": invitation.pk})
    return keep_private(render(request, "my/link_old.html", {"onward": onward}, status=status))


def _with_session(view: View, request: HttpRequest, key: UUID, **rest: object) -> HttpResponse:
    user = visitor(request)
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path(), "sign_in")
    invitation = own(user).filter(pk=key).first()
    if invitation is None:
        raise Http404
    return keep_private(view(request, Invited(invitation, actor_of(request), True, {"key": key}), **rest))


def _by_link(request: HttpRequest, link: PersonalLink, token: str) -> Invited:
    now = timezone.now()
    touch_link(link, at=now)
    if link.invitation is None:  # never so: ``link_fits_its_purpose``
        raise Http404
    user = visitor(request)
    same = isinstance(user, User) and link.person.user_id == user.pk
    return Invited(link.invitation, bearer(request, link), same or now < link.created_at + FRESH, {"token": token})

"""Who is behind a request, told alike to every door."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.actors import Actor
from accounts.models import User


def visitor(request: HttpRequest) -> User | AnonymousUser:
    """Return the signed-in user, or nobody."""
    return request.user if isinstance(request.user, User) else AnonymousUser()


def address_of(request: HttpRequest) -> str:
    """Return the network address the request came from, for the activity log."""
    return str(request.META.get("REMOTE_ADDR", ""))


def actor_of(request: HttpRequest) -> Actor:
    """Return the ``by`` of the verbs a signed-in request calls; the door has let nobody else through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("a verb needs a signed-in user or the bearer of a link")
    return Actor(label=str(user), user=user, address=address_of(request))

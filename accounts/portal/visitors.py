"""Who is behind a request."""

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


def actor_of(request: HttpRequest, user: User) -> Actor:
    """Return the actor of a signed-in user."""
    return Actor(label=str(user), user=user, address=address_of(request))

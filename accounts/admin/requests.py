"""Who stands behind a request to the admin."""

from django.http import HttpRequest

from accounts.actors import Actor
from accounts.models import User


def is_organizer(request: HttpRequest) -> bool:
    """Whether the one who asks is a signed-in organizer who may open the admin."""
    user = request.user
    return isinstance(user, User) and user.is_organizer and user.is_staff


def actor_of(request: HttpRequest) -> Actor:
    """Return the ``by`` of the verbs this request calls."""
    user = request.user if isinstance(request.user, User) else None
    return Actor(label=str(request.user), user=user, address=request.META.get("REMOTE_ADDR", ""))

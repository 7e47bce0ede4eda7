"""Who acts through the API."""

from rest_framework.request import Request

from accounts.actors import Actor
from accounts.models import User


def actor_of(request: Request) -> Actor:
    """Return the actor of a signed-in request; permissions have let nobody else through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("a verb needs a signed-in user")
    return Actor(label=str(user), user=user, address=request.META.get("REMOTE_ADDR", ""))

"""Who may open the admin."""

from django.http import HttpRequest

from accounts.models import User


def is_organizer(request: HttpRequest) -> bool:
    """Whether the one who asks is a signed-in organizer who may open the admin."""
    user = request.user
    return isinstance(user, User) and user.is_organizer and user.is_staff

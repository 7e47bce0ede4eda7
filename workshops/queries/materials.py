"""Materials; one without a date of publication is a draft."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Material
from workshops.queries import programmes


def visible_to(user: User | AnonymousUser) -> QuerySet[Material]:
    """Return the materials of the programmes a user may see: drafts for organizers, what is published for everybody."""
    materials = Material.objects.filter(programme__in=programmes.visible_to(user))
    if isinstance(user, User) and user.is_organizer:
        return materials
    return materials.filter(published_on__isnull=False)

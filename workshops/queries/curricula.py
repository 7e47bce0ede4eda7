"""Curricula of the programmes."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import CurriculumItem
from workshops.queries import programmes


def visible_to(user: User | AnonymousUser) -> QuerySet[CurriculumItem]:
    """Return the curriculum items of the programmes a user may see."""
    return CurriculumItem.objects.filter(programme__in=programmes.visible_to(user))

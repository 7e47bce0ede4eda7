"""Who asks a verb to act: a signed-in user, the bearer of a personal link, or the clock."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """The ``by`` of every verb.

    ``user`` is set for a signed-in person, ``person_id`` for whoever acts as a person in the register (the bearer of a
    personal link, or a user who is linked to that person). ``label`` is what the activity log shows.
    """

    label: str
    user: User | None = None
    person_id: UUID | None = None
    address: str = ""
    is_clock: bool = False

    @property
    def is_organizer(self) -> bool:
        """Whether this actor holds the organizer's role; the clock acts for the secretariat."""
        return self.is_clock or (self.user is not None and self.user.is_organizer)

    def require_organizer(self) -> None:
        """Raise ``NotAllowed`` with the code ``organizers_only`` unless this actor holds the organizer's role."""
        if not self.is_organizer:
            raise NotAllowed("organizers_only", _("Only an organizer of the secretariat may do this."))


CLOCK = Actor(label="clock", is_clock=True)

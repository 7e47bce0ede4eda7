"""Who holds a personal link, and as whom its bearer acts."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotFound
from accounts.tokens import digest
from participants.models import Invitation, PersonalLink

TOKEN_LENGTH = 43


class LinkEnded(NotFound):
    """The link was good once (410): it expired or was revoked."""

    status = 410


def resolve(token: str, purpose: str, *, at: datetime) -> PersonalLink:
    """Return the link of a token for a purpose.

    Raises ``NotFound`` (``link_unknown``) for anything that never was such a link, and ``LinkEnded`` (``link_expired``,
    ``link_revoked``) for one whose time is over; both sentences say what to do and neither says whose link it is.
    """
    way_out = _("Please write to the secretariat for a new one.")
    link = (
        PersonalLink.objects.select_related(
            "person",
            "party",
            "call__workshop__programme",
            "invitation__nomination__call__workshop__programme",
            "workshop",
            "campaign__rehearsal",
        )
        .filter(digest=digest(token), purpose=purpose)
        .first()
        if len(token) == TOKEN_LENGTH
        else None
    )
    if link is None:
        raise NotFound(
            "link_unknown", _("This link is not known. Check that the whole address was copied.") + " " + way_out
        )
    if link.revoked_at is not None:
        raise LinkEnded("link_revoked", _("This link was withdrawn.") + " " + way_out)
    if link.expires_at <= at:
        raise LinkEnded("link_expired", _("This link has expired.") + " " + way_out)
    return link


def actor_for(link: PersonalLink, address: str = "") -> Actor:
    """Return the actor that the bearer of a link is."""
    return Actor(label=link.person.name, person_id=link.person_id, address=address)


def held_by(token: str) -> Invitation:
    """Return the invitation that a link was for, whether it is still good or not. Raises ``NotFound`` (``link_unknown``)."""
    link = PersonalLink.objects.select_related("invitation").filter(digest=digest(token)).first()
    if link is None or link.invitation is None:
        raise NotFound("link_unknown", _("This link is not known. Check that the whole address was copied."))
    return link.invitation

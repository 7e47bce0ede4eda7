"""Making and revoking personal links."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.identifiers import uuid7
from accounts.tokens import derive, digest
from accounts.verbs.activities import record
from correspondence.verbs.messages import Link
from participants.models import Call, Campaign, Invitation, Person, PersonalLink
from workshops.models import Party, Workshop


def issue_link(
    person: Person,
    purpose: str,
    *,
    at: datetime,
    expires_at: datetime,
    call: Call | None = None,
    party: Party | None = None,
    invitation: Invitation | None = None,
    workshop: Workshop | None = None,
    campaign: Campaign | None = None,
) -> PersonalLink:
    """Make a link of ``person`` for one purpose; call it inside the verb whose letter carries it.

    Only the digest of its token is stored. Which of ``call``, ``party``, ``invitation``, ``workshop`` and ``campaign``
    must be given follows from the purpose; the database refuses another combination.
    """
    key = uuid7()
    return PersonalLink.objects.create(
        id=key,
        person=person,
        purpose=purpose,
        call=call,
        party=party,
        invitation=invitation,
        workshop=workshop,
        campaign=campaign,
        digest=digest(derive(key)),
        created_at=at,
        expires_at=expires_at,
    )


def path_of(link: PersonalLink) -> Link:
    """Return what a letter needs to carry the link; the token itself is put in at delivery."""
    return Link(key=link.pk, digest=link.digest, path=f"/my/{link.purpose}/{{token}}/")


def revoke_link(link: PersonalLink, *, by: Actor, at: datetime) -> None:
    """End a link at once; a second time changes nothing. Raises ``NotAllowed`` for others than organizers."""
    by.require_organizer()
    with transaction.atomic():
        if PersonalLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=at):
            record("revoke_link", link, by=by, at=at)


def prolong_links(links: QuerySet[PersonalLink], until: datetime) -> None:
    """Keep links good until a moment at least; what was revoked stays so. Call it inside the verb that moves a date."""
    links.filter(revoked_at__isnull=True, expires_at__lt=until).update(expires_at=until)


def touch_link(link: PersonalLink, *, at: datetime) -> None:
    """Note that a link was used."""
    PersonalLink.objects.filter(pk=link.pk).update(used_at=at)

"""The page of a signed-in person: what waits for an answer and what was done."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.models.users import Role
from accounts.visitors import visitor
from participants.models import FocalPoint, Nomination, Person, PersonalLink
from participants.models.campaigns import CampaignState
from participants.models.invitations import STANDING
from participants.models.links import LinkPurpose
from participants.portal.links import address, keep_private
from participants.portal.seats import seat_page
from participants.queries import nominations
from participants.queries.endorsements import waiting_for
from participants.queries.focal_points import spoken_for
from participants.queries.invitations import own
from participants.queries.reviews import to_review
from participants.queries.seats import Answer, Chair, answers, chairs, mandates_to_nominate

LONGEST = 100


class Errand(NamedTuple):
    """One thing to do: the link's page, and the row it is about."""

    path: str
    link: PersonalLink


class Asked(NamedTuple):
    """A call to a Party of the user: its page, and how far the Party has answered."""

    path: str
    chair: Chair
    answer: Answer


class ToSign(NamedTuple):
    """A nomination that waits for the user's signature, and the page to give it."""

    path: str
    nomination: Nomination


@require_safe
@login_required(login_url="sign_in")
def desk(request: HttpRequest) -> HttpResponse:
    """List what waits for the user: what to review and sign, calls to the own Party, personal links; then what was sent."""
    user, today = visitor(request), timezone.now().date()
    errands = _errands(user) if isinstance(user, User) else []
    mandates = list(mandates_to_nominate(user, today)) if isinstance(user, User) else []
    context = {
        "signatures": _to_sign(user, mandates) if isinstance(user, User) else [],
        "reviewing": to_review(user)[:LONGEST],
        "calls": _calls(mandates),
        "invitations": own(user).filter(state__in=STANDING)[:LONGEST] if isinstance(user, User) else [],
        "targets": [each for each in errands if each.link.purpose == LinkPurpose.TARGETS],
        "confirmations": _confirmations(errands),
        "assigned": isinstance(user, User) and user.role in (Role.LIAISON, Role.FINANCE),
        "known": isinstance(user, User) and Person.objects.filter(user=user).exists(),
        "speaks": isinstance(user, User) and spoken_for(user).exists(),
        "nominations": nominations.visible_to(user).select_related("person", "party", "call__workshop")[:LONGEST],
    }
    return keep_private(render(request, "my/desk.html", context))


def _calls(mandates: Sequence[FocalPoint]) -> list[Asked]:
    """Return the calls to the Parties of some mandates; they are opened from the session, whatever letters went out."""
    found = chairs(mandates, limit=LONGEST)
    answered = answers(found)
    return [Asked(seat_page(*each), each, answered[each]) for each in found]


def _to_sign(user: User, mandates: Sequence[FocalPoint]) -> list[ToSign]:
    """Return the nominations of the own Party, real or of the own practice copy, that lack a signature of the user's."""
    if not mandates:
        return []
    rows = waiting_for(mandates).filter(pk__in=nominations.visible_to(user).values("pk"))
    return [
        ToSign(reverse("sign", kwargs={"call": row.call_id, "party": row.party_id, "key": row.pk}), row)
        for row in rows.order_by("submitted_at", "reference")[:LONGEST]
    ]


def _errands(user: User) -> list[Errand]:
    links = (
        PersonalLink.objects.filter(person__user=user, revoked_at__isnull=True, expires_at__gt=timezone.now())
        .exclude(purpose__in=[LinkPurpose.NOMINATE, LinkPurpose.INVITATION])
        .select_related("party", "workshop", "campaign")
    )
    return [Errand(path, link) for link in links if (path := address(link))]


def _confirmations(errands: list[Errand]) -> list[Errand]:
    """Return one errand an open request to confirm focal points; each reminder of it brought a link of its own."""
    found: dict[tuple[UUID, str | None], Errand] = {}
    for each in errands:
        campaign = each.link.campaign
        if campaign is not None and campaign.state == CampaignState.OPEN:
            found.setdefault((campaign.pk, each.link.party_id), each)  # the newest link comes first
    return list(found.values())

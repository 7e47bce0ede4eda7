"""The page of a signed-in person: what waits for an answer and what was done."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.visitors import visitor
from participants.models import PersonalLink
from participants.models.campaigns import CampaignState
from participants.models.links import LinkPurpose
from participants.portal.links import address, keep_private
from participants.queries import nominations

LONGEST = 100


class Errand(NamedTuple):
    """One thing to do: the link's page, and the row it is about."""

    path: str
    link: PersonalLink


@require_safe
@login_required(login_url="sign_in")
def desk(request: HttpRequest) -> HttpResponse:
    """List the live personal links of the user's person by purpose, and the nominations the user may see."""
    user = visitor(request)
    errands = _errands(user) if isinstance(user, User) else []
    context = {
        "calls": [each for each in errands if each.link.purpose == LinkPurpose.NOMINATE],
        "invitations": [each for each in errands if each.link.purpose == LinkPurpose.INVITATION],
        "targets": [each for each in errands if each.link.purpose == LinkPurpose.TARGETS],
        "confirmations": _confirmations(errands),
        "nominations": nominations.visible_to(user).select_related("person", "party", "call__workshop")[:LONGEST],
    }
    return keep_private(render(request, "my/desk.html", context))


def _errands(user: User) -> list[Errand]:
    links = PersonalLink.objects.filter(
        person__user=user, revoked_at__isnull=True, expires_at__gt=timezone.now()
    ).select_related("call__workshop", "party", "invitation__nomination__call__workshop", "workshop", "campaign")
    return [Errand(path, link) for link in links if (path := address(link))]


def _confirmations(errands: list[Errand]) -> list[Errand]:
    """Return one errand an open request to confirm focal points; each reminder of it brought a link of its own."""
    found = {}
    for each in errands:
        campaign = each.link.campaign
        if campaign is not None and campaign.state == CampaignState.OPEN:
            found.setdefault((campaign.pk, each.link.party_id), each)  # the newest link comes first
    return list(found.values())

"""Changing the order of a Party's experts, one step at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Invalid, Refused
from participants.models import Nomination
from participants.portal.sittings import Sitting, seated
from participants.queries.nominations import of_party
from participants.verbs.ranks import rerank


@require_POST
@seated
def order(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Move one nomination a step; ``seen`` is the order that the reader saw, ``up`` or ``down`` names the one to move."""
    moved = request.POST.get("up") or request.POST.get("down") or ""
    try:
        wanted = _moved(request.POST.getlist("seen"), moved, -1 if "up" in request.POST else 1)
        rows = {str(row.pk): row for row in of_party(sitting.call, sitting.party)}
        named: list[Nomination] = [rows[key] for key in wanted if key in rows]
        rerank(sitting.call, sitting.party, named, by=sitting.actor, at=sitting.at)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(sitting.seat.here)
    messages.success(request, _("The order was changed."))
    return redirect(f"{sitting.seat.here}#nomination-{moved}")


def _moved(seen: list[str], key: str, step: int) -> list[str]:
    """Return ``seen`` with ``key`` moved by a step; at the end of the list it stays. Raises ``Invalid`` (``unknown_choice``)."""
    if key not in seen:
        raise Invalid("unknown_choice", _("Say which nomination to move."), field="rank")
    at = seen.index(key)
    to = min(max(at + step, 0), len(seen) - 1)
    rest = [each for each in seen if each != key]
    return [*rest[:to], key, *rest[to:]]

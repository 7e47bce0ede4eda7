"""Asking for more time after the deadline."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models import Reopening
from participants.models.calls import CallState
from participants.models.reopenings import ReopeningState
from participants.portal.forms import MoreTimeForm, posted
from participants.portal.sittings import Sitting, seated
from participants.queries.deadlines import takes
from participants.queries.selections import approved
from participants.verbs.reopenings import ask_reopening


def may_ask(sitting: Sitting, asked: list[Reopening], *, is_open: bool) -> bool:
    """Whether the Party may ask for more time; ``asked`` are its requests so far."""
    if is_open or sitting.call.state == CallState.CANCELLED:
        return False
    return all(each.state != ReopeningState.ASKED for each in asked) and approved(sitting.call) is None


def requests_of(sitting: Sitting) -> list[Reopening]:
    """Return the requests of the Party for more time, the latest first."""
    return list(sitting.call.reopenings.filter(party=sitting.party))


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def more_time(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Ask for the reason, then ask the secretariat."""
    form = MoreTimeForm(*posted(request))
    if request.method == "POST":
        if form.is_valid():
            try:
                ask_reopening(sitting.call, sitting.party, form.cleaned_data["reason"], by=sitting.actor, at=sitting.at)
            except Refused as refused:
                show_refusal(form, refused)
            else:
                messages.success(
                    request, _("You asked for more time. The answer comes by letter and stands on this page.")
                )
                return redirect(sitting.seat.here)
    elif not may_ask(sitting, requests_of(sitting), is_open=takes(sitting.call, sitting.party, sitting.at)):
        return redirect(sitting.seat.here)
    context = {**sitting.context(), "form": form}
    return render(request, "my/more_time.html", context, status=422 if form.errors else 200)

"""An invited person's page: accept or decline, then register stage by stage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models.invitations import INVITATION_STEPS, InvitationState
from participants.models.visas import VisaState
from participants.portal.forms import DeclineForm
from participants.portal.invited import Invited, invited
from participants.portal.registrations import steps_of
from participants.queries.asked import closed, closes_at
from participants.queries.registrations import of_invitation
from participants.verbs.invitations import accept as accept_verb
from participants.verbs.invitations import decline as decline_verb
from participants.verbs.visas import end_for_visa, may_ask, support_visa


@require_safe
@invited
def invitation(request: HttpRequest, door: Invited) -> HttpResponse:
    """Show where the invitation stands; after acceptance, how far the registration has come and what comes next."""
    row, now = door.invitation, timezone.now()
    registration = of_invitation(row)
    workshop = row.nomination.call.workshop
    accepted = row.state == InvitationState.ACCEPTED
    steps = steps_of(door, registration) if accepted else []
    context = {
        "invitation": row,
        "nomination": row.nomination,
        "workshop": workshop,
        "practice": workshop.programme.rehearsal_of_id,
        "registration": registration,
        "is_open": row.state == InvitationState.OPEN,
        "is_accepted": accepted,
        "may_ask_visa": may_ask(row, now),
        "steps": steps,
        "done": sum(each.done for each in steps),
        "next_step": next((each for each in steps if not each.done), None),
        "lacking": [each for each in steps if each.needed and not each.done],
        "closed": closed(workshop, now),
        "closes_at": closes_at(workshop),
        "door": door,
    }
    return render(request, "my/invitation.html", context)


@require_POST
@invited
def accept(request: HttpRequest, door: Invited) -> HttpResponse:
    """Accept; a second time changes nothing."""
    if door.invitation.state != InvitationState.ACCEPTED:
        accept_verb(door.invitation, by=door.actor, at=timezone.now())
    messages.success(request, _("Thank you, your place is confirmed. Please register now."))
    return redirect(door.here)


@require_POST
@invited
def visa_letter(request: HttpRequest, door: Invited) -> HttpResponse:
    """Write the letter for the visa; a second one on the same day is refused in a sentence."""
    try:
        support_visa(door.invitation, by=door.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The letter for your visa is on its way to your e-mail address."))
    return redirect(door.here)


@require_http_methods(["GET", "HEAD", "POST"])
@invited
def decline(request: HttpRequest, door: Invited) -> HttpResponse:
    """Ask once more and for a reason; then decline."""
    row = door.invitation
    if InvitationState.DECLINED not in INVITATION_STEPS[row.state]:
        return redirect(door.here)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_verb(row, reason=form.cleaned_data["reason"], by=door.actor, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Your answer is recorded: you declined. Thank you for telling us."))
            return redirect(door.here)
    context = {**_around(door), "form": form}
    return render(request, "my/decline.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@invited
def visa_refused(request: HttpRequest, door: Invited) -> HttpResponse:
    """Ask once more; then end the invitation because no visa was given (E28)."""
    if not may_ask(door.invitation, timezone.now()):
        return redirect(door.here)
    if request.method == "POST":
        end_for_visa(door.invitation, VisaState.REFUSED, by=door.actor, at=timezone.now())
        messages.success(request, _("Your answer is recorded. We are sorry that you cannot come."))
        return redirect(door.here)
    return render(request, "my/visa_refused.html", _around(door))


def _around(door: Invited) -> dict[str, object]:
    workshop = door.invitation.nomination.call.workshop
    practice = workshop.programme.rehearsal_of_id
    return {"invitation": door.invitation, "workshop": workshop, "practice": practice, "here": door.here}

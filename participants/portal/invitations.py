"""An invited person's page: accept or decline, then register."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models import Invitation, PersonalLink, Registration
from participants.models.invitations import INVITATION_STEPS, InvitationState
from participants.models.links import LinkPurpose
from participants.portal.forms import DeclineForm, RegistrationForm
from participants.portal.links import address, bearer, opened_by, token_of
from participants.verbs.invitations import accept as accept_verb
from participants.verbs.invitations import decline as decline_verb
from participants.verbs.registrations import register as register_verb
from participants.verbs.visas import may_ask, support_visa


def _invitation(link: PersonalLink) -> Invitation:
    if link.invitation is None:  # the constraint link_fits_its_purpose keeps this from happening
        raise Http404
    return link.invitation


def _registrations(invitation: Invitation) -> QuerySet[Registration]:
    return Registration.objects.filter(invitation=invitation).select_related("nationality", "residence")


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.INVITATION)
def invitation(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Show where the invitation stands; after acceptance, take or change the registration."""
    row = _invitation(link)
    registration = _registrations(row).first()
    form = RegistrationForm(request.POST if request.method == "POST" else None, initial=_known(row, registration))
    if request.method == "POST" and form.is_valid():
        try:
            register_verb(row, form.details(), by=bearer(request, link), at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = _("Your registration was changed.") if registration else _("You are registered.")
            messages.success(request, said)
            return redirect(address(link))
    workshop = row.nomination.call.workshop
    context = {
        "invitation": row,
        "nomination": row.nomination,
        "workshop": workshop,
        "practice": workshop.programme.rehearsal_of_id,
        "registration": registration,
        "is_open": row.state == InvitationState.OPEN,
        "is_accepted": row.state == InvitationState.ACCEPTED,
        "may_ask_visa": may_ask(row, timezone.now()),
        "form": form,
        "here": address(link),
        "token": token_of(link),
    }
    return render(request, "my/invitation.html", context, status=422 if form.errors else 200)


def _known(invitation: Invitation, registration: Registration | None) -> dict[str, object]:
    """Return what the form starts from: the registration there is, else the names of the nomination."""
    if registration is None:
        person = invitation.nomination.person
        return {"badge_name": person.name, "passport_name": person.passport_name}
    return {name: getattr(registration, name) for name in RegistrationForm.base_fields}


@require_POST
@opened_by(LinkPurpose.INVITATION)
def accept(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Accept; a second time changes nothing."""
    row = _invitation(link)
    if row.state != InvitationState.ACCEPTED:
        accept_verb(row, by=bearer(request, link), at=timezone.now())
    messages.success(request, _("Thank you, your place is confirmed. Please register now."))
    return redirect(address(link))


@require_POST
@opened_by(LinkPurpose.INVITATION)
def visa_letter(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Write the letter for the visa; a second one on the same day is refused in a sentence."""
    try:
        support_visa(_invitation(link), by=bearer(request, link), at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The letter for your visa is on its way to your e-mail address."))
    return redirect(address(link))


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.INVITATION)
def decline(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Ask once more and for a reason; then decline."""
    row = _invitation(link)
    if InvitationState.DECLINED not in INVITATION_STEPS[row.state]:
        return redirect(address(link))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_verb(row, reason=form.cleaned_data["reason"], by=bearer(request, link), at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Your answer is recorded: you declined. Thank you for telling us."))
            return redirect(address(link))
    workshop = row.nomination.call.workshop
    practice = workshop.programme.rehearsal_of_id
    context = {"invitation": row, "workshop": workshop, "practice": practice, "form": form, "here": address(link)}
    return render(request, "my/decline.html", context, status=422 if form.errors else 200)

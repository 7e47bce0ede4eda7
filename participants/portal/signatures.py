"""Signing a nomination that waits for a second focal point."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models import Nomination
from participants.models.nominations import NominationState
from participants.portal.dossiers import may_sign
from participants.portal.forms import SignForm, posted
from participants.portal.papers import attach, kept, own
from participants.portal.sittings import Sitting, seated
from participants.queries.defects import faults
from participants.verbs.endorsements import endorse


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def sign(request: HttpRequest, sitting: Sitting, key: UUID) -> HttpResponse:
    """Show the dossier and its papers; take the signature with the date of its letter, and the letter."""
    nomination = own(sitting, key)
    form = SignForm(*posted(request), kept=kept(nomination), initial={"letter_date": sitting.at.date()})
    if request.method == "POST":
        signed = _sign(sitting, nomination, form)
        if signed is not None:
            messages.success(request, _said(signed))
            return redirect(f"{sitting.seat.here}#nomination-{signed.pk}")
    elif not may_sign(sitting, nomination):
        messages.info(
            request, _("Nomination %(what)s waits for no signature of yours.") % {"what": nomination.reference}
        )
        return redirect(sitting.seat.here)
    context = {
        **sitting.context(),
        "nomination": nomination,
        "lacks": faults(nomination, signatures=False),
        "form": form,
    }
    return render(request, "my/sign.html", context, status=422 if form.errors else 200)


def _sign(sitting: Sitting, nomination: Nomination, form: SignForm) -> Nomination | None:
    """Sign with the letter or not at all; a refusal goes beside its field."""
    if not form.is_valid():
        return None
    day = form.cleaned_data["letter_date"]
    try:
        with transaction.atomic():
            signed = endorse(nomination, letter_date=day, by=sitting.actor, at=sitting.at)
            attach(sitting, signed, form)
    except Refused as refused:
        show_refusal(form, refused)
        return None
    return signed


def _said(nomination: Nomination) -> str:
    if nomination.state == NominationState.SUBMITTED:
        return _("You signed nomination %(what)s; it is complete in signatures.") % {"what": nomination.reference}
    return _("You signed nomination %(what)s.") % {"what": nomination.reference}

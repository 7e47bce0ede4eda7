"""A focal point's page of the own Party: who speaks for it, the own mandates, and their deputies."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refused
from accounts.portal.forms import AddressField, PageForm, show_refusal
from accounts.visitors import actor_of
from participants.models import FocalPoint, Person
from participants.portal.forms import day_field
from participants.portal.links import keep_private
from participants.queries.directory import own_parties
from participants.queries.focal_points import not_over, standing
from participants.queries.persons import person_of
from participants.verbs.deputies import DEPUTIES_MOST, end_deputy, name_deputy
from participants.verbs.persons import LIMITS

DAY = timedelta(days=1)


class DeputyForm(PageForm):
    """Who may stand in, and until when; people say the last day, the directory keeps the first one without."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LIMITS["name"],
        help_text=gettext_lazy("As the person writes it, in any script; one name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The code to sign in goes here, so give the person's own."),
    )
    position = forms.CharField(
        label=gettext_lazy("Position and organization"), max_length=LIMITS["position"], required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"),
        choices=[("", gettext_lazy("The Party's language")), *settings.LANGUAGES],
        required=False,
    )
    until = day_field(gettext_lazy("Last day"))

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        said = dict(self.cleaned_data)
        return said | {"until": said["until"] + DAY if said["until"] else None}


def _me(request: HttpRequest) -> Person | None:
    return person_of(actor_of(request))


@require_safe
@login_required(login_url="sign_in")
def party(request: HttpRequest) -> HttpResponse:
    """Show who stands for the own Party today, with contact details of the own mandates alone."""
    me, today = _me(request), timezone.now().date()
    own = own_parties(me, today) if me is not None else []
    held = [mandate.pk for each in own for mandate in each.held]
    context = {
        "me": me,
        "own": own,
        "deputies": not_over(today).filter(deputy_of__in=held).select_related("person") if held else [],
        "practice": me is not None and me.rehearsal_id,
        "most": DEPUTIES_MOST,
    }
    return keep_private(render(request, "my/party.html", context))


def _own_mandate(request: HttpRequest, **which: object) -> FocalPoint:
    """Return a mandate the visitor holds today and may name deputies for, or 404."""
    me = _me(request)
    if me is None:
        raise Http404
    held = standing(timezone.now().date(), person=me).filter(deputy_of__isnull=True, **which)
    mandate = held.select_related("party", "person").first()
    if mandate is None:
        raise Http404
    return mandate


@require_http_methods(["GET", "HEAD", "POST"])
@login_required(login_url="sign_in")
def deputy(request: HttpRequest, key: UUID) -> HttpResponse:
    """Name a deputy for an own mandate."""
    mandate = _own_mandate(request, pk=key)
    form = DeputyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            named = name_deputy(mandate, **form.answers(), by=actor_of(request), at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            said = _("%(name)s is your deputy now and gets a letter that says how to sign in.")
            messages.success(request, said % {"name": named.person})
            return keep_private(redirect("my_party"))
    context = {"form": form, "mandate": mandate, "practice": mandate.person.rehearsal_id}
    return keep_private(render(request, "my/party_deputy.html", context, status=422 if form.errors else 200))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required(login_url="sign_in")
def deputy_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once more, naming what is lost; then end a deputy of an own mandate today."""
    mandate = _own_mandate(request, deputies=key)
    named = not_over(timezone.now().date()).select_related("person").filter(pk=key).first()
    if request.method == "POST":
        if named is not None:  # a second press of the button finds it done
            end_deputy(named, by=actor_of(request), at=timezone.now())
            said = _("%(name)s is no longer your deputy.") % {"name": named.person}
            messages.success(request, said)
        return keep_private(redirect("my_party"))
    if named is None:
        raise Http404
    context = {
        "deputy": named,
        "mandate": mandate,
        "practice": mandate.person.rehearsal_id,
        "back": reverse("my_party"),
    }
    return keep_private(render(request, "my/party_deputy_end.html", context))

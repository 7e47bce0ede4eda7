"""The page that opens a campaign: what is asked of whom, first counted, then written."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin.moments import MomentForm, in_days
from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from accounts.visitors import actor_of
from correspondence.admin.writing import titled, to_mailing
from correspondence.verbs.mailings import writing
from participants.models import Campaign
from participants.models.focal_points import FocalPointKind
from participants.queries.campaigns import by_reader, questions
from participants.verbs.campaigns import NOTE_LIMIT, REMINDER_DAYS, TITLE_LIMIT, open_campaign
from workshops.models import Programme

DUE_DAYS = 90
FIELD_OF = {"due_at": "day", "due_zone": "zone"}  # what the verb names, and where it stands on the page


class OpeningForm(MomentForm):
    """What is asked, of whom, and by when."""

    field_order = ("title", "kinds", "day", "time", "zone", "reminder_days", "note", "rehearsal")

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=TITLE_LIMIT,
        help_text=gettext_lazy("The letters name it, such as “Update of FAO focal points 2019”."),
        widget=forms.TextInput({"class": "vTextField"}),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of focal point"), choices=FocalPointKind, widget=forms.CheckboxSelectMultiple
    )
    reminder_days = forms.CharField(
        label=gettext_lazy("Reminders, days before"),
        required=False,
        help_text=gettext_lazy("Whole numbers with commas; on each of these days who has not answered gets a letter."),
    )
    note = forms.CharField(
        label=gettext_lazy("Text of the request"),
        max_length=NOTE_LIMIT,
        required=False,
        help_text=gettext_lazy("The letters quote it as it stands here, in every language."),
        widget=forms.Textarea({"rows": 4}),
    )
    rehearsal = forms.ModelChoiceField(
        Programme.objects.filter(rehearsal_of__isnull=False),
        label=gettext_lazy("For practice"),
        required=False,
        empty_label=gettext_lazy("no, a real request"),
        help_text=gettext_lazy("A practice request writes to the synthetic people of that copy alone."),
    )

    def clean_reminder_days(self) -> list[int]:
        """Return the days as numbers; which are sensible is the verb's to say."""
        parts = self.cleaned_data["reminder_days"].replace(";", ",").split(",")
        try:
            return [int(part) for part in parts if part.strip()]
        except ValueError as error:
            raise ValidationError(_("Write whole numbers with commas, such as 30, 7.")) from error

    def said(self) -> dict[str, Any]:
        """Return the arguments of ``open_campaign``."""
        answers = self.cleaned_data
        plain = {name: answers[name] for name in ("title", "kinds", "reminder_days", "note", "rehearsal")}
        return {**plain, "due_at": answers["moment"], "due_zone": answers["zone"]}


class OpeningPage:
    """GET shows the form; the first POST counts what would be written, the second writes it into a mailing."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if not self.model_admin.has_add_permission(request):
            raise PermissionDenied
        now = timezone.now()
        if request.method != "POST":
            days = ", ".join(map(str, REMINDER_DAYS))
            return self._show(request, OpeningForm(initial=in_days(DUE_DAYS, "UTC", now) | {"reminder_days": days}))
        form = OpeningForm(request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self._show(request, form)
        if "confirm" not in request.POST:
            return self._show(request, form, _counted(form, now))
        return self._open(request, form, now)

    def _open(self, request: HttpRequest, form: OpeningForm, now: datetime) -> HttpResponse:
        by, said = actor_of(request), form.said()
        try:
            with writing(titled(_("Request to confirm focal points"), [said["title"]]), by=by, at=now) as mailing:
                campaign = open_campaign(**said, mailing=mailing, by=by, at=now)
        except Refused as refusal:
            refusal.field = FIELD_OF.get(refusal.field, refusal.field)
            show_refusal(form, refusal)
            return self._show(request, form)
        told = _("“%(title)s” is open; its letters wait for you to let them go.")
        messages.success(request, told % {"title": campaign.title})
        return to_mailing(mailing) or HttpResponseRedirect(
            reverse("admin:participants_campaign_change", args=[campaign.pk])
        )

    def _show(self, request: HttpRequest, form: OpeningForm, counted: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Ask Parties to confirm their focal points"),
            "opts": self.model_admin.opts,
            "form": form,
            "counted": counted,
        }
        return TemplateResponse(request, "admin/campaign_open.html", context, status=422 if form.errors else 200)


def _counted(form: OpeningForm, now: datetime) -> dict[str, Any]:
    """Return what the request would come to, in words, and the words of its button."""
    answers = form.cleaned_data
    wanted = Campaign(kinds=answers["kinds"], rehearsal=answers["rehearsal"])
    asked = questions(wanted, now.date())
    gaps = [each for each in asked if each.mandate is None]
    letters = len(by_reader(asked))
    figures = [
        (_("Parties"), len({each.party_id for each in asked})),
        (_("focal points asked about"), len(asked) - len(gaps)),
        (_("without a focal point"), len(gaps)),
        (_("with nobody to ask"), sum(each.asked is None for each in asked)),
        (_("letters"), letters),
    ]
    button = ngettext("Write to %(count)d focal point", "Write to %(count)d focal points", letters)
    return {"figures": figures, "button": button % {"count": letters}}

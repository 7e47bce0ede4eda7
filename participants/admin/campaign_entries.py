"""What single Parties were asked and answered: record or return designations, answer for a Party whose letter came by post."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.admin.displays import DONE, WAITS, practice_mark, state_column
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from accounts.visitors import actor_of
from correspondence.admin.writing import WritingStep
from correspondence.downloads import as_download
from participants.models import CampaignEntry
from participants.models.campaigns import CAMPAIGN_ANSWERS, CampaignAnswer, CampaignState
from participants.portal.campaign_forms import ContactForm, SuccessorForm
from participants.queries import campaigns
from participants.verbs.confirmations import CONTACT, confirm_mandate, update_contact
from participants.verbs.successions import (
    NOTE_LIMIT,
    open_letter,
    propose_successor,
    record_proposal,
    return_proposal,
)
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

PROPOSED = ("proposed_name", "proposed_email", "proposed_position", "proposed_language", "proposed_from")


class ReturnForm(forms.Form):
    """Why a designation is sent back."""

    note = forms.CharField(
        label=gettext_lazy("What is missing"),
        max_length=NOTE_LIMIT,
        help_text=gettext_lazy("The letter quotes it as it stands here."),
        widget=forms.Textarea({"rows": 3}),
    )


def _may(entry: CampaignEntry, answer: CampaignAnswer) -> bool:
    return entry.campaign.state == CampaignState.OPEN and answer in CAMPAIGN_ANSWERS[entry.answer]


CONFIRM = Step(
    name="confirm_mandate",
    label=gettext_lazy("The Party says it is right"),
    button=ngettext_lazy("Confirm %(count)d focal point", "Confirm %(count)d focal points", "count"),
    done=ngettext_lazy("%(count)d focal point confirmed.", "%(count)d focal points confirmed.", "count"),
    note=lambda _rows: _("For answers that came by letter or telephone. A designation sent before is taken back."),
    fits=lambda entry: entry.mandate_id is not None and _may(entry, CampaignAnswer.CONFIRMED),
    do=lambda entry, _answers, by, at: confirm_mandate(entry, by=by, at=at),
)
RECORD = WritingStep(
    name="record",
    label=gettext_lazy("Record the designation"),
    mailing=gettext_lazy("Designations recorded"),
    place=lambda entry: entry.party_id,
    button=ngettext_lazy("Record %(count)d designation", "Record %(count)d designations", "count"),
    done=ngettext_lazy("%(count)d designation recorded.", "%(count)d designations recorded.", "count"),
    note=lambda _rows: _(
        "The person named becomes focal point and is told; the one before keeps an end date. Read the letter first."
    ),
    fits=lambda entry: _may(entry, CampaignAnswer.RECORDED),
    do=lambda entry, _answers, **how: record_proposal(entry, **how),
)
RETURN = WritingStep(
    name="return",
    label=gettext_lazy("Send the designation back"),
    mailing=gettext_lazy("Designations sent back"),
    place=lambda entry: entry.party_id,
    button=ngettext_lazy("Send %(count)d designation back", "Send %(count)d designations back", "count"),
    done=ngettext_lazy("%(count)d designation sent back.", "%(count)d designations sent back.", "count"),
    note=lambda _rows: _("What was proposed is cleared, and who was asked gets a new letter with your words."),
    form=ReturnForm,
    fits=lambda entry: entry.answer == CampaignAnswer.PROPOSED and entry.campaign.state == CampaignState.OPEN,
    do=lambda entry, answers, **how: return_proposal(entry, answers["note"], **how),
)


@admin.register(CampaignEntry)
class CampaignEntryAdmin(NamedAdmin, ReadOnlyAdmin):
    """One Party, one kind of focal point, one answer."""

    scope = staticmethod(campaigns.entries_visible_to)
    list_display = ("party", "kind", "holder", "state_pill", "answered_at", "campaign", "practice")
    list_filter = (
        practice_filter("campaign__rehearsal"),
        "answer",
        ("mandate", admin.EmptyFieldListFilter),
        ("asked", admin.EmptyFieldListFilter),
        "kind",
        "campaign",
    )
    search_fields = ("party__search_text", "=party__code", "mandate__person__search_text", "mandate__person__email")
    list_select_related = ("party", "campaign", "mandate__person")
    fields = ("campaign", "party", "kind", "holder", "asked_person", "state_pill", "answered_at", "answered_by")
    actions = (RECORD, RETURN, CONFIRM)
    state_pill = state_column(
        {"waiting": WAITS, "proposed": WAITS, "confirmed": DONE, "updated": DONE, "recorded": DONE}, field="answer"
    )

    def get_fields(self, request: HttpRequest, obj: CampaignEntry | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """Name what was proposed where something was."""
        return (*self.fields, *PROPOSED) if obj is not None and obj.proposed_name else self.fields

    @admin.display(description=gettext_lazy("on record"), ordering="mandate__person__name")
    def holder(self, entry: CampaignEntry) -> str:
        """Who the directory says it is."""
        return str(entry.mandate.person) if entry.mandate is not None else _("nobody")

    @admin.display(description=gettext_lazy("written to"))
    def asked_person(self, entry: CampaignEntry) -> str:
        """Who gets the letters."""
        return f"{entry.asked.person} ({entry.asked.get_kind_display()})" if entry.asked is not None else _("nobody")

    @admin.display(description=gettext_lazy("practice"))
    def practice(self, entry: CampaignEntry) -> str:
        """Mark what synthetic people play."""
        return practice_mark(entry.campaign.rehearsal_id is not None)

    def links(self, row: CampaignEntry) -> list[tuple[str, str]]:
        """Lead to the letter, to the pages for answers that came by post, and back to the request."""
        found = [(reverse("admin:participants_campaign_change", args=[row.campaign_id]), _("The request"))]
        if row.letter_id is not None:
            found.append((_address("letter", row.pk), _("Letter of designation")))
        if row.mandate_id is not None and _may(row, CampaignAnswer.UPDATED):
            found.append((_address("contact", row.pk), _("Enter contact details")))
        if _may(row, CampaignAnswer.PROPOSED):
            found.append((_address("designation", row.pk), _("Enter a designation")))
        return found

    def get_urls(self) -> list[URLPattern]:
        """Add the letter, and the pages for answers that came by post."""
        views = {"letter": self.letter_view, "contact": self.contact_view, "designation": self.designation_view}
        own = [
            path(f"<uuid:key>/{name}/", self.admin_site.admin_view(view), name=f"participants_campaignentry_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def letter_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Give the letter of designation as a file to keep; the activity log notes who took it."""
        entry = self._find(request, key)
        data = open_letter(entry, by=actor_of(request), at=timezone.now())
        file = entry.letter
        if file is None:  # the verb has refused already
            raise Http404
        return as_download(file, data)

    def contact_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Enter contact details that came by letter or telephone."""
        entry = self._find(request, key)
        if entry.mandate is None:
            raise Http404
        known = {name: getattr(entry.mandate.person, name) for name in CONTACT}
        known["language"] = entry.mandate.language or known["language"]
        form = ContactForm(request.POST if request.method == "POST" else None, initial=known)

        def change(**how: Any) -> object:
            return update_contact(entry, **form.cleaned_data, **how)

        words = {"title": _("Enter contact details"), "button": _("Save these details")}
        return self._answer(request, entry, form, change, words)

    def designation_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Enter a designation whose letter came by post; it is recorded in a second step."""
        entry = self._find(request, key)
        form = SuccessorForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))

        def propose(**how: Any) -> object:
            said: dict[str, Any] = form.said()
            return propose_successor(entry, **said, **how)

        words = {"title": _("Enter a designation"), "button": _("Keep the designation")}
        return self._answer(request, entry, form, propose, words)

    def _find(self, request: HttpRequest, key: UUID) -> CampaignEntry:
        rows = self.get_queryset(request).select_related("campaign", "party", "mandate__person", "letter")
        entry: CampaignEntry | None = rows.filter(pk=key).first()
        if entry is None or not self.has_view_permission(request, entry):
            raise Http404
        return entry

    def _answer(
        self,
        request: HttpRequest,
        entry: CampaignEntry,
        form: forms.Form,
        verb: Callable[..., object],
        words: Mapping[str, str],
    ) -> HttpResponse:
        """Show a form, or call the verb when it was sent and lead back to the entry."""
        if request.method == "POST" and form.is_valid():
            try:
                verb(by=actor_of(request), at=timezone.now())
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The answer of %(party)s is kept.") % {"party": entry.party})
                return HttpResponseRedirect(reverse("admin:participants_campaignentry_change", args=[entry.pk]))
        context = {**self.admin_site.each_context(request), **words, "opts": self.opts, "original": entry, "form": form}
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/campaign_answer.html", context, status=status)


def _address(page: str, key: UUID) -> str:
    return reverse(f"admin:participants_campaignentry_{page}", args=[key])

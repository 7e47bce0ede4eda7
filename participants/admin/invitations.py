"""Invitations and their answers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.displays import DONE, OFF, WAITS, moment, state_column
from accounts.admin.organizers import ReadOnlyAdmin
from correspondence.admin.writing import WritingStep
from participants.models import Invitation
from participants.models.invitations import INVITATION_STEPS, InvitationState
from participants.models.visas import VisaState
from participants.queries import invitations
from participants.verbs.invitations import REASON_LIMIT, accept, cancel_invitation, decline
from participants.verbs.visas import NOTE_LIMIT, end_for_visa, support_visa
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


class ReasonForm(forms.Form):
    """Why somebody declines, in their words."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea({"rows": 3})
    )


class VisaNoteForm(forms.Form):
    """What the mission said, for the record; it is kept sealed."""

    note = forms.CharField(label=_("Note"), required=False, max_length=NOTE_LIMIT, widget=forms.Textarea({"rows": 2}))


ACCEPT = WritingStep(
    name="accept",
    label=_("Accept for the person"),
    mailing=_("Acceptances recorded"),
    place=lambda row: row.nomination.call.workshop.reference,
    button=ngettext_lazy("Accept for %(count)d person", "Accept for %(count)d people", "count"),
    done=ngettext_lazy("%(count)d acceptance recorded.", "%(count)d acceptances recorded.", "count"),
    note=lambda _rows: _("Do this only for people who told you so; each gets a letter that confirms it."),
    fits=lambda row: InvitationState.ACCEPTED in INVITATION_STEPS[row.state],
    do=lambda row, _answers, **how: accept(row, **how),
)
DECLINE = WritingStep(
    name="decline",
    label=_("Decline for the person"),
    mailing=_("Refusals recorded"),
    place=lambda row: row.nomination.call.workshop.reference,
    grave=True,
    button=ngettext_lazy("Decline for %(count)d person", "Decline for %(count)d people", "count"),
    done=ngettext_lazy("%(count)d refusal recorded.", "%(count)d refusals recorded.", "count"),
    note=lambda _rows: _("Do this only for people who told you so; the next reserve moves up to the seat."),
    form=ReasonForm,
    fits=lambda row: InvitationState.DECLINED in INVITATION_STEPS[row.state],
    do=lambda row, answers, **how: decline(row, reason=answers["reason"], **how),
)
CANCEL = WritingStep(
    name="cancel",
    label=_("Take back"),
    mailing=_("Invitations taken back"),
    place=lambda row: row.nomination.call.workshop.reference,
    grave=True,
    button=ngettext_lazy("Take back %(count)d invitation", "Take back %(count)d invitations", "count"),
    done=ngettext_lazy("%(count)d invitation taken back.", "%(count)d invitations taken back.", "count"),
    note=lambda _rows: _(
        "The next reserve moves up to the seat. The person can no longer accept, and this cannot be undone."
    ),
    fits=lambda row: InvitationState.CANCELLED in INVITATION_STEPS[row.state],
    do=lambda row, _answers, **how: cancel_invitation(row, **how),
)
VISA = WritingStep(
    name="visa",
    label=_("Send a letter for the visa"),
    mailing=_("Letters in support of a visa"),
    place=lambda row: row.nomination.call.workshop.reference,
    button=ngettext_lazy("Write to %(count)d person", "Write to %(count)d people", "count"),
    done=ngettext_lazy("%(count)d letter written.", "%(count)d letters written.", "count"),
    note=lambda _rows: _("Each person gets a letter as PDF to show to the embassy, at most one a day."),
    fits=lambda row: row.state == InvitationState.ACCEPTED,
    do=lambda row, _answers, **how: support_visa(row, **how),
)


def _visa_step(state: VisaState, label: Any, mailing: Any) -> WritingStep:
    return WritingStep(
        name=f"visa_{state.value}",
        label=label,
        mailing=mailing,
        place=lambda row: row.nomination.call.workshop.reference,
        grave=True,
        button=ngettext_lazy("Note it of %(count)d person", "Note it of %(count)d people", "count"),
        done=ngettext_lazy("%(count)d invitation ended.", "%(count)d invitations ended.", "count"),
        note=lambda _rows: _(
            "The seat goes to the next reserve and the person is told. It is not counted as an absence of the Government."
        ),
        form=VisaNoteForm,
        fits=lambda row: row.state == InvitationState.ACCEPTED and not row.nomination.call.workshop.online,
        do=lambda row, answers, **how: end_for_visa(row, state, note=answers["note"], **how),
    )


VISA_REFUSED = _visa_step(VisaState.REFUSED, _("Visa refused"), _("Visas refused"))
VISA_LATE = _visa_step(VisaState.LATE, _("Visa too late"), _("Visas too late"))


@admin.register(Invitation)
class InvitationAdmin(NamedAdmin, ReadOnlyAdmin):
    """Who was invited, who answered, and who is behind."""

    scope = staticmethod(invitations.visible_to)
    list_display = ("nomination", "person", "sent_by", "workshop", "state_pill", "due", "responded_at", "registered")
    list_filter = (
        practice_filter("nomination__call__workshop__programme__rehearsal_of"),
        "state",
        "nomination__call__workshop",
        "respond_by",
        ("registration__registered_at", admin.EmptyFieldListFilter),
    )
    search_fields = (
        "nomination__reference",
        "nomination__person__search_text",
        "nomination__person__email",
        "nomination__party__search_text",
        "=nomination__party__code",
    )
    date_hierarchy = "respond_by"
    list_select_related = (
        "nomination__person",
        "nomination__party",
        "nomination__organization",
        "nomination__call__workshop",
        "registration",
    )
    fields = (
        "nomination",
        "person",
        "sent_by",
        "workshop",
        "state_pill",
        "invited_at",
        "due",
        "responded_at",
        "decline_reason",
    )
    actions = (ACCEPT, DECLINE, VISA, VISA_REFUSED, VISA_LATE, CANCEL)
    state_pill = state_column(dict.fromkeys(InvitationState.values, OFF) | {"open": WAITS, "accepted": DONE})

    @admin.display(description=_("person"), ordering="nomination__person__name")
    def person(self, invitation: Invitation) -> str:
        """Whom the invitation is for."""
        return str(invitation.nomination.person)

    @admin.display(description=_("sent by"), ordering="nomination__party")
    def sent_by(self, invitation: Invitation) -> str:
        """The Party or the organization."""
        return str(invitation.nomination.party or invitation.nomination.organization)

    @admin.display(description=_("workshop"), ordering="nomination__call__workshop")
    def workshop(self, invitation: Invitation) -> str:
        """What the person is invited to."""
        return invitation.nomination.call.workshop.reference

    @admin.display(description=_("answer due"), ordering="respond_by")
    def due(self, invitation: Invitation) -> str:
        """By when, in the venue's time."""
        return moment(invitation.respond_by, invitation.nomination.call.workshop.zone)

    @admin.display(description=_("registered"), boolean=True)
    def registered(self, invitation: Invitation) -> bool:
        """Whether the person has registered."""
        return hasattr(invitation, "registration") and invitation.registration.registered_at is not None

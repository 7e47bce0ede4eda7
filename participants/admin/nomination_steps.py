"""What an organizer can do with nominations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.admin.moments import MomentForm, in_days
from accounts.admin.steps import Step
from correspondence.admin.writing import WritingStep
from participants.models import FocalPoint, Nomination
from participants.models.defects import DefectKind
from participants.models.endorsements import Channel
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.queries.calls import ALL_SIGNATORIES
from participants.queries.defects import faults
from participants.verbs.defects import NOTE_LIMIT, ask_for_papers, cure_defect, note_defect
from participants.verbs.defects import OPEN as OPEN_STATES
from participants.verbs.endorsements import OFFICIAL_LIMIT, Signature, endorse
from participants.verbs.invitations import invite
from participants.verbs.nominations import withdraw

ANSWER_DAYS = 14
INVITABLE = frozenset({NominationState.SELECTED, NominationState.RESERVE})  # a reserve while a seat is free


def reference_of(nomination: Nomination) -> str:
    """Return the workshop's reference, by which mailings are named."""
    return nomination.call.workshop.reference


def _invitation_note(rows: Sequence[Nomination]) -> str:
    mailed = sum(1 for row in rows if row.person.email)
    text = ngettext_lazy(
        "%(count)d letter goes out, with a personal link to answer and register.",
        "%(count)d letters go out, each with a personal link to answer and register.",
        "count",
    )
    return str(text % {"count": mailed})


class DefectForm(forms.Form):
    """What is wrong with a nomination."""

    kind = forms.ChoiceField(label=_("Defect"), choices=DefectKind)
    note = forms.CharField(label=_("Note"), max_length=NOTE_LIMIT, required=False)


def signature_form(rows: Sequence[Nomination]) -> type[forms.Form]:
    """Return the questions about a letter: which focal point of the Parties concerned signed it, or which official."""
    parties = {row.party_id for row in rows}
    known = FocalPoint.objects.filter(party__in=parties, kind__in=ALL_SIGNATORIES).select_related("person")

    class SignatureForm(forms.Form):
        focal_point = forms.ModelChoiceField(known, label=_("Signed by the focal point"), required=False)
        official = forms.CharField(
            label=_("or by a senior official: name and office"), max_length=OFFICIAL_LIMIT, required=False
        )
        channel = forms.ChoiceField(
            label=_("whose signature stands for that of"), choices=Channel, required=False, initial=Channel.FAO
        )
        note = forms.CharField(label=_("Note"), max_length=NOTE_LIMIT, required=False)
        letter_date = forms.DateField(
            label=_("Date of the letter"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        )

    SignatureForm.base_fields["focal_point"].label_from_instance = _named  # type: ignore[attr-defined]
    return SignatureForm


def _named(mandate: FocalPoint) -> str:
    return f"{mandate.person} – {mandate.get_kind_display()}, {mandate.party_id}"


def signature_of(answers: Mapping[str, Any]) -> Signature:
    """Return the signature that a form names."""
    return Signature(
        focal_point=answers["focal_point"],
        official="" if answers["focal_point"] else answers["official"],
        channel=answers["channel"] or Channel.CBD.value,
        note=answers["note"],
    )


def _endorse(row: Nomination, answers: Mapping[str, Any], *, by: Actor, at: Any) -> Nomination:
    return endorse(row, signature=signature_of(answers), letter_date=answers["letter_date"], by=by, at=at)


def _cure_all(row: Nomination, _answers: Mapping[str, Any], *, by: Actor, at: Any) -> int:
    return len([cure_defect(each, by=by, at=at) for each in row.defects.filter(cured_at__isnull=True)])


def _papers_note(rows: Sequence[Nomination]) -> str:
    lacking = sum(1 for row in rows if faults(row))
    return gettext("The focal points of %(count)d nominations are told what is missing, at most once a day.") % {
        "count": lacking
    }


INVITE = WritingStep(
    name="invite",
    label=_("Invite"),
    mailing=_("Invitations"),
    place=reference_of,
    button=ngettext_lazy("Invite %(count)d person", "Invite %(count)d people", "count"),
    done=ngettext_lazy("%(count)d invitation written.", "%(count)d invitations written.", "count"),
    note=_invitation_note,
    form=MomentForm,
    start=lambda rows, now: in_days(ANSWER_DAYS, rows[0].call.workshop.zone, now),
    fits=lambda row: row.state in INVITABLE and not hasattr(row, "invitation"),
    do=lambda row, answers, **how: invite(row, respond_by=answers["moment"], **how),
)
ENDORSE = Step(
    name="endorse",
    label=_("Enter a signature"),
    button=ngettext_lazy("Sign %(count)d nomination", "Sign %(count)d nominations", "count"),
    done=ngettext_lazy("%(count)d signature entered.", "%(count)d signatures entered.", "count"),
    note=lambda _rows: gettext("Standing is judged on the date of the letter; a senior official needs a note."),
    asks=signature_form,
    start=lambda _rows, now: {"letter_date": now.date()},
    fits=lambda row: row.state == NominationState.WAITING,
    do=_endorse,
)
NOTE_DEFECT = Step(
    name="note_defect",
    label=_("Note a defect"),
    button=ngettext_lazy("Note it of %(count)d nomination", "Note it of %(count)d nominations", "count"),
    done=ngettext_lazy("%(count)d defect noted.", "%(count)d defects noted.", "count"),
    note=lambda _rows: gettext(
        "Papers and signatures that are missing are known already; note what only an eye can see."
    ),
    form=DefectForm,
    fits=lambda row: row.state in OPEN_STATES,
    do=lambda row, answers, by, at: note_defect(row, answers["kind"], answers["note"], by=by, at=at),
)
CURE = Step(
    name="cure",
    label=_("Defects put right"),
    button=ngettext_lazy("Put %(count)d nomination right", "Put %(count)d nominations right", "count"),
    done=ngettext_lazy("%(count)d defect put right.", "%(count)d defects put right.", "count"),
    counts=int,
    fits=lambda row: any(each.cured_at is None for each in row.defects.all()),
    do=_cure_all,
)
ASK_PAPERS = WritingStep(
    name="ask_papers",
    label=_("Ask for what is missing"),
    mailing=_("Papers missing"),
    place=reference_of,
    button=ngettext_lazy("Ask about %(count)d nomination", "Ask about %(count)d nominations", "count"),
    done=ngettext_lazy("%(count)d letter written.", "%(count)d letters written.", "count"),
    note=_papers_note,
    counts=int,
    fits=lambda row: row.state in OPEN_STATES and row.party_id is not None and bool(faults(row)),
    do=lambda row, _answers, **how: ask_for_papers(row, **how),
)
WITHDRAW = WritingStep(
    name="withdraw",
    label=_("Withdraw"),
    mailing=_("Nominations withdrawn"),
    place=reference_of,
    grave=True,
    button=ngettext_lazy("Withdraw %(count)d nomination", "Withdraw %(count)d nominations", "count"),
    done=ngettext_lazy("%(count)d nomination withdrawn.", "%(count)d nominations withdrawn.", "count"),
    note=lambda _rows: _("An invitation that is open or accepted is cancelled with it. This cannot be undone."),
    fits=lambda row: NominationState.WITHDRAWN in NOMINATION_STEPS[row.state],
    do=lambda row, _answers, **how: withdraw(row, **how),
)
STEPS = (INVITE, ENDORSE, ASK_PAPERS, NOTE_DEFECT, CURE, WITHDRAW)

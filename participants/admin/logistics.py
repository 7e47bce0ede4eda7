"""Notes on logistics to the participants of a workshop; the step stands on the workshop's page."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from correspondence.admin.writing import WritingStep
from participants.models.invitations import InvitationState
from participants.queries.invitations import standing_in
from participants.verbs.logistics import NOTE_LIMIT, send_logistics_note
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage

WITH_PARTICIPANTS = frozenset({WorkshopStage.INVITED, WorkshopStage.HELD})


class NoteForm(forms.Form):
    """What the participants should know."""

    note = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LIMIT,
        help_text=_("It goes out as written here, in every letter; an empty line begins a paragraph."),
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
    )


def _announced(rows: Sequence[Workshop]) -> str:
    people = standing_in(rows).filter(state=InvitationState.ACCEPTED).count()
    return ngettext(
        "%(count)d person who accepted gets the note.", "%(count)d people who accepted get the note.", people
    ) % {"count": people}


NOTE = WritingStep(
    name="note",
    label=_("Send a note on logistics"),
    mailing=_("Note on travel and logistics"),
    place=lambda row: row.reference,
    button=ngettext_lazy(
        "Write to the participants of %(count)d workshop", "Write to the participants of %(count)d workshops", "count"
    ),
    done=ngettext_lazy("%(count)d letter written.", "%(count)d letters written.", "count"),
    note=_announced,
    form=NoteForm,
    counts=int,
    fits=lambda row: row.stage in WITH_PARTICIPANTS,
    do=lambda row, answers, **how: send_logistics_note(row, answers["note"], **how),
)

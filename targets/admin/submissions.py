"""Submissions: read, accepted, or returned with a reason."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, LATE, OFF, WAITS, practice_mark, state_column
from accounts.admin.entered import EnteredAdmin
from accounts.admin.organizers import ReadOnlyInline
from correspondence.admin.writing import WritingStep
from targets.admin.entering import EnteredItems, enter_submission
from targets.models import Submission, TargetItem
from targets.models.submissions import SUBMISSION_STEPS, SubmissionState
from targets.queries import submissions
from targets.verbs.submissions import REASON_LIMIT, accept_submission, return_submission
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


class ReasonForm(forms.Form):
    """What the Party should make clear."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The Party reads this in the letter."),
    )


def _workshop(row: Submission) -> str:
    """Return the reference of the workshop that a version belongs to; "" where none serves the Party."""
    return row.workshop.reference if row.workshop else ""


ACCEPT = WritingStep(
    name="accept",
    label=_("Accept"),
    mailing=_("Targets accepted"),
    place=_workshop,
    button=ngettext_lazy("Accept %(count)d submission", "Accept %(count)d submissions", "count"),
    done=ngettext_lazy("%(count)d submission accepted.", "%(count)d submissions accepted.", "count"),
    note=lambda _rows: _("The version accepted before is superseded, and the next compilation takes this one."),
    fits=lambda row: SubmissionState.ACCEPTED in SUBMISSION_STEPS[row.state],
    do=lambda row, _answers, **how: accept_submission(row, **how),
)
RETURN = WritingStep(
    name="return",
    label=_("Return with a reason"),
    mailing=_("Targets returned"),
    place=_workshop,
    button=ngettext_lazy("Return %(count)d submission", "Return %(count)d submissions", "count"),
    done=ngettext_lazy("%(count)d submission returned.", "%(count)d submissions returned.", "count"),
    note=lambda _rows: _("The focal point who submitted it gets a letter with the reason and a personal link."),
    form=ReasonForm,
    fits=lambda row: SubmissionState.RETURNED in SUBMISSION_STEPS[row.state],
    do=lambda row, answers, **how: return_submission(row, reason=answers["reason"], **how),
)


class ItemInline(ReadOnlyInline):
    """The national targets of a version."""

    model = TargetItem
    fields = ("position", "title", "measure", "as_written", "value", "unit", "bound", "hectares", "due_on", "in_nbsap")
    show_change_link = True


@admin.register(Submission)
class SubmissionAdmin(NamedAdmin, EnteredAdmin):
    """A Party's national targets, version by version; what came by letter is entered here."""

    entered_fields = ("programme", "party", "note")
    autocomplete_fields = ("programme", "party")

    scope = staticmethod(submissions.visible_to)
    list_display = ("party", "version", "state_pill", "items", "workshop", "programme", "submitted_at", "practice")
    list_display_links = ("party", "version")
    list_filter = (practice_filter(), "state", "programme", "workshop", "submitted_at")
    search_fields = ("party__search_text", "=party__code", "submitted_by__search_text", "note", "workshop__reference")
    date_hierarchy = "submitted_at"
    list_select_related = ("party", "programme", "workshop")
    inlines = (ItemInline,)
    actions = (ACCEPT, RETURN)
    state_pill = state_column({"submitted": WAITS, "accepted": DONE, "returned": LATE, "superseded": OFF})

    counts = {"item_count": count_of(TargetItem.objects.all(), "submission")}

    items = count_column("item_count", _("national targets"))

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Ask for the targets on the add page, show them on every other."""
        return super().get_inlines(request, obj) if obj is not None else (EnteredItems,)

    def save_model(self, request: HttpRequest, obj: Model, form: forms.BaseForm, change: bool) -> None:
        """Wait for the targets: they are written with the submission, by one verb."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ARG002
        """Submit for the Party; Django then leads to the version written."""
        written = enter_submission(request, form.cleaned_data, formsets[0])
        form.instance.pk, form.instance._state.adding = written.pk, False  # noqa: SLF001  # Django reads both

    def construct_change_message(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        """Leave the log to the verb."""
        return []

    @admin.display(description=_("practice"))
    def practice(self, submission: Submission) -> str:
        """Mark submissions of practice copies."""
        return practice_mark(submission.programme.rehearsal_of_id is not None)

"""Submissions: read, accepted, or returned with a reason."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, LATE, OFF, WAITS, practice_mark, state_column
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin.steps import Step
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


ACCEPT = Step(
    name="accept",
    label=_("Accept"),
    button=ngettext_lazy("Accept %(count)d submission", "Accept %(count)d submissions", "count"),
    done=ngettext_lazy("%(count)d submission accepted.", "%(count)d submissions accepted.", "count"),
    note=lambda _rows: _("The version accepted before is superseded, and the next compilation takes this one."),
    fits=lambda row: SubmissionState.ACCEPTED in SUBMISSION_STEPS[row.state],
    do=lambda row, _answers, by, at: accept_submission(row, by=by, at=at),
)
RETURN = Step(
    name="return",
    label=_("Return with a reason"),
    button=ngettext_lazy("Return %(count)d submission", "Return %(count)d submissions", "count"),
    done=ngettext_lazy("%(count)d submission returned.", "%(count)d submissions returned.", "count"),
    note=lambda _rows: _("The focal point who submitted it gets a letter with the reason and a personal link."),
    form=ReasonForm,
    fits=lambda row: SubmissionState.RETURNED in SUBMISSION_STEPS[row.state],
    do=lambda row, answers, by, at: return_submission(row, reason=answers["reason"], by=by, at=at),
)


class ItemInline(ReadOnlyInline):
    """The national targets of a version."""

    model = TargetItem
    fields = ("position", "title", "measure", "as_written", "value", "unit", "bound", "hectares", "due_on", "in_nbsap")
    show_change_link = True


@admin.register(Submission)
class SubmissionAdmin(NamedAdmin, ReadOnlyAdmin):
    """A Party's national targets, version by version."""

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

    @admin.display(description=_("practice"))
    def practice(self, submission: Submission) -> str:
        """Mark submissions of practice copies."""
        return practice_mark(submission.programme.rehearsal_of_id is not None)

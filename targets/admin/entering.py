"""Entering a Party's national targets as its letter tells them."""

import re
from typing import Any

from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin.organizers import OrganizerInline
from accounts.errors import Invalid
from accounts.visitors import actor_of
from targets.models import Submission, TargetItem
from targets.verbs.submissions import ItemDraft, submit_targets

SAID = ("title", "measure", "as_written", "unit", "bound", "basis", "baseline", "due_on", "in_nbsap", "source")
OF_AN_ITEM = re.compile(r"items\[(\d+)\]")


class EnteredItems(OrganizerInline):
    """The national targets of a version that is being entered; empty rows do not count."""

    model = TargetItem
    template = "admin/edit_inline/stacked.html"  # eleven questions have no room in a row, and here each has its label
    fields = (*SAID, "global_targets")
    autocomplete_fields = ("global_targets",)
    extra = 3


def enter_submission(
    request: HttpRequest, answers: dict[str, Any], items: "BaseInlineFormSet[TargetItem, Submission, Any]"
) -> Submission:
    """Submit for a Party through the verb; a refusal says which of the targets it is about."""
    rows = [form.cleaned_data for form in items.forms if form.has_changed()]
    drafts = [
        ItemDraft(
            **{name: row[name] for name in SAID}, global_targets=tuple(target.code for target in row["global_targets"])
        )
        for row in rows
    ]
    try:
        return submit_targets(
            answers["programme"],
            answers["party"],
            items=drafts,
            note=answers["note"],
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refused:
        about = OF_AN_ITEM.match(refused.field)
        if about is None:
            raise
        text = _("National target %(number)d: %(sentence)s")
        raise Invalid(refused.code, text % {"number": int(about[1]) + 1, "sentence": refused.sentence}) from refused

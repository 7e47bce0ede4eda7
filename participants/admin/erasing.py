"""What an organizer does on a person's word: hand out all that is held of them, and erase them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.steps import Step
from accounts.errors import Refused
from accounts.visitors import actor_of
from correspondence.downloads import as_attachment
from participants.verbs.disclosed_persons import export_person
from participants.verbs.erasures import erase_person


class TakeOut(Step):
    """Answers with a file instead of a sentence; of one person at a time."""

    def act(
        self,
        model_admin: Any,
        request: HttpRequest,
        rows: Sequence[Any],
        answers: Mapping[str, Any],  # noqa: ARG002  # there is nothing to ask
        *,
        at: datetime,
    ) -> HttpResponse | None:
        """Hand the file out, or say why not."""
        if len(rows) != 1:
            messages.warning(request, gettext("Choose one person."))
            return self.leave(model_admin, request, rows)
        try:
            packed = export_person(rows[0], by=actor_of(request), at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.leave(model_admin, request, rows)
        return as_attachment(packed, name=f"person-{rows[0].pk}.zip", media_type="application/zip")


TAKE_OUT = TakeOut(
    name="take_out",
    label=_("Take out all that is held"),
    button=ngettext_lazy("Take out the data of %(count)d person", "Take out the data of %(count)d people", "count"),
    done="",
    note=lambda _rows: _(
        "One file with everything held of the person, for the person; it is logged. It takes the permission to open all that is "
        "sealed."
    ),
    fits=lambda person: person.erased_at is None,
    do=lambda person, _answers, by, at: export_person(person, by=by, at=at),
)
ERASE = Step(
    name="erase",
    label=_("Erase the person"),
    grave=True,
    button=ngettext_lazy("Erase %(count)d person", "Erase %(count)d people", "count"),
    done=ngettext_lazy("%(count)d person erased.", "%(count)d people erased.", "count"),
    note=lambda _rows: _(
        "Everything that tells who it was is deleted at once, the account too. What is counted stays, so that no figure changes. "
        "This cannot be undone."
    ),
    fits=lambda person: person.erased_at is None,
    do=lambda person, _answers, by, at: erase_person(person, by=by, at=at),
)

"""Steps that write letters to many: nothing goes out before an organizer has looked at the letters on their mailing's page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.admin.steps import Step, Text, carry_out, tell
from accounts.visitors import actor_of
from correspondence.models import Mailing
from correspondence.verbs.mailings import writing

PLACES_NAMED = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class WritingStep(Step):
    """A step whose verb takes a ``mailing`` beside ``by`` and ``at``.

    ``mailing`` says what the letters are about and ``place`` the workshop's reference of a row; both make the mailing's title.
    Where letters were written the step leads to their mailing, else to where every step leads.
    """

    held: ClassVar[bool] = True

    mailing: Text
    place: Callable[[Any], str]

    def act(
        self, model_admin: Any, request: HttpRequest, rows: Sequence[Any], answers: Mapping[str, Any], *, at: datetime
    ) -> HttpResponse | None:
        """Do the step on the rows into a mailing, tell what came of it, and lead to the mailing."""
        by = actor_of(request)
        with writing(titled(self.mailing, map(self.place, rows)), by=by, at=at) as mailing:
            told = carry_out(self, rows, answers, by=by, at=at, mailing=mailing)
        tell(request, self.done, told)
        return to_mailing(mailing) or self.leave(model_admin, request, rows)


def titled(what: Text, places: Iterable[str]) -> str:
    """Return the title of a mailing: "Invitations: ANNEX2-AMM", with at most three workshops named."""
    named = list(dict.fromkeys(filter(None, places)))
    if len(named) > PLACES_NAMED:
        named = [*named[:PLACES_NAMED], "…"]
    return _("%(what)s: %(places)s") % {"what": what, "places": ", ".join(named)} if named else str(what)


def to_mailing(mailing: Mailing) -> HttpResponse | None:
    """Lead to a mailing's page; ``None`` when it is gone because no letter was written."""
    if not Mailing.objects.filter(pk=mailing.pk).exists():
        return None
    return HttpResponseRedirect(reverse("admin:correspondence_mailing_change", args=[mailing.pk]))

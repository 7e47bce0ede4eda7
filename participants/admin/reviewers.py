"""Who scores the nominees of a call, and how far each of them is."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.admin.displays import DONE, OFF, WAITS, pill
from accounts.admin.entered import EnteredAdmin
from accounts.admin.steps import Step
from accounts.visitors import actor_of
from participants.models import Reviewer
from participants.queries.reviews import visible_reviewers, with_progress
from participants.verbs.reviewers import end_reviewer, name_reviewer
from workshops.admin.practice import practice_filter
from workshops.models import Party

if TYPE_CHECKING:
    _ReviewerForm = forms.ModelForm[Reviewer]
else:  # Django's class takes no parameter when it runs
    _ReviewerForm = forms.ModelForm


class ReviewerEntry(_ReviewerForm):
    """Who reviews, and the Government whose nominees are left to others; whether it may be is the verb's to say."""

    class Meta:
        model = Reviewer
        fields = ("call", "user", "party")
        help_texts = {
            "user": _("An account with the role of reviewer, or an organizer's."),
            "party": _("The own Government: its nominees are scored by others."),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """Leave "once a call" to the verb, which names somebody again who was ended."""
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # the stubs leave it out
        return found | {"user"}


class AgainForm(forms.Form):
    """The Government whose nominees are left to others."""

    party = forms.ModelChoiceField(Party.objects.order_by("name_en"), label=_("Compatriot of"))


def enter_reviewer(request: HttpRequest, answers: dict[str, Any]) -> Reviewer:
    """Name the reviewer that the page asks for."""
    return name_reviewer(**answers, by=actor_of(request), at=timezone.now())


def _again(row: Reviewer, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> Reviewer:
    return name_reviewer(row.call, row.user, answers["party"], by=by, at=at)


END = Step(
    name="end_reviewer",
    label=_("End the reviewing"),
    button=ngettext_lazy("End it for %(count)d reviewer", "End it for %(count)d reviewers", "count"),
    done=ngettext_lazy("%(count)d reviewer ended.", "%(count)d reviewers ended.", "count"),
    note=lambda _rows: gettext("They see the dossiers no more. Their reviews stay and count."),
    fits=lambda row: row.ended_at is None,
    do=lambda row, _answers, by, at: end_reviewer(row, by=by, at=at),
)
AGAIN = Step(
    name="name_again",
    label=_("Name again"),
    button=ngettext_lazy("Name %(count)d reviewer again", "Name %(count)d reviewers again", "count"),
    done=ngettext_lazy("%(count)d reviewer named again.", "%(count)d reviewers named again.", "count"),
    form=AgainForm,
    start=lambda rows, _now: {"party": rows[0].party_id},
    fits=lambda row: row.ended_at is not None,
    do=_again,
)


@admin.register(Reviewer)
class ReviewerAdmin(EnteredAdmin):
    """People who score, each for one call; the first of a call brings the usual criteria."""

    entered_fields = ReviewerEntry.Meta.fields
    enter = staticmethod(enter_reviewer)
    autocomplete_fields = ("call", "user", "party")
    scope = staticmethod(visible_reviewers)
    list_display = ("user", "call", "party", "progress", "named_at", "ended_at")
    list_filter = (
        practice_filter("call__workshop__programme__rehearsal_of"),
        "call",
        ("ended_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("user__email", "user__name", "call__symbol", "party__search_text", "=party__code")
    list_select_related = ("user", "party", "call")
    ordering = ("-named_at", "-id")
    fields = ("call", "user", "party", "progress", "named_at", "ended_at")
    actions = (END, AGAIN)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Bring along how far each is."""
        return with_progress(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the progress on the page of a row."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "progress") if obj is not None else fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask on the add page what the verb wants to know."""
        return super().get_form(request, obj, change=change, **({} if obj else {"form": ReviewerEntry}) | kwargs)

    @admin.display(description=_("scored"))
    def progress(self, row: Any) -> str:
        """How many of the nominees are scored, by whom it may be; a row just added was not read with its counts."""
        given, asked = getattr(row, "given", 0), getattr(row, "asked", 0)
        tone = OFF if row.ended_at else DONE if asked == given else WAITS
        return pill(gettext("%(given)d of %(asked)d") % {"given": given, "asked": asked}, tone)

    def links(self, row: Reviewer) -> list[tuple[str, str]]:
        """Lead to the reviews."""
        address = reverse("admin:participants_review_changelist")
        return [(f"{address}?reviewer__id__exact={row.pk}", gettext("Reviews"))]

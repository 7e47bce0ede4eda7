"""Reviews: read, and set aside with a reason. An organizer who reviews a call sees them as a reviewer does."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, OFF, pill
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin.steps import Step
from participants.models import Mark, Review
from participants.queries import reviews
from participants.verbs.reviews import REASON_LIMIT, set_aside
from workshops.admin.practice import practice_filter


class SetAsideForm(forms.Form):
    """Why a review counts no more."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LIMIT)


SET_ASIDE = Step(
    name="set_aside",
    label=_("Set aside"),
    grave=True,
    button=ngettext_lazy("Set %(count)d review aside", "Set %(count)d reviews aside", "count"),
    done=ngettext_lazy("%(count)d review set aside.", "%(count)d reviews set aside.", "count"),
    note=lambda _rows: gettext(
        "It counts no more and is kept. The reviewer may score the nominee anew. This cannot be undone."
    ),
    form=SetAsideForm,
    fits=lambda row: row.set_aside_at is None,
    do=lambda row, answers, by, at: set_aside(row, answers["reason"], by=by, at=at),
)


class MarkInline(ReadOnlyInline):
    """The points by criterion."""

    model = Mark
    fields = ("criterion", "points", "of", "weight")
    readonly_fields = ("of", "weight")

    @admin.display(description=_("points at most"))
    def of(self, mark: Mark) -> int:
        """The most that could be given."""
        return mark.criterion.most

    @admin.display(description=_("weight"))
    def weight(self, mark: Mark) -> int:
        """How many times the points count."""
        return mark.criterion.weight

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mark]:
        return super().get_queryset(request).select_related("criterion").order_by("criterion__position")


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Scores of nominees, the newest first."""

    scope = staticmethod(reviews.visible_to)
    list_display = ("nomination", "person", "reviewer", "points", "state_pill", "scored_at", "note")
    list_filter = (
        practice_filter("nomination__call__workshop__programme__rehearsal_of"),
        ("set_aside_at", admin.EmptyFieldListFilter),
        "nomination__call",
    )
    search_fields = (
        "nomination__reference",
        "nomination__person__search_text",
        "nomination__party__search_text",
        "=nomination__party__code",
        "reviewer__user__name",
        "reviewer__user__email",
        "note",
    )
    ordering = ("-scored_at", "-id")
    date_hierarchy = "scored_at"
    list_select_related = ("nomination__person", "reviewer__user")
    fields = ("nomination", "person", "reviewer", "points", "note", "scored_at", "set_aside_at", "set_aside_reason")
    readonly_fields = ("person",)
    inlines = (MarkInline,)
    actions = (SET_ASIDE,)

    @admin.display(description=_("person"), ordering="nomination__person")
    def person(self, review: Review) -> str:
        """Who was scored."""
        return str(review.nomination.person)

    @admin.display(description=_("state"), ordering="set_aside_at")
    def state_pill(self, review: Review) -> str:
        """Whether the review counts."""
        return pill(gettext("set aside"), OFF) if review.set_aside_at else pill(gettext("counts"), DONE)

"""Possible duplicates: both records beside each other, and a person who decides (E04 to E06)."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, OFF, WAITS, pill, state_column
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from measurement.likeness import ASK, name_alone
from participants.admin.comparing import lines
from participants.models import Call, DuplicatePair, Merge, Nomination
from participants.models.duplicates import PAIR_STEPS, PairState
from participants.queries import duplicates
from participants.queries.duplicates import REASONS, said, words
from participants.verbs.duplicates import NOTE_LIMIT, mark_different, reopen_pair
from participants.verbs.merges import REASON_LEAST, REASON_LIMIT, merge
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


def merging_form(rows: Sequence[DuplicatePair]) -> type[forms.Form]:
    """Return the question who stays, by name when there is one pair, and what confirms it."""
    earlier, later = gettext("The record made first"), gettext("The record made last")
    if len(rows) == 1:
        earlier, later = (f"{each} · {each.email}".rstrip(" ·") for each in (rows[0].first, rows[0].second))

    class MergingForm(forms.Form):
        kept = forms.ChoiceField(
            label=_("Record that stays"), choices=[("first", earlier), ("second", later)], widget=forms.RadioSelect
        )
        reason = forms.CharField(
            label=_("What confirms it"),
            min_length=REASON_LEAST,
            max_length=REASON_LIMIT,
            help_text=_("A date of birth, an answer to your letter, a passport. A name and a country are not enough."),
            widget=forms.Textarea({"rows": 2}),
        )

    return MergingForm


class DifferentForm(forms.Form):
    """Why these are two people."""

    note = forms.CharField(label=_("Note"), required=False, max_length=NOTE_LIMIT, widget=forms.Textarea({"rows": 2}))


def _merge(pair: DuplicatePair, answers: dict[str, Any], **how: Any) -> Merge:
    two = (pair.first, pair.second) if answers["kept"] == "first" else (pair.second, pair.first)
    return merge(*two, reason=answers["reason"], **how)


def _merge_note(rows: Sequence[DuplicatePair]) -> str:
    text = gettext(
        "Nominations, mandates, links and papers of both stand with the record that stays; two nominations to one call "
        "hold one seat. Letters stay as they were written. A merge can be undone."
    )
    if any(name_alone(said(each)[0] for each in row.reasons) for row in rows):
        text = (
            gettext("Little more than the name agrees: ask for the date of birth or another address first.")
            + " "
            + text
        )
    return text


def _waits(pair: DuplicatePair) -> bool:
    return pair.state != PairState.MERGED and pair.first.merged_into_id is None and pair.second.merged_into_id is None


MERGE = Step(
    name="merge",
    label=_("Merge the two records"),
    button=ngettext_lazy("Merge %(count)d pair", "Merge %(count)d pairs", "count"),
    done=ngettext_lazy("%(count)d pair merged.", "%(count)d pairs merged.", "count"),
    note=_merge_note,
    asks=merging_form,
    fits=_waits,
    do=lambda row, answers, by, at: _merge(row, answers, by=by, at=at),
)
DIFFERENT = Step(
    name="different",
    label=_("These are two people"),
    button=ngettext_lazy("Keep %(count)d pair apart", "Keep %(count)d pairs apart", "count"),
    done=ngettext_lazy("%(count)d pair kept apart.", "%(count)d pairs kept apart.", "count"),
    note=lambda _rows: _("The pair is not shown again unless another reason comes to light."),
    form=DifferentForm,
    fits=lambda row: PairState.DIFFERENT in PAIR_STEPS[row.state],
    do=lambda row, answers, by, at: mark_different(row, answers["note"], by=by, at=at),
)
REOPEN = Step(
    name="reopen",
    label=_("Decide again"),
    button=ngettext_lazy("Put %(count)d pair back", "Put %(count)d pairs back", "count"),
    done=ngettext_lazy("%(count)d pair put back.", "%(count)d pairs put back.", "count"),
    fits=lambda row: row.state == PairState.DIFFERENT,
    do=lambda row, _answers, by, at: reopen_pair(row, by=by, at=at),
)


class PairStateFilter(admin.SimpleListFilter):
    """What waits for a decision, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002  # Django's signature
        return (*((state.value, state.label) for state in PairState if state != PairState.OPEN), ("all", _("All")))

    def choices(self, changelist: Any) -> Any:
        """Call the choice that stands without asking by its name."""
        first, *others = super().choices(changelist)
        yield {**first, "display": PairState.OPEN.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[DuplicatePair]) -> QuerySet[DuplicatePair]:
        """Leave out what is decided, but for the steps of a row's own page, which know no filter."""
        if self.value() == "all" or "from_row" in request.POST:
            return queryset
        if self.value() in {PairState.MERGED, PairState.DIFFERENT}:
            return queryset.filter(state=self.value())
        return queryset.filter(pk__in=duplicates.open_pairs().order_by().values("pk"))


class ReasonFilter(admin.SimpleListFilter):
    """Pairs of which this is one of the reasons."""

    title = _("reason")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
        return [(code, str(word) % {"detail": "…"}) for code, word in REASONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DuplicatePair]) -> QuerySet[DuplicatePair]:  # noqa: ARG002
        code = self.value()
        if code not in REASONS:
            return queryset
        written = queryset.annotate(
            written=Cast("reasons", TextField())
        )  # lists inside JSON are not searched by SQLite
        return written.filter(Q(written__contains=f'"{code}"') | Q(written__contains=f'"{code}:'))


class CallFilter(admin.SimpleListFilter):
    """Pairs of which one is nominated for a call."""

    title = _("call")
    parameter_name = "call"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
        return [(str(key), symbol) for key, symbol in Call.objects.order_by("symbol").values_list("pk", "symbol")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DuplicatePair]) -> QuerySet[DuplicatePair]:  # noqa: ARG002
        call = self.value()
        if call is None or call not in {key for key, _symbol in self.lookup_choices}:
            return queryset
        people = Nomination.objects.filter(call=UUID(call)).order_by().values("person")
        return queryset.filter(Q(first__in=people) | Q(second__in=people))


@admin.register(DuplicatePair)
class DuplicatePairAdmin(NamedAdmin, ReadOnlyAdmin):
    """Two records that may be one person, the likeliest first."""

    scope = staticmethod(duplicates.visible_to)
    change_form_template = "admin/duplicate.html"
    list_display = ("two", "score_pill", "why", "state_pill", "found_at")
    list_filter = (PairStateFilter, practice_filter("first__rehearsal"), ReasonFilter, CallFilter)
    search_fields = ("first__search_text", "second__search_text", "first__email", "second__email")
    list_select_related = ("first", "second")
    ordering = ("-score", "id")
    fields = ("score_pill", "why", "state_pill", "found_at", "decided_at", "decided_by", "note")
    readonly_fields = ("score_pill", "why", "state_pill")
    actions = (MERGE, DIFFERENT, REOPEN)
    state_pill = state_column({"open": WAITS, "merged": DONE, "different": OFF})

    @admin.display(description=_("records"), ordering="first__name")
    def two(self, pair: DuplicatePair) -> SafeString:
        """Both names with their addresses."""
        return format_html(
            '<bdi>{}</bdi> <span class="quiet" dir="ltr">{}</span><br><bdi>{}</bdi> <span class="quiet" dir="ltr">{}</span>',
            pair.first.name,
            pair.first.email,
            pair.second.name,
            pair.second.email,
        )

    @admin.display(description=_("score"), ordering="score")
    def score_pill(self, pair: DuplicatePair) -> SafeString:
        """The score, and whether somebody must be asked first."""
        if pair.score > ASK:
            return pill(gettext("%(score)d of 100: likely one person") % {"score": pair.score}, LATE)
        return pill(gettext("%(score)d of 100: ask first") % {"score": pair.score}, WAITS)

    @admin.display(description=_("reasons"))
    def why(self, pair: DuplicatePair) -> SafeString:
        """What speaks for one person, and what against it."""
        against = words(pair.reasons, speaking_for=False)
        return format_html(
            "{}{}",
            ", ".join(words(pair.reasons, speaking_for=True)),
            format_html('<br><span class="quiet">{}</span>', gettext("But: %(what)s") % {"what": ", ".join(against)})
            if against
            else "",
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DuplicatePair]:
        """Return the pairs with all that their pages say of both."""
        both = ("first__organization", "first__user", "second__organization", "second__user")
        return super().get_queryset(request).select_related(*both)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add both records beside each other."""
        pair = context.get("original")
        if pair is not None:
            context["two"] = [
                (each, reverse("admin:participants_person_change", args=[each.pk]))
                for each in (pair.first, pair.second)
            ]
            context["lines"] = lines(pair.first, pair.second)
        return super().render_change_form(request, context, *args, **kwargs)

    def links(self, row: DuplicatePair) -> Iterable[tuple[str, str]]:
        """Lead to the merges of the two, where they can be undone."""
        if row.state == PairState.MERGED:
            address = reverse("admin:participants_merge_changelist")
            yield f"{address}?gone__in={row.first_id},{row.second_id}", gettext("Merges")

"""Selections: proposed, entered, changed, approved."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import TextListField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.inputs import parsed
from accounts.api.references import named
from accounts.visitors import actor_of
from participants.api.questions import QuestionsViewSet, ReasonSerializer
from participants.api.reserves import ReservesViewSet
from participants.api.selection_inputs import EnteredInputSerializer, OverrideInputSerializer, nominees
from participants.api.selection_papers import SelectionPapersViewSet
from participants.models import CostPart, Selection, SelectionEntry
from participants.models.selections import Origin, SelectionState
from participants.queries import calls, selections
from participants.queries.reasons import Words
from participants.queries.selections import decided
from participants.verbs.overrides import override
from participants.verbs.proposals import discard_proposal, enter_selection, retry_proposal
from participants.verbs.selections import approve


class CostPartSerializer(serializers.ModelSerializer[CostPart]):
    """What one contribution pays of one journey, in the selection's currency."""

    class Meta:
        model = CostPart
        fields = read_only_fields = ["contribution", "amount"]


class SelectionEntrySerializer(serializers.ModelSerializer[SelectionEntry]):
    """What the selection says of one nomination, and why; reserves have a position from 1 up.

    reason is an organizer's own word, why what the rules say, sentences both in the reader's language. computed is the outcome
    before an organizer overrode it, "" when none did. cost is the estimate and parts who pays it; somebody selected without
    parts comes at the own Government's expense, or no money was planned. apart: takes none of the seats for Parties.
    """

    parts = CostPartSerializer(many=True, read_only=True)
    why = ReasonSerializer(many=True, read_only=True)
    sentences = serializers.SerializerMethodField()

    class Meta:
        model = SelectionEntry
        fields = read_only_fields = [
            "nomination", "outcome", "position", "apart", "score", "cost", "parts", "computed", "reason", "why", "sentences",
        ]  # fmt: skip

    def get_sentences(self, entry: SelectionEntry) -> list[str]:
        """Return all that is said of the nomination."""
        words: Words = self.context["words"]
        return words.sentences(entry)


class LevelSerializer(serializers.Serializer[Any]):
    """What a level came to: value is best when proven, else nothing better than bound can exist."""

    name = serializers.CharField(read_only=True)
    value = serializers.IntegerField(read_only=True)
    bound = serializers.IntegerField(read_only=True)
    proven = serializers.BooleanField(read_only=True)


class GivesWaySerializer(serializers.Serializer[Any]):
    """A rule, and by how much it must give way at the least: seats, places, people or units of money."""

    rule = serializers.CharField(read_only=True)
    by = serializers.IntegerField(read_only=True)


class ConflictSerializer(serializers.Serializer[Any]):
    """A smallest set of rules that cannot be kept together, and the least that must give way so that all can.

    Rules are `in:` and `out:` with a nomination, `seats:` with a call, `limit:`, `own:` and `paid:` with a call and a Party,
    and `budget:` with a budget.
    """

    rules = TextListField(read_only=True)
    gives_way = GivesWaySerializer(many=True, read_only=True)


class SelectionSerializer(serializers.ModelSerializer[Selection]):
    """One proposal for a call, or the decision when approved; its entries are at its own address.

    digest is the SHA-256 of what it was computed from, "" when people entered it. level is where a worker is while state is
    computing; problem says why there is no proposal when it failed, conflict why the rules cannot all be kept.
    """

    levels = LevelSerializer(many=True, read_only=True)
    conflict = ConflictSerializer(many=True, read_only=True)
    proposed_by = serializers.SerializerMethodField()
    decided_by = serializers.SerializerMethodField()

    class Meta:
        model = Selection
        fields = read_only_fields = [
            "id", "call", "number", "state", "origin", "seats", "currency", "digest", "level", "levels", "conflict", "problem",
            "proposed_by", "proposed_at", "decided_by", "decided_at", "note",
        ]  # fmt: skip

    def get_proposed_by(self, row: Selection) -> str:
        """Return who proposed; the label of the day where the account is gone."""
        return str(row.proposed_by) if row.proposed_by is not None else row.proposed_label

    def get_decided_by(self, row: Selection) -> str | None:
        """Return who approved, null before it is decided."""
        return str(row.decided_by) if row.decided_by is not None else row.decided_label or None


class SelectionDetailSerializer(SelectionSerializer):
    """One proposal or decision with what it says of every nomination of the call."""

    entries = serializers.SerializerMethodField()

    class Meta(SelectionSerializer.Meta):
        fields = read_only_fields = [*SelectionSerializer.Meta.fields, "entries"]

    @extend_schema_field(SelectionEntrySerializer(many=True))
    def get_entries(self, row: Selection) -> Any:
        """Return the entries; the names in their sentences are read once for all of them."""
        parts = Prefetch("parts", CostPart.objects.order_by("-amount", "contribution_id"))
        entries = list(decided(row).order_by("outcome", "position", "nomination_id").prefetch_related(parts))
        return SelectionEntrySerializer(entries, many=True, context={"words": Words(entries)}).data


class SelectionFilters(NounFilters):
    """By call, workshop, state and origin."""

    call = UUIDFilter(field_name="call_id")
    workshop = TextFilter(field_name="call__workshop__slug", label="Slug of the workshop.")
    state = ChoiceFilter(choices=SelectionState.choices)
    origin = ChoiceFilter(choices=Origin.choices)
    ordering = OrderingFilter(fields=["proposed_at", "decided_at", "number"])


class SelectionViewSet(QuestionsViewSet, ReservesViewSet, SelectionPapersViewSet):
    """Selections with a reason for every nomination; the organizers' own papers."""

    serializer_class = SelectionDetailSerializer
    filterset_class = SelectionFilters

    def get_serializer_class(self) -> type[SelectionSerializer]:
        """Return the short shape for lists: a selection may speak of thousands."""
        return SelectionSerializer if self.action == "list" else SelectionDetailSerializer

    def get_queryset(self) -> QuerySet[Selection]:
        """Return the selections this user may see; what they were computed from is read where it is needed alone."""
        rows = selections.visible_to(self.request.user).select_related("proposed_by", "decided_by")
        return rows.defer("inputs") if self.action in {"list", "retrieve"} else rows

    @extend_schema(request=EnteredInputSerializer, responses={201: SelectionDetailSerializer})
    def create(self, request: Request) -> Response:
        """Enter a proposal that people made elsewhere. Another organizer approves it, as any."""
        given = parsed(EnteredInputSerializer, request)
        by = actor_of(request)
        by.require_organizer()
        call = named(calls.visible_to(request.user), given.pop("call"), field="call")
        for field in ("selected", "reserves", "reasons"):
            keys = given.get(field, ())
            found = nominees(call, request.user, keys, field=field)
            if field != "reasons":
                given[field] = [found[key] for key in keys]
        return self.shown(enter_selection(call, **given, by=by, at=timezone.now()), status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=SelectionDetailSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Make a proposal the decision. Everybody nominated gets a letter.

        Refused with 409 (`same_organizer`) to who proposed or overrode it, and (`changed_since`) when people, points, rules or
        money are no longer what it was made from.
        """
        return self.shown(approve(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=None, responses=SelectionDetailSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Put a proposal away. It is kept and can no longer be approved."""
        return self.shown(discard_proposal(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=None, responses=SelectionDetailSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Ask again for a proposal whose computation failed. It is computed from what was frozen then."""
        return self.shown(retry_proposal(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=OverrideInputSerializer, responses=SelectionDetailSerializer)
    @action(detail=True, methods=["post"])
    def override(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Take somebody in, put somebody out, or both in one step. The hard rules hold, and money is divided anew."""
        given = parsed(OverrideInputSerializer, request)
        selection = self.get_object()
        for field in ("takes_in", "leaves_out"):
            key = given.get(field)
            given[field] = nominees(selection.call, request.user, [key], field=field)[key] if key else None
        return self.shown(override(selection, **given, by=actor_of(request), at=timezone.now()))

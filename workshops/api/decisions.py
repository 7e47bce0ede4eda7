"""Decisions of the Conference of the Parties."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import LocalizedField, TextListField
from accounts.api.filters import NounFilters, NumberFilter, OrderingFilter, TextFilter
from accounts.api.views import SLUG_PATTERN, NounViewSet
from workshops.models import Decision, DecisionCitation
from workshops.queries import decisions


class CitationSerializer(serializers.ModelSerializer[DecisionCitation]):
    """Where in the decision an issue is dealt with."""

    title = LocalizedField(source="issue.title", read_only=True)
    paragraphs = TextListField(read_only=True)
    parts = TextListField(read_only=True)

    class Meta:
        model = DecisionCitation
        fields = read_only_fields = ["issue", "title", "paragraphs", "parts", "note"]


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """A decision by its number as printed, with the issues it is cited under."""

    citations = CitationSerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = read_only_fields = ["slug", "reference", "meeting", "number", "citations"]


class DecisionFilters(NounFilters):
    """By meeting, number, issue, paragraph and words."""

    issue = TextFilter(field_name="citations__issue_id", distinct=True, label="Slug of an issue it is cited under.")
    meeting = NumberFilter(label="Number of the meeting of the Conference of the Parties.")
    number = NumberFilter()
    paragraph = TextFilter(method="keep_paragraph", label="A paragraph that is cited, as printed: 13, 3 (f).")
    search = TextFilter(method="keep_found", label="Words of the number, the issue or the note.")
    ordering = OrderingFilter(fields=["meeting", "number", "reference"])

    def keep_paragraph(self, rows: QuerySet[Decision], name: str, paragraph: str) -> QuerySet[Decision]:  # noqa: ARG002
        """Keep the decisions of which this paragraph is cited."""
        return rows.filter(pk__in=decisions.with_paragraph(paragraph))

    def keep_found(self, rows: QuerySet[Decision], name: str, text: str) -> QuerySet[Decision]:  # noqa: ARG002
        """Keep the decisions that the words fit."""
        return rows.filter(pk__in=decisions.search(text))


class DecisionViewSet(NounViewSet[Decision]):
    """Decisions of the Conference of the Parties, by the issues under which the note's Annex I cites them."""

    serializer_class = DecisionSerializer
    filterset_class = DecisionFilters
    lookup_field = "slug"
    lookup_value_regex = SLUG_PATTERN

    def get_queryset(self) -> QuerySet[Decision]:
        """Return the decisions this user may see."""
        return decisions.visible_to(self.request.user).prefetch_related("citations__issue")

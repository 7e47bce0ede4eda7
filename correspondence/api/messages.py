"""The outbox."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import PersonalNounViewSet
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.queries import messages


class AttemptSerializer(serializers.ModelSerializer[MessageAttempt]):
    """One try to hand the letter to the mail server."""

    class Meta:
        model = MessageAttempt
        fields = read_only_fields = ["number", "started_at", "finished_at", "outcome", "detail"]


class MessageSerializer(serializers.ModelSerializer[Message]):
    """One letter to one address; a personal link stands in the text as the marker {link} and is never shown."""

    attempts = AttemptSerializer(many=True, read_only=True)

    class Meta:
        model = Message
        fields = read_only_fields = [
            "id", "kind", "language", "to_name", "to_address", "subject", "body", "topic", "about_kind", "about_key",
            "state", "created_at", "due_at", "sent_at", "attempts",
        ]  # fmt: skip


class MessageFilters(NounFilters):
    """By state, kind, workshop and what the letter is about."""

    state = ChoiceFilter(choices=MessageState.choices)
    kind = TextFilter(label="Kind of letter.")
    topic = TextFilter(label="Reference of the workshop, or of what the letter belongs to.")
    about_kind = TextFilter(label="Noun the letter is about.")
    about_key = TextFilter(label="Identifier of what the letter is about.")
    ordering = OrderingFilter(fields=["created_at", "due_at", "sent_at", "state"])


class MessageViewSet(PersonalNounViewSet[Message]):
    """Letters in the outbox with every attempt to deliver them."""

    serializer_class = MessageSerializer
    filterset_class = MessageFilters

    def get_queryset(self) -> QuerySet[Message]:
        """Return the messages this user may see."""
        return messages.visible_to(self.request.user).prefetch_related("attempts")

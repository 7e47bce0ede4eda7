"""The outbox."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.filters import BooleanFilter, ChoiceFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.queries import messages
from correspondence.verbs.messages import cancel_message, confirm_message, retry_message


class AttemptSerializer(serializers.ModelSerializer[MessageAttempt]):
    """One try to hand the letter to the mail server."""

    class Meta:
        model = MessageAttempt
        fields = read_only_fields = ["number", "started_at", "finished_at", "outcome", "detail"]


class MessageSerializer(serializers.ModelSerializer[Message]):
    """One letter to one address; a personal link stands in the text as the marker {link} and is never shown.

    A held letter waits until an organizer lets its mailing go; detail is what the mail server said last.
    """

    attempts = AttemptSerializer(many=True, read_only=True)
    person = serializers.UUIDField(source="person_key", read_only=True, allow_null=True)

    class Meta:
        model = Message
        fields = read_only_fields = [
            "id", "kind", "language", "to_name", "to_address", "subject", "body", "topic", "about_kind", "about_key",
            "person", "mailing", "held", "state", "detail", "created_at", "due_at", "sent_at", "attempts",
        ]  # fmt: skip


class MessageFilters(NounFilters):
    """By state, kind, language, workshop, person, mailing, recipient and what the letter is about."""

    state = ChoiceFilter(choices=MessageState.choices)
    language = ChoiceFilter(choices=settings.LANGUAGES)
    person = UUIDFilter(field_name="person_key", label="Identifier of the person written to.")
    mailing = UUIDFilter(field_name="mailing_id", label="Identifier of the mailing the letter belongs to.")
    held = BooleanFilter(label="Whether the letter is held back in a mailing.")
    search = TextFilter(method="named", label="Part of the recipient's name or address.")
    kind = TextFilter(label="Kind of letter.")
    topic = TextFilter(label="Reference of the workshop, or of what the letter belongs to.")
    about_kind = TextFilter(label="Noun the letter is about.")
    about_key = TextFilter(label="Identifier of what the letter is about.")
    ordering = OrderingFilter(fields=["created_at", "due_at", "sent_at", "state"])

    def named(self, rows: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:  # noqa: ARG002  # the filter's signature
        """Return the letters to recipients whose name or address contains ``value``."""
        return rows.filter(Q(to_name__icontains=value) | Q(to_address__icontains=value))


class MessageViewSet(PersonalNounViewSet[Message]):
    """Letters in the outbox with every attempt to deliver them."""

    serializer_class = MessageSerializer
    filterset_class = MessageFilters

    def get_queryset(self) -> QuerySet[Message]:
        """Return the messages this user may see."""
        return messages.visible_to(self.request.user).prefetch_related("attempts").order_by("-id")

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Queue a failed or uncertain letter again. An organizer decides so; an uncertain one may arrive twice."""
        return self.shown(retry_message(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Withdraw a letter that is queued, failed or uncertain. It is never sent then; organizers only."""
        return self.shown(cancel_message(self.get_object(), by=actor_of(request), at=timezone.now()))

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Say of an uncertain letter that it arrived. It counts as sent then; organizers only."""
        return self.shown(confirm_message(self.get_object(), by=actor_of(request), at=timezone.now()))

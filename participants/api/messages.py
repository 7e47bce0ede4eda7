"""The outbox beside the register of people."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.visitors import actor_of
from correspondence.api.messages import MessageSerializer, MessageViewSet
from participants.verbs.messages import resend


class PersonalMessageViewSet(MessageViewSet):
    """Letters in the outbox with every attempt to deliver them."""

    @extend_schema(request=None, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Write a settled letter once more. The copy goes to the address its person has now; organizers only."""
        copy = resend(self.get_object(), by=actor_of(request), at=timezone.now())
        return self.shown(copy, status.HTTP_201_CREATED)

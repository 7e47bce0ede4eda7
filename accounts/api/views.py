"""What every noun of the API has in common: a list and a detail of what the user may see."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.authentication import TokenAuthentication
from accounts.api.parsers import PlainJSONParser
from accounts.api.schema import NounSchema

M = TypeVar("M", bound=Model)
UUID_PATTERN = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
SLUG_PATTERN = "[-a-zA-Z0-9_]+"


class NounViewSet(ReadOnlyModelViewSet[M]):
    """A public noun. A subclass gives ``get_queryset`` from the app's ``visible_to`` and what it joins, no more."""

    schema = NounSchema()
    authentication_classes = [TokenAuthentication, SessionAuthentication]
    parser_classes = [PlainJSONParser]
    lookup_value_regex = UUID_PATTERN
    filterset_class: ClassVar[type[Any] | None] = None

    def filter_queryset(self, queryset: QuerySet[M, Any]) -> QuerySet[M, Any]:
        """Filter lists alone: an address of one thing means that thing, whatever stands in the query string."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def shown(self, row: Model, code: int = status.HTTP_200_OK) -> Response:
        """Return the read representation of a row that a verb has just written."""
        fresh = self.get_queryset().get(pk=row.pk)
        headers = {}
        if code == status.HTTP_201_CREATED:
            key = getattr(fresh, self.lookup_field)
            headers["Location"] = self.reverse_action("detail", args=[key])
        return Response(self.get_serializer(fresh).data, status=code, headers=headers)


class PersonalNounViewSet(NounViewSet[M]):
    """A noun about persons or the secretariat's own work: only for those who have signed in."""

    permission_classes = [IsAuthenticated]

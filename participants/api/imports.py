"""The directory of focal points as a file, in the form an import takes back."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.api.focal_points import FocalPointSerializer
from participants.models import FocalPoint
from participants.queries import focal_points
from participants.verbs.exports import Format, export_directory
from participants.verbs.imports import MEDIA_TYPES


class AnyMediaType(BaseContentNegotiation):
    """A file has the type it has, whatever the client says it accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ARG002  # the framework's signature
        """Return the first parser; a download has no body."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:  # noqa: ARG002
        """Return the renderer of errors."""
        return renderers[0], renderers[0].media_type


class FocalPointExportViewSet(PersonalNounViewSet[FocalPoint]):
    """The whole directory as one file."""

    serializer_class = FocalPointSerializer
    content_negotiation_class = AnyMediaType

    def get_queryset(self) -> QuerySet[FocalPoint]:
        """Return the mandates this user may see."""
        return focal_points.visible_to(self.request.user)

    @extend_schema(operation_id="focal_points_export", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def export(self, request: Request) -> StreamingHttpResponse:
        """Download all focal points as CSV (organizers). The file can be corrected and imported again."""
        lines = export_directory(self.get_queryset(), Format.CSV, by=actor_of(request), at=timezone.now())
        headers = {
            "Content-Disposition": 'attachment; filename="focal-points.csv"',
            "X-Content-Type-Options": "nosniff",
        }
        return StreamingHttpResponse(lines, content_type=MEDIA_TYPES["csv"], headers=headers)

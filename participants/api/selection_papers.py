"""The paper of a selection, to be taken out as a file."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.api.errors import ErrorSerializer
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from correspondence.downloads import as_attachment
from participants.api.imports import AnyMediaType
from participants.models import Selection
from participants.verbs.selection_papers import PaperFormat, print_selection

FORMATS = "|".join(PaperFormat)


class SelectionPapersViewSet(PersonalNounViewSet[Selection]):
    """What the selections' view says of papers."""

    @extend_schema(
        parameters=[
            OpenApiParameter("file_format", str, "path", enum=list(PaperFormat)),
            OpenApiParameter(
                "language", str, description="One of ar, zh, en, fr, ru, es; that of the request if not given."
            ),
        ],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            400: ErrorSerializer,
            403: ErrorSerializer,
            409: ErrorSerializer,
        },
    )
    @action(
        detail=True,
        url_path=f"paper/(?P<file_format>{FORMATS})",
        url_name="paper",
        content_negotiation_class=AnyMediaType,
        filterset_class=None,
        pagination_class=None,
    )
    def paper(self, request: Request, pk: str, file_format: str) -> HttpResponse:  # noqa: ARG002  # the router's signature
        """Download a selection with criteria, shares and reasons as pdf or xlsx. Each time is in the activity log."""
        paper = print_selection(
            self.get_object(),
            PaperFormat(file_format),
            language=request.query_params.get("language"),
            by=actor_of(request),
            at=timezone.now(),
        )
        return as_attachment(paper.data, name=paper.name, media_type=paper.media_type)

"""Papers of a nomination: sent as a form with a file, and opened."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import PersonalNounViewSet
from accounts.errors import NotFound
from accounts.visitors import actor_of
from correspondence.downloads import as_download
from participants.models import Nomination
from participants.models.nominations import DocumentKind
from participants.verbs.documents import attach_document, open_document


class PaperInputSerializer(serializers.Serializer[Any]):
    """A paper: PDF, DOCX, JPEG or PNG under 10 MB; its type is read from its bytes."""

    kind = serializers.ChoiceField(DocumentKind.choices)
    file = serializers.FileField()


class PapersViewSet(PersonalNounViewSet[Nomination]):
    """What the nominations' view says of papers."""

    @extend_schema(request={"multipart/form-data": PaperInputSerializer}, responses={200: OpenApiTypes.OBJECT})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def papers(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Attach a paper. A newer one of the same kind takes the place of the older."""
        given = PaperInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        nomination = self.get_object()
        attach_document(
            nomination,
            given.validated_data["kind"],
            data=file.read(),
            name=file.name,
            by=actor_of(request),
            at=timezone.now(),
        )
        return self.shown(nomination)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="papers/(?P<kind>[a-z-]+)", url_name="paper")
    def paper(self, request: Request, pk: str, kind: str) -> HttpResponse:  # noqa: ARG002
        """Open a paper. Each time is in the activity log."""
        document = self.get_object().documents.select_related("file", "nomination__party").filter(kind=kind).first()
        if document is None:
            raise NotFound("paper_unknown", _("This nomination has no such paper."))
        return as_download(document.file, open_document(document, by=actor_of(request), at=timezone.now()))

"""Compilations and their files."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, NumberFilter, OrderingFilter, TextFilter
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.references import named
from accounts.api.views import PersonalNounViewSet
from accounts.errors import NotFound
from accounts.visitors import actor_of
from correspondence.api.files import StoredFileSerializer
from correspondence.queries.files import read_bytes
from targets.models import Compilation
from targets.models.compilations import CompilationScope, CompilationState, ReportFile, ReportFormat
from targets.queries import compilations
from targets.verbs.compilations import request_compilation
from workshops.api.fields import PartyCodeField
from workshops.queries import parties, programmes, workshops

MOST_PARTIES = 200


class ReportFileSerializer(serializers.ModelSerializer[ReportFile]):
    """The compilation in one format, to be read at /compilations/{id}/files/{format}/."""

    file = StoredFileSerializer(read_only=True)

    class Meta:
        model = ReportFile
        fields = read_only_fields = ["format", "file"]


class CompilationSerializer(serializers.ModelSerializer[Compilation]):
    """A frozen set of accepted submissions; digest is the SHA-256 of its canonical JSON."""

    programme = ReferenceField("slug")
    workshop = ReferenceField("slug", allow_null=True)
    submissions = ReferenceField("submission_id", source="sources", many=True, read_only=True)
    files = ReportFileSerializer(many=True, read_only=True)

    class Meta:
        model = Compilation
        fields = read_only_fields = [
            "id", "programme", "number", "scope", "workshop", "parties", "state", "requested_at", "finished_at",
            "digest", "failure", "submissions", "files",
        ]  # fmt: skip


class CompilationInputSerializer(ClosedSerializer):
    """A whole programme, one workshop of it, or some Parties."""

    programme = serializers.SlugField(max_length=60)
    workshop = serializers.SlugField(max_length=60, required=False, allow_null=True)
    parties = serializers.ListField(child=PartyCodeField(), required=False, max_length=MOST_PARTIES)


class CompilationFilters(NounFilters):
    """By programme, workshop, number, scope and state."""

    programme = TextFilter(field_name="programme__slug", label="Slug of the programme.")
    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    number = NumberFilter()
    scope = ChoiceFilter(choices=CompilationScope.choices)
    state = ChoiceFilter(choices=CompilationState.choices)
    ordering = OrderingFilter(fields=["number", "requested_at", "finished_at", "state"])


class AnyMediaType(BaseContentNegotiation):
    """A download has the type of its file, whatever the client says it accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ARG002  # the framework's signature
        """Return the first parser; a download has no body."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:  # noqa: ARG002
        """Return the renderer of errors."""
        return renderers[0], renderers[0].media_type


class CompilationViewSet(PersonalNounViewSet[Compilation]):
    """Compilations of accepted national targets, frozen and numbered, with their files."""

    serializer_class = CompilationSerializer
    filterset_class = CompilationFilters

    def get_queryset(self) -> QuerySet[Compilation]:
        """Return the compilations this user may see; the snapshot itself is read as the JSON file."""
        joined = compilations.visible_to(self.request.user).select_related("programme", "workshop").defer("snapshot")
        return joined.prefetch_related("parties", "sources", "files__file")

    @extend_schema(request=CompilationInputSerializer, responses={201: CompilationSerializer})
    def create(self, request: Request) -> Response:
        """Request a compilation. It is made in the background; its state goes from requested to ready or failed."""
        given = parsed(CompilationInputSerializer, request)
        user = request.user
        workshop = given.get("workshop")
        compilation = request_compilation(
            named(programmes.visible_to(user), given["programme"], by="slug", field="programme"),
            workshop=named(workshops.visible_to(user), workshop, by="slug", field="workshop") if workshop else None,
            parties=[
                named(parties.visible_to(user), code, field="parties")
                for code in dict.fromkeys(given.get("parties", ()))
            ],
            by=actor_of(request),
            at=timezone.now(),
        )
        return self.shown(compilation, 201)

    @extend_schema(
        parameters=[OpenApiParameter("file_format", str, "path", enum=ReportFormat.values)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    @action(
        detail=True,
        url_path="files/(?P<file_format>[a-z]{1,8})",
        url_name="file",
        content_negotiation_class=AnyMediaType,
        filterset_class=None,
        pagination_class=None,
    )
    def file(self, request: Request, pk: str, file_format: str) -> HttpResponse:  # noqa: ARG002  # the router's signature
        """Download a compilation in one format: json, xlsx or pdf."""
        report = self.get_object().files.filter(format=file_format).select_related("file").first()
        if report is None:
            raise NotFound("no_such_file", _("This compilation has no file of this format (yet)."))
        return HttpResponse(
            read_bytes(report.file),
            content_type=report.file.media_type,
            headers={"Content-Disposition": content_disposition_header(True, report.file.name)},
        )

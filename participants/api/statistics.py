"""Statistics of a workshop or a programme, as its views serve them."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.errors import ErrorSerializer
from accounts.errors import Invalid
from accounts.visitors import actor_of
from participants.queries.statistics import Cell, Row, Stage, Table, table
from participants.queries.statistics_fields import FIELDS
from workshops.models import Programme, Workshop


class CellSerializer(serializers.Serializer[Cell]):
    """So many people at a stage, of those whose value is stated; of who did not state it, of everybody."""

    stage = serializers.ChoiceField(Stage.choices)
    count = serializers.IntegerField()
    of = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True, help_text="Whole percent; null of nobody.")


class RowSerializer(serializers.Serializer[Row]):
    """One value with the people of each stage."""

    value = serializers.CharField()
    label = serializers.CharField(help_text="In the language of the request.")  # type: ignore[assignment]  # the row's own
    cells = CellSerializer(many=True)


class StatisticsSerializer(serializers.Serializer[Table]):
    """The people of each stage by one field; `people` counts all of them, a person once, in the order of the stages."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the table's own
    stages = serializers.ListField(child=serializers.ChoiceField(Stage.choices))
    rows = RowSerializer(many=True)
    unstated = RowSerializer()
    people = serializers.ListField(child=serializers.IntegerField())


describes_statistics = extend_schema(
    parameters=[OpenApiParameter("by", str, enum=list(FIELDS), required=True, description="The field to count by.")],
    responses={200: StatisticsSerializer, 400: ErrorSerializer, 403: ErrorSerializer},
)


def counted(request: Request, scope: Workshop | Programme) -> Response:
    """Answer with the table that ``by`` asks for. Raises ``NotAllowed`` and ``Invalid`` (``field_unknown``)."""
    actor_of(request).require_organizer()
    field = FIELDS.get(request.query_params.get("by", ""))
    if field is None:
        raise Invalid(
            "field_unknown", _("Choose one of these: %(fields)s.") % {"fields": ", ".join(FIELDS)}, field="by"
        )
    return Response(StatisticsSerializer(table(scope, field)).data)

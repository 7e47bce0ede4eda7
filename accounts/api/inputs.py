"""Input serializers: closed, so that a misspelt field is an error and not a silence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, UnsupportedMediaType
from rest_framework.request import Request

from accounts.api.parsers import PlainJSONParser

LONGEST_TYPE = 100


class ClosedSerializer(serializers.Serializer[Any]):
    """Parses a JSON object and refuses every field it does not know."""

    default_error_messages = {"unknown_field": _("There is no such field.")}

    def to_internal_value(self, data: Any) -> Any:
        """Return the parsed values; unknown fields are reported together with the wrong ones of this object."""
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        unknown: dict[str, list[Any]] = {
            str(name): [ErrorDetail(str(self.error_messages["unknown_field"]), code="unknown_field")]
            for name in data
            if name not in self.fields
        }
        try:
            parsed = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                raise serializers.ValidationError({**unknown, **error.detail}) from error
            raise
        if unknown:
            raise serializers.ValidationError(unknown)
        return parsed


def parsed(serializer: type[ClosedSerializer], request: Request) -> dict[str, Any]:
    """Return the body of a request as the serializer reads it.

    Raises ``UnsupportedMediaType`` (415) for anything but JSON, and ``ValidationError`` (400) naming each field. The type is
    checked here because the framework takes ``*/*`` for JSON, and a form that a middleware has read for nothing at all.
    """
    if request.content_type.partition(";")[0].strip().lower() not in {"", PlainJSONParser.media_type}:
        raise UnsupportedMediaType(request.content_type[:LONGEST_TYPE])
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)

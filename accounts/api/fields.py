"""Fields that show what organizers wrote in several languages and what they listed."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "example": {"en": "Capacity-building workshops", "fr": "Ateliers de renforcement des capacités"},
    }
)
class LocalizedField(serializers.JSONField):
    """Text by language code; a client chooses, and falls back as it likes."""


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class TextListField(serializers.JSONField):
    """A list of short texts."""

"""Fields that show texts in several languages, lists, and rows by the name the field gives them."""

from typing import Any

from django.db.models import Model
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


class ReferenceField(serializers.SlugRelatedField[Model]):
    """Another row by its own slug, code or id; for reading only."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(slug_field=name, **kwargs)

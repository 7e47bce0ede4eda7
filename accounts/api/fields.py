"""Fields that show texts in several languages, lists, and rows by the name the field gives them."""

from typing import Any

from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.addresses import LIMIT, as_read
from accounts.errors import Invalid


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "example": {"en": "Capacity-building workshops", "fr": "Ateliers de renforcement des capacités"},
    }
)
class LocalizedField(serializers.JSONField):
    """Text by language code; a client chooses, and falls back as it likes."""


@extend_schema_field({"type": "string", "format": "idn-email", "minLength": 3, "maxLength": LIMIT})
class AddressField(serializers.CharField):
    """An e-mail address in any script, given as people read it (``accounts.addresses``)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LIMIT} | kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the address as ``as_read`` writes it."""
        text: str = super().to_internal_value(data)
        try:
            return as_read(text) if text else text
        except Invalid as invalid:
            raise serializers.ValidationError(str(invalid), code=invalid.code) from invalid


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class TextListField(serializers.JSONField):
    """A list of short texts."""


@extend_schema_field({"type": "array", "items": {"type": "integer"}})
class NumberListField(serializers.JSONField):
    """A list of whole numbers."""


@extend_schema_field({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$", "example": "09:00"})
class ClockField(serializers.TimeField):
    """An hour and minute on the clock of a place; JSON schemas know times of a zone alone, so it has a pattern."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class ReferenceField(serializers.SlugRelatedField[Model]):
    """Another row by its own slug, code or id; for reading only."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(slug_field=name, **kwargs)

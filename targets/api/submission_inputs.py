"""What a submission through the API holds."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.inputs import ClosedSerializer
from targets.models.items import Bound, Measure
from targets.verbs.areas import AREAS_LIMIT, AreaDraft
from targets.verbs.items import ITEMS_LIMIT, ItemDraft
from targets.verbs.submissions import NOTE_LIMIT, REASON_LIMIT
from workshops.api.fields import PartyCodeField

MOST_GLOBAL_TARGETS = 40


@extend_schema_field(
    {"type": "object", "additionalProperties": True, "example": {"type": "Point", "coordinates": [36, 32]}}
)
class GeometryField(serializers.JSONField):
    """A GeoJSON geometry in WGS 84; the verb checks its shape."""

    default_error_messages = {"not_an_object": "A GeoJSON geometry is an object."}

    def to_internal_value(self, data: Any) -> Any:
        """Return the geometry as given."""
        if not isinstance(data, dict):
            self.fail("not_an_object")
        return super().to_internal_value(data)


class QuantityField(serializers.DecimalField):
    """A number of 20 digits at most, 4 of them after the point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=4, required=False, allow_null=True, **kwargs)


class AreaInputSerializer(ClosedSerializer):
    """A named area, with a geometry when it is known."""

    name = serializers.CharField(max_length=200)
    geometry = GeometryField(required=False, allow_null=True)
    hectares_stated = QuantityField()


class ItemInputSerializer(ClosedSerializer):
    """A national target; a qualitative one has no quantity."""

    title = serializers.CharField(max_length=300)
    measure = serializers.ChoiceField(Measure.choices)
    as_written = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="The quantity in the Party's own words."
    )
    unit = serializers.CharField(required=False, allow_blank=True, max_length=16, help_text="ha, km2, %, …")
    quantity = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="The number as text, “9.1->4”, when it is not in value.",
    )
    value = QuantityField()
    start_value = QuantityField(help_text="For a quantity from one number to another.")
    bound = serializers.ChoiceField(Bound.choices, required=False)
    basis = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="A percentage is of what."
    )
    baseline = serializers.CharField(required=False, allow_blank=True, max_length=20)
    due_on = serializers.DateField(required=False, allow_null=True)
    in_nbsap = serializers.BooleanField(required=False, allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]  # the noun's own word
        required=False, allow_blank=True, max_length=300
    )
    global_targets = serializers.ListField(
        child=serializers.SlugField(max_length=40), required=False, max_length=MOST_GLOBAL_TARGETS, help_text="Codes."
    )
    areas = AreaInputSerializer(  # type: ignore[call-arg]  # the stubs lack what many=True takes
        many=True, required=False, max_length=AREAS_LIMIT
    )


class SubmissionInputSerializer(ClosedSerializer):
    """The next version of a Party's national targets."""

    programme = serializers.SlugField(max_length=60)
    party = PartyCodeField()
    workshop = serializers.SlugField(max_length=60, required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LIMIT)
    items = ItemInputSerializer(  # type: ignore[call-arg]  # the stubs lack what many=True takes
        many=True, allow_empty=False, max_length=ITEMS_LIMIT
    )


class ReturnInputSerializer(ClosedSerializer):
    """What the Party is asked to change."""

    reason = serializers.CharField(max_length=REASON_LIMIT)


def draft(given: dict[str, Any]) -> ItemDraft:
    """Return a parsed item as the verb takes it."""
    areas = tuple(AreaDraft(**area) for area in given.pop("areas", ()))
    return ItemDraft(**given | {"areas": areas, "global_targets": tuple(given.get("global_targets", ()))})

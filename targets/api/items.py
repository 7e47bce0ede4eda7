"""National targets inside a submission, as the API shows them."""

from rest_framework import serializers

from targets.models import Area, TargetItem


class ItemAreaSerializer(serializers.ModelSerializer[Area]):
    """Where the target applies; the geometry itself is read at /areas/."""

    class Meta:
        model = Area
        fields = read_only_fields = ["id", "name", "hectares_stated"]


class TargetItemSerializer(serializers.ModelSerializer[TargetItem]):
    """A national target with its quantity as written, as read from it, and in hectares when it is an area."""

    areas = ItemAreaSerializer(many=True, read_only=True)

    class Meta:
        model = TargetItem
        fields = read_only_fields = [
            "id", "position", "title", "measure", "as_written", "value", "start_value", "unit", "bound", "basis",
            "hectares", "baseline", "due_on", "in_nbsap", "source", "global_targets", "areas",
        ]  # fmt: skip

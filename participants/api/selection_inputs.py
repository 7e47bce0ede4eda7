"""What an organizer gives for a selection through the API."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import ClosedSerializer
from accounts.errors import NotFound
from accounts.models import User
from participants.models import Call, Nomination
from participants.queries import nominations
from participants.verbs.overrides import REASON_LIMIT
from participants.verbs.rules import SEATS_MOST


class EnteredInputSerializer(ClosedSerializer):
    """Who is selected and who waits, in order; everyone else of the call is not selected.

    reasons are texts by nomination; who has none is given a plain one.
    """

    call = serializers.UUIDField()
    selected = serializers.ListField(child=serializers.UUIDField(), max_length=SEATS_MOST)
    reserves = serializers.ListField(child=serializers.UUIDField(), max_length=SEATS_MOST, required=False)
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=REASON_LIMIT), required=False, help_text="Texts by nomination."
    )
    seats = serializers.IntegerField(min_value=0, max_value=SEATS_MOST, help_text="Seats for Parties.")

    def validate_reasons(self, reasons: dict[str, str]) -> dict[UUID, str]:
        """Return the texts by the nominations' ids."""
        return {serializers.UUIDField().run_validation(key): text for key, text in reasons.items()}


class OverrideInputSerializer(ClosedSerializer):
    """Who comes in, who goes out, or both in one step; and why."""

    takes_in = serializers.UUIDField(required=False, allow_null=True)
    leaves_out = serializers.UUIDField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=REASON_LIMIT)


class QuestionInputSerializer(ClosedSerializer):
    """Exactly one of the two: why a nomination is not in, or who would come in with one more seat.

    one_more_by is the contribution that would pay for the seat; null for a seat at nobody's cost.
    """

    why_not = serializers.UUIDField(required=False)
    one_more_by = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Refuse none and two questions at once."""
        if len(given) != 1:
            raise serializers.ValidationError(_("Ask one question: why_not or one_more_by."), code="one_question")
        return given


def nominees(call: Call, user: User | AnonymousUser, keys: Collection[UUID], *, field: str) -> dict[UUID, Nomination]:
    """Return the nominations of a call by their ids. Raises ``NotFound`` (``unknown_reference``) for one that is not there."""
    found: dict[UUID, Nomination] = nominations.visible_to(user).filter(call=call).in_bulk(keys)
    for key in keys:
        if key not in found:
            raise NotFound("unknown_reference", _("There is no “%(key)s”.") % {"key": key}, field=field)
    return found

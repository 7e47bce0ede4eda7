"""What the planner checks of a nomination, and an organizer's word on it."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.inputs import ClosedSerializer, parsed
from accounts.models import User
from accounts.visitors import actor_of
from participants.api.papers import PapersViewSet
from participants.models import Lock, TerritoryDecision
from participants.models.rules import LockVerdict
from participants.queries import eligibility
from participants.queries.eligibility import Check
from participants.verbs.locks import REASON_LIMIT, lock, unlock
from participants.verbs.territories import TERRITORY_LIMIT, record_territory


class CheckSerializer(serializers.Serializer[Check]):
    """One thing that was looked at; ok is null where it does not bear on a seat."""

    code = serializers.CharField()
    ok = serializers.BooleanField(allow_null=True)
    sentence = serializers.CharField()


class EligibilitySerializer(serializers.Serializer[object]):
    """What was checked for the day; barred_by is the code of the first check that keeps the person out, if one does.

    Who stands apart takes no seat for Parties: experts of organizations, and observers. eligible is for such a seat.
    """

    day = serializers.DateField()
    eligible = serializers.BooleanField()
    apart = serializers.BooleanField()
    barred_by = serializers.CharField(allow_null=True)
    checks = CheckSerializer(many=True)


class LockSerializer(serializers.ModelSerializer[Lock]):
    """An organizer's word that a nominee is in or out."""

    set_by = serializers.StringRelatedField[User](allow_null=True)

    class Meta:
        model = Lock
        fields = read_only_fields = ["nomination", "verdict", "reason", "set_by", "set_at"]


class LockInputSerializer(ClosedSerializer):
    """In or out, whatever the proposal, and why."""

    verdict = serializers.ChoiceField(LockVerdict.choices)
    reason = serializers.CharField(max_length=REASON_LIMIT)


class UnlockInputSerializer(ClosedSerializer):
    """Why, if it is to be told; the activity log keeps it."""

    reason = serializers.CharField(max_length=REASON_LIMIT, allow_blank=True, default="")


class TerritorySerializer(serializers.ModelSerializer[TerritoryDecision]):
    """Where somebody from a territory that is no Party belongs."""

    class Meta:
        model = TerritoryDecision
        fields = read_only_fields = ["nomination", "territory", "as_observer", "reason", "decided_at"]


class TerritoryInputSerializer(ClosedSerializer):
    """The territory; whether as an observer or in a place of the Party that nominates; and why."""

    territory = serializers.CharField(max_length=TERRITORY_LIMIT)
    as_observer = serializers.BooleanField()
    reason = serializers.CharField(max_length=REASON_LIMIT)


class EligibilityViewSet(PapersViewSet):
    """What the nominations' view says of eligibility and locks."""

    @extend_schema(responses=EligibilitySerializer)
    @action(detail=True, methods=["get"])
    def eligibility(self, request: Request, pk: str) -> Response:
        """Read what the planner checks of a nomination. For organizers, and reviewers of the call."""
        seen = eligibility.visible_to(request.user).select_related("call__workshop")
        row = get_object_or_404(seen, pk=pk)
        day = eligibility.judged_on(row.call, timezone.now().date())
        bar = eligibility.barred([row], row.call, day).get(row.pk)
        apart = eligibility.stands_apart(row, day)
        told = {
            "day": day,
            "eligible": bar is None and not apart,
            "apart": apart,
            "barred_by": None if bar is None else bar.code,
            "checks": eligibility.checks([row], row.call, day)[row.pk],
        }
        return Response(EligibilitySerializer(told).data)

    @extend_schema(request=LockInputSerializer, responses=LockSerializer)
    @action(detail=True, methods=["post"])
    def lock(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Say that a nominee is in or out, whatever the proposal. It takes the place of what was said before."""
        given = parsed(LockInputSerializer, request)
        return Response(LockSerializer(lock(self.get_object(), **given, by=actor_of(request), at=timezone.now())).data)

    @extend_schema(request=UnlockInputSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def unlock(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Leave a nominee to the proposals again. The activity log keeps what was said."""
        unlock(self.get_object(), **parsed(UnlockInputSerializer, request), by=actor_of(request), at=timezone.now())
        return Response(status=204)

    @extend_schema(request=TerritoryInputSerializer, responses=TerritorySerializer)
    @action(detail=True, methods=["post"])
    def territory(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Record where somebody from a territory that is no Party belongs. A later decision takes an earlier one's place."""
        given = parsed(TerritoryInputSerializer, request)
        written = record_territory(self.get_object(), **given, by=actor_of(request), at=timezone.now())
        return Response(TerritorySerializer(written).data)

"""Attendance."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import ReferenceField
from accounts.api.filters import DayFilter, NounFilters, OrderingFilter, TextFilter, UUIDFilter
from accounts.api.views import PersonalNounViewSet
from accounts.visitors import actor_of
from participants.models import Attendance
from participants.queries import attendances
from participants.verbs.certificates import certify


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    """A registered person was present on a local day of the venue; no row means not seen."""

    nomination = serializers.UUIDField(source="registration.invitation.nomination_id", read_only=True)
    workshop = ReferenceField("slug", source="registration.invitation.nomination.call.workshop")

    class Meta:
        model = Attendance
        fields = read_only_fields = ["id", "registration", "nomination", "workshop", "day", "recorded_at"]


class AttendanceFilters(NounFilters):
    """By registration, workshop, Party and day."""

    registration = UUIDFilter(field_name="registration_id")
    workshop = TextFilter(
        field_name="registration__invitation__nomination__call__workshop__slug", label="Slug of the workshop."
    )
    party = TextFilter(field_name="registration__invitation__nomination__party_id", label="Code of the Party.")
    day = DayFilter()
    ordering = OrderingFilter(fields=["day", "recorded_at"])


class AttendanceViewSet(PersonalNounViewSet[Attendance]):
    """Who was there, by local day: organizers see all, others their own and their Party's people."""

    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilters

    def get_queryset(self) -> QuerySet[Attendance]:
        """Return the attendances this user may see."""
        return attendances.visible_to(self.request.user).select_related(
            "registration__invitation__nomination__call__workshop"
        )

    @extend_schema(request=None, responses=AttendanceSerializer)
    @action(detail=True, methods=["post"])
    def certify(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Send the person the certificate of participation. Once a person; asking again changes nothing."""
        attendance = self.get_object()
        certify(attendance, by=actor_of(request), at=timezone.now())
        return self.shown(attendance)

"""Programmes: what can be asked of one once people are nominated to its workshops."""

from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from participants.api.statistics import counted, describes_statistics
from workshops.api.programmes import ProgrammeViewSet


class CountedProgrammeViewSet(ProgrammeViewSet):
    """Programmes of workshops: mandate, expectations, curriculum, partners, and which Party is served where."""

    @describes_statistics
    @action(detail=True, permission_classes=[IsAuthenticated])
    def statistics(self, request: Request, slug: str) -> Response:  # noqa: ARG002  # the router's signature
        """Count the people of a programme by a field, from the nomination to the attendance (organizers)."""
        return counted(request, self.get_object())

"""Submissions in a user's scope, and where each Party of a programme stands."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.users import Role
from participants.queries.focal_points import of_own_party
from targets.models import Submission
from targets.models.submissions import SubmissionState
from workshops.models import Coverage, Programme

# Where a Party stands in a programme; each Party is in exactly one of them.
STANDINGS = {
    "accepted": _("accepted"),
    "waiting": _("waiting for review"),
    "returned": _("returned"),
    "none": _("nothing received"),
}


def visible_to(user: User | AnonymousUser) -> QuerySet[Submission]:
    """Return the submissions a user may see.

    Organizers see all, a focal point every version of the own Party, an integrator what is accepted in real programmes. What
    a Party has sent and nobody has accepted is nobody else's (edge case E42).
    """
    if not isinstance(user, User):
        return Submission.objects.none()
    if user.is_organizer:
        return Submission.objects.all()
    if user.role == Role.INTEGRATOR:
        return Submission.objects.filter(state=SubmissionState.ACCEPTED, programme__rehearsal_of__isnull=True)
    return Submission.objects.filter(of_own_party(user, party="party", programme="programme")).distinct()


def national_state(programme: Programme) -> QuerySet[Coverage]:
    """Return the Parties of a programme, by code, each with where it stands.

    Annotates ``last_version``, ``accepted_version``, ``accepted_id`` and ``waiting_version`` (``None`` when there is none)
    and ``standing``, a key of ``STANDINGS``: accepted comes before a newer version that waits, and that before one returned.
    """
    own = Submission.objects.filter(programme=OuterRef("programme"), party=OuterRef("party"))

    def version(**state: str) -> Subquery:
        return Subquery(own.filter(**state).order_by("-version").values("version")[:1])

    return (
        Coverage.objects.filter(programme=programme)
        .select_related("party", "workshop")
        .annotate(
            last_version=version(),
            accepted_version=version(state=SubmissionState.ACCEPTED),
            accepted_id=Subquery(own.filter(state=SubmissionState.ACCEPTED).values("pk")[:1]),
            waiting_version=version(state=SubmissionState.SUBMITTED),
            standing=Case(
                When(Exists(own.filter(state=SubmissionState.ACCEPTED)), then=Value("accepted")),
                When(Exists(own.filter(state=SubmissionState.SUBMITTED)), then=Value("waiting")),
                When(Exists(own), then=Value("returned")),
                default=Value("none"),
            ),
        )
        .order_by("party_id")
    )

"""What a newcomer finds under ``make run``: a practice copy in mid-life and four ways to sign in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from accounts.models import User
from accounts.models.users import Role
from accounts.tokens import derive
from accounts.verbs.tokens import issue_token
from accounts.verbs.users import create_account, set_password
from config.rehearsal import call, people
from config.rehearsal.stage import SECRETARIAT, Stage
from participants.models import Call, Invitation, Person, PersonalLink
from participants.models.invitations import InvitationState
from participants.queries.calls import open_calls
from participants.verbs.persons import link_account, unlink_account
from workshops.models import Programme
from workshops.verbs.programmes import copy_for_practice

# Days from today to the first workshop of the demonstration: its invitations are out and wait for answers, while the
# call of the second one, some weeks later, is still open (see config.rehearsal.calendar).
LEAD_DAYS = 60
SEED = 2014

Access = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Seat:
    """An account of the demonstration: its role, whom it belongs to and the page to start from."""

    name: str
    role: str
    page: str
    person: Person | None = None


def ready(at: datetime) -> bool:
    """Whether there is a demonstration with a call still open."""
    return open_calls(at).filter(workshop__programme__rehearsal_of__isnull=False).exists()


def prepare(programme: Programme, *, at: datetime) -> Access:
    """Play two workshops of a practice copy up to today and return how to sign in, by role."""
    with override("en"):
        slugs = list(programme.workshops.order_by("starts_on").values_list("slug", flat=True)[:2])
        practice = copy_for_practice(
            programme, only=slugs, first_day=at.date() + timedelta(days=LEAD_DAYS), by=SECRETARIAT, at=at
        )
        stages = [
            Stage.set_up(practice, workshop, seed=SEED, nominations=None)
            for workshop in practice.workshops.select_related("rehearsal_of", "programme").order_by("starts_on")
        ]
        for act in (call.focal_points, call.call, call.nominations, people.selection, people.invitations):
            act(stages[0])
        for act in (call.focal_points, call.call):
            act(stages[1])
    invitation = (
        Invitation.objects.filter(nomination__call=stages[0].the_call, state=InvitationState.OPEN)
        .order_by("nomination__reference")
        .first()
    )
    return _accounts(stages[1].the_call, invitation, at)


def _accounts(open_call: Call, invitation: Invitation | None, at: datetime) -> Access:
    nominate = _link(open_call.links.filter(person__mandates__kind="CBD-FP1").order_by("party_id").first())
    answer = _link(PersonalLink.objects.filter(invitation=invitation).first())
    seats = (
        Seat("organizer", Role.ORGANIZER, "/admin/"),
        Seat("focal_point", Role.GUEST, nominate[0], nominate[1]),
        Seat("participant", Role.GUEST, answer[0], answer[1]),
        Seat("integrator", Role.INTEGRATOR, "/api/v1/docs/"),
    )
    return {seat.name: _account(seat, at) for seat in seats}


def _link(link: PersonalLink | None) -> tuple[str, Person]:
    if link is None:
        raise RuntimeError("the demonstration has no letter to start from")
    return f"/my/{link.purpose}/{derive(link.pk)}/", link.person


def _account(seat: Seat, at: datetime) -> dict[str, str]:
    """Give a seat an account with a fresh password; an account of an earlier demonstration is used again."""
    email = f"{seat.name.replace('_', '-')}@demo.example"
    password = secrets.token_urlsafe(9)
    user = User.objects.filter(email=email).first() or create_account(
        email=email,
        name=f"Demo {seat.name.replace('_', ' ')}",
        role=seat.role,
        administrator=seat.role == Role.ORGANIZER,
        by=SECRETARIAT,
        at=at,
    )
    set_password(user, password, by=SECRETARIAT, at=at)
    if seat.person is not None:
        unlink_account(user, by=SECRETARIAT, at=at)
        link_account(seat.person, user, by=SECRETARIAT, at=at)
    access = {"address": email, "password": password, "page": settings.BASE_URL + seat.page}
    if seat.role in {Role.ORGANIZER, Role.INTEGRATOR}:
        access["token"] = issue_token(user, by=SECRETARIAT, at=at)
    return access

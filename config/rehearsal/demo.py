"""What a newcomer finds under ``make run``: a practice copy in mid-life and four ways to sign in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from accounts.models import User
from accounts.models.users import Role
from accounts.tokens import derive
from accounts.verbs.tokens import issue_token
from accounts.verbs.users import create_account, set_password
from config.rehearsal import call, conflicts, directory, nominations, people, selecting
from config.rehearsal.stage import SECRETARIAT, Stage
from participants.models import Call, Person, PersonalLink
from participants.models.links import LinkPurpose
from participants.queries.calls import open_calls
from participants.verbs.persons import link_account, unlink_account
from workshops.models import Programme
from workshops.verbs.programmes import copy_for_practice

# Days from today to the first workshop of the demonstration: its invitations are out and wait for answers. Days from it to
# the second, whose call is closed and whose selection is proposed, and to the third, whose call is still open (see
# config.rehearsal.calendar).
LEAD_DAYS = 60
PROPOSED_DAYS, OPEN_DAYS = range(8, 17), range(25, 56)
SEED = 2014
# What the second workshop of the demonstration has behind it, and the first.
PROPOSED = (
    call.call,
    nominations.nominations,
    conflicts.dispute,
    conflicts.twice,
    nominations.close,
    nominations.signatures,
    nominations.papers,
    selecting.reviews,
    selecting.rules,
    selecting.proposal,
)
INVITED = (*PROPOSED[:-1], selecting.selection, people.invitations)

Access = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Seat:
    """An account of the demonstration: its role, the page to start from, and the personal link of its person."""

    name: str
    role: str
    page: str
    link: str = ""
    person: Person | None = None


def ready(at: datetime) -> bool:
    """Whether there is a demonstration with a call still open."""
    return _open_practice_calls(at).exists()


def prepare(programme: Programme, *, at: datetime) -> None:
    """Play three workshops of a practice copy up to today.

    One waits for answers, one for somebody to approve who is selected, and of the last the call is open.
    """
    with override("en"):
        slugs = _three_in_a_row(programme)
        practice = copy_for_practice(
            programme, only=slugs, first_day=at.date() + timedelta(days=LEAD_DAYS), by=SECRETARIAT, at=at
        )
        stages = [
            Stage.set_up(practice, workshop, seed=SEED, nominations=None)
            for workshop in practice.workshops.select_related("rehearsal_of", "programme").order_by("starts_on")
        ]
        directory.imported(stages)
        directory.confirmed(stages, SEED)
        for stage, acts in zip(stages, (INVITED, PROPOSED, (call.call,)), strict=True):
            for act in acts:
                act(stage)


def grant(at: datetime) -> Access:
    """Give the four seats of the newest demonstration an account with a fresh password; return how to sign in, by role."""
    open_call = _open_practice_calls(at).latest("opened_at", "id")
    nominate = _link(open_call.links.filter(person__mandates__kind="CBD-FP1").order_by("party_id").first())
    invited = PersonalLink.objects.filter(
        purpose=LinkPurpose.INVITATION, person__rehearsal=open_call.workshop.programme_id
    )
    answer = _link(invited.order_by("invitation__nomination__reference").first())
    seats = (
        Seat("organizer", Role.ORGANIZER, "/admin/"),
        Seat("focal_point", Role.GUEST, "/my/", *nominate),
        Seat("participant", Role.GUEST, "/my/", *answer),
        Seat("integrator", Role.INTEGRATOR, "/api/v1/docs/"),
    )
    return {seat.name: _account(seat, at) for seat in seats}


def opens(access: Access) -> bool:
    """Whether what was written down still opens this planner: same address, same database, passwords unchanged."""
    users = {user.email: user for user in User.objects.filter(email__in=[each["address"] for each in access.values()])}
    return all(
        each["page"].startswith(f"{settings.BASE_URL}/")
        and each["address"] in users
        and users[each["address"]].check_password(each["password"])
        for each in access.values()
    )


def _open_practice_calls(at: datetime) -> QuerySet[Call]:
    return open_calls(at).filter(workshop__programme__rehearsal_of__isnull=False)


def _three_in_a_row(programme: Programme) -> list[str]:
    """Return three workshops that follow each other so that today each is where it should be."""
    rows = list(programme.workshops.order_by("starts_on").values_list("slug", "starts_on"))
    for (first, day), (second, next_day), (third, last_day) in zip(rows, rows[1:], rows[2:], strict=False):
        if (next_day - day).days in PROPOSED_DAYS and (last_day - day).days in OPEN_DAYS:
            return [first, second, third]
    raise RuntimeError("no three workshops of the programme follow each other within two and eight weeks")


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
    if seat.link:
        access["link"] = settings.BASE_URL + seat.link
    if seat.role in {Role.ORGANIZER, Role.INTEGRATOR}:
        access["token"] = issue_token(user, by=SECRETARIAT, at=at)
    return access

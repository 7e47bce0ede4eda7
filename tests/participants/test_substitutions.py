"""Another expert in the seat of one who was selected (E29)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import (
    Call,
    Invitation,
    Nomination,
    PersonalLink,
    Registration,
    Selection,
    SelectionEntry,
    TravelDocument,
)
from participants.queries.balances import balance_of
from participants.queries.proposals import figures_of
from participants.queries.selections import approved, free_seats
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import accept, invite
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.substitutions import Substitute, substitute
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, save_documents
from tests.builders import official
from tests.participants.conftest import DECIDED, RESPOND_BY
from tests.participants.decided import contribution, decide, donor, nominee, paid_for

LATE = datetime(2014, 6, 1, 9, 0, tzinfo=UTC)
OTHER = Candidate(name="Daw Mya", email="mya@ministry.example", gender="woman")


def details(**changes: Any) -> Substitute:
    told: dict[str, Any] = {"candidate": OTHER, "sector": "forest", "reason": "A new post", "signature": official()}
    return Substitute(**told | changes)


def selection_of(call: Call) -> Selection:
    found = approved(call)
    assert found is not None
    return found


@pytest.fixture
def first(call, jordan, organizer):
    return nominee(call, jordan, 1, organizer)


@pytest.fixture
def seated(call, first, organizer):
    """Selected, invited, accepted, registered with a passport."""
    decide(call, selected=[first], seats=1)
    invitation = invite(Nomination.objects.get(pk=first.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    accept(invitation, by=organizer, at=DECIDED)
    register(invitation, RegistrationDetails(badge_name="S"), by=organizer, at=DECIDED)
    passport = DocumentDetails(kind="regular", number="A1")
    save_documents(invitation, DocumentsDetails((passport,)), by=organizer, at=DECIDED)
    return Nomination.objects.get(pk=first.pk)


def test_e29_seat_letters_and_link_follow_to_the_other(seated, organizer, call):
    after = substitute(seated, details(), by=organizer, at=LATE)
    before = Nomination.objects.get(pk=seated.pk)
    assert (before.state, after.state, after.rank, after.replaces_id) == (
        "withdrawn",
        "selected",
        before.rank,
        before.pk,
    )
    assert (before.invitation.state, after.invitation.state) == ("replaced", "open")
    assert after.invitation.respond_by == datetime(2014, 6, 8, 9, 0, tzinfo=UTC)
    assert free_seats(selection_of(call)) == 0
    assert {each.kind for each in Message.objects.filter(created_at=LATE)} == {
        "replaced",
        "invitation",
    }
    assert PersonalLink.objects.get(invitation=before.invitation).revoked_at == LATE
    assert PersonalLink.objects.get(invitation=after.invitation).revoked_at is None


def test_e29_what_was_asked_for_the_first_journey_is_deleted_and_the_badge_follows(seated, organizer):
    after = substitute(seated, details(), by=organizer, at=LATE)
    assert not TravelDocument.objects.exists()
    assert Registration.objects.get(invitation__nomination=seated).passport_name == ""
    accept(after.invitation, by=organizer, at=LATE)
    registered = register(after.invitation, RegistrationDetails(badge_name="Mya"), by=organizer, at=LATE)
    assert registered.badge_name == "Mya"


def test_e29_the_decision_stays_as_it_was(seated, organizer, call):
    before = figures_of(selection_of(call))
    substitute(seated, details(), by=organizer, at=LATE)
    assert figures_of(selection_of(call)) == before
    assert SelectionEntry.objects.filter(came_at=LATE).count() == 1


def test_a_focal_point_of_the_party_puts_another_in_the_seat_by_a_letter_of_today(seated, jordanian, of_lebanon):
    lebanese = Actor(label=of_lebanon.person.name, person_id=of_lebanon.person_id)
    with pytest.raises(NotAllowed):
        substitute(seated, details(signature=None), by=lebanese, at=LATE)
    with pytest.raises(NotAllowed):
        substitute(seated, details(signature=None, sunk=Decimal(10)), by=jordanian, at=LATE)
    after = substitute(seated, details(signature=None), by=jordanian, at=LATE)
    assert (after.state, after.letter_date, after.endorsements.count()) == ("selected", LATE.date(), 1)


def test_who_was_not_invited_yet_is_replaced_without_a_letter_of_invitation(call, first, organizer):
    decide(call, selected=[first], seats=1)
    after = substitute(Nomination.objects.get(pk=first.pk), details(), by=organizer, at=LATE)
    assert not Invitation.objects.filter(nomination=after).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"candidate": Candidate(name="X", email=" ")}, "email_missing"),
        ({"sector": "sea"}, "unknown_choice"),
        ({"sunk": Decimal(-1)}, "sunk_off"),
        ({"signature": None}, "signature_missing"),
        ({"letter_date": date(2014, 6, 2)}, "letter_date_ahead"),
    ],
)
def test_what_is_wrong_is_named(seated, organizer, changes, code):
    with pytest.raises(Invalid) as refused:
        substitute(seated, details(**changes), by=organizer, at=LATE)
    assert refused.value.code == code
    assert Nomination.objects.get(pk=seated.pk).state == "selected"


def test_when_it_is_too_late_or_not_the_time(call, jordan, first, organizer, seated):
    with pytest.raises(Refused) as begun:
        substitute(seated, details(), by=organizer, at=datetime(2014, 6, 15, 5, 0, tzinfo=UTC))
    assert begun.value.code == "workshop_begun"
    after = substitute(seated, details(), by=organizer, at=LATE)
    with pytest.raises(Refused) as twice:
        substitute(seated, details(), by=organizer, at=LATE)
    assert twice.value.code == "not_selected"
    with pytest.raises(Refused) as known:
        substitute(after, details(), by=organizer, at=LATE)
    assert known.value.code == "already_nominated"


def test_somebody_at_the_seat_can_be_replaced_again(seated, organizer):
    after = substitute(seated, details(), by=organizer, at=LATE)
    third = Candidate(name="U Ba", email="ba@ministry.example")
    last = substitute(after, details(candidate=third), by=organizer, at=LATE)
    assert (last.state, last.replaces_id) == ("selected", after.pk)


def test_e29_e30_the_same_donor_pays_and_what_was_spent_stays_charged(call, first, organizer):
    purse = donor(contribution(call, "Nature"), amount="2300", places=None)
    decide(call, selected=[first], seats=1, donors=[purse], payers={first: [purse]})
    seated = Nomination.objects.get(pk=first.pk)
    with pytest.raises(Refused) as poor:
        substitute(seated, details(sunk=Decimal(1400)), by=organizer, at=LATE)
    assert (poor.value.code, Nomination.objects.get(pk=first.pk).state) == ("no_money", "selected")
    after = substitute(seated, details(sunk=Decimal(300)), by=organizer, at=LATE)
    assert paid_for(after) == {"Nature": 1000}
    balance = balance_of(selection_of(call))
    assert [each.amount for each in balance.purses] == [Decimal(1000)]
    assert balance.paid == {"JOR": 1}

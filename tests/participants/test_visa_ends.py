"""A visa that was refused or came too late (E28)."""

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Nomination, Visa
from participants.models.visas import VisaState
from participants.queries.statistics import REACHED, Stage
from participants.verbs.invitations import accept, invite
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.visas import end_for_visa, tell_visa
from tests.participants.conftest import DECIDED, RESPOND_BY
from tests.participants.decided import decide, nominee


@pytest.fixture
def two(call, jordan, lebanon, organizer):
    """One of Jordan selected and accepted, one of Lebanon in reserve."""
    first, second = nominee(call, jordan, 1, organizer), nominee(call, lebanon, 2, organizer)
    decide(call, selected=[first], reserves=[second], seats=1)
    invitation = invite(Nomination.objects.get(pk=first.pk), respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    return accept(invitation, by=organizer, at=DECIDED), second


@pytest.mark.parametrize(("state", "end"), [("refused", "visa_refused"), ("late", "visa_late")])
def test_e28_the_seat_goes_to_the_reserve_and_the_person_is_told(two, organizer, state, end):
    invitation, reserve = two
    registration = register(invitation, RegistrationDetails(badge_name="S"), by=organizer, at=DECIDED)
    ended = end_for_visa(invitation, VisaState(state), note="No reason given", by=organizer, at=DECIDED)
    reserve.refresh_from_db()
    assert (ended.state, reserve.state) == (end, "selected")
    assert Message.objects.filter(kind="visa-ended").count() == 1
    visa = Visa.objects.get(registration=registration)
    assert (visa.state, visa.note) == (state, "No reason given")


def test_e28_it_is_not_counted_as_somebody_who_accepted_and_stayed_away(two, organizer):
    invitation, _reserve = two
    register(invitation, RegistrationDetails(badge_name="S"), by=organizer, at=DECIDED)
    expected = [Nomination.objects.filter(REACHED[stage]) for stage in (Stage.ACCEPTED, Stage.REGISTERED)]
    assert [each.count() for each in expected] == [1, 1]
    end_for_visa(invitation, VisaState.REFUSED, by=organizer, at=DECIDED)
    assert [each.count() for each in expected] == [0, 0]


def test_only_what_ends_the_journey_ends_it(two, organizer, jordanian):
    invitation, _reserve = two
    with pytest.raises(Invalid):
        end_for_visa(invitation, VisaState.GRANTED, by=organizer, at=DECIDED)
    with pytest.raises(Invalid):
        tell_visa(invitation, VisaState.REFUSED, by=organizer, at=DECIDED)
    with pytest.raises(NotAllowed):
        end_for_visa(invitation, VisaState.REFUSED, by=jordanian, at=DECIDED)
    end_for_visa(invitation, VisaState.REFUSED, by=organizer, at=DECIDED)
    with pytest.raises(Refused) as again:
        end_for_visa(invitation, VisaState.LATE, by=organizer, at=DECIDED)
    assert again.value.code == "illegal_step"


def test_how_far_an_application_has_come_goes_forward(accepted, nominee):
    for state in (VisaState.TO_APPLY, VisaState.APPLIED, VisaState.APPLIED, VisaState.GRANTED):
        visa = tell_visa(accepted, state, mission="Embassy in Jakarta", by=nominee, at=DECIDED)
    assert (visa.state, Visa.objects.get().mission) == ("granted", "Embassy in Jakarta")
    with pytest.raises(Refused):
        tell_visa(accepted, VisaState.APPLIED, by=nominee, at=DECIDED)

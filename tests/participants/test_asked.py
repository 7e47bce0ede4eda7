"""What a workshop asks, and what a registration still lacks."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.errors import Refused
from correspondence.models import Message
from participants.models import AskedStage, RegistrationQuestion, RegistrationTerms
from participants.models.registrations import RegistrationStage as S
from participants.queries.asked import asking, closes_at, missing, next_stage, stages_of
from participants.verbs.identities import IdentityDetails, save_identity
from participants.verbs.registrations import complete, leave_stage
from tests.participants.conftest import DECIDED


def test_without_a_word_only_the_names_are_needed(workshop):
    asked = asking(workshop)
    assert [stage for stage, how in asked.items() if how == "needed"] == [S.IDENTITY]
    assert asked[S.QUESTIONS] == "off"
    assert len(stages_of(workshop)) == 9


def test_online_nobody_is_asked_about_a_journey(workshop):
    workshop.online = True
    assert {S.DOCUMENT, S.TRAVEL, S.STAY}.isdisjoint(stages_of(workshop))


@pytest.mark.parametrize(("needed", "how"), [(False, "welcome"), (True, "needed")])
def test_questions_are_asked_when_there_are_some(workshop, needed, how):
    question = RegistrationQuestion.objects.create(workshop=workshop, kind="line", label={"en": "?"}, needed=needed)
    assert asking(workshop)[S.QUESTIONS] == how
    question.closed_at = DECIDED
    question.save()
    assert asking(workshop)[S.QUESTIONS] == "off"


def test_what_is_needed_and_not_saved_keeps_a_registration_open(workshop, accepted, nominee):
    AskedStage.objects.create(workshop=workshop, stage="photo", asking="needed")
    row = save_identity(accepted, IdentityDetails("S"), by=nominee, at=DECIDED)
    assert (missing(row), next_stage(row)) == ([S.PHOTO], S.DOCUMENT)
    with pytest.raises(Refused) as lacking:
        complete(accepted, by=nominee, at=DECIDED)
    assert lacking.value.code == "stages_missing"
    with pytest.raises(Refused) as needed:
        leave_stage(accepted, S.PHOTO, by=nominee, at=DECIDED)
    assert needed.value.code == "stage_needed"


def test_confirming_twice_writes_one_letter(accepted, nominee):
    save_identity(accepted, IdentityDetails("S"), by=nominee, at=DECIDED)
    for _twice in range(2):
        complete(accepted, by=nominee, at=DECIDED)
    assert Message.objects.filter(kind="registration-received").count() == 1


def test_it_closes_at_the_end_of_the_last_day_there_or_when_the_organizers_say(workshop, accepted, nominee, organizer):
    assert closes_at(workshop).astimezone(UTC) == datetime(2014, 6, 19, 20, 59, 59, tzinfo=UTC)
    RegistrationTerms.objects.create(workshop=workshop, closes_at=DECIDED)
    later = DECIDED + timedelta(minutes=1)
    with pytest.raises(Refused) as closed:
        save_identity(accepted, IdentityDetails("S"), by=nominee, at=later)
    assert closed.value.code == "registration_closed"
    assert save_identity(accepted, IdentityDetails("S"), by=organizer, at=later).badge_name == "S"

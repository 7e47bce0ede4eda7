"""Opening what is sealed: by whom, in which workshop, and every time in the log."""

from typing import Any

import pytest

from accounts.actors import Actor
from accounts.errors import NotAllowed
from accounts.models import ActivityEntry, User
from participants.models import Needs
from participants.verbs.disclosures import open_documents, open_emergency_contact, open_needs
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, save_documents
from tests import builders
from tests.participants.conftest import DECIDED
from workshops.models import Assignment

OPENERS = {"opens_passports": open_documents, "opens_health": open_needs, "opens_emergency": open_emergency_contact}


@pytest.fixture
def told(accepted, nominee):
    save_documents(accepted, DocumentsDetails((DocumentDetails("regular", "A1234567"),)), by=nominee, at=DECIDED)
    return save_needs(accepted, NeedsDetails(diet="No pork"), by=nominee, at=DECIDED)


def account(**fields: Any) -> User:
    return builders.user(f"{'-'.join(fields)}@secretariat.example".replace("_", ""), **fields)


def acting(user: User) -> Actor:
    return Actor(label=str(user), user=user)


@pytest.mark.parametrize("permission", OPENERS)
def test_a_role_alone_opens_nothing_and_each_permission_its_own(permission, told):
    for other, opens in OPENERS.items():
        user = account(role="organizer", is_superuser=True, **{permission: True, "name": other})
        chief = acting(user)
        if other == permission:
            opens(told, by=chief, at=DECIDED)
        else:
            with pytest.raises(NotAllowed) as refused:
                opens(told, by=chief, at=DECIDED)
            assert refused.value.code == "sealed"
        user.delete()


def test_the_person_opens_the_own_and_each_time_is_logged(told, nominee):
    documents, visa = open_documents(told, by=nominee, at=DECIDED)
    assert ([each.number for each in documents], visa) == (["A1234567"], None)
    assert Needs.objects.get() == open_needs(told, by=nominee, at=DECIDED)
    assert open_emergency_contact(told, by=nominee, at=DECIDED) is None
    opened = ActivityEntry.objects.filter(subject_kind="registration", verb__startswith="open_").order_by("verb")
    assert [each.verb for each in opened] == ["open_emergency", "open_needs", "open_passport"]
    assert {each.at for each in opened} == {DECIDED}
    assert "A1234567" not in str(list(opened.values()))


def test_a_liaison_opens_within_the_workshops_assigned(told, workshop):
    user = account(role="liaison", opens_health=True)
    liaison = acting(user)
    with pytest.raises(NotAllowed):
        open_needs(told, by=liaison, at=DECIDED)
    Assignment.objects.create(user=user, workshop=workshop, assigned_at=DECIDED)
    assert Needs.objects.get() == open_needs(told, by=liaison, at=DECIDED)
    user.is_active = False
    with pytest.raises(NotAllowed):
        open_needs(told, by=liaison, at=DECIDED)


def test_a_focal_point_of_the_party_opens_nothing(told, jordanian):
    with pytest.raises(NotAllowed):
        open_documents(told, by=jordanian, at=DECIDED)

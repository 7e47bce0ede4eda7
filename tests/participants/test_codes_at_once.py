"""Two browsers, two tabs, two people of one mailbox at once: the limits and the single use hold."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from accounts.models import User
from accounts.tokens import derive_code
from correspondence.models import Message
from participants.models import Person, SignInCode
from participants.verbs.codes import redeem_code, send_code, sign_in
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

RANA = "rana@ministry.example"


@pytest.fixture(autouse=True)
def _english(cbd):
    Person.objects.filter(pk=cbd.person_id).update(language="en")


def test_a_code_entered_twice_at_once_lets_one_in():
    code = send_code(RANA, at=BEFORE)
    results = at_once(*[lambda: redeem_code(code, derive_code(code.pk), at=BEFORE)] * 8)
    assert results.count("code_over") == 7
    code.refresh_from_db()
    assert (code.tries, code.used_at) == (1, BEFORE)


def test_guesses_at_once_get_five_tries_together():
    code = send_code(RANA, at=BEFORE)
    wrong = "00000000" if derive_code(code.pk) != "00000000" else "00000001"
    results = at_once(*[lambda: redeem_code(code, wrong, at=BEFORE)] * 16)
    assert (results.count("code_wrong"), results.count("code_over")) == (5, 11)


@pytest.mark.parametrize("address", [RANA, "nobody@ministry.example"])
def test_requests_at_once_get_five_codes_together(address):
    results = at_once(*[lambda: send_code(address, at=BEFORE, network="192.0.2.1")] * 16)
    assert results.count("too_many_codes") == 11
    assert sorted(SignInCode.objects.values_list("turn", flat=True)) == [1, 2, 3, 4, 5]
    assert Message.objects.count() == (5 if address == RANA else 0)
    later = BEFORE + timedelta(minutes=61)
    assert at_once(lambda: send_code(address, at=later))[0].turn == 6


def test_people_of_one_mailbox_who_come_first_at_once_get_an_account_each(cbd, jordan):
    second = builders.person("Amal Nasser (synthetic)", RANA)
    builders.focal_point(jordan, "CHM-FP", second)

    def job(person):
        return lambda: sign_in(person, by=Actor(label=person.name, person_id=person.pk), at=BEFORE)

    users = at_once(*[job(person) for person in (cbd.person, second)] * 4)
    assert len({user.pk for user in users}) == User.objects.count() == 2
    assert {user.person for user in User.objects.all()} == {cbd.person, second}

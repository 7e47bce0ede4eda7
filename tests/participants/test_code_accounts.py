"""The account behind a code: made at the first success, never one that has a password."""

import pytest

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry, User
from accounts.tokens import derive_code
from correspondence.models import Message
from participants.models import Person
from participants.verbs.codes import account_of, redeem_code, send_code, sign_in
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.test_codes import RANA, SOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rana_reads_english(cbd):
    cbd.person.language = "en"
    cbd.person.save()


def by(person: Person) -> Actor:
    return Actor(label=person.name, person_id=person.pk, address="192.0.2.1")


@pytest.mark.parametrize(
    "account",
    [{"role": "organizer"}, {"role": "integrator"}, {"is_staff": True}, {"is_superuser": True}, {"is_active": False}],
)
@pytest.mark.parametrize("tied", [True, False])
def test_no_code_opens_an_account_that_has_a_password_or_is_closed(cbd, account, tied):
    user = builders.user("own@secretariat.example" if tied else RANA, **account)
    if tied:
        Person.objects.filter(pk=cbd.person_id).update(user=user)
    cbd.person.refresh_from_db()
    assert send_code(RANA, at=BEFORE).known is False
    with pytest.raises(NotAllowed) as refused:
        sign_in(cbd.person, by=by(cbd.person), at=BEFORE)
    assert refused.value.code == "by_password"
    cbd.person.refresh_from_db()
    assert (cbd.person.user == user) is tied


def test_the_first_time_makes_an_account_without_a_password_and_the_log_says_so(cbd):
    user = sign_in(cbd.person, by=by(cbd.person), at=BEFORE)
    assert (user.email, user.role, user.is_staff, user.language) == (RANA, "guest", False, "en")
    assert not user.has_usable_password()
    assert sign_in(cbd.person, by=by(cbd.person), at=SOON) == user
    done = list(ActivityEntry.objects.order_by("id").values_list("verb", "actor__email", "address"))
    assert done == [
        ("open_account", None, "192.0.2.1"),
        ("link_account", None, "192.0.2.1"),
        ("sign_in", RANA, "192.0.2.1"),
        ("sign_in", RANA, "192.0.2.1"),
    ]


def test_a_guests_account_of_the_address_that_is_nobodys_is_taken(cbd):
    user = builders.user("Rana@ministry.example")
    assert account_of(cbd.person, by=by(cbd.person), at=BEFORE) == user
    cbd.person.refresh_from_db()
    assert cbd.person.user == user


def test_people_who_share_a_mailbox_are_told_apart(cbd, jordan):
    second = builders.person("Amal Nasser (synthetic)", "Rana@Ministry.example", language="en")
    builders.focal_point(jordan, "CHM-FP", second)
    code = send_code(RANA, at=BEFORE)
    letter = Message.objects.get()
    assert letter.person_key is None
    assert "Amal Nasser (synthetic), رنا العلي" in letter.body
    assert set(redeem_code(code, derive_code(code.pk), at=SOON)) == {second, cbd.person}
    first = sign_in(cbd.person, by=by(cbd.person), at=SOON)
    other = sign_in(second, by=by(second), at=SOON)
    assert (first.email, other.email) == (RANA, f"{second.pk}@people.invalid")
    assert sign_in(second, by=by(second), at=SOON) == other


def test_a_person_without_an_address_has_no_account(db):
    person = builders.person(email="")
    with pytest.raises(Refused) as refused:
        account_of(person, by=by(person), at=BEFORE)
    assert refused.value.code == "no_address"
    assert not User.objects.exists()

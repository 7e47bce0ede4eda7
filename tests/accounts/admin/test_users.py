"""Users and their API tokens: made by superusers, shown once, taken back; and signing in to the admin."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry, User
from accounts.verbs.tokens import issue_token
from tests import builders

PASSWORD = "correct horse battery"


@pytest.fixture
def chief(db: None) -> User:
    return builders.user("chief@secretariat.example", role="organizer", is_staff=True, is_superuser=True)


@pytest.fixture
def door(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


@pytest.fixture
def machine(db: None) -> User:
    return builders.user("machine@system.example", role="integrator")


def token_page(user: User) -> str:
    return reverse("admin:accounts_user_token", args=[user.pk])


def test_a_token_is_made_on_post_and_shown_once(door: Client, machine: User) -> None:
    assert "Make a token and show it" in door.get(token_page(machine)).content.decode()
    assert not AuthToken.objects.exists()
    made = door.post(token_page(machine))
    token = made.context["token"]
    assert token in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    assert AuthToken.objects.get().user == machine
    assert token not in str(ActivityEntry.objects.get(verb="issue_token").changes)
    lists = door.get(reverse("admin:knox_authtoken_changelist")).content.decode()
    assert token not in lists
    assert token[:12] in lists


def test_a_token_is_taken_back_twice_without_harm(door: Client, machine: User, chief: User) -> None:
    issue_token(machine, by=Actor(label="chief", user=chief), at=timezone.now())
    kept = AuthToken.objects.get()
    data = {"action": "revoke", "_selected_action": kept.pk, "counted": "1", "confirm": "1"}
    for _each in range(2):
        door.post(reverse("admin:knox_authtoken_changelist"), data)
    assert not AuthToken.objects.exists()
    assert ActivityEntry.objects.filter(verb="revoke_token").count() == 1


def test_tokens_are_refused_to_others_and_for_accounts_that_are_off(machine: User, chief: User) -> None:
    staff = builders.user("staff@secretariat.example", role="organizer", is_staff=True)
    with pytest.raises(NotAllowed, match="administrator"):
        issue_token(machine, by=Actor(label="staff", user=staff), at=timezone.now())
    machine.is_active = False
    with pytest.raises(Refused, match="switched off"):
        issue_token(machine, by=Actor(label="chief", user=chief), at=timezone.now())


def test_an_organizer_without_a_superusers_rights_cannot_make_tokens(client: Client, machine: User) -> None:
    client.force_login(builders.user("staff@secretariat.example", role="organizer", is_staff=True))
    assert client.post(token_page(machine)).status_code == 404
    assert not AuthToken.objects.exists()


def test_a_user_is_made_with_a_role(door: Client) -> None:
    data = {"email": "new@secretariat.example", "name": "New", "role": "organizer", "language": "fr", "is_staff": "on"}
    data |= {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert door.post(reverse("admin:accounts_user_add"), data).status_code == 302
    made = User.objects.get(email="new@secretariat.example")
    assert (made.role, made.language, made.is_staff, made.check_password(PASSWORD)) == ("organizer", "fr", True, True)
    again = door.post(reverse("admin:accounts_user_add"), data | {"email": "NEW@secretariat.example"})
    assert again.status_code == 200
    assert User.objects.filter(email__iexact="new@secretariat.example").count() == 1


def test_a_user_has_an_address_in_any_script(door: Client) -> None:
    data = {"email": " 用户@XN--FSQU00A.example", "name": "New", "role": "guest", "language": "zh"}
    data |= {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert door.post(reverse("admin:accounts_user_add"), data).status_code == 302
    made = User.objects.get(email="用户@例子.example")
    changed = {"email": "用户二@例子.EXAMPLE", "role": "guest", "language": "zh", "is_active": "on"}
    page = reverse("admin:accounts_user_change", args=[made.pk])
    assert door.post(page, changed).status_code == 302
    made.refresh_from_db()
    assert made.email == "用户二@例子.example"
    refused = door.post(page, changed | {"email": "a@b.example\nBcc: x@y.example"})
    assert "is no e-mail address" in refused.content.decode()


def test_a_password_is_set_on_its_own_page(door: Client, machine: User) -> None:
    address = reverse("admin:auth_user_password_change", args=[machine.pk])
    assert door.get(address).status_code == 200
    data = {"usable_password": "true", "password1": "another horse battery", "password2": "another horse battery"}
    assert door.post(address, data).status_code == 302
    machine.refresh_from_db()
    assert machine.check_password("another horse battery")


@pytest.mark.parametrize(
    ("role", "is_staff", "status"),
    [("organizer", True, 302), ("organizer", False, 200), ("integrator", True, 200), ("guest", True, 200)],
)
def test_organizers_alone_sign_in_to_the_admin(
    role: str, is_staff: bool, status: int, client: Client, db: None
) -> None:
    builders.user("somebody@secretariat.example", role=role, is_staff=is_staff)
    got = client.post("/admin/login/", {"username": "somebody@secretariat.example", "password": PASSWORD})
    assert got.status_code == status
    if status == 200:
        assert "correct e-mail address and password" in got.content.decode()

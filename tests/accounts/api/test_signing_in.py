"""Signing in to the API: a token, a session, and neither."""

import pytest
from django.test import Client
from knox.models import AuthToken

from accounts.models import User
from tests import builders
from tests.api_scene import problem

PATH = "/api/v1/messages/"


@pytest.fixture
def user(db: None) -> User:
    """Somebody without a role."""
    return builders.user("somebody@people.example")


def test_a_token(user: User):
    _row, token = AuthToken.objects.create(user)
    assert token.startswith("wp_")
    assert Client().get(PATH, headers={"authorization": f"Token {token}"}).status_code == 200


def test_a_token_of_somebody_switched_off(user: User):
    _row, token = AuthToken.objects.create(user)
    user.is_active = False
    user.save()
    answer = Client().get(PATH, headers={"authorization": f"Token {token}"})
    assert problem(answer) == (401, "authentication_failed", [])


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["wp_wrong", "", "two words", "wp_\xff\xfe", "wp_\u00e9", "wp_" + "x" * 5000])
def test_what_is_no_token(token: str):
    answer = Client().get("/api/v1/parties/", headers={"authorization": f"Token {token}"})
    assert problem(answer) == (401, "authentication_failed", [])
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/schema/", "/api/v1/docs/"])
def test_what_describes_the_api_asks_for_nobody(path: str):
    assert Client().get(path, headers={"authorization": "Token wp_\xff"}).status_code == 200


def test_a_session(user: User):
    browser = Client()
    browser.force_login(user)
    assert browser.get(PATH).status_code == 200


def test_a_session_writes_only_with_the_secret_of_the_form(user: User):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    refused = browser.post("/api/v1/registrations/", {}, content_type="application/json")
    assert problem(refused) == (403, "permission_denied", [])
    browser.get("/api/v1/docs/")
    secret = "x" * 32
    browser.cookies["csrftoken"] = secret
    answer = browser.post(
        "/api/v1/registrations/", {}, content_type="application/json", headers={"x-csrftoken": secret}
    )
    assert problem(answer) == (400, "invalid", ["invitation", "badge_name"])


def test_a_token_needs_no_secret_of_a_form(user: User):
    _row, token = AuthToken.objects.create(user)
    answer = Client(enforce_csrf_checks=True).post(
        "/api/v1/registrations/", {}, content_type="application/json", headers={"authorization": f"Token {token}"}
    )
    assert problem(answer) == (400, "invalid", ["invitation", "badge_name"])


@pytest.mark.django_db
def test_nobody():
    answer = Client().get(PATH)
    assert problem(answer) == (401, "not_authenticated", [])
    assert answer["WWW-Authenticate"] == "Token"

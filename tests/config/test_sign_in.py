"""Guessing passwords ends soon, at both doors, and does not lock the rightful person elsewhere out."""

import pytest
from axes.handlers.proxy import AxesProxyHandler

from tests import builders

RIGHT, WRONG = "correct horse battery", "wrong"
DOORS = ("/my/sign-in/", "/admin/login/")


@pytest.fixture
def guess(client, settings, db):
    settings.AXES_ENABLED = True
    AxesProxyHandler.implementation = None  # it keeps the cache of the test before
    builders.user("organizer@secretariat.example", role="organizer", is_staff=True)

    def attempt(door: str, password: str, address: str = "192.0.2.1"):
        form = {"username": "organizer@secretariat.example", "password": password}
        return client.post(door, form, REMOTE_ADDR=address).status_code

    return attempt


@pytest.mark.parametrize("door", DOORS)
def test_after_ten_wrong_passwords_even_the_right_one_waits(door, guess):
    assert [guess(door, WRONG) for _ in range(9)] == [200] * 9
    assert guess(door, WRONG) == 429
    assert guess(door, RIGHT) == 429
    assert guess(door, RIGHT, address="192.0.2.2") == 302


def test_a_right_password_forgets_the_wrong_ones(guess, client):
    for _ in range(2):
        client.logout()
        assert [guess("/my/sign-in/", WRONG) for _ in range(9)] == [200] * 9
        assert guess("/my/sign-in/", RIGHT) == 302


def test_the_page_says_how_long_to_wait(guess, client):
    for _ in range(10):
        guess("/my/sign-in/", WRONG)
    form = {"username": "organizer@secretariat.example", "password": RIGHT}
    assert "Wait 15 minutes" in client.post("/my/sign-in/", form, REMOTE_ADDR="192.0.2.1").text

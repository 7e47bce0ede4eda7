"""The invited person's page."""

from datetime import date

import pytest

from correspondence.models import Message

pytestmark = pytest.mark.django_db


def test_an_open_invitation_offers_both_answers(client, invitation_url):
    response = client.get(invitation_url)
    assert response.status_code == 200
    assert "Accept the invitation" in response.text
    assert "Thursday 1 May 2014, 15:00 (Asia/Amman)" in response.text
    assert "no-store" in response["Cache-Control"]


def test_accepting_twice_is_harmless_and_opens_registration(client, invitation_url, invitation):
    for _twice in range(2):
        response = client.post(f"{invitation_url}accept/", follow=True)
        assert response.redirect_chain == [(invitation_url, 302)]
    assert "Go on: Names" in response.text
    invitation.refresh_from_db()
    assert invitation.state == "accepted"


def test_accepting_by_following_a_link_is_not_possible(client, invitation_url, invitation):
    assert client.get(f"{invitation_url}accept/").status_code == 405
    invitation.refresh_from_db()
    assert invitation.state == "open"


def test_declining_asks_for_a_reason_and_names_the_consequence(client, invitation_url, invitation):
    url = f"{invitation_url}decline/"
    assert "Your seat goes to another expert" in client.get(url).text
    response = client.post(url, {"reason": "Election week"}, follow=True)
    assert "you declined" in response.text
    invitation.refresh_from_db()
    assert (invitation.state, invitation.decline_reason) == ("declined", "Election week")
    assert client.post(url, {}, follow=True).status_code == 200
    assert client.post(f"{invitation_url}accept/").status_code == 409


def test_a_reason_that_is_too_long_is_said_beside_the_field(client, invitation_url, invitation):
    response = client.post(f"{invitation_url}decline/", {"reason": "x" * 501})
    assert response.status_code == 422
    assert 'id="id_reason_error"' in response.text
    invitation.refresh_from_db()
    assert invitation.state == "open"


def test_who_accepted_asks_for_a_letter_for_the_visa_once_a_day(client, invitation_url, invitation):
    assert "visa application" not in client.get(invitation_url).text
    assert "Only who has accepted" in client.post(f"{invitation_url}visa-letter/", follow=True).text
    assert not Message.objects.filter(kind="visa-support").exists()
    client.post(f"{invitation_url}accept/")
    assert "Send me a letter for my visa application" in client.get(invitation_url).text
    first = client.post(f"{invitation_url}visa-letter/", follow=True)
    assert first.redirect_chain == [(invitation_url, 302)]
    assert "on its way to your e-mail address" in first.text
    assert (
        "A letter for Suharyanto was written today." in client.post(f"{invitation_url}visa-letter/", follow=True).text
    )
    assert Message.objects.get(kind="visa-support").to_address == "suharyanto@ministry.example"


def test_a_letter_for_the_visa_is_not_written_by_following_a_link(client, invitation_url, accepted):
    assert client.get(f"{invitation_url}visa-letter/").status_code == 405
    assert client.post("/my/invitation/unknown/visa-letter/").status_code == 404
    assert not Message.objects.filter(kind="visa-support").exists()


def test_after_the_workshop_no_letter_for_a_visa_is_offered(client, invitation_url, accepted, workshop):
    workshop.starts_on, workshop.ends_on = date(2014, 3, 1), date(2014, 3, 5)
    workshop.save()
    assert "visa application" not in client.get(invitation_url).text

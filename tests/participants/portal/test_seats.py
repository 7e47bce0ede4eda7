"""Nominating from a session: the same pages as by link, for the own Party alone."""

from uuid import uuid4

import pytest

from accounts.models import ActivityEntry, User
from participants.models import FocalPoint, Nomination, Person, PersonalLink
from participants.portal.links import address
from participants.portal.seats import seat_page
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from tests import builders
from tests.participants.conftest import BEFORE

pytestmark = pytest.mark.django_db

SAID = {"name": "Sukarno", "email": "sukarno@ministry.example", "gender": "unknown"}


def signed_in(client, mandate: FocalPoint):
    """Open the session of a focal point."""
    user = builders.user(f"{mandate.pk}@ministry.example", name=mandate.person.name)
    Person.objects.filter(pk=mandate.person_id).update(user=user)
    client.force_login(user)
    return client


@pytest.fixture
def jordans(client, cbd, call, in_february):
    return signed_in(client, cbd)


def test_a_focal_point_nominates_under_the_own_name(jordans, call, jordan, cbd):
    url = seat_page(call, jordan)
    response = jordans.post(f"{url}new/", SAID | {"track": "biodiversity", "sector": "forest"}, follow=True)
    made = Nomination.objects.get()
    assert response.redirect_chain == [(f"{url}#nomination-{made.pk}", 302)]
    assert "Nomination ANNEX2-AMM-002 received." in response.text
    assert (made.party_id, made.focal_point_id) == ("JOR", cbd.pk)
    entry = ActivityEntry.objects.get(verb="nominate")
    assert (str(entry.actor), entry.actor_label) == ("رنا العلي", "رنا العلي")
    assert entry.actor == User.objects.get(email=f"{cbd.pk}@ministry.example")
    assert "no-store" in response["Cache-Control"]


def test_the_pages_of_a_nomination_are_led_to_by_the_same_door(jordans, call, jordan, nomination):
    url = seat_page(call, jordan)
    page = jordans.get(url)
    for step in ("papers", "withdraw"):
        assert f'href="{url}{nomination.pk}/{step}/"' in page.text
        assert jordans.get(f"{url}{nomination.pk}/{step}/").status_code == 200
    assert "/my/nominate/" not in page.text
    assert jordans.post(f"{url}{nomination.pk}/withdraw/")["Location"] == url
    nomination.refresh_from_db()
    assert nomination.state == "withdrawn"


def test_the_link_of_a_letter_leads_on_by_its_own_door(client, nominate_url, nomination):
    page = client.get(nominate_url)
    assert f'href="{nominate_url}{nomination.pk}/papers/"' in page.text
    assert "/my/calls/" not in page.text


def test_another_partys_pages_do_not_exist(jordans, call, jordan, lebanon, nomination):
    assert jordans.get(seat_page(call, lebanon)).status_code == 404
    assert jordans.post(f"{seat_page(call, lebanon)}new/", SAID).status_code == 404
    assert jordans.get(f"{seat_page(call, lebanon)}{nomination.pk}/papers/").status_code == 404
    assert jordans.get(f"/my/calls/{uuid4()}/JOR/").status_code == 404
    assert jordans.get(f"/my/calls/{call.pk}/XXX/").status_code == 404


def test_lebanons_session_reaches_nothing_of_jordan(client, call, jordan, lebanon, of_lebanon, nomination, in_february):
    lebanons = signed_in(client, of_lebanon)
    assert lebanons.get(seat_page(call, jordan)).status_code == 404
    for step in ("withdraw", "papers"):
        assert lebanons.post(f"{seat_page(call, lebanon)}{nomination.pk}/{step}/").status_code == 404
    assert "Suharyanto" not in lebanons.get(seat_page(call, lebanon)).text


def test_nobody_signed_in_is_sent_to_the_door(client, call, jordan, in_february):
    response = client.get(seat_page(call, jordan))
    assert (response.status_code, response["Location"]) == (302, f"/my/sign-in/?next={seat_page(call, jordan)}")


def test_a_mandate_that_ended_opens_nothing(jordans, call, jordan, cbd):
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=BEFORE.date())
    assert jordans.get(seat_page(call, jordan)).status_code == 404


def test_a_kind_that_signs_no_nomination_opens_nothing(client, call, jordan, in_february):
    clearing_house = builders.focal_point(jordan, "CHM-FP")
    assert signed_in(client, clearing_house).get(seat_page(call, jordan)).status_code == 404


def test_a_deputy_nominates(client, call, jordan, cbd, in_february):
    deputy = builders.focal_point(
        jordan, "CBD-FP1", builders.person("Deputy (synthetic)", "d@x.example"), deputy_of=cbd
    )
    assert signed_in(client, deputy).get(seat_page(call, jordan)).status_code == 200


def test_an_organizer_has_other_doors(client, organizer, call, jordan, cbd, in_february):
    Person.objects.filter(pk=cbd.person_id).update(user=organizer.user)
    client.force_login(organizer.user)
    assert client.get(seat_page(call, jordan)).status_code == 404


def test_a_synthetic_focal_point_does_not_reach_a_real_call(client, call, jordan, in_february):
    copy = builders.programme("practice", rehearsal_of=call.workshop.programme)
    actor = builders.focal_point(jordan, "CBD-FP1", builders.person("P (synthetic)", "p@x.example", rehearsal=copy))
    assert signed_in(client, actor).get(seat_page(call, jordan)).status_code == 404


def test_a_real_focal_point_does_not_reach_a_practice_call(jordans, call, jordan):
    copy = builders.programme("practice", rehearsal_of=call.workshop.programme)
    type(call.workshop).objects.filter(pk=call.workshop_id).update(programme=copy)
    assert jordans.get(seat_page(call, jordan)).status_code == 404


def test_the_page_takes_the_same_queries_for_one_and_two_nominations(
    jordans, call, jordan, nomination, jordanian, django_assert_num_queries
):
    url = seat_page(call, jordan)
    with django_assert_num_queries(22):
        jordans.get(url)
    two = Candidate(name="Rania Hassan", email="rania@ministry.example")
    nominate(call, party=jordan, candidate=two, track="planning", sector="planning", by=jordanian, at=BEFORE)
    with django_assert_num_queries(22):
        jordans.get(url)


def test_the_secret_of_a_link_is_in_no_description_of_the_seat(client, call, cbd, rf, in_february):
    from participants.portal.seats import _by_link

    url = address(PersonalLink.objects.get(call=call, person=cbd.person))
    token = url.split("/")[3]
    assert token not in repr(_by_link(rf.get(url), token))

"""Signing in by a mailed code, through the pages."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import ActivityEntry, User
from accounts.tokens import derive_code
from correspondence.models import Message
from participants.models import FocalPoint, Person, SignInCode
from participants.portal.seats import seat_page
from tests import builders
from tests.participants.conftest import BEFORE

pytestmark = pytest.mark.django_db

SEND, CODE, AGAIN, WHO = (f"/my/sign-in/code/{step}" for step in ("send/", "", "again/", "who/"))
RANA = "rana@ministry.example"


@pytest.fixture(autouse=True)
def clock(cbd, in_february):
    """A clock that stands still, before the deadline; Rana reads English."""
    Person.objects.filter(pk=cbd.person_id).update(language="en")


def ask(client, address=RANA, **rest):
    return client.post(SEND, {"address": address, **rest})


def secret() -> str:
    return derive_code(SignInCode.objects.latest("id").pk)


def enter(client, code=None, **rest):
    return client.post(CODE, {"code": code or secret()}, **rest)


def test_the_door_offers_a_code_first_and_a_password_below(client):
    page = client.get("/my/sign-in/?next=/my/party/").text
    assert page.index("Mail me a code") < page.index('name="password"')
    assert f'action="{SEND}"' in page
    assert page.count('name="next" value="/my/party/"') == 2
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_door_leads_nowhere_else(client):
    page = client.get("/my/sign-in/?next=https://evil.example/").text
    assert "evil" not in page.partition("<main")[2].partition("</main>")[0]


def test_from_the_address_to_the_own_page(client, call, cbd):
    asked = ask(client)
    assert (asked.status_code, asked["Location"]) == (302, CODE)
    page = client.get(CODE)
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text
    assert "It is good until Saturday 1 February 2014, 09:15 (UTC), in this browser." in page.text
    assert "no-store" in page["Cache-Control"]
    key_before = client.session.session_key
    entered = enter(client, follow=True)
    assert entered.redirect_chain == [("/my/", 302)]
    assert "رنا العلي" in entered.text
    assert f'href="{seat_page(call, cbd.party)}"' in entered.text
    assert client.session.session_key != key_before
    assert client.session.get_expiry_age() == 12 * 3600
    assert not {"code", "code_redeemed", "code_next"} & set(client.session.keys())
    user = User.objects.get(email=RANA)
    entry = ActivityEntry.objects.get(verb="sign_in")
    assert (entry.actor, entry.address) == (user, "127.0.0.1")


def test_somebody_signed_in_goes_on_to_the_page_first_asked_for(client, call, jordan):
    url = seat_page(call, jordan)
    door = client.get(url)["Location"]
    assert f'value="{url}"' in client.get(door).text
    ask(client, next=url)
    assert enter(client)["Location"] == url


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_never_leads_off_the_planner(client, onward):
    ask(client, next=onward)
    assert enter(client)["Location"] == "/my/"


def test_a_known_and_an_unknown_address_look_alike(client):
    pages = []
    for address in (RANA, "nora@ministry.example"):
        answer = ask(client, address)
        page = client.get(CODE)
        wrong = enter(client, "00000000")
        shown = [part.text.replace(address, "…") for part in (page, wrong)]
        shown = [part.split("<main")[1].split("csrfmiddlewaretoken")[0] for part in shown]
        pages.append((answer.status_code, answer["Location"], page.status_code, wrong.status_code, *shown))
    assert pages[0] == pages[1]
    assert Message.objects.filter(kind="sign-in-code").count() == 1


def test_a_code_is_good_in_the_browser_that_asked_for_it_alone(client):
    ask(client)
    stranger = Client()
    assert stranger.post(CODE, {"code": secret()})["Location"] == SEND
    ask(stranger, "nora@ministry.example")
    own = SignInCode.objects.get(address=RANA)
    assert stranger.post(CODE, {"code": derive_code(own.pk)}).status_code == 422
    assert enter(client, derive_code(own.pk))["Location"] == "/my/"


def test_a_wrong_code_is_said_beside_the_field(client):
    ask(client)
    wrong = "00000000" if secret() != "00000000" else "00000001"
    response = enter(client, wrong)
    assert response.status_code == 422
    assert 'id="id_code_error"' in response.text
    assert "You have 4 tries left." in response.text
    assert response.text.count('aria-invalid="true"') == 1
    for _try in range(4):
        response = enter(client, wrong)
    assert "Ask for a new code." in response.text
    assert "This code is over." in enter(client).text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "1"}, {"code": "9" * 5000}])
def test_what_is_no_code_is_refused(client, sent):
    ask(client)
    assert client.post(CODE, sent).status_code == 422
    assert SignInCode.objects.get().tries == 0


@pytest.mark.parametrize("address", ["", "nobody", "x" * 5000, "a@b.example, c@d.example"])
def test_what_is_no_address_is_said_beside_the_field(client, address):
    response = ask(client, address)
    assert response.status_code == 422
    assert 'href="#id_address"' in response.text
    assert not SignInCode.objects.exists()


def test_the_sixth_code_of_an_hour_is_refused_with_the_way_out(client):
    for _code in range(5):
        ask(client)
    response = ask(client)
    assert response.status_code == 429
    assert "Wait an hour, or use the link in a letter" in response.text


def test_another_code_comes_after_a_minute_and_the_first_is_good_no_more(client):
    ask(client)
    first = secret()
    soon = client.post(AGAIN, follow=True)
    assert "The letter needs a minute to arrive." in soon.text
    assert SignInCode.objects.count() == 1
    with time_machine.travel(BEFORE + timedelta(seconds=61), tick=False):
        later = client.post(AGAIN, follow=True)
        assert "Another code was asked for" in later.text
        assert SignInCode.objects.count() == Message.objects.count() == 2
        assert enter(client, first).status_code == 422
        assert enter(client)["Location"] == "/my/"


def test_after_a_quarter_of_an_hour_the_page_says_that_the_code_is_over(client):
    ask(client)
    with time_machine.travel(BEFORE + timedelta(minutes=16), tick=False):
        assert "Its time is over" in client.get(CODE).text
        assert "This code is over." in enter(client).text


@pytest.mark.parametrize("page", [CODE, WHO])
def test_who_has_asked_for_no_code_is_asked_for_the_address(client, page):
    assert client.get(page)["Location"] == SEND
    assert client.post(page, {"code": "12345678", "person": "x"})["Location"] == SEND
    assert client.post(AGAIN)["Location"] == SEND
    assert client.get(AGAIN).status_code == 405


def test_who_is_inside_needs_no_code(client, organizer):
    client.force_login(organizer.user)
    for page in (SEND, CODE, WHO):
        assert client.get(page)["Location"] == "/my/"


def test_an_organizers_address_gets_no_code_and_keeps_its_password(client, organizer):
    assert ask(client, "organizer@secretariat.example").status_code == 302
    assert not Message.objects.exists()
    assert enter(client).status_code == 422


@pytest.fixture
def shared(jordan, cbd) -> Person:
    second = builders.person("Amal Nasser (synthetic)", "RANA@ministry.example", language="en")
    builders.focal_point(jordan, "CHM-FP", second)
    return second


def test_people_of_one_mailbox_say_who_they_are(client, cbd, shared):
    ask(client)
    assert client.get(WHO)["Location"] == SEND  # not before the code
    assert enter(client)["Location"] == WHO
    page = client.get(WHO).text
    assert "Jordan: CBD national focal point" in page
    assert "Jordan: Clearing-house mechanism focal point" in page
    other = builders.person("Other (synthetic)", "other@ministry.example")
    for wrong in (str(other.pk), "", "x"):
        assert client.post(WHO, {"person": wrong}).status_code == 404
    assert client.post(WHO, {"person": str(shared.pk)})["Location"] == "/my/"
    assert ActivityEntry.objects.get(verb="sign_in").actor == User.objects.get(person=shared)
    client.post("/my/sign-out/")
    assert client.get(WHO)["Location"] == SEND


def test_the_choice_is_open_to_the_browser_of_the_code_and_for_a_quarter_of_an_hour(client, shared):
    ask(client)
    enter(client)
    assert Client().post(WHO, {"person": str(shared.pk)})["Location"] == SEND
    with time_machine.travel(BEFORE + timedelta(minutes=16), tick=False):
        assert client.post(WHO, {"person": str(shared.pk)})["Location"] == SEND
    assert not ActivityEntry.objects.filter(verb="sign_in").exists()


def test_a_new_code_asks_again_who_one_is(client, shared):
    ask(client)
    enter(client)
    ask(client)
    assert client.post(WHO, {"person": str(shared.pk)})["Location"] == SEND


def test_a_form_without_its_secret_is_refused_kindly(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SEND, {"address": RANA}).status_code == 403


def test_after_the_code_one_sees_the_own_party_alone(client, call, nomination, of_lebanon, lebanon, jordan):
    Person.objects.filter(pk=of_lebanon.person_id).update(language="en")
    ask(client, of_lebanon.person.email)
    assert enter(client)["Location"] == "/my/"
    assert "Suharyanto" not in client.get("/my/").text
    assert client.get(seat_page(call, jordan)).status_code == 404
    assert client.get(seat_page(call, lebanon)).status_code == 200
    assert client.get("/api/v1/nominations/").json()["results"] == []
    parties = {each["party"] for each in client.get("/api/v1/focal-points/").json()["results"]}
    assert parties == {"LBN"}
    assert client.get(f"/api/v1/nominations/{nomination.pk}/").status_code == 404
    assert client.get("/admin/", follow=True).redirect_chain[0][0].startswith("/admin/login/")
    FocalPoint.objects.filter(pk=of_lebanon.pk).update(valid_to=BEFORE.date())
    assert client.get(seat_page(call, lebanon)).status_code == 404


@pytest.mark.parametrize("page", ["/my/sign-in/", SEND, CODE])
def test_the_pages_in_arabic_read_from_the_right(client, page):
    ask(client)
    assert '<html lang="ar" dir="rtl"' in client.get(page, headers={"accept-language": "ar"}).text

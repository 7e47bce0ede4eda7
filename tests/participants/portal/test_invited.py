"""The two doors of an invited person: a link, fresh or old, and a session; what each opens."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.tokens import derive_code
from participants.models import Invitation, Needs, Person, PersonalLink, Registration, SignInCode
from participants.verbs.invitations import LINK_GRACE
from participants.verbs.needs import NeedsDetails, save_needs
from tests import builders
from tests.participants.conftest import DECIDED

pytestmark = pytest.mark.django_db

SEALED = ("document", "needs", "emergency", "questions")
OPEN = ("identity", "travel", "stay", "languages", "photo", "consents")
OLD = DECIDED + timedelta(days=30)


def at(moment: datetime):
    return time_machine.travel(moment, tick=False)


def session_door(invitation: Invitation) -> str:
    return f"/my/invitations/{invitation.pk}/"


@pytest.fixture
def told(accepted, nominee) -> Registration:
    """A registration that says something of health."""
    return save_needs(accepted, NeedsDetails(health="Asthma (synthetic)"), by=nominee, at=DECIDED)


@pytest.fixture
def signed_in(accepted) -> Client:
    """The session of the invited person."""
    client = Client()
    user = builders.user("suharyanto@ministry.example")
    Person.objects.filter(pk=accepted.nomination.person_id).update(user=user)
    client.force_login(user)
    return client


@pytest.fixture
def asked(workshop) -> None:
    workshop.registration_questions.create(kind="line", label={"en": "Which herbarium do you know?"})


@pytest.mark.parametrize("stage", SEALED)
def test_an_old_link_opens_no_sealed_stage(client, invitation_url, told, asked, stage):
    with at(OLD - timedelta(seconds=1)):
        assert client.get(f"{invitation_url}register/{stage}/").status_code == 200
    with at(OLD):
        page = client.get(f"{invitation_url}register/{stage}/")
    assert f'?next={session_door(told.invitation)}register/{stage}/"' in page.text
    assert "Mail me a code" in page.text
    assert "Asthma" not in page.text
    assert "no-store" in page["Cache-Control"]


def test_an_old_link_saves_nothing_in_a_sealed_stage(client, invitation_url, told):
    with at(OLD):
        for sent in ({"health": "x"}, {"then": "leave"}):
            page = client.post(f"{invitation_url}register/needs/", sent)
            assert "Mail me a code" in page.text
    assert Needs.objects.get().health == "Asthma (synthetic)"


@pytest.mark.parametrize("stage", OPEN)
def test_an_old_link_opens_the_other_stages(client, invitation_url, told, stage):
    with at(OLD):
        assert client.get(f"{invitation_url}register/{stage}/").status_code == 200


def test_an_old_link_still_accepts(client, invitation_url, invitation):
    with at(OLD):
        client.post(f"{invitation_url}accept/")
    invitation.refresh_from_db()
    assert invitation.state == "accepted"


def test_an_old_link_in_the_browser_of_its_own_person_opens_everything(signed_in, invitation_url, told):
    with at(OLD):
        assert "Asthma (synthetic)" in signed_in.get(f"{invitation_url}register/needs/").text


def test_an_old_link_in_the_browser_of_somebody_else_opens_nothing_more(client, invitation_url, told):
    client.force_login(builders.user("somebody@ministry.example"))
    with at(OLD):
        page = client.get(f"{invitation_url}register/needs/")
    assert "Asthma" not in page.text


def test_an_expired_link_offers_a_code_and_comes_back_to_the_invitation(client, invitation_url, accepted, workshop):
    after = PersonalLink.objects.get(invitation=accepted).expires_at
    with at(after):
        page = client.get(invitation_url)
        assert page.status_code == 410
        assert f'?next={session_door(accepted)}"' in page.text
        assert "Suharyanto" not in page.text
        sent = {"address": "suharyanto@ministry.example", "next": session_door(accepted)}
        client.post("/my/sign-in/code/send/", sent)
        code = derive_code(SignInCode.objects.latest("id").pk)
        entered = client.post("/my/sign-in/code/", {"code": code})
        assert (entered.status_code, entered["Location"]) == (302, session_door(accepted))
        assert "Suharyanto" in client.get(session_door(accepted)).text


def test_a_withdrawn_link_stays_refused(client, invitation_url, accepted):
    PersonalLink.objects.filter(invitation=accepted).update(revoked_at=DECIDED)
    for step in ("", "register/identity/"):
        page = client.get(f"{invitation_url}{step}")
        assert page.status_code == 410
        assert "Mail me a code" not in page.text
    assert client.post(f"{invitation_url}complete/").status_code == 410


def test_the_session_is_a_door_of_its_own(signed_in, accepted, told):
    door = session_door(accepted)
    with at(OLD):
        page = signed_in.get(door)
        assert f'href="{door}register/identity/"' in page.text
        assert "/my/invitation/" not in page.text
        assert "Asthma (synthetic)" in signed_in.get(f"{door}register/needs/").text
        saved = signed_in.post(f"{door}register/needs/", {"health": "", "diet": "No nuts", "then": "later"})
    assert saved["Location"].startswith(door)
    assert (Needs.objects.get().diet, Needs.objects.get().health) == ("No nuts", "")


def test_nobody_signed_in_is_sent_to_the_door(client, accepted):
    page = client.get(f"{session_door(accepted)}register/needs/")
    assert page["Location"] == f"/my/sign-in/?next={session_door(accepted)}register/needs/"


@pytest.mark.parametrize("step", ["", "register/identity/", "register/needs/", "photo/", "decline/"])
def test_anothers_invitation_is_none(accepted, told, cbd, of_lebanon, organizer, step):
    users = [organizer.user]
    for mandate in (cbd, of_lebanon):
        user = builders.user(f"{mandate.pk}@ministry.example")
        Person.objects.filter(pk=mandate.person_id).update(user=user)
        users.append(user)
    for user in users:
        client = Client()
        client.force_login(user)
        assert client.get(f"{session_door(accepted)}{step}").status_code == 404


def test_the_secret_of_a_link_is_in_no_description_of_the_door(client, invitation_url, rf):
    from participants.portal.invited import _by_link
    from participants.queries.links import resolve

    token = invitation_url.split("/")[3]
    request = rf.get(invitation_url)
    request.user = None
    link = resolve(token, "invitation", at=DECIDED)
    assert token not in repr(_by_link(request, link, token))


def test_the_desk_leads_there(signed_in, accepted):
    with at(DECIDED):
        assert f'href="{session_door(accepted)}"' in signed_in.get("/my/").text
    with at(DECIDED + timedelta(days=90) + LINK_GRACE):  # the link is over, the session's door is not
        assert signed_in.get(session_door(accepted)).status_code == 200


def test_accepting_by_the_session(client, invitation):
    user = builders.user("suharyanto@ministry.example")
    Person.objects.filter(pk=invitation.nomination.person_id).update(user=user)
    client.force_login(user)
    with at(DECIDED):
        assert client.post(f"{session_door(invitation)}accept/")["Location"] == session_door(invitation)
    invitation.refresh_from_db()
    assert invitation.state == "accepted"

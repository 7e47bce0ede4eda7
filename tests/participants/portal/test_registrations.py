"""The stages of registration, one page each."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from accounts.models import ActivityEntry
from participants.models import AskedStage, PersonalLink, Registration, RegistrationQuestion, VisaRule
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(invitation_url, accepted):
    """The address of a stage's page."""
    return lambda stage: f"{invitation_url}register/{stage}/"


def picture() -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    made.seek(0)
    made.name = "me.jpg"
    return made


FILLED: dict[str, dict[str, Any]] = {
    "identity": {"badge_name": "سوهارتو", "passport_name": "SUHARYANTO", "nationality": "LBN", "residence": "JOR"},
    "document": {"kind": "regular", "number": "A1234567", "issuer": "LBN", "expires_on": "2024-01-31"},
    "travel": {
        "booked_by": "secretariat",
        "leaves_from": "Jakarta",
        "arrives_on": "2014-06-14",
        "leaves_on": "2014-06-20",
    },
    "stay": {"lodging": "hotel", "first_night": "2014-06-14", "last_night": "2014-06-19"},
    "needs": {"diet": "No pork", "access": "", "health": ""},
    "emergency": {"name": "Siti", "phone": "+62 21 555 0100"},
    "languages": {"speaks": ["en", "fr"], "other": "Bahasa Indonesia"},
    "consents": {"may_list": "on"},
}


def test_every_stage_is_saved_in_its_turn_and_the_registration_confirmed(client, invitation_url, stages, mailoutbox):
    for stage, filled in FILLED.items():
        response = client.post(stages(stage), filled | {"then": "next"})
        assert response.status_code == 302, (stage, response.context["form"].errors)
        if stage == "languages":
            assert response["Location"] == stages("photo")
            assert client.post(stages("photo"), {"photo": picture(), "then": "next"}).status_code == 302
    assert f'href="{invitation_url}told/"' in client.get(invitation_url).text
    assert "Confirm my registration" in client.get(f"{invitation_url}told/").text
    done = client.post(f"{invitation_url}complete/", follow=True)
    assert "You are registered." in done.text
    row = Registration.objects.get()
    assert (row.state, row.badge_name, row.passport_name) == ("registered", "سوهارتو", "SUHARYANTO")
    assert (row.nationality_id, row.residence_id, row.speaks) == ("LBN", "JOR", ["en", "fr"])
    assert (row.needs.diet, row.emergency_contact.phone, row.stay.lodging) == ("No pork", "+62 21 555 0100", "hotel")
    assert row.travel_documents.get().number == "A1234567"


def test_what_was_saved_is_there_when_one_comes_back(client, invitation_url, stages):
    client.post(stages("identity"), FILLED["identity"] | {"then": "later"})
    page = client.get(invitation_url).text
    assert "Go on: Passport and visa" in page
    assert 'value="SUHARYANTO"' in client.get(stages("identity")).text
    client.post(stages("document"), FILLED["document"])
    assert 'value="A1234567"' in client.get(stages("document")).text
    assert ActivityEntry.objects.filter(verb="open_passport").count() == 1


def test_what_may_be_left_empty_is_left_and_what_is_needed_is_not(client, invitation_url, stages, workshop):
    AskedStage.objects.create(workshop=workshop, stage="emergency", asking="needed")
    AskedStage.objects.create(workshop=workshop, stage="photo", asking="off")
    client.post(stages("identity"), FILLED["identity"])
    assert client.post(stages("document"), {"then": "leave"})["Location"] == stages("travel")
    refused = client.post(stages("emergency"), {"then": "leave"}, follow=True)
    assert "cannot be left empty" in refused.text
    assert client.get(stages("photo")).status_code == 404
    lacking = client.post(f"{invitation_url}complete/", follow=True)
    assert "Still needed: Emergency contact." in lacking.text
    assert Registration.objects.get().state == "begun"


@pytest.mark.parametrize(
    ("stage", "change", "field"),
    [
        ("identity", {"badge_name": " "}, "badge_name"),
        ("identity", {"nationality": "XXX"}, "nationality"),
        ("document", {"number": ""}, "number"),
        ("document", {"issued_on": "2014-01-02", "expires_on": "2014-01-01"}, "expires_on"),
        ("travel", {"arrives_on": "2014-06-21", "leaves_on": "2014-06-20"}, "leaves_on"),
        ("travel", {"arrives_on": "2010-01-01"}, "arrives_on"),
        ("stay", {"last_night": ""}, "last_night"),
        ("emergency", {"phone": "no"}, "phone"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, stages, stage, change, field):
    response = client.post(stages(stage), FILLED[stage] | change)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.text


def test_a_photo_that_is_none_is_refused(client, stages):
    broken = BytesIO(b"GIF89a but not really")
    broken.name = "me.gif"
    response = client.post(stages("photo"), {"photo": broken})
    assert "cannot be read as a photo" in response.text


def test_the_photo_is_shown_to_its_own_person(client, invitation_url, stages):
    assert client.get(f"{invitation_url}photo/").status_code == 404
    client.post(stages("photo"), {"photo": picture()})
    shown = client.get(f"{invitation_url}photo/")
    assert (shown["Content-Type"], shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert "no-store" in shown["Cache-Control"]


def test_e09_a_document_that_ends_soon_after_the_journey_warns(client, stages, workshop):
    client.post(stages("identity"), FILLED["identity"])
    client.post(stages("document"), FILLED["document"] | {"expires_on": "2014-11-01"})
    assert "less than six months after your journey" in client.get(stages("document")).text
    client.post(stages("document"), FILLED["document"] | {"expires_on": "2014-06-01"})
    assert "before you are back" in client.get(stages("document")).text
    client.post(stages("document"), FILLED["document"] | {"expires_on": "2015-06-01"})
    assert "Your document ends" not in client.get(stages("document")).text


def test_e08_e09_the_visa_goes_by_nationality_and_document(client, stages, workshop, lebanon):
    VisaRule.objects.create(workshop=workshop, need="before", source="Note verbale 1")
    VisaRule.objects.create(workshop=workshop, nationality=lebanon, need="arrival", source="Note verbale 2")
    VisaRule.objects.create(
        workshop=workshop, nationality=lebanon, kind="diplomatic", need="none", source="Note verbale 3"
    )
    client.post(stages("identity"), FILLED["identity"])
    assert "Visa on arrival" in client.get(stages("document")).text
    client.post(stages("document"), FILLED["document"] | {"kind": "diplomatic"})
    assert "No visa is needed" in client.get(stages("document")).text
    client.post(stages("identity"), FILLED["identity"] | {"nationality": "JOR"})
    assert "Visa from a mission" in client.get(stages("document")).text


def test_e09_a_second_document_is_kept_beside_the_first_and_taken_away_again(client, stages):
    second = {"second_kind": "unlp", "second_number": "UN-77"}
    client.post(stages("document"), FILLED["document"] | second)
    row = Registration.objects.get()
    assert [(each.kind, each.number) for each in row.travel_documents.all()] == [
        ("regular", "A1234567"),
        ("unlp", "UN-77"),
    ]
    client.post(stages("document"), FILLED["document"])
    assert row.travel_documents.count() == 1


def test_a_question_that_depends_on_an_answer_appears_when_the_page_comes_back(client, stages, workshop):
    first = RegistrationQuestion.objects.create(
        workshop=workshop,
        position=1,
        kind="yes_no",
        label={"en": "Do you bring a map?", "fr": "Apportez-vous une carte ?"},
    )
    then = RegistrationQuestion.objects.create(
        workshop=workshop,
        position=2,
        kind="line",
        label={"en": "Of which area?"},
        needed=True,
        depends_on=first,
        depends_value="yes",
    )
    page = client.get(stages("questions"))
    assert "Do you bring a map?" in page.text
    assert "Of which area?" not in page.text
    assert "Apportez-vous une carte" in client.get(stages("questions"), headers={"accept-language": "fr"}).text
    opened = client.post(stages("questions"), {"seen": str(first.pk), str(first.pk): "yes"})
    assert opened.status_code == 200
    assert "Of which area?" in opened.text
    seen = {"seen": f"{first.pk} {then.pk}", str(first.pk): "yes"}
    missing = client.post(stages("questions"), seen)
    assert "Answer this question." in missing.text
    assert client.post(stages("questions"), seen | {str(then.pk): "Azraq"}).status_code == 302
    answers = {each.question_id: each.value for each in Registration.objects.get().answers.all()}
    assert answers == {first.pk: "true", then.pk: '"Azraq"'}
    client.post(stages("questions"), {"seen": str(first.pk), str(first.pk): "no"})
    assert Registration.objects.get().answers.count() == 1


def test_an_old_link_opens_the_invitation_and_asks_for_a_code_before_what_is_sealed(client, invitation_url, accepted):
    made = PersonalLink.objects.get(invitation=accepted).created_at
    with time_machine.travel(made + timedelta(days=31), tick=False):
        assert client.get(invitation_url).status_code == 200
        assert client.get(f"{invitation_url}register/identity/").status_code == 200
        asked = client.get(f"{invitation_url}register/document/")
        assert "This link is old" in asked.text
        assert f"/my/sign-in/?next=/my/invitations/{accepted.pk}/register/document/" in asked.text


def test_a_link_that_expired_leads_to_a_code_and_a_revoked_one_nowhere(client, invitation_url, accepted, organizer):
    link = PersonalLink.objects.get(invitation=accepted)
    with time_machine.travel(link.expires_at, tick=False):
        asked = client.get(invitation_url)
        assert asked.status_code == 410
        assert f"next=/my/invitations/{accepted.pk}/" in asked.text
    link.revoked_at = link.created_at
    link.save()
    assert client.get(invitation_url).status_code == 410
    assert "withdrawn" in client.get(invitation_url).text


def test_who_is_signed_in_reaches_the_own_invitation_and_no_other(client, accepted, invitation_url):
    own = reverse("invitation", kwargs={"key": accepted.pk})
    assert client.get(own)["Location"].startswith("/my/sign-in/?next=")
    person = accepted.nomination.person
    person.user = builders.user("own@ministry.example")
    person.save()
    client.force_login(person.user)
    assert client.get(own).status_code == 200
    assert own in client.get("/my/").text
    assert client.get(f"{own}register/document/").status_code == 200
    client.force_login(builders.user("other@ministry.example"))
    assert client.get(own).status_code == 404


def test_after_the_last_day_nothing_is_changed_any_more(client, invitation_url, stages, workshop, accepted):
    client.post(stages("identity"), FILLED["identity"])
    workshop.starts_on, workshop.ends_on = date(2014, 3, 1), date(2014, 3, 5)
    workshop.save()
    page = client.get(invitation_url)
    assert "Registration is closed" in page.text
    assert "Registration is closed" in client.post(stages("identity"), FILLED["identity"]).text


def test_e28_my_visa_was_refused_frees_the_seat(client, invitation_url, accepted):
    url = f"{invitation_url}visa-refused/"
    assert "It is not counted as an absence" in client.get(url).text
    assert "We are sorry" in client.post(url, follow=True).text
    accepted.refresh_from_db()
    assert accepted.state == "visa_refused"


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_days_come_back_as_a_browsers_calendar_reads_them(client, stages, language):
    client.post(stages("travel"), FILLED["travel"], headers={"accept-language": language})
    assert 'value="2014-06-14"' in client.get(stages("travel"), headers={"accept-language": language}).text

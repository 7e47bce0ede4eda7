"""The stages of registration, page by page: filled in, left, come back to, changed, and confirmed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from correspondence.models import Message, StoredFile
from participants.models import (
    AskedStage,
    EmergencyContact,
    Journey,
    Needs,
    Registration,
    RegistrationTerms,
    Stay,
    TravelDocument,
)
from participants.verbs.identities import IdentityDetails, save_identity
from tests.participants.conftest import DECIDED
from tests.participants.portal.filled import names, paper, picture

pytestmark = pytest.mark.django_db

ORDER = ["identity", "document", "travel", "stay", "needs", "emergency", "languages", "photo", "consents"]


@pytest.fixture
def need(workshop):
    """Let the workshop ask for a stage otherwise than by the rule."""

    def asked(name: str, how: str = "needed") -> None:
        AskedStage.objects.create(workshop=workshop, stage=name, asking=how)

    return asked


def test_each_stage_leads_to_the_next(stage, invitation_url):
    said = {"stay": {"lodging": "home"}, "emergency": {"name": "Dewi", "phone": "+62 21 555 0100"}}
    said |= {"identity": names(), "document": paper(), "travel": {"booked_by": "self"}}
    for here, following in zip(ORDER, [*ORDER[1:], ""], strict=True):
        saved = stage(here, said.get(here, {}))
        onward = f"{invitation_url}register/{following}/" if following else f"{invitation_url}told/"
        assert (saved.status_code, saved["Location"]) == (302, onward)
    assert set(Registration.objects.get().saved_stages.values_list("stage", flat=True)) == set(ORDER)
    assert Registration.objects.get().state == "begun"


def test_the_page_says_which_stage_of_how_many_it_is(stage, visit):
    assert "3 of 10" in stage("travel").text
    assert "9 of 10" in stage("questions").text


def test_a_stage_is_left_for_later_and_found_again(stage, client, invitation_url):
    saved = stage("identity", names(badge_name="Pak Suharyanto", then="later"))
    assert saved["Location"] == f"{invitation_url}#registration"
    assert 'value="Pak Suharyanto"' in stage("identity").text
    page = client.get(invitation_url).text
    assert f'href="{invitation_url}register/document/"' in page


def test_what_may_be_left_empty_is_left(stage, invitation_url):
    assert 'value="leave"' in stage("document").text
    assert 'value="leave"' not in stage("identity").text
    assert stage("document", {"then": "leave"})["Location"] == f"{invitation_url}register/identity/"
    assert not TravelDocument.objects.exists()
    assert list(Registration.objects.get().saved_stages.values_list("stage", flat=True)) == ["document"]


def test_what_is_needed_cannot_be_left(stage, need, invitation_url):
    need("document")
    assert 'value="leave"' not in stage("document").text
    answer = stage("document", {"then": "leave"}, follow=True)
    assert answer.redirect_chain == [(f"{invitation_url}register/document/", 302)]
    assert "This is needed" in answer.text
    assert not Registration.objects.exists()


def test_what_is_not_asked_has_no_page(stage, need):
    need("photo", "off")
    assert stage("photo").status_code == 404
    assert stage("nonsense").status_code == 404
    assert stage("questions").status_code == 404


def test_an_online_workshop_asks_nothing_of_a_journey(stage, workshop):
    type(workshop).objects.filter(pk=workshop.pk).update(online=True)
    for name in ("document", "travel", "stay"):
        assert stage(name).status_code == 404
    assert "1 of 6" in stage("identity").text


def test_an_invitation_that_is_not_accepted_has_no_stages(client, invitation_url, invitation):
    url = f"{invitation_url}register/identity/"
    assert client.get(url)["Location"] == invitation_url
    assert client.post(url, names())["Location"] == invitation_url
    assert not Registration.objects.exists()


def test_confirming_names_what_is_missing(client, stage, invitation_url, need):
    need("emergency")
    stage("identity", names())
    assert f'href="{invitation_url}told/"' not in client.get(invitation_url).text
    assert f'action="{invitation_url}complete/"' not in client.get(f"{invitation_url}told/").text
    assert "Still needed: Emergency contact." in client.post(f"{invitation_url}complete/", follow=True).text
    assert Registration.objects.get().state == "begun"
    stage("emergency", {"name": "Dewi", "phone": "+62 21 555 0100"})
    assert f'href="{invitation_url}told/"' in client.get(invitation_url).text
    assert f'action="{invitation_url}complete/"' in client.get(f"{invitation_url}told/").text
    page = client.post(f"{invitation_url}complete/", follow=True).text
    assert "You are registered." in page
    assert f'href="{invitation_url}register/identity/"' in page
    assert Registration.objects.get().state == "registered"
    assert Message.objects.filter(kind="registration-received").count() == 1


def test_confirming_takes_a_button(client, invitation_url, accepted):
    assert client.get(f"{invitation_url}complete/").status_code == 405


def test_a_stage_can_be_changed_until_registration_closes(client, stage, workshop, invitation_url):
    RegistrationTerms.objects.create(workshop=workshop, closes_at=DECIDED + timedelta(days=7))
    stage("identity", names())
    client.post(f"{invitation_url}complete/")
    assert "Tuesday 8 April 2014, 12:00 (Asia/Amman)" in client.get(invitation_url).text
    stage("identity", names(badge_name="H. Suharyanto"))
    assert Registration.objects.get().badge_name == "H. Suharyanto"
    with time_machine.travel(DECIDED + timedelta(days=7, seconds=1), tick=False):
        late = stage("identity", names(badge_name="Late"))
        assert late.status_code == 422
        assert "Registration is closed" in late.text
        assert stage("identity")["Location"] == invitation_url
        page = client.get(invitation_url).text
        assert f'href="{invitation_url}register/identity/"' not in page
        assert "confirm" not in page
    assert Registration.objects.get().badge_name == "H. Suharyanto"


def test_e01_one_name_is_enough(stage):
    assert 'value="Suharyanto"' in stage("identity").text
    assert stage("identity", names(passport_name="Suharyanto")).status_code == 302
    assert Registration.objects.get().passport_name == "Suharyanto"


def test_e02_a_name_keeps_its_script_and_its_order(stage):
    stage("identity", names(badge_name="رنا العلي", passport_name="AL-ALI RANA"))
    page = stage("identity").text
    assert 'value="رنا العلي"' in page
    assert 'value="AL-ALI RANA"' in page
    assert 'dir="auto"' in page


def test_e08_government_nationality_and_residence_are_three_things(stage, jordan, lebanon):
    stage("identity", names(nationality="LBN", residence="JOR"))
    row = Registration.objects.get()
    assert (row.invitation.nomination.party, row.nationality, row.residence) == (jordan, lebanon, jordan)
    page = stage("identity").text
    assert '<option value="LBN" selected>Lebanon</option>' in page


@pytest.mark.parametrize(
    ("name", "sent", "field"),
    [
        ("identity", {"badge_name": ""}, "badge_name"),
        ("identity", {"badge_name": "x" * 201}, "badge_name"),
        ("identity", names(nationality="XXX"), "nationality"),
        ("document", paper(number=" "), "number"),
        ("document", paper(kind="library card"), "kind"),
        ("document", paper(born_on="2014-12-24"), "born_on"),
        ("document", paper(issued_on="2013-01-01", expires_on="2012-01-01"), "expires_on"),
        ("travel", {"booked_by": "self", "arrives_on": "tomorrow"}, "arrives_on"),
        ("travel", {"booked_by": "self", "arrives_on": "2014-06-16", "leaves_on": "2014-06-15"}, "leaves_on"),
        ("travel", {"booked_by": "self", "arrives_on": "2010-01-01"}, "arrives_on"),
        ("stay", {"lodging": "hotel"}, "first_night"),
        ("stay", {"lodging": "hotel", "first_night": "2014-06-16", "last_night": "2014-06-15"}, "last_night"),
        ("needs", {"diet": "x" * 1001}, "diet"),
        ("emergency", {"name": "Dewi"}, "phone"),
        ("emergency", {"name": "Dewi", "phone": "none"}, "phone"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(stage, name, sent, field):
    answer = stage(name, sent)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert not Registration.objects.exists()


def test_the_way_there_the_nights_and_the_contact_are_kept(stage):
    stage(
        "travel", {"leaves_from": "Beirut", "booked_by": "self", "arrives_on": "2014-06-14", "leaves_on": "2014-06-20"}
    )
    stage("stay", {"lodging": "hotel", "first_night": "2014-06-14", "last_night": "2014-06-19"})
    stage("emergency", {"name": "Dewi", "phone": "+62 21 555 0100", "relation": "sister"})
    row = Registration.objects.get()
    assert (row.arrives_on, row.leaves_on) == (date(2014, 6, 14), date(2014, 6, 20))
    assert (Journey.objects.get().leaves_from, Stay.objects.get().lodging) == ("Beirut", "hotel")
    assert EmergencyContact.objects.get().relation == "sister"
    assert 'value="2014-06-14"' in stage("travel").text
    assert 'value="2014-06-19"' in stage("stay").text
    assert 'value="sister"' in stage("emergency").text


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_days_come_back_as_a_browsers_calendar_reads_them(stage, language):
    said = {"accept-language": language}
    stage("travel", {"booked_by": "self", "arrives_on": "2014-06-14"}, headers=said)
    assert 'value="2014-06-14"' in stage("travel", headers=said).text


def test_needs_and_languages_are_kept(stage, accepted):
    stage("needs", {"diet": "No nuts"})
    assert "No nuts" in stage("needs").text
    assert Needs.objects.get().diet == "No nuts"
    stage("languages", {"speaks": ["en", "ar"], "other": "Bahasa Indonesia", "letters": "fr"})
    row = Registration.objects.select_related("invitation__nomination__person").get()
    assert (row.speaks, row.other_languages) == (["ar", "en"], "Bahasa Indonesia")
    assert row.invitation.nomination.person.language == "fr"


def test_a_photo_is_shown_to_its_own_person_alone_and_taken_away(client, stage, invitation_url):
    assert client.get(f"{invitation_url}photo/").status_code == 404
    stage("photo", {"photo": picture()})
    assert f'src="{invitation_url}photo/"' in stage("photo").text
    shown = client.get(f"{invitation_url}photo/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in shown["Cache-Control"]
    assert Image.open(BytesIO(shown.content)).size == (64, 48)
    assert StoredFile.objects.get(purpose="photo").size != len(shown.content)  # what is kept is sealed
    stage("photo", {})
    assert Registration.objects.get().photo is not None
    stage("photo", {"remove": "on"})
    assert Registration.objects.get().photo is None
    assert client.get(f"{invitation_url}photo/").status_code == 404


def test_a_photo_that_is_none_is_said_beside_the_field(stage):
    answer = stage("photo", {"photo": SimpleUploadedFile("me.jpg", b"not a picture", "image/jpeg")})
    assert answer.status_code == 422
    assert 'id="id_photo_error"' in answer.text


def test_the_page_takes_the_same_queries_for_one_stage_and_for_three(
    client, stage, invitation_url, accepted, nominee, django_assert_max_num_queries
):
    save_identity(accepted, IdentityDetails("Suharyanto"), by=nominee, at=DECIDED)
    client.get(invitation_url)
    with django_assert_max_num_queries(30) as one:
        client.get(invitation_url)
    stage("travel", {"booked_by": "self"})
    stage("stay", {"lodging": "home"})
    with django_assert_max_num_queries(30) as three:
        client.get(invitation_url)
    assert len(one.captured_queries) == len(three.captured_queries)

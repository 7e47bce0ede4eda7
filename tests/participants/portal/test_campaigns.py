"""The page behind the link of a campaign: confirm, correct, name somebody else, name deputies."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import ActivityEntry
from participants.models import CampaignEntry, FocalPoint, PersonalLink
from participants.portal.links import address
from participants.verbs.campaigns import close_campaign, remind_campaign
from participants.verbs.focal_points import end_mandate
from participants.verbs.successions import record_proposal
from tests import builders
from tests.participants.campaigns import DUE, MEANWHILE, PDF, ask, entry_of

pytestmark = pytest.mark.django_db

SUCCESSOR = {
    "name": "Layla Saleh",
    "email": "layla@agriculture.example",
    "position": "",
    "language": "en",
    "valid_from": "2019-08-01",
}


@pytest.fixture
def campaign(organizer, cbd, fao, jordan):
    jordan.language = "en"
    jordan.save()
    return ask(organizer, ("FAO-FP", "PA-FP"))


@pytest.fixture
def url(campaign, fao):
    """The FAO focal point's link, opened in July."""
    with time_machine.travel(MEANWHILE, tick=False):
        yield address(PersonalLink.objects.get(person=fao.person))


@pytest.fixture
def primary_url(campaign, cbd):
    """The link of the primary focal point, who is asked about the gap."""
    with time_machine.travel(MEANWHILE, tick=False):
        yield address(PersonalLink.objects.get(person=cbd.person))


def letter():
    return SimpleUploadedFile("designation.pdf", PDF)


def test_the_page_shows_what_the_directory_says_and_is_kept_by_nobody(client, url):
    page = client.get(url)
    assert page.status_code == 200
    assert "Focal points of Jordan" in page.text
    assert "Saturday 31 August 2019, 17:00 (Europe/Rome)" in page.text
    assert "Omar Haddad" in page.text
    assert "omar@agriculture.example" in page.text
    assert "All this is right" in page.text
    assert "Programme of work on protected areas" not in page.text  # asked of the primary focal point
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_s038_one_press_confirms_and_the_answer_can_still_be_changed(client, url, fao):
    entry = entry_of(fao)
    page = client.post(f"{url}{entry.pk}/right/", follow=True)
    assert page.redirect_chain == [(url, 302)]
    assert "Confirmed. Thank you." in page.text
    assert "Answered on Wednesday 10 July 2019. You may change the answer" in page.text
    assert "Change contact details" in page.text
    assert ActivityEntry.objects.get(verb="confirm_mandate").actor_label == "Omar Haddad"


def test_all_entries_of_a_person_are_confirmed_at_once(client, organizer, fao, jordan):
    jordan.language = "en"
    jordan.save()
    builders.focal_point(jordan, "PA-FP", fao.person)
    ask(organizer, ("FAO-FP", "PA-FP"))
    with time_machine.travel(MEANWHILE, tick=False):
        path = address(PersonalLink.objects.get())
        assert "All 2 entries below are right" in client.get(path).text
        page = client.post(path, follow=True)
    assert "2 entries confirmed. Thank you." in page.text
    assert set(CampaignEntry.objects.filter(party=jordan).values_list("answer", flat=True)) == {"confirmed"}


def test_contact_details_are_changed_and_errors_stand_beside_their_field(client, url, fao):
    path = f"{url}{entry_of(fao).pk}/contact/"
    assert 'value="omar@agriculture.example"' in client.get(path).text
    bad = client.post(path, {"name": "Omar Haddad", "email": "omar"})
    assert bad.status_code == 422
    assert 'href="#id_email"' in bad.text
    same = client.post(path, {"name": "Omar Haddad", "email": "omar@agriculture.example"})
    assert same.status_code == 422
    assert "Nothing differs from what is recorded; confirm the entry instead." in same.text
    done = client.post(path, {"name": "Omar Haddad", "email": "omar@fao-jordan.example"}, follow=True)
    assert "The details are changed. Thank you." in done.text
    assert "omar@fao-jordan.example" in done.text
    assert entry_of(fao).answer == "updated"


def test_e13_somebody_else_is_named_with_the_letter(client, url, fao, organizer):
    path = f"{url}{entry_of(fao).pk}/successor/"
    assert "Somebody else is focal point now" in client.get(path).text
    without = client.post(path, SUCCESSOR)
    assert without.status_code == 422
    assert 'href="#id_letter"' in without.text
    false = client.post(path, SUCCESSOR | {"letter": SimpleUploadedFile("letter.pdf", b"MZ no letter")})
    assert false.status_code == 422
    empty = client.post(path, SUCCESSOR | {"letter": SimpleUploadedFile("letter.pdf", b"")})
    assert "Add the signed letter of designation" in empty.text
    done = client.post(path, SUCCESSOR | {"letter": letter()}, follow=True)
    assert done.redirect_chain == [(url, 302)]
    assert "focal point from Thursday 1 August 2019, with the letter <bdi>designation.pdf</bdi>" in done.text
    assert "Take the designation back: the entry is right" in done.text
    record_proposal(entry_of(fao), by=organizer, at=MEANWHILE)
    after = client.get(url).text
    assert "<bdi>Layla Saleh</bdi> is recorded as focal point" in after
    assert "All this is right" not in after


def test_e12_the_primary_focal_point_fills_a_gap(client, primary_url, jordan):
    page = client.get(primary_url).text
    assert "Nobody is on record for Jordan: Programme of work on protected areas focal point." in page
    assert "All this is right" not in page
    gap = CampaignEntry.objects.get(party=jordan, kind="PA-FP")
    assert client.get(f"{primary_url}{gap.pk}/contact/").status_code == 404
    client.post(f"{primary_url}{gap.pk}/successor/", SUCCESSOR | {"letter": letter()})
    gap.refresh_from_db()
    assert (gap.answer, gap.proposed_name) == ("proposed", "Layla Saleh")


def test_s038_alternates_are_named_and_ended_on_the_same_page(client, url, fao):
    path = f"{url}{entry_of(fao).pk}/deputy/"
    named = {"name": "Sami Synthetic", "email": "sami@agriculture.example", "language": "en"}
    assert client.post(path, {"name": "Sami Synthetic"}).status_code == 422
    page = client.post(path, named, follow=True)
    assert "The deputy is named and gets a letter." in page.text
    assert "sami@agriculture.example" in page.text
    deputy = FocalPoint.objects.get(deputy_of=fao)
    page = client.post(f"{path}{deputy.pk}/end/", follow=True)
    assert "sami@agriculture.example" not in page.text
    assert client.post(f"{path}{fao.pk}/end/").status_code == 404


def test_the_primary_focal_point_names_no_deputies_of_others(client, primary_url, fao):
    assert client.get(f"{primary_url}{entry_of(fao).pk}/deputy/").status_code == 404


@pytest.mark.parametrize("page", ["right", "contact", "successor", "deputy"])
def test_entries_of_others_are_unknown(client, url, jordan, page):
    other = CampaignEntry.objects.get(party=jordan, kind="PA-FP")
    for key in (other.pk, uuid4()):
        assert client.post(f"{url}{key}/{page}/").status_code == 404


def test_a_closed_campaign_is_shown_and_answered_no_more(client, url, campaign, fao, organizer):
    close_campaign(campaign, by=organizer, at=MEANWHILE)
    page = client.get(url)
    assert "This request is closed." in page.text
    assert "All this is right" not in page.text
    late = client.post(f"{url}{entry_of(fao).pk}/successor/", SUCCESSOR | {"letter": letter()})
    assert late.status_code == 422
    assert client.post(f"{url}{entry_of(fao).pk}/right/").status_code == 409


def test_after_the_date_an_answer_is_still_taken(client, campaign, fao):
    with time_machine.travel(DUE.replace(month=9, day=20), tick=False):
        path = address(PersonalLink.objects.get(person=fao.person))
        assert client.post(f"{path}{entry_of(fao).pk}/right/").status_code == 302
    with time_machine.travel(DUE.replace(month=10, day=20), tick=False):
        assert client.get(path).status_code == 410


def test_an_ended_mandate_is_shown_and_not_confirmed(client, url, fao, organizer):
    end_mandate(fao, on=MEANWHILE.date(), by=organizer, at=MEANWHILE)
    assert "All this is right" not in client.get(url).text
    assert client.post(f"{url}{entry_of(fao).pk}/right/").status_code == 403


def test_a_practice_campaign_is_marked(client, organizer, jordan):
    copy = builders.programme("copy", rehearsal_of=builders.programme())
    builders.workshop("amman-copy", programme=copy, parties=(jordan,))
    who = builders.person("Synthetic", "synthetic@practice.example", rehearsal=copy, language="en")
    builders.focal_point(jordan, "FAO-FP", who)
    ask(organizer, rehearsal=copy)
    with time_machine.travel(MEANWHILE, tick=False):
        assert "synthetic people, nothing here is public" in client.get(address(PersonalLink.objects.get())).text


@pytest.mark.parametrize("count", [1, 3])
def test_more_entries_and_deputies_cost_no_more_queries(client, organizer, fao, jordan, count):
    jordan.language = "en"
    jordan.save()
    kinds = ("FAO-FP", "PA-FP", "CHM-FP")[:count]
    for number, kind in enumerate(kinds):
        mandate = fao if kind == "FAO-FP" else builders.focal_point(jordan, kind, fao.person)
        builders.focal_point(jordan, kind, builders.person(f"D{number}", f"d{number}@a.example"), deputy_of=mandate)
    ask(organizer, kinds)
    with time_machine.travel(MEANWHILE, tick=False):
        path = address(PersonalLink.objects.get())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).text.count("All this is right") == count
    assert len(asked) == 5


def test_the_page_of_who_is_signed_in_leads_to_each_open_request_once(client, organizer, campaign, fao):
    fao.person.user = builders.user("omar@agriculture.example")
    fao.person.save()
    client.force_login(fao.person.user)
    with time_machine.travel(MEANWHILE, tick=False):
        remind_campaign(campaign, by=organizer, at=MEANWHILE)
        page = client.get("/my/").text
        assert page.count("Update of FAO focal points – Jordan") == 1
        close_campaign(campaign, by=organizer, at=MEANWHILE)
        assert "Update of FAO focal points" not in client.get("/my/").text

"""What was told, read back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import ActivityEntry
from participants.models import AskedStage, Needs, Registration, VisaRule
from participants.queries.travel_documents import masked_number
from tests.participants.conftest import DECIDED

pytestmark = pytest.mark.django_db

FILLED: dict[str, dict[str, object]] = {
    "identity": {"badge_name": "سوهارتو", "passport_name": "SUHARYANTO", "nationality": "LBN", "residence": "JOR"},
    "document": {"kind": "official", "number": "B1234567", "issuer": "LBN", "expires_on": "2024-01-31", "then": "next"},
    "travel": {"booked_by": "self", "arrives_on": "2014-06-14"},
    "stay": {"lodging": "home"},
    "needs": {"diet": "No nuts"},
    "emergency": {"name": "Dewi", "phone": "+62 21 555 0100"},
    "languages": {"speaks": ["en", "ar"]},
    "consents": {"may_list": "on"},
}


@pytest.fixture
def filled(client, invitation_url, accepted, lebanon) -> str:
    """Everything is told but for the photo; the address at which it is read."""
    for stage, sent in FILLED.items():
        client.post(f"{invitation_url}register/{stage}/", sent)
    return f"{invitation_url}told/"


def test_all_that_was_told_is_read_back_in_words(client, filled):
    page = client.get(filled).text
    for words in (
        "<dt>Name on the badge</dt><dd><bdi>سوهارتو</bdi></dd>",
        "<dt>Nationality</dt><dd><bdi>Lebanon</bdi></dd>",
        "<dt>Country of residence</dt><dd><bdi>Jordan</bdi></dd>",
        "<dt>Kind of document</dt><dd><bdi>Official or service passport</bdi></dd>",
        "<dt>Issued by</dt><dd><bdi>Lebanon</bdi></dd>",
        "<dt>Number</dt><dd><bdi>•••••567</bdi></dd>",
        "<dt>Valid until</dt><dd><bdi>Wednesday 31 January 2024</bdi></dd>",
        "<dt>Arrival</dt><dd><bdi>Saturday 14 June 2014</bdi></dd>",
        "<dd><bdi>No nuts</bdi></dd>",
        "<dd><bdi>+62 21 555 0100</bdi></dd>",
        "<dd><bdi>Arabic, English</bdi></dd>",
        "<dt>My name may stand in the list of participants</dt><dd><bdi>Yes</bdi></dd>",
        "<dt>The other participants may see my e-mail address</dt><dd><bdi>No</bdi></dd>",
        "Not filled in; it may stay empty.",
    ):
        assert words in page
    assert "B1234567" not in page


def test_a_number_is_hidden_but_for_its_end():
    assert [masked_number(each) for each in ("B1234567", "1234", "123", "")] == ["•••••567", "•234", "•••", ""]


def test_each_reading_is_logged(client, filled):
    before = ActivityEntry.objects.filter(verb__startswith="open_").count()
    client.get(filled)
    assert ActivityEntry.objects.filter(verb__startswith="open_").count() == before + 3


def test_an_old_link_reads_back_nothing_that_is_sealed(client, filled):
    with time_machine.travel(DECIDED + timedelta(days=30), tick=False):
        page = client.get(filled).text
    assert "سوهارتو" in page
    assert page.count("It is shown after you sign in with a code.") == 3
    for secret in ("567", "No nuts", "Dewi"):
        assert secret not in page


def test_what_is_needed_still_is_named(client, filled, workshop):
    AskedStage.objects.create(workshop=workshop, stage="photo", asking="needed")
    page = client.get(filled).text
    assert "Still needed: <a" in page
    assert "Confirm my registration" not in page


def test_after_confirming_it_says_until_when_it_may_be_changed(client, filled, invitation_url):
    client.post(f"{invitation_url}complete/")
    page = client.get(filled).text
    assert "You are registered." in page
    assert "You may change what you told us until Thursday 19 June 2014, 23:59 (Asia/Amman)." in page
    assert "Confirm my registration" not in page


def test_what_was_left_empty_is_said(client, invitation_url, accepted):
    client.post(f"{invitation_url}register/needs/", {"then": "leave"})
    assert "Left empty" in client.get(f"{invitation_url}told/").text
    assert not Needs.objects.exists()


def test_before_anything_was_told_there_is_nothing_to_read(client, invitation_url, accepted):
    assert client.get(f"{invitation_url}told/")["Location"] == invitation_url
    assert not Registration.objects.exists()


def test_e09_the_warning_and_the_hosts_rule_stand_above(client, filled, workshop, invitation_url):
    VisaRule.objects.create(workshop=workshop, need="before", source="Note of the mission, 1 March 2014")
    client.post(f"{invitation_url}register/document/", FILLED["document"] | {"expires_on": "2014-07-01"})
    page = client.get(filled).text
    assert "Your document ends on 1 July 2014, less than six months" in page
    assert "The host asks: Visa from a mission before the journey." in page
    assert "(Note of the mission, 1 March 2014)" in page


def test_the_queries_stay_the_same_for_one_question_and_for_three(client, filled, workshop):
    counts = []
    for number in (1, 2, 3):
        workshop.registration_questions.create(position=number, kind="line", label={"en": f"Question {number}"})
        client.get(filled)
        with CaptureQueriesContext(connection) as asked:
            client.get(filled)
        counts.append(len(asked))
    assert counts == [counts[0]] * 3

"""Passports and visas on the page: warned of, ruled, masked, logged (E08, E09)."""

import pytest

from accounts.models import ActivityEntry
from participants.models import (
    TravelDocument,
    Visa,
    VisaRule,
)
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, save_documents
from tests.participants.portal.filled import names, paper

pytestmark = pytest.mark.django_db


def test_e09_a_document_that_ends_soon_after_the_journey_warns_and_is_saved(stage):
    following = stage("document", paper(expires_on="2014-12-18"), follow=True)
    assert "less than six months after your journey" in following.text
    assert TravelDocument.objects.get().expires_on == "2014-12-18"
    assert "less than six months after your journey" in stage("document").text
    stage("document", paper(expires_on="2014-12-19"))
    assert "less than six months" not in stage("document").text


def test_e09_the_hosts_rule_for_nationality_and_document_is_said_with_its_source(stage, workshop, lebanon):
    for kind, need in (("", "before"), ("diplomatic", "none")):
        VisaRule.objects.create(
            workshop=workshop, nationality=lebanon, kind=kind, need=need, source="Note of the mission, 1 March 2014"
        )
    stage("identity", names(nationality="LBN"))
    stage("document", paper())
    page = stage("document").text
    assert "The host asks" in page
    assert "Visa from a mission before the journey" in page
    assert "Note of the mission, 1 March 2014" in page
    stage("document", paper(kind="diplomatic"))
    assert "No visa is needed" in stage("document").text


def test_e09_a_second_document(stage):
    stage("document", paper(kind="official") | {"second_kind": "regular", "second_number": "C7654321"})
    rows = TravelDocument.objects.values_list("position", "kind", "number")
    assert [(place, kind) for place, kind, _number in rows] == [(1, "official"), (2, "regular")]
    assert [row.number for row in TravelDocument.objects.all()] == ["B1234567", "C7654321"]
    assert 'value="C7654321"' in stage("document").text
    stage("document", paper(kind="official"))
    assert TravelDocument.objects.get().position == 1


def test_the_visa_is_told_with_the_document(stage):
    stage("document", paper(visa_state="applied", mission="Embassy in Beirut"))
    visa = Visa.objects.get()
    assert (visa.state, visa.mission) == ("applied", "Embassy in Beirut")
    assert 'value="Embassy in Beirut"' in stage("document").text


def test_opening_what_is_sealed_is_logged_for_the_person_too(stage, accepted, nominee):
    save_documents(
        accepted, DocumentsDetails((DocumentDetails("regular", "B1234567"),)), by=nominee, at=accepted.responded_at
    )
    for name in ("document", "needs", "emergency"):
        stage(name)
    assert ActivityEntry.objects.filter(verb__startswith="open_", actor_label="Suharyanto").count() == 3
    assert 'value="B1234567"' in stage("document").text


def test_the_number_is_masked_where_all_is_shown(client, stage, invitation_url):
    stage("identity", names())
    stage("document", paper())
    page = client.get(f"{invitation_url}told/").text
    assert "•••••567" in page
    assert "B1234567" not in page

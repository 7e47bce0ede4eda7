"""Dossiers in the admin: papers, signatures, defects; disputes settled and more time granted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.models import Call, Dispute, DuplicatePair, Nomination, Reopening
from participants.verbs.calls import open_call
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.nominations import nominate
from tests import builders
from workshops.models import Party

PDF = b"%PDF-1.4\n% synthetic\n%%EOF\n"


@pytest.fixture
def jordan(db: None) -> Party:
    return builders.party()


@pytest.fixture
def rana(jordan: Party) -> Actor:
    mandate = builders.focal_point(jordan, who=builders.person("Rana", "rana@ministry.example", language="en"))
    return Actor(label="Rana", person_id=mandate.person_id)


@pytest.fixture
def call(jordan: Party, rana: Actor, by: Actor) -> Call:
    now = timezone.now()
    workshop = builders.workshop(parties=(jordan,), starts_on=now.date() + timedelta(days=90))
    made = open_call(
        workshop,
        deadline_at=now + timedelta(days=20),
        deadline_zone="Asia/Amman",
        seats_per_party=2,
        by=by,
        at=now - timedelta(days=1),
    )
    made.planning_signatures = "both"
    made.save()
    return made


def name(call: Call, party: Party, by: Actor, number: int = 1, track: str = "planning") -> Nomination:
    candidate = Candidate(name=f"Expert {number}", email=f"expert{number}@ministry.example")
    return nominate(call, party=party, candidate=candidate, track=track, sector="forest", by=by, at=timezone.now())


@pytest.fixture
def nomination(call: Call, jordan: Party, rana: Actor) -> Nomination:
    return name(call, jordan, rana)


def step(door: Client, noun: str, row: Any, action: str, **answers: object) -> str:
    """Answer a step on one row; return where it leads, or the page with its errors."""
    data = {"action": action, "_selected_action": str(row.pk), "from_row": "1", "confirm": "1", "counted": "1"}
    answer = door.post(reverse(f"admin:participants_{noun}_changelist"), data | answers)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def page(door: Client, noun: str, row: Any) -> str:
    return door.get(reverse(f"admin:participants_{noun}_change", args=[row.pk])).content.decode()


def test_a_paper_is_opened_and_the_log_says_by_whom(door, nomination, rana):
    attach_document(nomination, "cv", data=PDF, name="cv.pdf", by=rana, at=timezone.now())
    address = reverse("admin:participants_nomination_paper", args=[nomination.pk, "cv"])
    assert address in page(door, "nomination", nomination)
    answer = door.get(address)
    assert (answer.content, answer["Content-Disposition"]) == (PDF, 'attachment; filename="cv.pdf"')
    assert ActivityEntry.objects.get(verb="open_document").actor_label == "Staff"
    assert door.get(reverse("admin:participants_nomination_paper", args=[nomination.pk, "form"])).status_code == 404


def test_a_dossier_says_what_it_lacks(door, nomination):
    shown = page(door, "nomination", nomination)
    for sentence in ("Missing: Official letter.", "Signature missing: FAO focal point.", "CBD national focal point"):
        assert sentence in shown
    listed = door.get(reverse("admin:participants_nomination_changelist")).content.decode()
    assert "4 missing" in listed


def test_a_signature_that_came_by_letter_is_entered(door, nomination):
    answers = {"official": "Minister", "channel": "fao", "note": "", "letter_date": "2014-01-03"}
    back = step(door, "nomination", nomination, "endorse", **answers)
    assert "Say why a senior official signed" in door.get(back).content.decode()
    nomination.refresh_from_db()
    assert nomination.state == "waiting"
    step(door, "nomination", nomination, "endorse", **answers | {"note": "No focal point"})
    nomination.refresh_from_db()
    assert nomination.state == "submitted"


def test_a_defect_is_noted_asked_about_and_put_right(door, nomination):
    step(door, "nomination", nomination, "note_defect", kind="unsigned", note="")
    assert "The letter is not signed." in page(door, "nomination", nomination)
    leads = step(door, "nomination", nomination, "ask_papers")
    assert "/correspondence/mailing/" in leads
    letter = Message.objects.get(kind="papers-request")
    assert (letter.held, letter.to_address) == (True, "rana@ministry.example")
    step(door, "nomination", nomination, "cure")
    assert nomination.defects.get().cured_at is not None


def test_e10_a_dispute_lies_open_side_by_side_and_is_settled(door, call, jordan, rana):
    now = timezone.now()
    second = builders.focal_point(
        jordan, who=builders.person("Hani", "hani@cabinet.example", language="en"), valid_from=now.date()
    )
    hani = Actor(label="Hani", person_id=second.person_id)
    first = name(call, jordan, rana, 1, "biodiversity")
    other = name(call, jordan, hani, 2, "biodiversity")
    dispute = Dispute.objects.get()
    shown = page(door, "dispute", dispute)
    for word in ("Rana", "Hani", "Expert 1", "Expert 2", "who stood on the date of the letter"):
        assert word in shown
    assert "This field is required." in step(door, "dispute", dispute, "settle", standing=str(second.pk))
    leads = step(door, "dispute", dispute, "settle", standing=str(second.pk), note="Note verbale")
    assert "/correspondence/mailing/" in leads
    for row, state in ((first, "set-aside"), (other, "submitted")):
        row.refresh_from_db()
        assert row.state == state


@pytest.mark.parametrize(
    ("action", "state", "kind"), [("grant", "granted", "reopening-granted"), ("refuse", "refused", "reopening-refused")]
)
def test_more_time_is_granted_or_refused(action, state, kind, door, call, jordan):
    asked = Reopening.objects.create(call=call, party=jordan, reason="Holidays", asked_at=timezone.now())
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    leads = step(door, "reopening", asked, action, day=day, time="17:00", zone="Asia/Amman", note="As asked")
    assert "/correspondence/mailing/" in leads
    asked.refresh_from_db()
    assert asked.state == state
    assert "As asked" in Message.objects.get(kind=kind).body


def test_e06_a_dossier_leads_to_whom_its_person_may_be(door, nomination):
    other = builders.person("Expert One", "one@mail.example")
    first, second = sorted([nomination.person, other], key=lambda person: person.pk)
    pair = DuplicatePair.objects.create(first=first, second=second, score=64, found_at=timezone.now())
    shown = page(door, "nomination", nomination)
    assert "May be the same as Expert One (64 of 100)" in shown
    assert reverse("admin:participants_duplicatepair_change", args=[pair.pk]) in shown

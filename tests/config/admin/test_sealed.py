"""What is sealed, in the organizers' admin: opened by permission, asked before, logged."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import ActivityEntry, User
from participants.models import Call, Invitation, Nomination, Registration
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import accept, invite
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.nominations import nominate
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, save_documents
from tests import builders
from tests.config.admin.test_steps import confirm
from tests.decisions import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(organizer: Actor) -> Call:
    now = timezone.now()
    jordan = builders.party()
    builders.focal_point(jordan)
    starts = now.date() + timedelta(days=90)
    workshop = builders.workshop(parties=(jordan,), starts_on=starts)
    deadline = now + timedelta(days=20)
    return open_call(
        workshop, deadline_at=deadline, deadline_zone="Asia/Amman", seats_per_party=2, by=organizer, at=now
    )


@pytest.fixture
def registration(call: Call, organizer: Actor) -> Registration:
    """Somebody who told a passport and what not to cook."""
    now = timezone.now()
    nominate(
        call,
        party=builders.party(),
        candidate=Candidate(name="Suharyanto", email="suharyanto@ministry.example"),
        track="planning",
        sector="forest",
        signature=builders.official(),
        by=organizer,
        at=now,
    )
    close_call(call, by=organizer, at=now)
    decide(call, by=organizer, at=now)
    invited = invite(Nomination.objects.get(), respond_by=now + timedelta(days=10), by=organizer, at=now)
    invitation = accept(invited, by=organizer, at=now)
    save_documents(invitation, DocumentsDetails((DocumentDetails("regular", "A1234567"),)), by=organizer, at=now)
    save_needs(invitation, NeedsDetails(diet="No pork"), by=organizer, at=now)
    return register(invitation, RegistrationDetails(badge_name="Suharyanto"), by=organizer, at=now)


def page(registration: Registration, what: str) -> str:
    return reverse("admin:participants_registration_sealed", args=[registration.pk, what])


@pytest.mark.parametrize("what", ["passport", "needs", "emergency"])
def test_without_the_permission_there_is_no_such_page(what, door, registration, staff):
    User.objects.filter(pk=staff.pk).update(is_superuser=True)
    assert door.get(page(registration, what)).status_code == 404
    assert page(registration, what) not in door.get(change_page(registration)).text


def change_page(registration: Registration) -> str:
    return reverse("admin:participants_registration_change", args=[registration.pk])


def test_it_asks_before_and_logs_when_it_opens(door: Client, registration, staff):
    User.objects.filter(pk=staff.pk).update(opens_passports=True, opens_health=True)
    assert page(registration, "passport") in door.get(change_page(registration)).text
    assert page(registration, "emergency") not in door.get(change_page(registration)).text
    before = ActivityEntry.objects.filter(actor=staff, verb__startswith="open_").count()
    asked = door.get(page(registration, "passport"))
    assert "stands in the activity log" in asked.text
    assert "A1234567" not in asked.text
    assert ActivityEntry.objects.filter(actor=staff, verb__startswith="open_").count() == before
    opened = door.post(page(registration, "passport"))
    assert "A1234567" in opened.text
    assert "no-store" in opened["Cache-Control"]
    assert "No pork" in door.post(page(registration, "needs")).text
    logged = ActivityEntry.objects.filter(actor=staff, verb__in=["open_passport", "open_needs"])
    assert sorted(logged.values_list("verb", flat=True))[-2:] == ["open_needs", "open_passport"]


def test_a_visa_refused_ends_the_invitation_in_the_admin_too(door: Client, registration):
    said = confirm(door, "participants_invitation", "visa_refused", registration.invitation, note="No reason given")
    assert said == ["1 invitation ended."]
    assert Invitation.objects.get().state == "visa_refused"


def test_e29_another_is_put_in_the_seat_by_the_partys_letter(door: Client, registration):
    answers = {
        "name": "Daw Mya", "email": "mya@ministry.example", "gender": "woman", "sector": "forest", "reason": "A new post",
        "official": "Minister of Planning", "channel": "cbd", "note": "No focal point in office",
        "letter_date": timezone.now().date().isoformat(), "sunk": "0",
    }  # fmt: skip
    nomination = registration.invitation.nomination
    said = confirm(door, "participants_nomination", "substitute", nomination, **answers)
    assert said == ["1 person replaced."]
    after = Nomination.objects.get(replaces=nomination)
    assert (after.state, after.person.name, after.took_seat.reason) == ("selected", "Daw Mya", "A new post")

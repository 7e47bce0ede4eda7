"""What came by letter is entered through the verbs: nominations and registrations."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from participants.models import Call, FocalPoint, Invitation, Nomination, Registration
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import accept, invite
from participants.verbs.nominations import nominate
from participants.verbs.organizations import record_organization
from targets.models import Submission
from tests import builders
from tests.decisions import decide


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


def nomination(call: Call, **changes: object) -> dict[str, object]:
    return {
        "call": str(call.pk),
        "party": "JOR",
        "organization": "",
        "track": "planning",
        "sector": "forest",
        "expertise": "",
        "wanted_rank": "",
        "name": "Suharyanto",
        "email": "suharyanto@ministry.example",
        "passport_name": "",
        "gender": "unknown",
        "language": "",
        "position": "",
        "phone": "",
        "focal_point": str(call.workshop.parties.get().focal_points.get().pk),
        "letter_date": "",
        "official": "",
        "channel": "",
        "note": "",
        "received_0": "",
        "received_1": "",
    } | changes


def enter(door: Client, noun: str, data: dict[str, Any]) -> str:
    """Send the add page; return where it leads, or the page with its errors."""
    answer = door.post(reverse(f"admin:participants_{noun}_add"), data)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_a_nomination_received_by_letter_is_entered(door, call):
    assert door.get(reverse("admin:participants_nomination_add")).status_code == 200
    assert enter(door, "nomination", nomination(call)) == reverse("admin:participants_nomination_changelist")
    row = Nomination.objects.get()
    assert (row.person.name, row.party_id, row.rank) == ("Suharyanto", "JOR", 1)
    assert row.focal_point == FocalPoint.objects.get()


def test_e11_a_minister_signs_with_a_note_and_the_letter_counts_from_its_first_sending(door, call):
    official = {"focal_point": "", "official": "Minister (synthetic)", "channel": "cbd", "note": "Post vacant"}
    call.opened_at -= timedelta(days=2)
    call.save()
    first = (call.opened_at + timedelta(days=1)).replace(second=0, microsecond=0)
    sent = {"received_0": f"{first:%Y-%m-%d}", "received_1": f"{first:%H:%M}"}
    enter(door, "nomination", nomination(call, track="biodiversity", **official, **sent))
    row = Nomination.objects.get()
    assert (row.submitted_at, row.endorsements.get().official) == (first, "Minister (synthetic)")


def test_an_address_may_be_in_any_script(door, call):
    enter(door, "nomination", nomination(call, email="用户@XN--FSQU00A.example"))
    assert Nomination.objects.get().person.email == "用户@例子.example"


def test_an_expert_of_an_organization_is_entered_without_a_rank(door, call, organizer, now):
    centre = record_organization(name="Regional Centre", kind="regional", by=organizer, at=now)
    enter(door, "nomination", nomination(call, party="", organization=str(centre.pk)))
    assert (Nomination.objects.get().organization, Nomination.objects.get().rank) == (centre, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"party": ""}, "Name either the Party or the organization"),
        ({"focal_point": ""}, "Say who signed the letter"),
        ({"focal_point": "", "official": "Minister"}, "Say why a senior official signed"),
        ({"wanted_rank": "3"}, "Ranks go from 1 to 2."),
        ({"email": "nobody"}, "“nobody” is no e-mail address; write it like name@ministry.example."),
        ({"name": "two\x0blines"}, "Remove line breaks and control characters."),
    ],
)
def test_what_the_verb_refuses_comes_back_beside_its_field(changes, sentence, door, call):
    page = enter(door, "nomination", nomination(call, **changes))
    assert sentence in page
    assert "suharyanto@ministry.example" in page or "email" in changes
    assert not Nomination.objects.exists()


@pytest.fixture
def accepted(call: Call, organizer: Actor) -> Invitation:
    now = timezone.now()
    person = Candidate(name="Suharyanto", email="suharyanto@ministry.example")
    nominate(
        call,
        party=builders.party(),
        candidate=person,
        track="planning",
        sector="forest",
        signature=builders.official(),
        by=organizer,
        at=now,
    )
    close_call(call, by=organizer, at=now)
    decide(call, by=organizer, at=now)
    invitation = invite(Nomination.objects.get(), respond_by=now + timedelta(days=10), by=organizer, at=now)
    return accept(invitation, by=organizer, at=now)


def test_a_registration_is_entered_for_who_cannot(door, accepted):
    data = {"invitation": str(accepted.pk), "badge_name": "Suharyanto", "nationality": "JOR", "residence": "JOR"}
    assert door.get(reverse("admin:participants_registration_add")).status_code == 200
    assert enter(door, "registration", data) == reverse("admin:participants_registration_changelist")
    assert (Registration.objects.get().badge_name, Registration.objects.get().nationality_id) == ("Suharyanto", "JOR")
    page = enter(door, "registration", data | {"leaves_on": "2014-01-01"})
    assert "The workshop is at another time" in page or "already exists" in page
    assert Registration.objects.count() == 1


def submission(call: Call, *titles: str, **changes: object) -> dict[str, object]:
    """What the add page of submissions sends: a target for each title, and an empty row."""
    form: dict[str, object] = {
        "programme": str(call.workshop.programme_id),
        "party": "JOR",
        "note": "",
        "items-TOTAL_FORMS": str(len(titles) + 1),
        "items-INITIAL_FORMS": "0",
    }
    for row, title in enumerate([*titles, ""]):
        form |= {f"items-{row}-title": title, f"items-{row}-bound": "exact", f"items-{row}-in_nbsap": "unknown"}
        form |= (
            {f"items-{row}-measure": "restore", f"items-{row}-as_written": "1 500 ha", f"items-{row}-unit": "ha"}
            if title
            else {}
        )
    return form | changes


def test_targets_received_by_letter_are_entered_as_one_version(door, call):
    builders.target("aichi-15", 15)
    assert door.get(reverse("admin:targets_submission_add")).status_code == 200
    data = submission(call, "Restore rangeland", "Restore forest", **{"items-0-global_targets": ["aichi-15"]})
    answer = door.post(reverse("admin:targets_submission_add"), data)
    assert answer.status_code == 302
    version = Submission.objects.get()
    assert (version.party_id, version.version, version.submitted_by) == ("JOR", 1, None)
    assert [(each.title, each.hectares) for each in version.items.all()] == [
        ("Restore rangeland", Decimal(1500)),
        ("Restore forest", Decimal(1500)),
    ]
    assert [each.code for each in version.items.all()[0].global_targets.all()] == ["aichi-15"]


@pytest.mark.parametrize(
    ("titles", "changes", "sentence"),
    [
        ((), {}, "at least one"),
        (("Restore",), {"party": "LBN"}, "Lebanon"),
        (("One", "Two"), {"items-1-unit": "dunum"}, "National target 2: "),
        (("One",), {"items-0-due_on": "soon"}, "Enter a valid date."),
    ],
)
def test_targets_that_cannot_be_taken_come_back_with_the_reason(titles, changes, sentence, door, call):
    builders.party("LBN", "Lebanon")
    page = door.post(reverse("admin:targets_submission_add"), submission(call, *titles, **changes))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Submission.objects.exists()

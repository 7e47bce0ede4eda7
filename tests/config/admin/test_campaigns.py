"""Campaigns in the admin: opened after a count, listed with who is overdue, answered for Parties that write by post."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import ActivityEntry
from config.alerts import alerts
from correspondence.models import Mailing, Message
from correspondence.verbs.mailings import release_mailing
from participants.models import Campaign, CampaignEntry, FocalPoint
from participants.verbs.campaigns import remind_campaign
from participants.verbs.confirmations import confirm_mandate
from tests import builders
from tests.config.admin.test_steps import confirm, start
from tests.participants.campaigns import AFTER, MEANWHILE, OPENED, PDF, ask, entry_of

REQUEST = {
    "title": "Update of FAO focal points",
    "kinds": ["FAO-FP", "PA-FP"],
    "day": "2019-08-31",
    "time": "17:00",
    "zone": "Europe/Rome",
    "reminder_days": "30, 7",
    "note": "Decision of the Commission.",
    "rehearsal": "",
}
ADD = "/admin/participants/campaign/add/"


@pytest.fixture
def fao(db: None) -> FocalPoint:
    """FAO's focal point in Jordan; Lebanon has nobody at all."""
    builders.party("LBN", "Lebanon")
    who = builders.person("Omar Haddad", "omar@agriculture.example")
    return builders.focal_point(builders.party(), "FAO-FP", who)


@pytest.fixture
def campaign(fao: FocalPoint, by: Actor) -> Campaign:
    return ask(by)


def page(door: Client, campaign: Campaign, **query: str) -> str:
    got = door.get(reverse("admin:participants_campaign_change", args=[campaign.pk]), query)
    assert got.status_code == 200
    return got.content.decode()


def entry_page(door: Client, entry: CampaignEntry) -> str:
    return door.get(reverse("admin:participants_campaignentry_change", args=[entry.pk])).content.decode()


@time_machine.travel(OPENED, tick=False)
def test_a_request_is_counted_before_it_is_written_and_its_letters_wait(door: Client, fao: FocalPoint) -> None:
    assert 'value="30, 7"' in door.get(ADD).content.decode()
    counted = door.post(ADD, REQUEST).content.decode()
    assert "<dt>Parties</dt><dd>2</dd>" in counted
    assert "<dt>focal points asked about</dt><dd>1</dd>" in counted
    assert "<dt>without a focal point</dt><dd>3</dd>" in counted
    assert "<dt>with nobody to ask</dt><dd>3</dd>" in counted
    assert "Write to 1 focal point" in counted
    assert not Campaign.objects.exists()
    done = door.post(ADD, REQUEST | {"confirm": "1"})
    mailing = Mailing.objects.get()
    assert done["Location"] == reverse("admin:correspondence_mailing_change", args=[mailing.pk])
    assert mailing.title == "Request to confirm focal points: Update of FAO focal points"
    assert Message.objects.get().held
    made = Campaign.objects.get()
    assert (made.due_at, made.reminder_days) == (datetime(2019, 8, 31, 15, 0, tzinfo=UTC), [30, 7])
    assert (made.kinds, made.note) == (["PA-FP", "FAO-FP"], "Decision of the Commission.")


@time_machine.travel(OPENED, tick=False)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kinds": []}, "This field is required."),
        ({"reminder_days": "a week"}, "Write whole numbers with commas, such as 30, 7."),
        ({"reminder_days": "400"}, "Give at most 10 numbers of days from 1 to 365."),
        ({"day": "2019-06-01"}, "The date for the answers is over already; set a later one."),
        ({"zone": "Rome"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    door: Client, fao: FocalPoint, changes: dict[str, object], said: str
) -> None:
    got = door.post(ADD, REQUEST | changes | {"confirm": "1"})
    assert got.status_code == 422
    assert said in got.content.decode()
    assert (Campaign.objects.count(), Mailing.objects.count()) == (0, 0)


@time_machine.travel(OPENED, tick=False)
def test_change_it_leads_back_to_the_form_as_it_was(door: Client, fao: FocalPoint) -> None:
    text = door.post(ADD, REQUEST | {"change": "1"}).content.decode()
    assert "Count who would be asked" in text
    assert text.count(" checked>") == 2


@time_machine.travel(AFTER, tick=False)
def test_s038_the_overdue_list_names_days_late_and_reminders(door: Client, campaign: Campaign, by: Actor) -> None:
    remind_campaign(campaign, by=by, at=MEANWHILE)
    text = page(door, campaign)
    assert "<dt>asked about</dt><dd>2</dd>" in " ".join(text.split())
    assert "Silent: 2" in text
    assert "10 days" in text
    assert "last 10 Jul 2019" in text
    assert "nobody to ask" in text
    assert "Saturday 31 August 2019, 17:00 in Rome (10 days ago)" in text
    assert "Without a focal point: 1" in page(door, campaign, show="gaps")
    assert "None at present." in page(door, campaign, show="confirmed")
    assert "Asked about: 2" in page(door, campaign, show="nonsense")


@time_machine.travel(AFTER, tick=False)
def test_the_silent_are_reminded_by_name_of_how_many(door: Client, campaign: Campaign) -> None:
    asked = start(door, "participants_campaign", "remind", campaign)
    assert "Remind 1 focal point" in asked
    assert "1 focal point who has not answered gets a letter" in asked
    assert confirm(door, "participants_campaign", "remind", campaign, counted="1") == ["1 reminder written."]
    mailing = Mailing.objects.get()
    assert mailing.title == "Reminder to confirm focal points: Update of FAO focal points"
    assert "last" not in page(door, campaign)  # held letters are no reminders yet
    release_mailing(mailing, by=Actor("x", user=ActivityEntry.objects.latest("at").actor), at=AFTER)
    assert "last 10 Sept 2019" in page(door, campaign)


@time_machine.travel(AFTER, tick=False)
def test_more_time_and_the_end(door: Client, campaign: Campaign) -> None:
    later = {"day": "2019-10-31", "time": "17:00", "zone": "Europe/Rome"}
    assert confirm(door, "participants_campaign", "close", campaign) == ["1 request closed."]
    assert confirm(door, "participants_campaign", "extend", campaign, **later) == ["1 request has a later date."]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.due_at) == ("open", datetime(2019, 10, 31, 16, 0, tzinfo=UTC))


@time_machine.travel(AFTER, tick=False)
def test_the_list_is_taken_along_and_that_is_logged(door: Client, campaign: Campaign, fao: FocalPoint) -> None:
    fao.person.name = "=HYPERLINK(1)"
    fao.person.save()
    address = reverse("admin:participants_campaign_export", args=[campaign.pk])
    got = door.get(address, {"show": "silent"})
    rows = got.getvalue().decode("utf-8-sig").splitlines()
    assert rows[0].startswith("party,party_name,kind,name,email,asked,answer")
    assert rows[1].startswith(
        "JOR,Jordan,FAO-FP,'=HYPERLINK(1),omar@agriculture.example,omar@agriculture.example,waiting"
    )
    assert rows[2].startswith("LBN,Lebanon,FAO-FP,,,,waiting,,10,0,")
    assert got["Content-Disposition"] == 'attachment; filename="update-of-fao-focal-points.csv"'
    assert ActivityEntry.objects.get(verb="export_campaign").changes == {"show": "silent", "rows": 2}


@time_machine.travel(MEANWHILE, tick=False)
def test_e13_a_letter_by_post_is_entered_read_and_recorded(door: Client, campaign: Campaign, fao: FocalPoint) -> None:
    entry = entry_of(fao)
    address = reverse("admin:participants_campaignentry_designation", args=[entry.pk])
    said = {"name": "Layla Saleh", "email": "layla@agriculture.example", "valid_from": "2019-08-01", "language": ""}
    assert door.get(address).status_code == 200
    assert door.post(address, said).status_code == 422
    kept = door.post(address, said | {"letter": SimpleUploadedFile("designation.pdf", PDF)}, follow=True)
    assert "The answer of Jordan is kept." in kept.content.decode()
    letter = door.get(reverse("admin:participants_campaignentry_letter", args=[entry.pk]))
    assert (letter.content, letter["Content-Type"]) == (PDF, "application/pdf")
    assert ActivityEntry.objects.filter(verb="open_letter").count() == 1
    asked = start(door, "participants_campaignentry", "record", entry)
    assert "the one before keeps an end date" in asked
    assert confirm(door, "participants_campaignentry", "record", entry) == ["1 designation recorded."]
    fao.refresh_from_db()
    assert str(fao.valid_to) == "2019-08-01"
    assert Message.objects.get(kind="focal-point-recorded").held


@time_machine.travel(MEANWHILE, tick=False)
def test_a_designation_is_sent_back_with_a_reason(door: Client, campaign: Campaign, fao: FocalPoint) -> None:
    entry = entry_of(fao)
    assert "Enter a designation" in entry_page(door, entry)
    said = {"name": "Layla", "email": "l@agriculture.example", "valid_from": "2019-08-01"}
    address = reverse("admin:participants_campaignentry_designation", args=[entry.pk])
    door.post(address, said | {"letter": SimpleUploadedFile("designation.pdf", PDF)})
    told = confirm(door, "participants_campaignentry", "return", entry, note="No signature.")
    assert told[-1] == "1 designation sent back."
    letter = Message.objects.filter(kind="focal-point-request").latest("created_at")
    assert (letter.held, "No signature." in letter.body) == (True, True)
    assert "Letter of designation" not in entry_page(door, entry)


@time_machine.travel(MEANWHILE, tick=False)
def test_contact_details_and_confirmations_by_telephone(door: Client, campaign: Campaign, fao: FocalPoint) -> None:
    entry = entry_of(fao)
    address = reverse("admin:participants_campaignentry_contact", args=[entry.pk])
    known = {"name": "Omar Haddad", "email": "omar@agriculture.example"}
    assert "Nothing differs from what is recorded" in door.post(address, known).content.decode()
    assert door.post(address, known | {"phone": "+962 6 000"}).status_code == 302
    assert confirm(door, "participants_campaignentry", "confirm_mandate", entry)[-1] == "1 focal point confirmed."
    entry.refresh_from_db()
    assert entry.answer == "confirmed"
    gap = CampaignEntry.objects.get(party="LBN")
    assert door.get(reverse("admin:participants_campaignentry_contact", args=[gap.pk])).status_code == 404


def test_the_desk_says_what_waits(campaign: Campaign, fao: FocalPoint, by: Actor) -> None:
    said = "“Update of FAO focal points” is past its date and %s not confirmed"
    assert not [each for each in alerts(MEANWHILE) if "FAO" in each.text]
    assert (said % "2 focal points are") in [each.text for each in alerts(AFTER)]
    confirm_mandate(entry_of(fao), by=by, at=AFTER)
    assert (said % "1 focal point is") in [each.text for each in alerts(AFTER)]


@time_machine.travel(AFTER, tick=False)
def test_the_page_asks_the_database_as_often_for_many_parties_as_for_one(
    door: Client, campaign: Campaign, by: Actor
) -> None:
    counts = []
    for title, more in (("First", 1), ("Second", 3)):
        for number in range(more):
            builders.focal_point(builders.party(f"{title[0]}X{chr(65 + number)}", f"{title} {number}"), "FAO-FP")
        other = ask(by, title=title)
        remind_campaign(other, by=by, at=MEANWHILE)
        page(door, other)
        with CaptureQueriesContext(connection) as asked:
            page(door, other)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["anonymous", "guest", "integrator"])
def test_nobody_else_sees_letters_or_lists(client: Client, campaign: Campaign, fao: FocalPoint, role: str) -> None:
    if role != "anonymous":
        client.force_login(builders.user("visitor@ministry.example", role=role, is_staff=True))
    for name, key in (
        ("campaign_export", campaign.pk),
        *((f"campaignentry_{each}", entry_of(fao).pk) for each in ("letter", "contact", "designation")),
    ):
        assert client.get(reverse(f"admin:participants_{name}", args=[key])).status_code == 302

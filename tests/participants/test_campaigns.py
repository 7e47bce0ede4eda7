"""Campaigns to confirm focal points by a date: who is asked, who is reminded, and who is overdue."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing, discard_mailing
from participants.models import Campaign, CampaignEntry, PersonalLink
from participants.queries.campaigns import figures, of_link, reminders, silent, to_remind, visible_to
from participants.tasks import send_reminders
from participants.verbs.campaigns import close_campaign, extend_campaign, remind_campaign, remind_due
from participants.verbs.confirmations import confirm_mandate
from participants.verbs.focal_points import designate, end_mandate
from participants.verbs.persons import change_person
from tests import builders
from tests.participants.campaigns import AFTER, DUE, MEANWHILE, OPENED, acting, addresses, ask, entry_of

pytestmark = pytest.mark.django_db
LATER = datetime(2019, 10, 31, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english(jordan, lebanon):
    """Write in English: the letters' other languages are no matter here."""
    for party in (jordan, lebanon):
        party.language = "en"
        party.save()


def test_e13_each_standing_focal_point_is_asked_by_a_letter_with_a_link_of_its_own(organizer, fao, jordan):
    campaign = ask(organizer)
    entry = entry_of(fao)
    assert (entry.party, entry.kind, entry.asked, entry.answer) == (jordan, "FAO-FP", fao, "waiting")
    letter = Message.objects.get()
    assert (letter.to_address, letter.link_path) == ("omar@agriculture.example", "/my/confirm/{token}/")
    assert "Action required by: Saturday 31 August 2019, 17:00 (time zone Europe/Rome)" in letter.body
    assert "to be confirmed: FAO national focal point." in letter.body
    assert "Not designated so far" not in letter.body
    link = PersonalLink.objects.get()
    assert (link.campaign, link.party, link.expires_at) == (campaign, jordan, DUE + timedelta(days=30))
    assert ActivityEntry.objects.get(verb="open_campaign").changes["letters"] == 1


def test_e12_a_gap_is_asked_of_the_primary_focal_point_and_without_one_stays_visible(organizer, cbd, lebanon, jordan):
    campaign = ask(organizer)
    rows = {each.party_id: each for each in CampaignEntry.objects.all()}
    assert (rows["JOR"].mandate, rows["JOR"].asked) == (None, cbd)
    assert (rows["LBN"].mandate, rows["LBN"].asked) == (None, None)
    letter = Message.objects.get()
    assert letter.to_address == "rana@ministry.example"
    assert "to be named where the Government so wishes: FAO national focal point." in letter.body
    assert "to be confirmed:" not in letter.body
    found = figures(campaign, MEANWHILE.date())
    assert (found.entries, found.gaps, found.silent, found.unreached) == (2, 2, 2, 1)


def test_e12_a_holder_without_an_address_is_asked_after_at_the_primary_focal_point(organizer, cbd, fao):
    change_person(fao.person, email="", by=organizer, at=OPENED)
    ask(organizer)
    assert entry_of(fao).asked == cbd
    assert addresses("focal-point-request") == ["rana@ministry.example"]


def test_one_letter_names_all_kinds_of_a_person_and_deputies_are_not_asked(organizer, cbd, jordan):
    builders.focal_point(jordan, "FAO-FP", cbd.person)
    builders.focal_point(jordan, "CBD-FP1", builders.person("Deputy", "deputy@ministry.example"), deputy_of=cbd)
    ask(organizer, ("FAO-FP", "PA-FP", "CBD-FP1"))
    assert CampaignEntry.objects.filter(party=jordan).count() == 3
    body = Message.objects.get().body
    assert "to be confirmed: CBD national focal point, FAO national focal point." in body
    assert "wishes: Programme of work on protected areas focal point." in body


def test_ended_mandates_and_governments_that_are_no_parties_are_not_asked(organizer, cbd, fao):
    end_mandate(fao, on=date(2019, 1, 1), by=organizer, at=OPENED)
    builders.focal_point(builders.party("VAT", "Holy See", in_force_on=None), "FAO-FP")
    ask(organizer)
    assert not CampaignEntry.objects.filter(party="VAT").exists()
    assert CampaignEntry.objects.get(party="JOR").mandate is None


def test_practice_writes_to_its_own_people_alone_and_a_real_campaign_never_to_them(organizer, fao, jordan):
    copy = builders.programme("copy", rehearsal_of=builders.programme())
    builders.workshop("amman-copy", programme=copy, parties=(jordan,))
    played = builders.focal_point(
        jordan, "FAO-FP", builders.person("Synthetic", "synthetic@practice.example", rehearsal=copy)
    )
    ask(organizer)
    assert addresses("focal-point-request") == ["omar@agriculture.example"]
    practice = ask(organizer, rehearsal=copy)
    assert [each.mandate for each in practice.entries.all()] == [played]
    assert addresses("focal-point-request") == ["omar@agriculture.example", "synthetic@practice.example"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kinds": ()}, "kinds_missing", "kinds"),
        ({"kinds": ("FAO",)}, "unknown_choice", "kinds"),
        ({"due_at": OPENED}, "due_past", "due_at"),
        ({"due_zone": "Rome"}, "zone_unknown", "due_zone"),
        ({"reminder_days": [0]}, "days_unusable", "reminder_days"),
        ({"reminder_days": range(1, 12)}, "days_unusable", "reminder_days"),
        ({"note": "x" * 4001}, "too_long", "note"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(organizer, fao, changes, code, field):
    with pytest.raises(Invalid) as refused:
        ask(organizer, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Campaign.objects.exists()


def test_only_organizers_ask_and_nobody_twice_under_one_title(organizer, fao):
    with pytest.raises(NotAllowed):
        ask(acting(fao))
    ask(organizer)
    with pytest.raises(Refused) as refused:
        ask(organizer)
    assert refused.value.code == "campaign_exists"
    assert visible_to(organizer.user).count() == 1


def test_nobody_to_ask_is_refused_and_leaves_nothing(organizer, jordan):
    with pytest.raises(Refused) as refused:
        ask(organizer)
    assert (refused.value.code, CampaignEntry.objects.count()) == ("nobody_to_ask", 0)


def test_s038_the_silent_are_reminded_once_a_day_and_each_reminder_is_on_record(organizer, fao, lebanon):
    beirut = builders.focal_point(lebanon, "FAO-FP")
    campaign = ask(organizer)
    confirm_mandate(entry_of(beirut), by=acting(beirut), at=MEANWHILE)
    assert to_remind(campaign, MEANWHILE.date()) == 1
    assert remind_campaign(campaign, by=organizer, at=MEANWHILE) == 1
    assert remind_campaign(campaign, by=organizer, at=MEANWHILE + timedelta(hours=3)) == 0
    assert remind_campaign(campaign, by=organizer, at=AFTER) == 1
    assert addresses("focal-point-reminder") == ["omar@agriculture.example"] * 2
    told = reminders(campaign)["JOR", str(fao.person_id)]
    assert (told.times, told.last) == (2, AFTER)
    assert ActivityEntry.objects.filter(verb="remind_campaign").count() == 2


def test_reminders_that_were_discarded_are_none(organizer, fao):
    campaign = ask(organizer)
    mailing = begin_mailing("Reminder", by=organizer, at=MEANWHILE)
    remind_campaign(campaign, mailing=mailing, by=organizer, at=MEANWHILE)
    assert reminders(campaign) == {}
    discard_mailing(mailing, by=organizer, at=MEANWHILE)
    assert reminders(campaign) == {}


def test_the_clock_reminds_thirty_and_seven_days_before_once_each(organizer, fao):
    ask(organizer)
    at = [DUE - timedelta(days=days) for days in (31, 30, 29, 7, 6)]
    assert [remind_due(at=each) for each in at] == [0, 1, 0, 1, 0]
    assert remind_due(at=AFTER) == 0
    with time_machine.travel(DUE - timedelta(days=1), tick=False):
        assert send_reminders() == 0


def test_the_clock_leaves_closed_campaigns_and_those_without_days_alone(organizer, fao):
    closed = ask(organizer)
    close_campaign(closed, by=organizer, at=MEANWHILE)
    ask(organizer, reminder_days=())
    assert remind_due(at=DUE - timedelta(days=7)) == 0


def test_who_is_reminded_follows_the_directory(organizer, fao, cbd, jordan):
    campaign = ask(organizer, ("FAO-FP", "PA-FP"))
    change_person(fao.person, email="", by=organizer, at=MEANWHILE)
    designate(jordan, cbd.person, "PA-FP", valid_from=MEANWHILE.date(), by=organizer, at=MEANWHILE)
    assert remind_campaign(campaign, by=organizer, at=MEANWHILE) == 1
    letter = Message.objects.get(kind="focal-point-reminder")
    assert letter.to_address == "rana@ministry.example"
    assert "On record, and to be confirmed: FAO national focal point." in letter.body
    assert "Not designated so far" not in letter.body  # the gap was filled meanwhile
    assert entry_of(fao).asked == cbd


def test_what_the_directory_learned_without_the_campaign_is_not_overdue(organizer, fao, lebanon):
    campaign = ask(organizer)
    assert silent(AFTER.date()).count() == 2
    end_mandate(fao, on=date(2019, 7, 1), by=organizer, at=MEANWHILE)
    builders.focal_point(lebanon, "FAO-FP")
    found = figures(campaign, AFTER.date())
    assert (found.silent, found.overtaken) == (0, 2)


def test_e13_some_countries_never_answer_and_the_old_focal_point_is_kept(organizer, fao, jordan):
    campaign = ask(organizer)
    close_campaign(campaign, by=organizer, at=AFTER)
    fao.refresh_from_db()
    assert (fao.valid_to, fao.confirmed_on, entry_of(fao).answer) == (None, None, "waiting")
    with pytest.raises(Refused) as refused:
        confirm_mandate(entry_of(fao), by=acting(fao), at=AFTER)
    assert refused.value.code == "campaign_closed"
    with pytest.raises(Refused):
        remind_campaign(campaign, by=organizer, at=AFTER)


def test_a_later_date_opens_a_closed_campaign_and_keeps_links_good(organizer, fao):
    campaign = close_campaign(ask(organizer), by=organizer, at=AFTER)
    extended = extend_campaign(campaign, LATER, "Europe/Rome", by=organizer, at=AFTER)
    assert (extended.state, extended.due_at) == ("open", LATER)
    assert PersonalLink.objects.get().expires_at == LATER + timedelta(days=30)
    assert remind_due(at=LATER - timedelta(days=7)) == 1
    with pytest.raises(Invalid) as refused:
        extend_campaign(extended, LATER, "Europe/Rome", by=organizer, at=AFTER)
    assert refused.value.code == "due_not_later"


def test_a_link_shows_what_is_its_bearers_to_answer(organizer, fao, cbd):
    ask(organizer, ("FAO-FP", "CBD-FP1", "PA-FP"))
    link = PersonalLink.objects.get(person=cbd.person)
    assert [(each.kind, each.mandate) for each in of_link(link)] == [("CBD-FP1", cbd), ("PA-FP", None)]


def grow(count: int) -> None:
    for number in range(count):
        builders.focal_point(builders.party(f"XX{chr(65 + number)}", f"Land {number}"), "FAO-FP")


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_each_letter_alike_and_its_list_nothing(organizer, count):
    grow(count)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        campaign = ask(organizer)
    assert len(asked) == 10 + 7 * count
    with CaptureQueriesContext(connection) as read:
        figures(campaign, AFTER.date())
        list(silent(AFTER.date()).select_related("party"))
        reminders(campaign)
    assert len(read) == 3

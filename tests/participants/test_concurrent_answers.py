"""Two at once on a campaign: one answer at a time, one successor, one letter a day."""

import pytest

from correspondence.models import Message
from participants.models import Campaign, FocalPoint
from participants.verbs.campaigns import close_campaign, remind_campaign, remind_due
from participants.verbs.confirmations import confirm_mandate, update_contact
from participants.verbs.successions import propose_successor, record_proposal
from tests.participants.campaigns import DUE, MEANWHILE, PDF, acting, ask, entry_of
from tests.participants.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entry(organizer, fao, jordan):
    jordan.language = "en"
    jordan.save()
    ask(organizer)
    return entry_of(fao)


def propose(entry, by, name):
    return propose_successor(
        entry,
        name=name,
        email=f"{name}@agriculture.example".lower(),
        valid_from=DUE.date(),
        letter=PDF,
        letter_name="letter.pdf",
        by=by,
        at=MEANWHILE,
    )


def test_e13_a_proposal_is_recorded_once_however_many_press(entry, organizer, fao):
    propose(entry, acting(fao), "Layla")
    results = at_once(*[lambda: record_proposal(entry, by=organizer, at=MEANWHILE)] * 4)
    assert results.count("illegal_step") == 3
    assert FocalPoint.objects.filter(kind="FAO-FP").count() == 2


def test_two_answers_at_once_leave_one_that_is_whole(entry, fao):
    by = acting(fao)
    at_once(
        lambda: confirm_mandate(entry, by=by, at=MEANWHILE),
        lambda: propose(entry, by, "Layla"),
        lambda: update_contact(entry, by=by, at=MEANWHILE, phone="+962 6 000"),
        lambda: propose(entry, by, "Sami"),
    )
    entry.refresh_from_db()
    whole = {
        "confirmed": ("", None),
        "updated": ("", None),
        "proposed": (entry.proposed_name, DUE.date()),
    }
    assert (entry.proposed_name, entry.proposed_from) == whole[entry.answer]
    assert (entry.letter is not None) == (entry.answer == "proposed")


def test_the_clock_in_two_processes_and_an_organizer_remind_once_each(entry, organizer):
    at = DUE.replace(day=24)
    campaign = Campaign.objects.get()
    at_once(*[lambda: remind_due(at=at)] * 3, *[lambda: remind_campaign(campaign, by=organizer, at=at)] * 3)
    assert Message.objects.filter(kind="focal-point-reminder").count() == 2


def test_closing_and_answering_at_once_never_answers_what_is_closed(entry, organizer, fao):
    campaign = Campaign.objects.get()
    results = at_once(
        lambda: close_campaign(campaign, by=organizer, at=MEANWHILE),
        lambda: confirm_mandate(entry, by=acting(fao), at=MEANWHILE),
    )
    entry.refresh_from_db()
    assert ("campaign_closed" in results) == (entry.answer == "waiting")

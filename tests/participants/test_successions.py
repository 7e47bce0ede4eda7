"""Answers to a campaign that name another focal point, and what an organizer makes of them."""

from datetime import date, timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message, StoredFile
from participants.models import CampaignEntry, FocalPoint, Person
from participants.queries.campaigns import figures, silent
from participants.verbs.confirmations import confirm_mandate
from participants.verbs.successions import open_letter, propose_successor, record_proposal, return_proposal
from tests.participants.campaigns import MEANWHILE, PDF, acting, addresses, ask, entry_of

pytestmark = pytest.mark.django_db

FROM = date(2019, 8, 1)


def propose(entry, by, **changes):
    said = {
        "name": "Layla Saleh",
        "email": "layla@agriculture.example",
        "position": "Head of plant genetic resources",
        "language": "en",
        "valid_from": FROM,
        "letter": PDF,
        "letter_name": "designation.pdf",
        **changes,
    }
    return propose_successor(entry, **said, by=by, at=MEANWHILE)


@pytest.fixture(autouse=True)
def _english(jordan):
    jordan.language = "en"
    jordan.save()


@pytest.fixture
def campaign(organizer, fao):
    return ask(organizer)


@pytest.fixture
def entry(campaign, fao) -> CampaignEntry:
    return entry_of(fao)


def test_e13_the_one_proposed_follows_and_the_old_focal_point_keeps_an_end_date(campaign, entry, fao, organizer):
    propose(entry, acting(fao))
    assert FocalPoint.objects.count() == 1  # nothing changes before the letter is read
    recorded = record_proposal(entry, by=organizer, at=MEANWHILE)
    assert (recorded.answer, recorded.answered_by) == ("recorded", fao.person)
    fao.refresh_from_db()
    assert fao.valid_to == FROM
    follower = FocalPoint.objects.exclude(pk=fao.pk).get()
    assert (follower.person.name, follower.person.position) == ("Layla Saleh", "Head of plant genetic resources")
    assert (follower.kind, follower.valid_from, follower.language) == ("FAO-FP", FROM, "en")
    assert follower.designation == "Letter received on 2019-07-10"
    assert open_letter(recorded, by=organizer, at=MEANWHILE) == PDF
    kept = StoredFile.objects.filter(purpose="designation").values_list("sha256", flat=True)
    assert (len(kept), len(set(kept))) == (2, 1)  # the entry's copy and the mandate's
    assert addresses("focal-point-recorded") == ["layla@agriculture.example"]
    assert (figures(campaign, MEANWHILE.date()).recorded, silent(MEANWHILE.date()).filter(kind="FAO-FP").count()) == (
        1,
        0,
    )


def test_e12_a_gap_is_filled_by_whom_the_primary_focal_point_names(organizer, cbd, jordan):
    ask(organizer)
    gap = CampaignEntry.objects.get(party=jordan)
    propose(gap, acting(cbd), valid_from=date(2019, 7, 1))
    record_proposal(gap, by=organizer, at=MEANWHILE)
    assert FocalPoint.objects.get(kind="FAO-FP").person.email == "layla@agriculture.example"


def test_an_organizer_enters_a_letter_that_came_by_post(entry, fao, organizer):
    propose(entry, organizer)
    record_proposal(entry, by=organizer, at=MEANWHILE)
    assert FocalPoint.objects.filter(kind="FAO-FP").count() == 2


def test_somebody_known_by_name_and_address_is_not_recorded_twice(entry, fao, cbd, organizer):
    propose(entry, acting(fao), name=cbd.person.name, email=cbd.person.email)
    before = Person.objects.count()
    record_proposal(entry, by=organizer, at=MEANWHILE)
    assert Person.objects.count() == before
    assert FocalPoint.objects.get(kind="FAO-FP", valid_from=FROM).person == cbd.person


def test_each_look_at_the_letter_is_logged_and_organizers_alone_look(entry, fao, organizer):
    propose(entry, acting(fao))
    entry.refresh_from_db()
    assert open_letter(entry, by=organizer, at=MEANWHILE) == PDF
    with pytest.raises(NotAllowed):
        open_letter(entry, by=acting(fao), at=MEANWHILE)
    assert ActivityEntry.objects.filter(verb="open_letter").count() == 1


def test_a_proposal_sent_back_is_asked_for_again_with_the_reason(campaign, entry, fao, organizer):
    propose(entry, acting(fao))
    returned = return_proposal(entry, "The letter bears no signature.", by=organizer, at=MEANWHILE)
    assert (returned.answer, returned.proposed_name, returned.letter) == ("waiting", "", None)
    assert StoredFile.objects.get().purge_on == MEANWHILE.date()
    letter = Message.objects.filter(kind="focal-point-request").latest("created_at")
    assert (letter.to_address, "The letter bears no signature." in letter.body) == ("omar@agriculture.example", True)
    propose(returned, acting(fao))
    with pytest.raises(Invalid) as refused:
        return_proposal(returned, " ", by=organizer, at=MEANWHILE)
    assert refused.value.code == "note_missing"


def test_a_proposal_is_replaced_by_a_later_one_and_taken_back_by_a_confirmation(entry, fao):
    propose(entry, acting(fao))
    again = propose(entry, acting(fao), name="Layla A. Saleh")
    assert again.proposed_name == "Layla A. Saleh"
    confirmed = confirm_mandate(entry, by=acting(fao), at=MEANWHILE + timedelta(days=1))
    assert (confirmed.answer, confirmed.proposed_email, confirmed.proposed_from) == ("confirmed", "", None)


def test_only_what_is_proposed_is_recorded_and_only_by_organizers(entry, fao, organizer):
    with pytest.raises(Refused) as refused:
        record_proposal(entry, by=organizer, at=MEANWHILE)
    assert refused.value.code == "illegal_step"
    propose(entry, acting(fao))
    with pytest.raises(NotAllowed):
        record_proposal(entry, by=acting(fao), at=MEANWHILE)
    record_proposal(entry, by=organizer, at=MEANWHILE)
    with pytest.raises(Refused):
        propose(entry, organizer)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"email": ""}, "email_missing", "email"),
        ({"email": "layla"}, "email_invalid", "email"),
        ({"letter": b""}, "letter_missing", "letter"),
        ({"letter": b"MZ not a letter"}, "file_type", "letter"),
        ({"language": "xx"}, "unknown_choice", "language"),
        ({"valid_from": date(2091, 8, 1)}, "from_unlikely", "valid_from"),
        ({"valid_from": date(2009, 8, 1)}, "from_before_predecessor", "valid_from"),
    ],
)
def test_what_cannot_be_proposed_is_refused_beside_its_field(entry, fao, changes, code, field):
    with pytest.raises(Invalid) as refused:
        propose(entry, acting(fao), **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    entry.refresh_from_db()
    assert (entry.answer, StoredFile.objects.count()) == ("waiting", 0)

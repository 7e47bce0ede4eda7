"""Two rows that are one person become one, and two again (E04 to E06)."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import (
    FocalPoint,
    Merge,
    Nomination,
    NominationDraft,
    Reopening,
)
from participants.models.links import LinkPurpose
from participants.queries.duplicates import open_pairs
from participants.queries.nominations import live
from participants.queries.persons import person_of, same_person, search, standing_for, visible_to
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.duplicates import find_pairs
from participants.verbs.links import issue_link
from participants.verbs.merges import merge, undo_merge
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.persons import change_person, link_account, record_person
from targets.models import Submission
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED

WHY = "The same passport was shown"
LATER = BEFORE + timedelta(days=1)
CBD, FAO = builders.official("cbd"), builders.official("fao")
PDF = b"%PDF-1.7\n%%EOF\n"


def everything():
    """Every row of every table of the register, the log and the merges left out; keys are computed first."""
    find_pairs(at=LATER)
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=str)
        for model in apps.get_models()
        if model._meta.app_label in {"participants", "targets", "workshops"} and model is not Merge
    }


def put(call, party, name, email, track, by, **more):
    return nominate(
        call,
        party=party,
        candidate=Candidate(name=name, email=email),
        track=track,
        sector="forest",
        by=by,
        at=BEFORE,
        **more,
    )


@pytest.fixture
def through_cbd(call, jordan, organizer):
    return put(call, jordan, "Mohammed Saleh", "m.saleh@ministry.example", "biodiversity", organizer, signature=CBD)


@pytest.fixture
def through_fao(call, jordan, organizer):
    return put(call, jordan, "محمد صالح", "saleh@mail.example", "planning", organizer, signature=FAO)


@pytest.fixture
def two(through_cbd, through_fao):
    return through_cbd.person, through_fao.person


def test_e04_one_participant_two_nominations_both_letters_and_one_seat(
    through_cbd, through_fao, call, jordan, organizer
):
    for nomination in (through_cbd, through_fao):
        attach_document(nomination, "letter", data=PDF, name="letter.pdf", by=organizer, at=BEFORE)
    kept, gone = through_cbd.person, through_fao.person
    done = merge(kept, gone, reason=WHY, by=organizer, at=LATER)
    through_fao.refresh_from_db()
    assert (through_fao.state, through_fao.joined_to, through_fao.rank) == ("joined", through_cbd, None)
    assert set(kept.nominations.all()) == {through_cbd, through_fao}
    assert [each.documents.count() for each in kept.nominations.all()] == [1, 1]
    assert list(live(call)) == [through_cbd]
    assert put(call, jordan, "Lina Khoury", "lina@ministry.example", "planning", organizer, signature=FAO).rank == 2
    assert str(done) == "محمد صالح → Mohammed Saleh"
    assert ActivityEntry.objects.filter(verb="merge").count() == 1


def test_e04_a_merge_can_be_undone_and_every_row_is_as_it_was(two, through_cbd, cbd, jordan, workshop, call, organizer):
    kept, gone = two
    link_account(gone, builders.user("saleh@ministry.example"), by=organizer, at=BEFORE)
    change_person(gone, position="Director", phone="+962 6 555 0100", passport_name="SALEH", by=organizer, at=BEFORE)
    for who, kind in ((kept, "PA-FP"), (gone, "PA-FP"), (gone, "SBSTTA-FP")):
        builders.focal_point(jordan, kind, who)
    FocalPoint.objects.filter(person=kept).update(valid_to=date(2013, 1, 1))
    issue_link(gone, LinkPurpose.NOMINATE, call=call, party=jordan, expires_at=DEADLINE, at=BEFORE)
    NominationDraft.objects.create(call=call, party=jordan, author=gone, saved_at=BEFORE)
    Reopening.objects.create(call=call, party=jordan, asked_by=gone, reason="Flood", asked_at=BEFORE)
    Submission.objects.create(
        programme=workshop.programme, party=jordan, version=1, submitted_by=gone, submitted_at=BEFORE
    )
    before = everything()
    done = merge(kept, gone, reason=WHY, by=organizer, at=LATER)
    assert {name: len(ids) for name, ids in done.moved["rows"].items()} == {
        "participants.nomination.person": 1,
        "participants.focalpoint.person": 1,
        "participants.personallink.person": 1,
        "participants.nominationdraft.author": 1,
        "participants.reopening.asked_by": 1,
        "participants.campaignentry.answered_by": 0,
        "targets.submission.submitted_by": 1,
    }
    assert done.filled == ["passport_name", "phone", "position"]
    assert everything() != before
    undone = undo_merge(done, by=organizer, at=LATER)
    assert undone.undone_at == LATER
    assert everything() == before
    with pytest.raises(Refused) as refused:
        undo_merge(done, by=organizer, at=LATER)
    assert refused.value.code == "undone_already"


def test_e04_who_was_decided_on_goes_on_though_named_later(two, through_cbd, through_fao, organizer):
    Nomination.objects.filter(pk=through_fao.pk).update(state="selected")
    merge(*two, reason=WHY, by=organizer, at=DECIDED)
    for nomination in (through_cbd, through_fao):
        nomination.refresh_from_db()
    assert (through_cbd.state, through_cbd.joined_to) == ("joined", through_fao)
    assert (through_fao.state, through_fao.person) == ("selected", two[0])


def test_e04_two_who_were_both_decided_on_stay_two(two, organizer):
    Nomination.objects.update(state="selected")
    with pytest.raises(Refused) as refused:
        merge(*two, reason=WHY, by=organizer, at=DECIDED)
    assert refused.value.code == "decided_already"
    assert not Merge.objects.exists()


def test_e04_without_a_free_place_a_merge_stays(two, call, jordan, organizer):
    done = merge(*two, reason=WHY, by=organizer, at=LATER)
    put(call, jordan, "Lina Khoury", "lina@ministry.example", "planning", organizer, signature=FAO)
    before = everything()
    with pytest.raises(Refused) as refused:
        undo_merge(done, by=organizer, at=LATER)
    assert refused.value.code == "party_limit"
    assert everything() == before


def test_e08_one_person_of_two_governments_stays_two(through_cbd, call, lebanon, organizer):
    other = put(call, lebanon, "Mohammed Saleh", "saleh@mail.example", "biodiversity", organizer, signature=CBD)
    with pytest.raises(Refused) as refused:
        merge(through_cbd.person, other.person, reason=WHY, by=organizer, at=LATER)
    assert refused.value.code == "another_government"


def test_e05_never_on_the_name_alone(db, organizer):
    jordan = builders.party("JOR", "Jordan")
    two = [builders.person("Omar Haddad", f"omar{number}@ministry.example") for number in range(2)]
    for each in two:
        builders.focal_point(jordan, "PA-FP", each)
    find_pairs(at=BEFORE)
    with pytest.raises(Invalid, match="date of birth or another e-mail address") as refused:
        merge(*two, reason="yes", by=organizer, at=LATER)
    assert (refused.value.code, refused.value.field) == ("name_alone", "reason")
    merge(*two, reason="Both rows born 4 May 1970", by=organizer, at=LATER)
    assert not open_pairs().exists()


def test_a_reason_is_asked_for_with_the_same_address_too(db, organizer):
    two = [builders.person("Omar Haddad", "omar@ministry.example") for _number in range(2)]
    find_pairs(at=BEFORE)
    for reason, code in (("", "reason_missing"), ("x" * 501, "too_long")):
        with pytest.raises(Invalid) as refused:
            merge(*two, reason=reason, by=organizer, at=LATER)
        assert refused.value.code == code


def test_what_cannot_be_merged(db, organizer):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    one, other, third = (builders.person(name, f"{name}@ministry.example") for name in "abc")
    synthetic = builders.person("d", rehearsal=practice)
    link_account(one, builders.user("a@ministry.example"), by=organizer, at=BEFORE)
    link_account(other, builders.user("b@ministry.example"), by=organizer, at=BEFORE)
    merge(one, third, reason=WHY, by=organizer, at=BEFORE)
    for pair, code in (
        ((one, one), "same_row"),
        ((one, synthetic), "two_worlds"),
        ((one, other), "two_accounts"),
        ((other, third), "merged_already"),
        ((third, other), "merged_already"),
    ):
        with pytest.raises(Refused) as refused:
            merge(*pair, reason=WHY, by=organizer, at=LATER)
        assert refused.value.code == code
    guest = Actor(label="guest", user=builders.user("guest@ministry.example"))
    with pytest.raises(NotAllowed):
        merge(one, other, reason=WHY, by=guest, at=LATER)
    with pytest.raises(NotAllowed):
        undo_merge(Merge.objects.get(), by=guest, at=LATER)


def test_what_came_since_stays_and_what_was_changed_since_is_left(two, call, jordan, organizer):
    kept, gone = two
    change_person(gone, position="Director", phone="+962 6 555 0100", by=organizer, at=BEFORE)
    done = merge(kept, gone, reason=WHY, by=organizer, at=LATER)
    change_person(kept, position="Deputy Director", by=organizer, at=LATER)
    mandate = builders.focal_point(jordan, "ABS-FP", kept)
    for nomination in Nomination.objects.filter(state="joined"):
        withdraw(nomination, by=organizer, at=LATER)
    undo_merge(done, by=organizer, at=LATER)
    for row in (kept, gone, mandate):
        row.refresh_from_db()
    assert (kept.position, kept.phone, mandate.person) == ("Deputy Director", "", kept)
    assert (gone.position, gone.phone, gone.merged_into) == ("Director", "+962 6 555 0100", None)
    assert [each.state for each in gone.nominations.all()] == ["withdrawn"]


def test_merges_in_a_row_are_undone_from_the_last(db, organizer):
    one, other, third = (record_person(name=name, by=organizer, at=BEFORE) for name in ("Ana", "Anna", "Hannah"))
    first = merge(other, third, reason=WHY, by=organizer, at=BEFORE)
    second = merge(one, other, reason=WHY, by=organizer, at=LATER)
    assert standing_for(third.pk) == one
    assert same_person(one) == {one.pk, other.pk, third.pk}
    assert list(search("hannah")) == [one]
    with pytest.raises(Refused) as refused:
        undo_merge(first, by=organizer, at=LATER)
    assert refused.value.code == "merged_onwards"
    undo_merge(second, by=organizer, at=LATER)
    undo_merge(first, by=organizer, at=LATER)
    assert list(search("hannah")) == [third]
    assert merge(one, other, reason=WHY, by=organizer, at=LATER).undone_at is None


def test_a_merged_row_is_in_no_list_and_leads_to_the_one_that_stays(two, call, jordan, cbd, organizer):
    kept, gone = two
    merge(kept, gone, reason=WHY, by=organizer, at=LATER)
    assert gone not in visible_to(organizer.user)
    assert list(search("صالح")) == list(search("saleh")) == [kept]
    assert person_of(Actor(label="", person_id=gone.pk)) == kept
    with pytest.raises(Refused, match="merged into another person"):
        change_person(gone, position="Director", by=organizer, at=LATER)
    again = put(call, jordan, gone.name, gone.email, "planning", organizer, signature=FAO)
    assert (again.person, again.state) == (kept, "joined")

"""What a merge does to the rows of two people: mandates, letters and links."""

from datetime import date, timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import Refused
from correspondence.models import Message
from participants.models import (
    FocalPoint,
    Invitation,
    Person,
    PersonalLink,
)
from participants.queries.focal_points import standing
from participants.queries.links import actor_for
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import accept, invite
from participants.verbs.merges import merge, undo_merge
from participants.verbs.messages import resend
from participants.verbs.moves import MOVES, OF_A_MANDATE, STAYS
from participants.verbs.nominations import nominate
from tests import builders
from tests.decisions import decide
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED, RESPOND_BY

WHY = "The same passport was shown"
LATER = BEFORE + timedelta(days=1)


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


def pointing_to(model):
    columns = [(each.related_model._meta, each.field.name) for each in model._meta.related_objects]
    return {(meta.app_label, meta.model_name, name) for meta, name in columns}


def test_the_tables_of_moves_name_every_column_that_points_to_a_person_or_a_mandate():
    assert pointing_to(Person) == {*MOVES, *STAYS}
    assert pointing_to(FocalPoint) == {
        *OF_A_MANDATE,
        ("participants", "campaignentry", "mandate"),
        ("participants", "campaignentry", "asked"),
        ("participants", "directoryrow", "mandate"),
    }


def test_the_same_mandate_twice_stands_once_and_what_was_signed_under_both_counts(
    cbd, call, jordan, jordanian, organizer
):
    again = builders.focal_point(jordan, "CBD-FP1", builders.person("Rana Al-Ali", "rana@mail.example"))
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=date(2015, 1, 1))
    second = Actor(label="Rana", person_id=again.person_id)
    theirs = put(call, jordan, "Expert", "expert@ministry.example", "biodiversity", second)
    done = merge(cbd.person, again.person, reason=WHY, by=organizer, at=LATER)
    for row in (cbd, again, theirs):
        row.refresh_from_db()
    assert (cbd.valid_to, again.valid_to, again.person_id) == (None, LATER.date(), done.gone_id)
    assert (theirs.focal_point, theirs.endorsements.get().focal_point) == (cbd, cbd)
    assert list(standing(LATER.date(), party=jordan, kinds=["CBD-FP1"])) == [cbd]
    assert put(call, jordan, "Other", "other@ministry.example", "biodiversity", second).state == "submitted"
    undo_merge(done, by=organizer, at=LATER)
    theirs.refresh_from_db()
    assert theirs.focal_point == again
    assert set(FocalPoint.objects.filter(kind="CBD-FP1", party=jordan).values_list("valid_to", flat=True)) == {
        None,
        date(2015, 1, 1),
    }


def test_two_lists_in_dispute_are_settled_before_their_signers_are_merged(cbd, call, jordan, jordanian, organizer):
    again = builders.focal_point(jordan, "CBD-FP1", builders.person("Rana Al-Ali", "rana@mail.example"))
    put(call, jordan, "Expert", "expert@ministry.example", "biodiversity", jordanian)
    put(call, jordan, "Other", "other@ministry.example", "biodiversity", Actor(label="", person_id=again.person_id))
    with pytest.raises(Refused) as refused:
        merge(cbd.person, again.person, reason=WHY, by=organizer, at=LATER)
    assert refused.value.code == "disputed"


def test_letters_and_links_of_the_merged_row_go_on(call, jordan, organizer):
    signature = builders.official("fao")
    nomination = put(call, jordan, "محمد صالح", "saleh@mail.example", "planning", organizer, signature=signature)
    kept, gone = builders.person("Mohammed Saleh", "m.saleh@ministry.example"), nomination.person
    close_call(call, by=organizer, at=DEADLINE)
    decide(call, by=organizer, at=DECIDED)
    invite(nomination, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    letter = Message.objects.get(kind="invitation")
    merge(kept, gone, reason=WHY, by=organizer, at=DECIDED)
    assert letter.person_key == gone.pk
    link = PersonalLink.objects.get(purpose="invitation")
    assert accept(Invitation.objects.get(), by=actor_for(link), at=DECIDED).state == "accepted"
    Message.objects.update(state="sent", sent_at=DECIDED)
    letter.refresh_from_db()
    assert resend(letter, by=organizer, at=DECIDED).to_address == kept.email

"""Nominations begun and not sent."""

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from participants.models import Nomination, NominationDraft
from participants.verbs.drafts import attach_to_draft, discard_draft, save_draft, send_draft
from tests.participants.conftest import BEFORE
from tests.participants.test_nominations import candidate, put

PDF = b"%PDF-1.4\n% synthetic\n%%EOF\n"


@pytest.fixture
def draft(call, jordan, jordanian):
    return save_draft(call, jordan, {"name": " Nour ", "email": "", "state": "selected"}, by=jordanian, at=BEFORE)


def send(draft, by, **more):
    return send_draft(draft, candidate=candidate(), track="biodiversity", sector="forest", by=by, at=BEFORE, **more)


def test_half_a_nomination_is_kept_and_holds_no_place(draft, call, jordan, jordanian):
    assert draft.fields == {"name": "Nour"}
    assert [put(call, jordan, jordanian, number).rank for number in (1, 2)] == [1, 2]
    again = save_draft(call, jordan, {"name": "Nour", "rank": "1"}, draft=draft, by=jordanian, at=BEFORE)
    assert (again.pk, again.fields) == (draft.pk, {"name": "Nour", "rank": "1"})


def test_its_papers_go_along_and_it_is_sent_once(draft, jordanian):
    attach_to_draft(draft, "cv", data=PDF, name="old.pdf", by=jordanian, at=BEFORE)
    attach_to_draft(draft, "cv", data=PDF + b"new", name="cv.pdf", by=jordanian, at=BEFORE)
    sent = send(draft, jordanian)
    assert [(each.kind, each.file.name) for each in sent.documents.all()] == [("cv", "cv.pdf")]
    assert not NominationDraft.objects.exists()
    with pytest.raises(Refused):
        send(draft, jordanian)
    assert Nomination.objects.count() == 1


def test_what_cannot_be_sent_stays_a_draft(draft, call, jordan, jordanian):
    for number in (1, 2):
        put(call, jordan, jordanian, number + 5)
    with pytest.raises(Refused, match="places of the Party"):
        send(draft, jordanian)
    assert NominationDraft.objects.get() == draft


@pytest.mark.parametrize(
    ("fields", "field"), [({}, "name"), ({"track": "planning"}, "name"), ({"expertise": "x" * 4001}, "expertise")]
)
def test_nothing_and_too_much_are_refused(fields, field, call, jordan, jordanian):
    with pytest.raises(Invalid) as refused:
        save_draft(call, jordan, fields, by=jordanian, at=BEFORE)
    assert refused.value.field == field


def test_ten_drafts_are_enough(call, jordan, jordanian):
    for number in range(10):
        save_draft(call, jordan, {"name": f"N{number}"}, by=jordanian, at=BEFORE)
    with pytest.raises(Refused) as refused:
        save_draft(call, jordan, {"name": "N11"}, by=jordanian, at=BEFORE)
    assert refused.value.code == "too_many_drafts"


def test_strangers_and_bad_files_leave_a_draft_alone(draft, of_lebanon, jordanian):
    stranger = Actor(label="", person_id=of_lebanon.person_id)
    for act in (
        lambda: discard_draft(draft, by=stranger, at=BEFORE),
        lambda: attach_to_draft(draft, "cv", data=PDF, name="cv.pdf", by=stranger, at=BEFORE),
        lambda: send(draft, stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(Invalid) as refused:
        attach_to_draft(draft, "cv", data=b"MZ", name="cv.pdf", by=jordanian, at=BEFORE)
    assert refused.value.field == "cv"
    discard_draft(draft, by=jordanian, at=BEFORE)
    discard_draft(draft, by=jordanian, at=BEFORE)
    assert not NominationDraft.objects.exists()


def test_a_draft_is_changed_by_who_began_it_alone(draft, call, jordan, fao):
    other = Actor(label="", person_id=fao.person_id)
    for act in (
        lambda: save_draft(call, jordan, {"name": "Mine"}, draft=draft, by=other, at=BEFORE),
        lambda: attach_to_draft(draft, "cv", data=PDF, name="cv.pdf", by=other, at=BEFORE),
        lambda: discard_draft(draft, by=other, at=BEFORE),
        lambda: send_draft(draft, candidate=candidate(), track="planning", sector="forest", by=other, at=BEFORE),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "not_yours"
    assert NominationDraft.objects.get().fields == {"name": "Nour"}
    assert not Nomination.objects.exists()


def test_what_was_sent_or_discarded_does_not_come_back(draft, call, jordan, jordanian):
    discard_draft(draft, by=jordanian, at=BEFORE)
    for act in (
        lambda: save_draft(call, jordan, {"name": "Again"}, draft=draft, by=jordanian, at=BEFORE),
        lambda: attach_to_draft(draft, "cv", data=PDF, name="cv.pdf", by=jordanian, at=BEFORE),
        lambda: send(draft, jordanian),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "draft_gone"
    assert not NominationDraft.objects.exists()
    assert not Nomination.objects.exists()

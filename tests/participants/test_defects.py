"""E33: each defect of a nomination is named."""

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Nomination
from participants.queries.defects import complete, faults
from participants.verbs.defects import ask_for_papers, cure_defect, note_defect
from participants.verbs.documents import attach_document
from tests.participants.conftest import BEFORE
from tests.participants.test_drafts import PDF


def test_e33_each_defect_is_named_until_it_is_put_right(nomination, jordanian, organizer):
    assert faults(nomination) == [
        "Missing: Official letter.",
        "Missing: Nomination form.",
        "Missing: Curriculum vitae.",
    ]
    for kind in ("letter", "form", "cv"):
        attach_document(nomination, kind, data=PDF, name=f"{kind}.pdf", by=jordanian, at=BEFORE)
    unsigned = note_defect(nomination, "unsigned", by=organizer, at=BEFORE)
    note_defect(nomination, "profile", "A lawyer", by=organizer, at=BEFORE)
    assert faults(nomination) == [
        "The letter is not signed.",
        "The profile does not fit the track: A lawyer",
    ]
    assert complete([nomination]) == []
    for each in (unsigned, nomination.defects.get(kind="profile")):
        cure_defect(each, by=organizer, at=BEFORE)
    assert (faults(nomination), complete([nomination])) == ([], [nomination])
    nomination.refresh_from_db()
    assert nomination.submitted_at == BEFORE


def test_e33_the_party_is_told_what_is_missing_once_a_day(nomination, organizer):
    note_defect(nomination, "other", "Page 2 is upside down", by=organizer, at=BEFORE)
    assert ask_for_papers(nomination, by=organizer, at=BEFORE) == 1
    assert ask_for_papers(nomination, by=organizer, at=BEFORE) == 0
    letter = Message.objects.get(kind="papers-request")
    assert letter.to_address == "rana@ministry.example"
    assert "Page 2 is upside down" in letter.body
    assert letter.link_key


def test_whoever_is_complete_is_not_asked(nomination, jordanian, organizer):
    nomination.call.papers = []
    nomination.call.save()
    with pytest.raises(Refused) as refused:
        ask_for_papers(Nomination.objects.get(), by=organizer, at=BEFORE)
    assert refused.value.code == "nothing_missing"


def test_defects_are_noted_once_by_organizers_in_words(nomination, jordanian, organizer):
    with pytest.raises(NotAllowed):
        note_defect(nomination, "unsigned", by=jordanian, at=BEFORE)
    for kind, note, field in (("ugly", "", "kind"), ("other", " ", "note"), ("other", "x" * 501, "note")):
        with pytest.raises(Invalid) as invalid:
            note_defect(nomination, kind, note, by=organizer, at=BEFORE)
        assert invalid.value.field == field
    defect = note_defect(nomination, "unsigned", by=organizer, at=BEFORE)
    with pytest.raises(Refused, match="noted already"):
        note_defect(nomination, "unsigned", by=organizer, at=BEFORE)
    cure_defect(defect, by=organizer, at=BEFORE)
    with pytest.raises(Refused, match="already"):
        cure_defect(defect, by=organizer, at=BEFORE)
    note_defect(nomination, "unsigned", by=organizer, at=BEFORE)

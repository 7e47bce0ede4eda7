"""Papers are opened by those entitled, and every time is logged."""

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed
from accounts.models import ActivityEntry
from participants.verbs.documents import attach_document, open_document
from tests.participants.conftest import BEFORE
from tests.participants.test_drafts import PDF


@pytest.fixture
def cv(nomination, jordanian):
    return attach_document(nomination, "cv", data=PDF, name="cv.pdf", by=jordanian, at=BEFORE)


def test_the_party_the_nominee_and_the_secretariat_open_a_paper(cv, nomination, jordanian, fao, organizer):
    nominee = Actor(label="nominee", person_id=nomination.person_id)
    for by in (jordanian, Actor(label="fao", person_id=fao.person_id), nominee, organizer):
        assert open_document(cv, by=by, at=BEFORE) == PDF
    seen = ActivityEntry.objects.filter(verb="open_document")
    assert seen.count() == 4
    assert seen.earliest("pk").changes == {"kind": "cv"}


def test_others_do_not(cv, of_lebanon, cbd, jordanian):
    for by in (Actor(label="", person_id=of_lebanon.person_id), Actor(label="nobody")):
        with pytest.raises(NotAllowed) as refused:
            open_document(cv, by=by, at=BEFORE)
        assert refused.value.code == "not_yours"
    cbd.valid_to = BEFORE.date()
    cbd.save()
    with pytest.raises(NotAllowed):
        open_document(cv, by=jordanian, at=BEFORE)
    assert not ActivityEntry.objects.filter(verb="open_document").exists()


def test_a_bad_paper_names_its_kind(nomination, jordanian):
    with pytest.raises(Invalid) as refused:
        attach_document(nomination, "letter", data=b"<html>", name="letter.pdf", by=jordanian, at=BEFORE)
    assert refused.value.field == "letter"

"""Mandates: designated with a letter, changed, succeeded, ended; standing is a question with a date."""

from datetime import date

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, NotFound, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message, StoredFile
from correspondence.verbs.mailings import writing
from participants.models import FocalPoint, Person
from participants.queries.focal_points import standing
from participants.verbs.deputies import name_deputy
from participants.verbs.focal_points import (
    change_mandate,
    designate,
    end_mandate,
    holder_named,
    open_designation,
)
from participants.verbs.letters import language_of
from tests import builders

PDF = b"%PDF-1.4\n% synthetic letter of designation\n%%EOF\n"
MARCH = date(2014, 3, 1)


@pytest.fixture
def new(db: None) -> Person:
    return builders.person("Huda Saleh", "huda@ministry.example")


def test_a_mandate_keeps_the_letter_that_made_it(jordan, new, organizer, now):
    mandate = designate(
        jordan,
        new,
        "PA-FP",
        valid_from=MARCH,
        designation=" MoE/12/2014, 20 February 2014 ",
        language="fr",
        letter=PDF,
        letter_name="letter.docx",
        by=organizer,
        at=now,
    )
    mandate.refresh_from_db()
    assert (mandate.designation, mandate.language) == ("MoE/12/2014, 20 February 2014", "fr")
    assert mandate.letter is not None
    assert (mandate.letter.name, mandate.letter.media_type) == ("letter.docx.pdf", "application/pdf")
    assert (mandate.letter.purpose, mandate.letter.owner_key) == ("designation", str(mandate.pk))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"letter": b"plain text", "letter_name": "a.pdf"}, "file_type", "letter"),
        ({"designation": "x" * 121}, "too_long", "designation"),
        ({"language": "de"}, "unknown_choice", "language"),
        ({"valid_to": MARCH}, "range_reversed", "valid_to"),
        ({"kind": "XX-FP"}, "unknown_choice", "kind"),
    ],
)
def test_a_bad_value_leaves_nothing_behind(jordan, new, organizer, now, changes, code, field):
    kind = changes.pop("kind", "PA-FP")
    with pytest.raises(Invalid) as refused:
        designate(jordan, new, kind, valid_from=MARCH, by=organizer, at=now, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not FocalPoint.objects.exists()
    assert not StoredFile.objects.exists()


def test_others_than_organizers_designate_nobody(jordan, cbd, jordanian, new, now):
    for act in (
        lambda: designate(jordan, new, "PA-FP", valid_from=MARCH, by=jordanian, at=now),
        lambda: change_mandate(cbd, language="fr", by=jordanian, at=now),
        lambda: end_mandate(cbd, on=MARCH, by=jordanian, at=now),
        lambda: open_designation(cbd, by=jordanian, at=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_same_mandate_twice_is_refused(cbd, organizer, now):
    with pytest.raises(Refused) as refused:
        designate(cbd.party, cbd.person, cbd.kind, valid_from=cbd.valid_from, by=organizer, at=now)
    assert refused.value.code == "mandate_exists"


def test_a_record_that_was_merged_holds_no_new_mandate(jordan, new, cbd, organizer, now):
    Person.objects.filter(pk=new.pk).update(merged_into=cbd.person)
    new.refresh_from_db()
    with pytest.raises(Refused) as refused:
        designate(jordan, new, "PA-FP", valid_from=MARCH, by=organizer, at=now)
    assert refused.value.code == "person_merged"


def test_e13_who_is_succeeded_keeps_the_row_with_an_end_date(cbd, jordan, new, organizer, now):
    after = designate(jordan, new, "CBD-FP1", valid_from=MARCH, succeeds=cbd, by=organizer, at=now)
    cbd.refresh_from_db()
    assert (cbd.valid_from, cbd.valid_to, after.valid_to) == (date(2010, 1, 1), MARCH, None)
    assert [entry.verb for entry in ActivityEntry.objects.order_by("id")][-2:] == ["end_mandate", "designate"]


def test_e11_standing_is_judged_on_the_date_of_the_letter(cbd, jordan, new, organizer, now):
    after = designate(jordan, new, "CBD-FP1", valid_from=MARCH, succeeds=cbd, by=organizer, at=now)
    assert list(standing(date(2014, 2, 28), party=jordan)) == [cbd]
    assert list(standing(MARCH, party=jordan)) == [after]


def test_one_over_by_then_stays_as_it_is(jordan, new, organizer, now):
    before = builders.focal_point(jordan, valid_to=date(2013, 5, 1))
    designate(jordan, new, "CBD-FP1", valid_from=MARCH, succeeds=before, by=organizer, at=now)
    before.refresh_from_db()
    assert before.valid_to == date(2013, 5, 1)


def test_only_the_same_kind_of_the_same_party_is_succeeded(cbd, fao, of_lebanon, jordan, new, organizer, now):
    deputy = name_deputy(cbd, name="Deputy", email="deputy@ministry.example", language="en", by=organizer, at=now)
    synthetic = builders.person("Synthetic", "s@practice.example", rehearsal=builders.programme("practice"))
    for before, person in ((fao, new), (of_lebanon, new), (deputy, new), (cbd, synthetic)):
        with pytest.raises(Invalid) as refused:
            designate(jordan, person, "CBD-FP1", valid_from=MARCH, succeeds=before, by=organizer, at=now)
        assert (refused.value.code, refused.value.field) == ("not_its_predecessor", "succeeds")
    with pytest.raises(Invalid) as refused:
        designate(jordan, new, "CBD-FP1", valid_from=cbd.valid_from, succeeds=cbd, by=organizer, at=now)
    assert (refused.value.code, refused.value.field) == ("range_reversed", "valid_from")
    assert not FocalPoint.objects.filter(person=new).exists()


def test_the_person_is_told_when_asked_in_the_language_of_the_mandate(jordan, new, organizer, now):
    designate(jordan, new, "PA-FP", valid_from=MARCH, language="en", by=organizer, at=now)
    assert not Message.objects.exists()
    told = designate(jordan, new, "CHM-FP", valid_from=MARCH, language="en", tell=True, by=organizer, at=now)
    letter = Message.objects.get()
    assert (letter.kind, letter.language, letter.to_address) == ("focal-point-recorded", "en", "huda@ministry.example")
    assert (letter.about_key, letter.topic, letter.held) == (str(told.pk), "", False)
    assert "Focal point: Clearing-house mechanism focal point\nFrom: 1 March 2014\n" in letter.body


def test_a_letter_of_a_mailing_waits_for_an_organizer(jordan, new, organizer, now):
    with writing("Designations", by=organizer, at=now) as mailing:
        designate(
            jordan, new, "PA-FP", valid_from=MARCH, language="en", tell=True, mailing=mailing, by=organizer, at=now
        )
    assert Message.objects.get().held


def test_a_letter_is_written_in_the_language_of_the_mandate_first(jordan, cbd, of_lebanon):
    assert language_of(cbd.person, jordan, cbd) == "ar"
    assert language_of(of_lebanon.person, of_lebanon.party, of_lebanon) == "en"
    of_lebanon.language = "es"
    assert language_of(of_lebanon.person, of_lebanon.party, of_lebanon) == "es"
    assert language_of(of_lebanon.person, of_lebanon.party) == "en"
    assert language_of(cbd.person, None) == "en"


def test_language_and_letter_are_changed_and_the_log_names_the_fields_alone(cbd, organizer, now):
    change_mandate(cbd, language="fr", letter=PDF, letter_name="letter", by=organizer, at=now)
    cbd.refresh_from_db()
    assert (cbd.language, cbd.designation, cbd.letter.name) == ("fr", "", "letter.pdf")
    assert ActivityEntry.objects.get(verb="change_mandate").changes == {"fields": ["language", "letter"]}
    change_mandate(cbd, language="fr", by=organizer, at=now)
    assert ActivityEntry.objects.filter(verb="change_mandate").count() == 1


def test_every_download_of_a_letter_is_logged(cbd, organizer, now):
    with pytest.raises(NotFound):
        open_designation(cbd, by=organizer, at=now)
    change_mandate(cbd, letter=PDF, letter_name="letter.pdf", by=organizer, at=now)
    cbd.refresh_from_db()
    assert open_designation(cbd, by=organizer, at=now) == PDF
    assert open_designation(cbd, by=organizer, at=now) == PDF
    assert ActivityEntry.objects.filter(verb="open_designation", subject_key=str(cbd.pk)).count() == 2


def test_a_mandate_ends_after_it_began(cbd, organizer, now):
    with pytest.raises(Invalid) as refused:
        end_mandate(cbd, on=cbd.valid_from, by=organizer, at=now)
    assert (refused.value.code, refused.value.field) == ("range_reversed", "on")


def test_e05_a_holder_is_known_by_name_and_address_together(new, organizer, now):
    how = {"rehearsal": None, "by": organizer, "at": now}
    assert holder_named(" Huda Saleh ", "HUDA@ministry.example", position="Director", **how) == new
    new.refresh_from_db()
    assert new.position == ""
    other = holder_named("Huda Saleh", "huda.saleh@ministry.example", position="Director", **how)
    assert (other == new, other.position) == (False, "Director")


def test_an_actor_label_never_stands_for_a_role(jordan, new, now):
    with pytest.raises(NotAllowed):
        designate(jordan, new, "PA-FP", valid_from=MARCH, by=Actor(label="Organizer"), at=now)


def test_who_is_named_as_in_a_merged_record_is_whom_it_was_merged_into(jordan, new, cbd, organizer, now):
    Person.objects.filter(pk=new.pk).update(merged_into=cbd.person)
    found = holder_named(new.name, new.email.upper(), rehearsal=None, by=organizer, at=now)
    assert found == cbd.person

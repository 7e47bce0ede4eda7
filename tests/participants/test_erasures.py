"""Erasing a person: nothing that tells who it was is left, and no figure moves."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CharField, JSONField, TextField

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry, User
from correspondence.models import Bounce, DeadAddress, Message, StoredFile
from correspondence.verbs.messages import resend_message, retry_message
from participants.models import (
    Campaign,
    CampaignEntry,
    DuplicatePair,
    FocalPoint,
    Invitation,
    Merge,
    Nomination,
    NominationDraft,
    Person,
    PersonalLink,
    Registration,
    Review,
    Reviewer,
    SelectionEntry,
    SignInCode,
)
from participants.queries.statistics import table
from participants.queries.statistics_fields import FIELDS
from participants.verbs.documents import attach_document
from participants.verbs.erasures import erase_person, label_of
from participants.verbs.invitations import decline
from participants.verbs.merges import merge
from participants.verbs.persons import change_person
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Workshop

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.4 a letter"
AFTER = DECIDED + timedelta(days=120)
NAME, ADDRESS = "Suharyanto", "suharyanto@ministry.example"


@pytest.fixture
def registered(accepted, nominee, jordan, jordanian):
    """Somebody who took part, with all that a person can leave behind."""
    attach_document(accepted.nomination, "cv", data=PDF, name="Suharyanto cv.pdf", by=jordanian, at=DECIDED)
    Nomination.objects.update(expertise="Suharyanto knows forests")
    return register(
        accepted,
        RegistrationDetails(badge_name=NAME, passport_name="SUHARYANTO", nationality=jordan, residence=jordan),
        by=nominee,
        at=DECIDED,
    )


@pytest.fixture
def person(registered):
    return Person.objects.get(email=ADDRESS)


def found(text: str) -> list[str]:
    """Every column of every table in which a text stands."""
    hits = []
    for model in apps.get_models():
        columns = [f.name for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)]
        for row in model._base_manager.values(*columns) if columns else ():
            hits += [
                f"{model._meta.label}.{name}"
                for name, value in row.items()
                if text.lower() in json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).lower()
            ]
    return sorted(set(hits))


def test_nothing_tells_who_it_was(person, organizer):
    assert len(found("suharyanto")) > 10
    erased = erase_person(person, by=organizer, at=AFTER)
    assert found("suharyanto") == []
    assert (erased.name, erased.erased_at, erased.email) == (label_of(person), AFTER, "")
    assert erased.name == f"Erased person {str(person.pk)[-6:]}"


def test_papers_are_gone_from_the_storage(person, organizer):
    names = list(StoredFile.objects.values_list("storage_name", flat=True))
    erase_person(person, by=organizer, at=AFTER)
    assert (len(names), StoredFile.objects.count()) == (1, 0)
    assert not default_storage.exists(names[0])


def figures(workshop):
    counted = {name: table(workshop, field) for name, field in FIELDS.items()}
    states = [sorted(model.objects.values_list("state", flat=True)) for model in (Nomination, Invitation, Registration)]
    return counted, states, sorted(SelectionEntry.objects.values_list("outcome", "score", "cost"))


def test_no_figure_moves(person, organizer, workshop):
    builders.person("Other", "other@ministry.example")
    Person.objects.filter(pk=person.pk).update(gender="woman", language="fr")
    before = figures(workshop)
    erase_person(person, by=organizer, at=AFTER)
    assert figures(workshop) == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("invited", "expected"),
        ("put off", "expected"),
        ("mandate", "mandate"),
        ("mandate to come", "mandate"),
        ("reserve", "selection_open"),
        ("proposed", "selection_open"),
    ],
)
def test_it_waits_and_says_the_way_out(change, code, person, organizer, jordan, workshop):
    at = AFTER
    match change:
        case "invited":
            at = DECIDED + timedelta(days=1)
        case "put off":
            Workshop.objects.update(put_off=True)
        case "mandate":
            builders.focal_point(jordan, who=person)
        case "mandate to come":
            builders.focal_point(jordan, who=person, valid_from=(AFTER + timedelta(days=9)).date())
        case "reserve":
            at = DECIDED + timedelta(days=1)
            Invitation.objects.update(state="declined")
            Nomination.objects.update(state="reserve")
        case "proposed":
            entry = SelectionEntry.objects.get()
            entry.selection.state = "proposed"
            entry.selection.save()
    with pytest.raises(Refused) as refused:
        erase_person(person, by=organizer, at=at)
    assert refused.value.code == code
    assert str(refused.value)
    person.refresh_from_db()
    assert (person.name, person.erased_at) == (NAME, None)


def test_who_works_for_the_secretariat_is_untied_first(person, organizer):
    Person.objects.filter(pk=person.pk).update(user=builders.user("s@secretariat.example", role="liaison"))
    with pytest.raises(Refused) as refused:
        erase_person(person, by=organizer, at=AFTER)
    assert refused.value.code == "account_held"


def test_a_letter_that_a_server_hears_at_this_moment_is_waited_for(person, organizer):
    Message.objects.filter(about_kind="nomination").update(state="sending", claimed_at=AFTER)
    with pytest.raises(Refused) as refused:
        erase_person(person, by=organizer, at=AFTER)
    assert refused.value.code == "letter_leaving"


def test_whoever_declined_need_not_wait(person, organizer, nominee, accepted):
    decline(accepted, reason="Suharyanto is ill", by=nominee, at=DECIDED)
    erase_person(person, by=organizer, at=DECIDED + timedelta(days=1))
    assert found("suharyanto") == []


def test_the_person_may_and_nobody_else(person, nominee, jordanian):
    with pytest.raises(NotAllowed):
        erase_person(person, by=jordanian, at=AFTER)
    erase_person(person, by=nominee, at=AFTER)
    entry = ActivityEntry.objects.get(verb="erase_person")
    assert (entry.actor_label, entry.subject_label) == (label_of(person), label_of(person))


def test_twice_is_refused_and_the_row_takes_no_name_again(person, organizer):
    erase_person(person, by=organizer, at=AFTER)
    for again in (
        lambda: erase_person(person, by=organizer, at=AFTER),
        lambda: change_person(person, name="Back", by=organizer, at=AFTER),
        lambda: merge(builders.person("X"), person, reason="because it is so", by=organizer, at=AFTER),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "erased_already"


def test_merged_rows_go_too_and_the_merge_says_no_more_why(person, organizer):
    other = builders.person("Suharyanto bin Suharyanto", "s@home.example")
    done = merge(person, other, reason="Suharyanto wrote from home", by=organizer, at=DECIDED)
    erase_person(other, by=organizer, at=AFTER)
    assert found("suharyanto") == []
    assert found("s@home.example") == []
    assert set(Person.objects.filter(pk__in=[person.pk, other.pk]).values_list("erased_at", flat=True)) == {AFTER}
    assert Merge.objects.get(pk=done.pk).reason == "–"


def test_the_account_is_closed_and_says_nothing(person, organizer):
    user = User.objects.create_user(ADDRESS, name=NAME)
    Person.objects.filter(pk=person.pk).update(user=user)
    Reviewer.objects.create(
        call=Nomination.objects.get().call, user=user, party=builders.party("EGY", "Egypt"), named_at=BEFORE
    )
    person.refresh_from_db()
    erase_person(person, by=Actor(label=str(user), user=user), at=AFTER)
    user.refresh_from_db()
    assert (user.is_active, user.name, user.email) == (False, "", f"{user.pk}@people.invalid")
    assert not user.has_usable_password()
    assert found("suharyanto") == []


def test_a_shared_mailbox_stays_the_others(person, organizer):
    builders.person("Neighbour", ADDRESS)
    DeadAddress.objects.create(address=ADDRESS, since=BEFORE)
    SignInCode.objects.create(address=ADDRESS, turn=1, created_at=BEFORE, expires_at=BEFORE + timedelta(minutes=15))
    erase_person(person, by=organizer, at=AFTER)
    assert (DeadAddress.objects.count(), SignInCode.objects.count()) == (1, 1)


def test_e05_a_namesake_keeps_the_name_in_the_log(person, organizer):
    namesake = builders.person(NAME, "other@ministry.example")
    change_person(namesake, position="Director", by=Actor(label=NAME, person_id=namesake.pk), at=DECIDED)
    erase_person(person, by=organizer, at=AFTER)
    kept = ActivityEntry.objects.get(subject_kind="person", subject_key=str(namesake.pk))
    assert (kept.actor_label, kept.subject_label) == (NAME, NAME)
    assert not ActivityEntry.objects.filter(subject_key=str(person.pk), subject_label=NAME).exists()


def test_letters_that_wait_are_taken_back_and_none_goes_out_again(person, organizer):
    Message.objects.filter(person_key=person.pk).update(state="queued")
    erase_person(person, by=organizer, at=AFTER)
    written = list(Message.objects.filter(person_key=person.pk))
    assert {each.state for each in written} == {"cancelled"}
    Message.objects.filter(pk=written[0].pk).update(state="failed")
    written[0].refresh_from_db()
    for step in (retry_message, resend_message):
        with pytest.raises(Refused) as refused:
            step(written[0], by=organizer, at=AFTER)
        assert refused.value.code == "letter_gone"


def test_what_was_said_in_judging_goes_and_the_points_stay(person, organizer):
    nomination = Nomination.objects.get()
    reviewer = Reviewer.objects.create(
        call=nomination.call, user=organizer.user, party=builders.party("EGY", "Egypt"), named_at=BEFORE
    )
    said = {"note": "Suharyanto is good", "set_aside_at": BEFORE, "set_aside_reason": "Suharyanto's friend"}
    Review.objects.create(nomination=nomination, reviewer=reviewer, points=80, scored_at=BEFORE, **said)
    erase_person(person, by=organizer, at=AFTER)
    review = Review.objects.get()
    assert (review.points, review.note, review.set_aside_reason) == (80, "", "–")


def test_a_proposal_of_a_campaign_loses_the_person_and_stays_a_proposal(person, organizer, jordan):
    campaign = Campaign.objects.create(
        title="2014", kinds=["CBD-FP1"], opened_at=BEFORE, due_at=DECIDED, due_zone="UTC", state="closed"
    )
    CampaignEntry.objects.create(
        campaign=campaign, party=jordan, kind="CBD-FP1", answer="recorded", answered_at=BEFORE,
        proposed_name=NAME, proposed_email=ADDRESS, proposed_from=BEFORE.date(),
    )  # fmt: skip
    FocalPoint.objects.create(
        party=jordan, person=person, kind="CBD-FP1", valid_from=BEFORE.date(), valid_to=DECIDED.date(),
        designation="Letter on Suharyanto",
    )  # fmt: skip
    erase_person(person, by=organizer, at=AFTER)
    entry = CampaignEntry.objects.get()
    assert (entry.answer, entry.proposed_name, entry.proposed_email) == ("recorded", "–", "")
    assert found("suharyanto") == []


def test_drafts_links_codes_bounces_and_pairs_go(person, organizer, call, jordan, cbd):
    fields = {"name": NAME, "email": ADDRESS}
    NominationDraft.objects.create(call=call, party=jordan, author=cbd.person, fields=fields, saved_at=BEFORE)
    Bounce.objects.create(address=ADDRESS, kind="permanent", source="relay", source_key="1", received_at=BEFORE)
    DuplicatePair.objects.create(
        first=min(person, cbd.person, key=lambda each: each.pk),
        second=max(person, cbd.person, key=lambda each: each.pk),
        score=50,
        found_at=BEFORE,
    )
    erase_person(person, by=organizer, at=AFTER)
    for model in (NominationDraft, Bounce, DuplicatePair):
        assert not model.objects.exists()
    assert not PersonalLink.objects.filter(person=person).exists()

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.models import PersonalLink
from targets.models import Submission
from targets.queries import areas, items, submissions
from targets.verbs.submissions import AreaDraft, accept_submission, return_submission, submit_targets
from tests import builders
from tests.targets.conftest import RESTORE, draft


def test_a_focal_point_submits_and_a_letter_confirms_it(submit, workshop, focal_point):
    submission = submit(note=" First version.\r\nMore will follow. ")
    assert (submission.version, submission.state, submission.workshop) == (1, "submitted", workshop)
    assert submission.submitted_by_id == focal_point.person_id
    assert submission.note == "First version.\nMore will follow."
    (item,) = submission.items.all()
    assert (item.position, item.value, item.unit, item.hectares) == (1, Decimal("882.86"), "km2", Decimal(88286))
    assert item.as_written == "882.86 km2"
    letter = Message.objects.get()
    assert (letter.kind, letter.to_address, letter.topic) == (
        "submission-received",
        "cbd-fp1.jor@ministry.example",
        workshop.reference,
    )
    assert ActivityEntry.objects.get(verb="submit_targets").changes == {"version": 1, "items": 1}


def test_a_newer_version_supersedes_the_one_that_waits(submit):
    first, second = submit(), submit()
    first.refresh_from_db()
    assert (first.state, second.version, second.state) == ("superseded", 2, "submitted")


def test_the_accepted_version_stays_until_the_next_is_accepted(submit, organizer, now):
    first = accept_submission(submit(), by=organizer, at=now)
    second = submit()
    first.refresh_from_db()
    assert first.state == "accepted"
    accept_submission(second, by=organizer, at=now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.decided_at) == ("superseded", "accepted", now)
    assert list(Message.objects.order_by("created_at", "id").values_list("kind", flat=True)) == [
        "submission-received",
        "submission-accepted",
        "submission-received",
        "submission-accepted",
    ]


def test_a_returned_version_says_why_and_carries_a_link(submit, organizer, now, workshop, jordan):
    submission = return_submission(submit(), reason="Name the baseline.\nAnd the year.", by=organizer, at=now)
    assert (submission.state, submission.return_reason) == ("returned", "Name the baseline.\nAnd the year.")
    letter = Message.objects.get(kind="submission-returned")
    link = PersonalLink.objects.get()
    assert "Name the baseline." in letter.body
    assert (letter.link_key, link.purpose, link.party, link.workshop) == (link.pk, "targets", jordan, workshop)
    assert submit().version == 2


@pytest.mark.parametrize(
    ("decide", "kind"),
    [
        (accept_submission, "submission-accepted"),
        (lambda s, **how: return_submission(s, reason="Why.", **how), "submission-returned"),
    ],
)
def test_the_letter_of_a_decision_is_held_on_its_mailing(submit, organizer, now, decide, kind):
    mailing = begin_mailing("Decisions", by=organizer, at=now)
    decide(submit(), mailing=mailing, by=organizer, at=now)
    assert [(each.kind, each.held) for each in mailing.messages.all()] == [(kind, True)]


def test_a_return_needs_a_reason(submit, organizer, now):
    submission = submit()
    with pytest.raises(Invalid) as refusal:
        return_submission(submission, reason=" \n", by=organizer, at=now)
    assert (refusal.value.code, refusal.value.field) == ("reason_missing", "reason")


@pytest.mark.parametrize("decide", [accept_submission, lambda s, **by: return_submission(s, reason="Why.", **by)])
def test_only_an_organizer_decides_and_only_once(submit, organizer, focal_point, now, decide):
    submission = submit()
    with pytest.raises(NotAllowed):
        decide(submission, by=focal_point, at=now)
    decide(submission, by=organizer, at=now)
    with pytest.raises(Refused) as refusal:
        decide(submission, by=organizer, at=now)
    assert refusal.value.code == "illegal_step"


def test_a_decision_on_a_version_superseded_meanwhile_is_refused(submit, organizer, now):
    stale = submit()
    submit()
    with pytest.raises(Refused) as refusal:
        accept_submission(stale, by=organizer, at=now)
    assert refusal.value.code == "illegal_step"
    assert not Message.objects.filter(kind="submission-accepted").exists()


def test_an_organizer_enters_what_came_by_letter(submit, organizer):
    submission = submit(by=organizer)
    assert submission.submitted_by is None
    assert not Message.objects.exists()


class TestWhoMaySubmit:
    def test_a_stranger_and_an_ended_mandate_may_not(self, submit, jordan, now):
        ended = builders.focal_point(jordan, "PA-FP", valid_to=now.date()).person
        for actor in (Actor(label="stranger"), Actor(label="ended", person_id=ended.pk)):
            with pytest.raises(NotAllowed) as refusal:
                submit(by=actor)
            assert refusal.value.code == "no_standing"
        assert not Submission.objects.exists()

    def test_a_focal_point_of_another_party_may_not(self, submit):
        other = builders.focal_point(builders.party("LBN", "Lebanon")).person
        with pytest.raises(NotAllowed):
            submit(by=Actor(label="other", person_id=other.pk))

    def test_a_signed_in_focal_point_may(self, submit, jordan):
        user = builders.user("focal@ministry.example")
        person = builders.focal_point(jordan, "FAO-FP", builders.person(user=user)).person
        assert submit(by=Actor(label="user", user=user)).submitted_by == person

    def test_practice_and_real_people_do_not_mix(self, programme, jordan, focal_point, submit, now):
        practice = builders.programme("practice", rehearsal_of=programme)
        builders.workshop("practice-amman", parties=(jordan,), programme=practice)
        synthetic = builders.focal_point(jordan, "CBD-FP2", builders.person(rehearsal=practice)).person
        actor = Actor(label="synthetic", person_id=synthetic.pk)
        with pytest.raises(NotAllowed):
            submit(by=actor)
        with pytest.raises(NotAllowed):
            submit_targets(practice, jordan, items=(RESTORE,), by=focal_point, at=now)
        assert submit_targets(practice, jordan, items=(RESTORE,), by=actor, at=now).version == 1

    def test_e18_an_other_government_may_not_before_it_is_a_party(self, workshop, organizer, now):
        south_sudan = builders.party("SSD", "South Sudan", in_force_on=date(2014, 5, 18))
        type(workshop.coverages.get()).objects.create(
            programme=workshop.programme, party=south_sudan, workshop=workshop
        )
        early, late = now.replace(month=5, day=17), now.replace(month=5, day=18)
        with pytest.raises(Refused) as refusal:
            submit_targets(workshop.programme, south_sudan, items=(RESTORE,), by=organizer, at=early)
        assert refusal.value.code == "not_a_party"
        assert submit_targets(workshop.programme, south_sudan, items=(RESTORE,), by=organizer, at=late).version == 1

    def test_a_party_outside_the_programme_may_not(self, programme, organizer, now):
        with pytest.raises(Refused) as refusal:
            submit_targets(programme, builders.party("GHA", "Ghana"), items=(RESTORE,), by=organizer, at=now)
        assert refusal.value.code == "party_not_covered"

    def test_the_workshop_must_be_of_the_programme(self, submit):
        elsewhere = builders.workshop("other", programme=builders.programme("other-series"))
        with pytest.raises(Invalid) as refusal:
            submit(workshop=elsewhere)
        assert (refusal.value.code, refusal.value.field) == ("workshop_elsewhere", "workshop")


def test_two_at_once_never_share_a_version(submit, programme, jordan, now):
    """The database refuses what the lock on the Party's row already prevents."""
    submit()
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(programme=programme, party=jordan, version=1, submitted_at=now, state="superseded")
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(programme=programme, party=jordan, version=2, submitted_at=now)


def test_who_sees_which_submission(submit, organizer, jordan, now):
    waiting = submit(draft(areas=(AreaDraft("Wadi Rum"),)))
    focal = builders.user("focal@ministry.example")
    builders.focal_point(jordan, "CHM-FP", builders.person(user=focal))
    other = builders.user("other@ministry.example")
    builders.focal_point(builders.party("LBN", "Lebanon"), "CHM-FP", builders.person(user=other))
    integrator = builders.user("system@partner.example", role="integrator")

    def seen(user):
        return [query.visible_to(user).count() for query in (submissions, items, areas)]

    assert seen(organizer.user) == seen(focal) == [1, 1, 1]
    assert seen(other) == seen(integrator) == seen(AnonymousUser()) == [0, 0, 0]
    accept_submission(waiting, by=organizer, at=now)
    assert seen(integrator) == [1, 1, 1]
    assert seen(other) == seen(AnonymousUser()) == [0, 0, 0]


def test_each_party_has_one_standing(organizer, now):
    parties = tuple(builders.party(code, code) for code in ("AAA", "BBB", "CCC", "DDD"))
    programme = builders.workshop(parties=parties).programme

    def send(party, at=now):
        return submit_targets(programme, party, items=(RESTORE,), by=organizer, at=at)

    accept_submission(send(parties[0]), by=organizer, at=now)
    send(parties[0], now + timedelta(days=1))
    send(parties[1])
    return_submission(send(parties[2]), reason="Why.", by=organizer, at=now)
    rows: Any = submissions.national_state(programme)
    assert list(rows.values_list("party_id", "standing", "accepted_version", "waiting_version")) == [
        ("AAA", "accepted", 1, 2),
        ("BBB", "waiting", None, 1),
        ("CCC", "returned", None, None),
        ("DDD", "none", None, None),
    ]

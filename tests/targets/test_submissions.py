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
from participants.models import PersonalLink
from targets.models import Area, Submission, TargetItem
from targets.queries import areas, items, submissions
from targets.queries.items import doubts_about
from targets.verbs.items import TEXT_LIMITS
from targets.verbs.submissions import AreaDraft, ItemDraft, accept_submission, return_submission, submit_targets
from tests import builders

RESTORE = ItemDraft(title="Restore degraded rangeland", measure="restore", as_written="882.86 km2", unit="km2")


@pytest.fixture
def jordan(db):
    return builders.party("JOR", "Jordan")


@pytest.fixture
def workshop(jordan):
    return builders.workshop(parties=(jordan,))


@pytest.fixture
def programme(workshop):
    return workshop.programme


@pytest.fixture
def focal_point(jordan):
    person = builders.focal_point(jordan).person
    return Actor(label=person.name, person_id=person.pk)


@pytest.fixture
def submit(programme, jordan, focal_point, now):
    def make(*drafts, by=focal_point, at=now, **fields):
        return submit_targets(programme, jordan, items=drafts or (RESTORE,), by=by, at=at, **fields)

    return make


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


def draft(**fields):
    return ItemDraft(**{"title": "Target", "measure": "restore", **fields})


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (draft(title=" "), "text_missing", "items[1].title"),
        (draft(title="x" * 301), "too_long", "items[1].title"),
        (draft(title="a\x07b"), "control_characters", "items[1].title"),
        (draft(measure="grow"), "unknown_choice", "items[1].measure"),
        (draft(bound="maybe"), "unknown_choice", "items[1].bound"),
        (draft(unit="dunum", value=Decimal(1)), "unknown_unit", "items[1].unit"),
        (draft(value=Decimal(1)), "unit_missing", "items[1].unit"),
        (draft(unit="ha", value=Decimal("NaN")), "not_a_quantity", "items[1].value"),
        (draft(unit="ha", value=Decimal(-1)), "not_a_quantity", "items[1].value"),
        (draft(unit="ha", value=Decimal("0.00001")), "too_precise", "items[1].value"),
        (draft(unit="tonne", value=Decimal("1e15")), "too_precise", "items[1].value"),
        (draft(unit="tonne", value=Decimal("123456789012.3456")), "too_precise", "items[1].value"),
        (draft(unit="million ha", value=Decimal(60_000)), "larger_than_earth", "items[1].value"),
        (draft(unit="ha", start_value=Decimal(1)), "start_without_value", "items[1].start_value"),
        (draft(global_targets=("aichi-99",)), "unknown_target", "items[1].global_targets"),
        (draft(areas=(AreaDraft(" "),)), "area_unnamed", "items[1].areas[0].name"),
        (draft(areas=(AreaDraft("Wadi"), AreaDraft("Wadi "))), "area_named_twice", "items[1].areas"),
        (draft(areas=(AreaDraft("Wadi", {"type": "Cube"}),)), "not_a_geometry", "items[1].areas[0].geometry"),
        (draft(areas=(AreaDraft("W", None, Decimal(0)),)), "not_an_area", "items[1].areas[0].hectares_stated"),
        (draft(areas=tuple(AreaDraft(f"W{n}") for n in range(101))), "too_many_areas", "items[1].areas"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_written(submit, wrong, code, field):
    with pytest.raises(Invalid) as refusal:
        submit(RESTORE, wrong)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Submission.objects.exists()
    assert not Message.objects.exists()


def test_a_submission_has_one_to_200_items(programme, jordan, submit, focal_point, now):
    with pytest.raises(Invalid) as refusal:
        submit_targets(programme, jordan, items=(), by=focal_point, at=now)
    assert refusal.value.code == "no_items"
    with pytest.raises(Invalid) as refusal:
        submit(*[RESTORE] * 201)
    assert refusal.value.code == "too_many_items"
    assert submit(*[RESTORE] * 200).items.count() == 200


def test_an_item_keeps_its_global_targets_and_areas(submit):
    builders.target("aichi-15", 15)
    place = {"type": "Point", "coordinates": [35.4, 29.6]}
    submission = submit(
        draft(global_targets=("aichi-15", "aichi-15"), areas=(AreaDraft(" Wadi  Rum ", place, Decimal(72000)),))
    )
    (item,) = submission.items.all()
    (area,) = item.areas.all()
    assert [target.code for target in item.global_targets.all()] == ["aichi-15"]
    assert (area.name, area.geometry, area.hectares_stated) == ("Wadi Rum", place, Decimal(72000))


@pytest.mark.parametrize(
    ("fields", "value", "start", "hectares"),
    [
        ({"quantity": "9.1->4", "unit": "km2/year"}, "4", "9.1", None),
        ({"quantity": "2/3", "unit": "fraction"}, "0.6667", None, None),
        ({"quantity": "66", "unit": "%", "as_written": "66 % (i.e., 1.20 % to 2.0 %)"}, "66", None, None),
        ({"as_written": "475 000 ha", "unit": "ha"}, "475000", None, "475000"),
        ({"value": Decimal(1000), "unit": "acres"}, "1000", None, "404.6856"),
        ({"value": Decimal("1.5"), "start_value": Decimal(1), "unit": "million ha"}, "1.5", "1", "1500000"),
    ],
)
def test_e35_quantities_keep_their_unit_and_only_areas_become_hectares(submit, fields, value, start, hectares):
    item = submit(draft(**fields)).items.get()
    expected = [None if each is None else Decimal(each) for each in (value, start, hectares)]
    assert [item.value, item.start_value, item.hectares] == expected
    assert doubts_about(item) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"quantity": "17;14;16", "unit": "t/ha", "as_written": "17 t/ha; 14 t/ha; 16 t/ha (beyond 2040)"},
        {"as_written": "414,3 km2", "unit": "km2"},
        {"as_written": "1.949.253 ha", "unit": "ha"},
        {"as_written": "about 7,500 ha", "unit": "ha"},
    ],
)
def test_e36_a_doubtful_quantity_stays_as_written(submit, fields):
    item = submit(draft(**fields)).items.get()
    assert (item.value, item.hectares, item.as_written) == (None, None, fields["as_written"])
    assert doubts_about(item) == ["quantity-unread"]


def test_e37_a_wrong_conversion_is_flagged_and_kept(submit):
    item = submit(draft(value=Decimal(287), unit="km2", as_written="287 Km2 (2,870 ha)")).items.get()
    assert (item.hectares, item.as_written) == (Decimal(28700), "287 Km2 (2,870 ha)")
    assert doubts_about(item) == ["conversion-differs"]


def test_a_qualitative_target_has_no_doubt(submit):
    item = submit(draft(as_written="no net loss", unit="net")).items.get()
    assert (item.value, doubts_about(item)) == (None, [])


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


@pytest.mark.parametrize("count", [1, 3])
def test_writing_items_takes_the_same_queries_for_one_and_for_three(submit, count, django_assert_num_queries):
    builders.target("aichi-15", 15)
    items_sent = [draft(global_targets=("aichi-15",), areas=(AreaDraft("Wadi"),))] * count
    with django_assert_num_queries(18):
        submit(*items_sent)
    assert (TargetItem.objects.count(), Area.objects.count()) == (count, count)


def test_the_limits_of_texts_are_those_of_the_columns():
    fields = {name: TargetItem._meta.get_field(name) for name in TEXT_LIMITS}
    assert {name: getattr(field, "max_length", None) for name, field in fields.items()} == TEXT_LIMITS

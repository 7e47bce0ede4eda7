"""What the planner checks of each nomination by itself."""

from datetime import date, timedelta

import pytest

from participants.models import Nomination, Organization, Reopening, Reviewer
from participants.queries.eligibility import (
    barred,
    checks,
    financed,
    is_eligible,
    judged_on,
    stands_apart,
    visible_to,
)
from participants.verbs.defects import cure_defect, note_defect
from participants.verbs.documents import attach_document
from participants.verbs.locks import lock
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.test_drafts import PDF
from workshops.models import Region, RegionMembership

FIRST_DAY = date(2014, 6, 15)


@pytest.fixture
def open_call(call):
    """The call, without papers asked for, so that one thing at a time is missing."""
    call.papers = []
    call.save()
    return call


def named(call, party=None, **fields) -> Nomination:
    """A nomination as it stands once sent and signed."""
    number = Nomination.objects.count() + 1
    usual = {
        "reference": f"ANNEX2-AMM-{number:03}",
        "person": builders.person(f"Expert {number}", f"expert{number}@ministry.example"),
        "track": "biodiversity",
        "sector": "forest",
        "rank": number if party else None,
        "submitted_at": BEFORE,
    }
    made = Nomination.objects.create(call=call, party=party, **usual | fields)
    if party is not None:
        made.endorsements.create(
            channel="cbd", official="Minister", note="Synthetic", letter_date=BEFORE, signed_at=BEFORE
        )
    return made


def check(nomination, code, day=FIRST_DAY):
    """Return whether one check is passed, and its sentence."""
    call = nomination.call
    [found] = [each for each in checks([nomination], call, day)[nomination.pk] if each.code == code]
    return found.ok, found.sentence


def bar(nomination, day=FIRST_DAY):
    """Return the code of what keeps somebody out, if anything does."""
    found = barred([nomination], nomination.call, day).get(nomination.pk)
    return None if found is None else found.code


def test_who_is_in_order_passes_every_check(open_call, jordan):
    good = named(open_call, jordan)
    assert [(each.code, each.ok) for each in checks([good], open_call, FIRST_DAY)[good.pk]] == [
        ("state", True),
        ("party", True),
        ("dossier", True),
        ("in_time", True),
        ("funding", False),  # the call promises no money, which bars nobody
    ]
    assert (bar(good), is_eligible(good, open_call, FIRST_DAY), stands_apart(good, FIRST_DAY)) == (None, True, False)


def test_e16_another_government_attends_apart_without_a_seat_or_party_money(open_call):
    open_call.funded_seats = 2
    observer = named(open_call, builders.party("USA", "United States of America", in_force_on=None))
    assert check(observer, "party") == (
        False,
        "United States of America is no Party: no Party seat and no Party money; the person may attend as an observer.",
    )
    assert check(observer, "funding") == (False, "No Party money for an observer; the Government pays.")
    assert stands_apart(observer, FIRST_DAY)
    assert not is_eligible(observer, open_call, FIRST_DAY)
    assert bar(observer) is None
    assert financed([observer], open_call, FIRST_DAY) == set()


def test_e17_the_european_union_has_a_seat_of_its_own(open_call):
    union = named(open_call, builders.party("EUE", "European Union", kind="reio", in_force_on=date(1994, 3, 21)))
    assert check(union, "party") == (True, "European Union is a Party of its own, beside its member States.")
    assert is_eligible(union, open_call, FIRST_DAY)


@pytest.mark.parametrize(("day", "eligible"), [(date(2014, 5, 17), False), (date(2014, 5, 18), True)])
def test_e18_a_state_is_a_party_from_the_ninetieth_day_on(open_call, day, eligible):
    young = named(open_call, builders.party("SSD", "South Sudan", in_force_on=date(2014, 5, 18)))
    assert is_eligible(young, open_call, day) is eligible
    assert stands_apart(young, day) is not eligible
    if not eligible:
        assert check(young, "party", day)[1].startswith(
            "South Sudan is a Party from 2014-05-18 and not yet on 2014-05-17: no Party seat"
        )


def test_e18_the_first_day_counts_or_the_day_of_asking_while_the_workshop_is_put_off(open_call):
    asked = date(2014, 3, 1)
    assert judged_on(open_call, asked) == FIRST_DAY
    open_call.workshop.put_off = True
    assert judged_on(open_call, asked) == asked


def test_an_expert_of_an_organization_stands_apart(open_call):
    body = Organization.objects.create(name="Regional Centre", kind="regional")
    expert = named(open_call, organization=body)
    assert [check(expert, code)[0] for code in ("party", "dossier", "funding")] == [None, True, None]
    assert (stands_apart(expert, FIRST_DAY), bar(expert)) == (True, None)
    assert not is_eligible(expert, open_call, FIRST_DAY)


def test_e20_the_list_of_the_day_of_the_call_decides_on_money(open_call, organizer):
    ldc = Region.objects.create(slug="ldc", of_list="ldc", name={"en": "Least developed countries"})
    samoa = builders.party("WSM", "Samoa")
    RegionMembership.objects.create(region=ldc, party=samoa, valid_to=date(2014, 1, 1))
    open_call.funded_seats, open_call.funded_lists = 1, ["ldc"]
    row = named(open_call, samoa)
    open_call.issued_on = date(2013, 12, 31)
    assert check(row, "funding") == (True, "The call finances up to 1 of Samoa.")
    assert financed([row], open_call, FIRST_DAY) == {row.pk}
    open_call.issued_on = date(2014, 1, 1)
    assert check(row, "funding")[0] is False
    open_call.funded_lists = []
    assert financed([row], open_call, FIRST_DAY) == {row.pk}
    assert bar(row) is None


def test_e33_what_is_missing_keeps_out_until_it_is_put_right_or_an_organizer_says_in(call, jordan, organizer):
    call.papers = ["cv"]
    call.save()
    row = named(call, jordan)
    assert check(row, "dossier") == (False, "Missing: Curriculum vitae.")
    assert bar(row) == "dossier"
    lock(row, "in", "Known from Suva; the CV is on its way.", by=organizer, at=BEFORE)
    row = Nomination.objects.get()
    assert (bar(row), check(row, "dossier")[0]) == (None, False)
    lock(row, "out", "Went to Suva.", by=organizer, at=BEFORE)
    assert bar(Nomination.objects.get()) == "dossier"
    attach_document(row, "cv", data=PDF, name="cv.pdf", by=organizer, at=BEFORE)
    defect = note_defect(row, "unsigned", by=organizer, at=BEFORE)
    assert check(Nomination.objects.get(), "dossier") == (False, "The letter is not signed.")
    cure_defect(defect, by=organizer, at=BEFORE)
    assert bar(Nomination.objects.get()) is None


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("waiting", "The nomination waits for a signature."),
        ("disputed", "Focal points of the Party disagree; the dispute is not settled."),
        ("withdrawn", "The nomination no longer counts."),
        ("set-aside", "The nomination no longer counts."),
    ],
)
def test_nobodys_word_makes_up_for_a_signature(open_call, jordan, organizer, state, sentence):
    row = named(open_call, jordan)
    lock(row, "in", "Host", by=organizer, at=BEFORE)
    Nomination.objects.update(state=state)
    row = Nomination.objects.get()
    assert check(row, "state") == (False, sentence)
    assert (bar(row), is_eligible(row, open_call, FIRST_DAY)) == ("state", False)


def test_who_is_decided_on_was_in_order(open_call, jordan):
    reserve = named(open_call, jordan, state="reserve")
    assert bar(reserve) is None


@pytest.mark.parametrize(
    ("policy", "granted", "ok"), [("mark", False, None), ("refuse", True, None), ("refuse", False, False)]
)
def test_e34_late_is_what_the_call_makes_of_it(open_call, jordan, organizer, policy, granted, ok):
    open_call.late_policy = policy
    open_call.save()
    late = named(open_call, jordan, late=True, submitted_at=DEADLINE + timedelta(days=2))
    if granted:
        until = DEADLINE + timedelta(days=7)
        Reopening.objects.create(
            call=open_call, party=jordan, reason="Holidays", asked_at=DEADLINE, state="granted", until=until
        )
    assert check(late, "in_time")[0] is ok
    assert bar(late) == (None if ok is None else "in_time")
    lock(late, "in", "The courier was late.", by=organizer, at=DEADLINE)
    assert bar(Nomination.objects.get()) is None


def test_organizers_and_the_reviewers_of_the_call_see_the_checks(nomination, call, jordan, organizer):
    reviewer = builders.user("reviewer@institute.example")
    assert list(visible_to(organizer.user)) == [nomination]
    assert not visible_to(reviewer).exists()
    row = Reviewer.objects.create(call=call, user=reviewer, party=jordan, named_at=BEFORE)
    assert list(visible_to(reviewer)) == [nomination]
    row.ended_at = BEFORE
    row.save()
    assert not visible_to(reviewer).exists()


@pytest.mark.parametrize("more", [0, 2])
def test_queries_of_the_checks(call, jordan, lebanon, organizer, more, django_assert_num_queries):
    call.funded_seats, call.funded_lists = 1, ["ldc"]
    for number in range(1 + more):
        named(call, (jordan, lebanon, builders.party("EGY", "Egypt"))[number])
    rows = list(call.nominations.all())
    with django_assert_num_queries(9):
        assert len(barred(rows, call, FIRST_DAY)) == 1 + more

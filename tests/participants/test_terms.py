"""The terms of a call: what is checked, what is kept, and what may still change."""

from datetime import date

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.models import Call
from participants.queries.calls import signatories
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.terms import CallTerms, change_call, terms_of
from tests.participants.conftest import BEFORE, DEADLINE
from workshops.models import Region

ALL = CallTerms(
    file_reference="SCBD/ABS/SBG/ET/ab/83361",
    issued_on=date(2014, 1, 3),
    thematic_areas={"en": "Ecosystem restoration", "fr": " "},
    criteria={"en": "Experience in drylands."},
    tracks=("planning", "biodiversity"),
    sectors=("forest",),
    papers=("letter",),
    reminder_days=(2, 14),
    planning_signatures="both",
    late_policy="mark",
    funding={"en": "The Fund pays."},
    funded_seats=2,
    funded_lists=("sids", "ldc"),
)


@pytest.fixture
def opened(workshop, cbd, fao, organizer, now):
    def made(terms: CallTerms, seats: int = 2) -> Call:
        return open_call(
            workshop,
            deadline_at=DEADLINE,
            deadline_zone="Asia/Amman",
            seats_per_party=seats,
            terms=terms,
            by=organizer,
            at=now,
        )

    return made


def test_a_call_keeps_its_terms_in_one_order(opened):
    call = opened(ALL)
    call.refresh_from_db()
    assert terms_of(call) == CallTerms(
        file_reference="SCBD/ABS/SBG/ET/ab/83361",
        issued_on=date(2014, 1, 3),
        thematic_areas={"en": "Ecosystem restoration"},
        criteria={"en": "Experience in drylands."},
        tracks=["biodiversity", "planning"],
        sectors=["forest"],
        papers=["letter"],
        reminder_days=[14, 2],
        planning_signatures="both",
        late_policy="mark",
        funding={"en": "The Fund pays."},
        funded_seats=2,
        funded_lists=["ldc", "sids"],
    )


def test_e32_a_reference_with_its_date_glued_on_is_kept_as_number_and_date(opened):
    call = opened(CallTerms(file_reference="SCBD/ABS/SBG/ET/ab/8336121 March 2014"))
    assert (call.file_reference, call.issued_on) == ("SCBD/ABS/SBG/ET/ab/83361", date(2014, 3, 21))


def test_e32_a_reference_without_a_date_leaves_the_day_of_the_opening(opened):
    assert opened(CallTerms(file_reference="SCBD/ABS/SBG/ET/ab/83361")).issued_on == date(2014, 1, 6)


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"tracks": ()}, "no_track", "tracks"),
        ({"sectors": ()}, "no_sector", "sectors"),
        ({"tracks": ("marine",)}, "unknown_choice", "tracks"),
        ({"sectors": ("forest", "sea")}, "unknown_choice", "sectors"),
        ({"papers": ("letter", "second-letter")}, "unknown_choice", "papers"),
        ({"planning_signatures": "none"}, "unknown_choice", "planning_signatures"),
        ({"late_policy": "perhaps"}, "unknown_choice", "late_policy"),
        ({"reminder_days": (0,)}, "reminder_days_wrong", "reminder_days"),
        ({"reminder_days": (91,)}, "reminder_days_wrong", "reminder_days"),
        ({"reminder_days": (7, 7)}, "reminder_days_wrong", "reminder_days"),
        ({"reminder_days": range(1, 12)}, "reminder_days_wrong", "reminder_days"),
        ({"funded_seats": 3}, "funded_seats_out_of_range", "funded_seats"),
        ({"funded_seats": -1}, "funded_seats_out_of_range", "funded_seats"),
        ({"funded_lists": ("ldc", "rich")}, "unknown_list", "funded_lists"),
        ({"criteria": {"de": "Erfahrung"}}, "unknown_choice", "criteria"),
        ({"funding": {"en": "x" * 2001}}, "too_long", "funding"),
        ({"file_reference": "SCBD/ABS/833612 1 March 2014"}, "reference_unclear", "file_reference"),
        ({"file_reference": "SCBD/ABS/83361 01/02/2014"}, "reference_unclear", "file_reference"),
        (
            {"file_reference": "SCBD/ABS/8336121 March 2014", "issued_on": date(2014, 3, 22)},
            "dates_disagree",
            "issued_on",
        ),
    ],
)
def test_bad_terms_are_refused_by_field_and_leave_nothing(terms, code, field, opened):
    with pytest.raises(Invalid) as refused:
        opened(CallTerms(**terms))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Call.objects.exists()
    assert not Message.objects.exists()


def test_e32_the_doubt_names_its_readings(opened):
    with pytest.raises(Invalid) as refused:
        opened(CallTerms(file_reference="SCBD/ABS/83361 01/02/2014"))
    assert "SCBD/ABS/83361 2014-01-02 · SCBD/ABS/83361 2014-02-01" in str(refused.value)


def test_a_region_may_make_a_party_eligible(opened):
    Region.objects.create(slug="income-low", of_list="income")
    assert opened(CallTerms(funded_lists=("income-low", "ldc"))).funded_lists == ["income-low", "ldc"]


@pytest.mark.parametrize(
    ("tracks", "kinds"), [(("biodiversity",), ["CBD-FP1"]), (("planning",), ["CBD-FP1", "FAO-FP"])], ids=str
)
def test_e12_only_those_who_may_sign_on_a_track_are_asked_the_primary_focal_point_always(tracks, kinds, opened, now):
    call = opened(CallTerms(tracks=tracks))
    assert sorted(each.kind for each in signatories(call, now.date())) == kinds
    assert Message.objects.count() == len(kinds)


def test_terms_change_while_the_call_is_open_and_the_log_keeps_both(call, organizer):
    changed = change_call(
        call, CallTerms(late_policy="mark", funded_seats=1), seats_per_party=3, by=organizer, at=BEFORE
    )
    call.refresh_from_db()
    assert (call.late_policy, call.funded_seats, call.seats_per_party) == ("mark", 1, 3)
    assert changed.issued_on == date(2014, 1, 6)
    assert ActivityEntry.objects.get(verb="change_call").changes == {
        "before": {"seats_per_party": 2, "late_policy": "refuse", "funded_seats": 0},
        "after": {"seats_per_party": 3, "late_policy": "mark", "funded_seats": 1},
    }
    assert not Message.objects.exclude(kind="call-notification").exists()


def test_the_same_terms_again_are_no_change(call, organizer):
    change_call(call, terms_of(call), seats_per_party=2, by=organizer, at=BEFORE)
    assert not ActivityEntry.objects.filter(verb="change_call").exists()


def test_a_closed_call_keeps_its_terms(call, organizer):
    close_call(call, by=organizer, at=BEFORE)
    with pytest.raises(Refused) as refused:
        change_call(call, CallTerms(), seats_per_party=2, by=organizer, at=BEFORE)
    assert refused.value.code == "call_not_open"


def test_only_organizers_change_terms(call, jordanian):
    with pytest.raises(NotAllowed):
        change_call(call, CallTerms(), seats_per_party=2, by=jordanian, at=BEFORE)


@pytest.mark.parametrize(("seats", "code"), [(0, "seats_out_of_range"), (4, "seats_out_of_range")])
def test_the_number_of_experts_stays_that_of_the_programme(seats, code, call, organizer):
    with pytest.raises(Invalid) as refused:
        change_call(call, CallTerms(), seats_per_party=seats, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == (code, "seats_per_party")


@pytest.fixture
def second(nomination, call, jordan, jordanian):
    """Jordan's second expert, on the second track."""
    return nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Lina Haddad", email="lina@ministry.example"),
        track="planning",
        sector="agriculture",
        by=jordanian,
        at=BEFORE,
    )


@pytest.mark.parametrize(
    ("terms", "seats", "code", "field"),
    [
        ({}, 1, "seats_taken", "seats_per_party"),
        ({"tracks": ("biodiversity",)}, 2, "track_has_nominations", "tracks"),
        ({"planning_signatures": "both"}, 2, "signatures_fixed", "planning_signatures"),
    ],
)
def test_what_nominations_rest_on_stays(terms, seats, code, field, second, call, organizer):
    with pytest.raises(Refused) as refused:
        change_call(call, CallTerms(**terms), seats_per_party=seats, by=organizer, at=BEFORE)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_what_was_withdrawn_stands_in_no_way(second, call, organizer):
    withdraw(second, by=organizer, at=BEFORE)
    changed = change_call(call, CallTerms(tracks=("biodiversity",)), seats_per_party=1, by=organizer, at=BEFORE)
    assert (changed.tracks, changed.seats_per_party) == (["biodiversity"], 1)

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from measurement.statements import contradictions
from measurement.totals import Claim, Range, add_up, party_range

areas = st.decimals(min_value=0, max_value=10**9, places=4)
claims = st.builds(
    Claim,
    party=st.sampled_from(["ARM", "GHA", "JOR"]),
    measure=st.sampled_from(["restore", "protect"]),
    hectares=st.none() | areas,
    bound=st.sampled_from(["exact", "at-least", "up-to", "about"]),
    is_quantified=st.booleans(),
)


def claim(party, hectares, measure="restore", bound="exact"):
    return Claim(party, measure, Decimal(hectares), bound, is_quantified=True)


def test_e39_without_knowledge_of_overlap_a_party_has_a_range():
    assert party_range([Decimal(1000), Decimal(250), Decimal(400)]) == Range(Decimal(1000), Decimal(1650))
    assert party_range([]) == Range(Decimal(0), Decimal(0))


def test_ranges_of_different_parties_add_up_end_by_end():
    (total,) = add_up([claim("GHA", 1000), claim("GHA", 250), claim("JOR", 70)])
    assert total.firm == Range(Decimal(1070), Decimal(1320))
    assert (total.parties, total.items, total.quantified, total.added) == (2, 3, 3, 3)


def test_e35_only_one_measure_is_added_and_shares_never_are():
    protect, restore = add_up(
        [
            claim("GHA", 1000),
            claim("GHA", 500, measure="protect"),
            Claim("JOR", "restore", None, is_quantified=True),
            Claim("JOR", "restore", None, is_quantified=False),
        ]
    )
    assert (protect.measure, protect.all) == ("protect", Range(Decimal(500), Decimal(500)))
    assert (restore.measure, restore.all) == ("restore", Range(Decimal(1000), Decimal(1000)))
    assert (restore.items, restore.quantified, restore.added, restore.listed_only) == (3, 2, 1, 1)


def test_e40_up_to_and_about_stand_apart_from_what_is_firm():
    (total,) = add_up(
        [
            claim("MDG", 1_000_000),
            claim("MDG", 4_000_000, bound="up-to"),
            claim("GEO", 1500, bound="about"),
            claim("LBN", 10_000, bound="at-least"),
        ]
    )
    assert total.firm == Range(Decimal(1_010_000), Decimal(1_010_000))
    assert total.not_firm == Range(Decimal(4_001_500), Decimal(4_001_500))
    assert total.all == Range(Decimal(4_011_500), Decimal(5_011_500))


@given(st.lists(claims, max_size=30))
def test_a_total_is_a_range_and_does_not_depend_on_order(some):
    totals = add_up(some)
    assert totals == add_up(reversed(some))
    for total in totals:
        assert total.firm.low <= total.firm.high
        assert total.all.high == total.firm.high + total.not_firm.high
        assert max(total.firm.low, total.not_firm.low) <= total.all.low <= total.firm.low + total.not_firm.low
        assert total.added <= total.quantified <= total.items


@given(st.lists(areas, max_size=20), areas)
def test_one_more_area_never_lowers_either_end(some, more):
    before, after = party_range(some), party_range([*some, more])
    assert before.low <= after.low
    assert before.high <= after.high


def test_e37_an_area_stated_twice_is_compared_not_corrected():
    assert contradictions("287 Km2 (2,870 ha)", [Decimal(28700)]) == ("2,870 ha",)
    assert contradictions("44% (4 440 500 ha)", [Decimal(4734873)]) == ("4 440 500 ha",)


def test_e37_statements_right_to_their_last_digit_agree():
    assert contradictions("414,3 km2 (41 430 ha)", [Decimal(41430)]) == ()
    assert contradictions("104 013 km2 (10,4 M ha)", [Decimal(10_401_300)]) == ()
    assert contradictions("1,949,253 ha", [Decimal(1_949_253)]) == ()
    assert contradictions("from 6000 km2 to 10000 km2", [Decimal(1_000_000), Decimal(600_000)]) == ()
    assert contradictions("100 ha/year", [Decimal(5)]) == ()
    assert contradictions("no number", [Decimal(5)]) == ()

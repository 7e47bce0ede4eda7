"""Points of reviews: exact, halves up, and never out of 0 to 100."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.scores import Scored, mean, points

MARKS = st.lists(
    st.tuples(st.integers(1, 10), st.integers(1, 10)).flatmap(
        lambda of: st.builds(Scored, given=st.integers(0, of[0]), most=st.just(of[0]), weight=st.just(of[1]))
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(5, 5, 3), (5, 5, 1), (5, 5, 2)], 100),
        ([(0, 5, 3), (0, 5, 1), (0, 5, 2)], 0),
        ([(4, 5, 3), (2, 5, 1), (3, 5, 2)], 67),  # 20 of 30
        ([(1, 8, 1)], 13),  # 12.5
        ([(1, 10, 1), (1, 2, 10)], 37),  # 11 of 30: each point counts as often as its criterion weighs
    ],
)
def test_points_are_the_weighted_share_of_the_most_possible(marks, expected):
    assert points([Scored(*each) for each in marks]) == expected


@pytest.mark.parametrize(("values", "expected"), [([67], 67), ([0, 1], 1), ([66, 67, 67], 67), ([33, 33, 34], 33)])
def test_a_mean_is_rounded_half_up(values, expected):
    assert mean(values) == expected


@given(MARKS)
def test_points_are_the_exact_share_rounded_half_up(marks):
    share = Fraction(
        100 * sum(each.weight * each.given for each in marks), sum(each.weight * each.most for each in marks)
    )
    assert points(marks) == floor(share + Fraction(1, 2))
    assert 0 <= points(marks) <= 100
    assert points(marks) == points(marks[::-1])


@given(MARKS, st.data())
def test_one_point_more_never_makes_fewer(marks, data):
    open_ = [place for place, each in enumerate(marks) if each.given < each.most]
    if open_:
        place = data.draw(st.sampled_from(open_))
        raised = Scored(marks[place].given + 1, marks[place].most, marks[place].weight)
        assert points([*marks[:place], raised, *marks[place + 1 :]]) >= points(marks)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40))
def test_a_mean_is_exact_and_lies_between(values):
    assert mean(values) == floor(Fraction(sum(values), len(values)) + Fraction(1, 2))
    assert min(values) <= mean(values) <= max(values)


@pytest.mark.parametrize("marks", [[], [(6, 5, 1)], [(-1, 5, 1)], [(0, 0, 1)], [(1, 5, 0)]])
def test_what_is_no_mark_is_an_error(marks):
    with pytest.raises(ValueError, match="mark"):
        points([Scored(*each) for each in marks])


def test_a_mean_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        mean([])

"""The geometry of a chart of bars."""

from hypothesis import given
from hypothesis import strategies as st

from documents.charts import WIDTH, Bar, bars

ROWS = st.lists(st.tuples(st.just("A"), st.tuples(st.integers(0, 100_000), st.integers(0, 100_000))), max_size=8)


def test_bars_stand_under_their_label_and_the_longest_leaves_room_for_its_number():
    chart = bars([("Woman", (10, 5)), ("Man", (0, 20))], ("nominated", "selected"), rtl=False)
    assert (chart.width, chart.height) == (640, 124)
    woman, man = chart.bands
    assert (woman.label, woman.x, woman.baseline, man.baseline) == ("Woman", 0, 15, 77)
    assert woman.bars == (
        Bar("nominated", 10, 0, 20, 288.0, 12, 294.0, 30),
        Bar("selected", 5, 0, 35, 144.0, 12, 150.0, 45),
    )
    assert [bar.width for bar in man.bars] == [0, 576.0]


def test_arabic_begins_at_the_right():
    chart = bars([("Woman", (10,))], ("nominated",), rtl=True)
    band = chart.bands[0]
    assert (band.x, band.bars[0].x, band.bars[0].width, band.bars[0].number_x) == (640, 64.0, 576.0, 58.0)


def test_nothing_is_drawn_of_nobody():
    assert bars([], ("nominated",), rtl=False).height == 0
    assert bars([("Woman", (0,))], ("nominated",), rtl=False).bands[0].bars[0].width == 0


@given(ROWS)
def test_every_bar_is_on_the_drawing_as_long_as_its_count_and_mirrored_in_arabic(rows):
    left, right = (bars(rows, ("one", "other"), rtl=rtl) for rtl in (False, True))
    most = max((count for _label, counts in rows for count in counts), default=0)
    for band, mirrored in zip(left.bands, right.bands, strict=True):
        for bar, other in zip(band.bars, mirrored.bars, strict=True):
            assert 0 <= bar.x <= bar.x + bar.width <= bar.number_x <= WIDTH
            assert abs(bar.width * most - bar.count * 576) <= most * 0.005 + 1e-6
            assert abs(other.x + other.width - WIDTH) < 1e-6
            assert (other.width, other.y, other.count) == (bar.width, bar.y, bar.count)
            assert bar.y + bar.height <= left.height

"""National targets inside a submission: their values, quantities and limits."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.errors import Invalid
from correspondence.models import Message
from targets.models import Area, Submission, TargetItem
from targets.queries.items import doubts_about
from targets.verbs.items import TEXT_LIMITS
from targets.verbs.submissions import AreaDraft, submit_targets
from tests import builders
from tests.targets.conftest import RESTORE, draft


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
        draft(
            baseline="2010",
            due_on=date(2020, 12, 31),
            global_targets=("aichi-15", "aichi-15"),
            areas=(AreaDraft(" Wadi  Rum ", place, Decimal(72000)),),
        )
    )
    (item,) = submission.items.all()
    (area,) = item.areas.all()
    assert (item.baseline, item.due_on) == ("2010", date(2020, 12, 31))
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


@pytest.mark.parametrize("count", [1, 3])
def test_writing_items_takes_the_same_queries_for_one_and_for_three(submit, count, django_assert_num_queries):
    builders.target("aichi-15", 15)
    items_sent = [draft(global_targets=("aichi-15",), areas=(AreaDraft("Wadi"),))] * count
    with django_assert_num_queries(20):
        submit(*items_sent)
    assert (TargetItem.objects.count(), Area.objects.count()) == (count, count)


def test_the_limits_of_texts_are_those_of_the_columns():
    fields = {name: TargetItem._meta.get_field(name) for name in TEXT_LIMITS}
    assert {name: getattr(field, "max_length", None) for name, field in fields.items()} == TEXT_LIMITS

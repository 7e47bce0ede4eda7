"""Global targets and frameworks."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from workshops.models import Framework, Target
from workshops.queries import targets

pytestmark = pytest.mark.usefixtures("annex_ii")


def test_the_twenty_aichi_targets_and_their_goals() -> None:
    aichi = Target.objects.filter(framework="aichi")
    assert [target.number for target in aichi] == list(range(1, 21))
    assert "".join(target.goal for target in aichi) == "AAAABBBBBBCCCDDDEEEE"
    assert {target.number for target in aichi if target.due_on == date(2015, 12, 31)} == {10, 16, 17}
    assert {target.due_on for target in aichi} == {date(2015, 12, 31), date(2020, 12, 31)}


def test_every_target_says_what_it_is() -> None:
    for target in targets.visible_to(AnonymousUser()):
        assert set(target.title) == {"ar", "zh", "en", "fr", "ru", "es"}, target.code
        assert target.summary["en"], target.code
        assert all(element["en"] for element in target.elements), target.code
        assert target.elements, target.code


def test_a_framework_is_never_back_dated() -> None:
    assert [framework.slug for framework in Framework.objects.all()] == ["aichi", "bonn", "ldn", "kmgbf"]
    assert {target.framework_id for target in targets.targets_on(date(2013, 11, 1))} == {"aichi", "bonn"}
    assert targets.targets_on(date(2022, 12, 18)).filter(framework="kmgbf").count() == 0
    assert targets.targets_on(date(2022, 12, 19)).filter(framework="kmgbf").count() == 3

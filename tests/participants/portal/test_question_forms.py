"""The organizers' own questions on the page."""

import pytest

from participants.models import (
    Registration,
)

pytestmark = pytest.mark.django_db


def test_a_question_that_follows_from_an_answer_is_asked_at_once(stage, invitation_url, visit, boots):
    first, second = str(visit.pk), str(boots.pk)
    page = stage("questions").text
    assert f'name="{first}"' in page
    assert f'name="{second}"' not in page
    again = stage("questions", {first: "yes"})
    assert f'name="{second}"' in again.text
    assert f'id="id_{second}_error"' not in again.text
    assert f'value="{first} {second}"' in again.text
    missing = stage("questions", {first: "yes", second: "", "seen": f"{first} {second}"})
    assert missing.status_code == 422
    assert f'id="id_{second}_error"' in missing.text
    saved = stage("questions", {first: "yes", second: "42"})
    assert saved.status_code == 302
    assert [each.value for each in Registration.objects.get().answers.all()] == ["true", '"42"']
    assert '<option value="42" selected>size 42</option>' in stage("questions").text


def test_a_question_whose_condition_falls_is_not_asked_any_more(stage, visit, boots):
    stage("questions", {str(visit.pk): "yes", str(boots.pk): "42"})
    assert stage("questions", {str(visit.pk): "no", str(boots.pk): "42"}).status_code == 302
    assert [each.value for each in Registration.objects.get().answers.all()] == ["false"]
    assert str(boots.pk) not in stage("questions").text


def test_a_question_without_its_answer_is_said_beside_it(stage, visit):
    answer = stage("questions", {"seen": str(visit.pk)})
    assert answer.status_code == 422
    assert f'id="id_{visit.pk}_error"' in answer.text


def test_the_questions_are_asked_in_the_language_of_the_page(stage, visit, boots):
    stage("questions", {str(visit.pk): "yes", str(boots.pk): "42"})
    assert "ما مقاس حذائك؟" in stage("questions", headers={"accept-language": "ar"}).text

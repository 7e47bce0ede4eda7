"""What a workshop asks, set by organizers: stages, questions, visas."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from participants.models import AskedStage, RegistrationQuestion, VisaRule
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Any:
    return builders.workshop(parties=(builders.party(),))


def add(door: Client, noun: str, **data: Any) -> Any:
    return door.post(reverse(f"admin:participants_{noun}_add"), data)


def question(workshop: Any, **changes: Any) -> dict[str, Any]:
    told = {
        "workshop": workshop.pk, "position": 1, "kind": "choice", "label_en": "Which meal?",
        "options": "Vegetarian | fr: Végétarien\nNo pork",
    }  # fmt: skip
    return told | changes


def test_choices_are_written_one_a_line_with_their_translations(door, workshop):
    made = add(door, "registrationquestion", **question(workshop))
    assert made.status_code == 302, made.context["errors"]
    row = RegistrationQuestion.objects.get()
    assert row.label == {"en": "Which meal?"}
    assert row.options == [
        {"key": "vegetarian", "label": {"en": "Vegetarian", "fr": "Végétarien"}},
        {"key": "no-pork", "label": {"en": "No pork"}},
    ]
    page = door.get(reverse("admin:participants_registrationquestion_change", args=[row.pk])).text
    assert "Vegetarian | fr: Végétarien" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"options": ""}, "Write the choices."),
        ({"options": "A\na"}, "Two choices are called the same."),
        ({"options": "A | xx: B"}, "names no language"),
        ({"depends_value": "yes"}, "Choose the question that this answer belongs to."),
    ],
)
def test_what_is_wrong_with_a_question_is_said(door, workshop, changes, sentence):
    assert sentence in add(door, "registrationquestion", **question(workshop, **changes)).text
    assert not RegistrationQuestion.objects.exists()


def test_a_condition_names_an_answer_of_another_question(door, workshop):
    first = RegistrationQuestion.objects.create(workshop=workshop, kind="yes_no", label={"en": "Do you eat meat?"})
    wrong = question(workshop, depends_on=first.pk, depends_value="maybe")
    assert "The answers are: yes, no." in add(door, "registrationquestion", **wrong).text
    right = question(workshop, depends_on=first.pk, depends_value="yes")
    assert add(door, "registrationquestion", **right).status_code == 302


def test_names_are_always_needed_and_others_may_be_switched_off(door, workshop):
    refused = add(door, "askedstage", workshop=workshop.pk, stage="identity", asking="off")
    assert refused.status_code == 200
    assert add(door, "askedstage", workshop=workshop.pk, stage="photo", asking="off").status_code == 302
    assert [(each.stage, each.asking) for each in AskedStage.objects.all()] == [("photo", "off")]


def test_one_rule_for_all_and_no_second_one(door, workshop):
    rule = {"workshop": workshop.pk, "need": "before", "source": f"Note verbale of {timezone.now():%Y}"}
    assert add(door, "visarule", **rule).status_code == 302
    assert add(door, "visarule", **rule).status_code == 200
    assert VisaRule.objects.count() == 1

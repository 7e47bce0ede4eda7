"""The table of personal data: the same for people and for the program, and no field without a place in it."""

import re
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models

from participants.models import RegistrationTerms
from participants.not_personal import NOT_PERSONAL
from participants.privacy import NAMED, PURGED, RULES, After, days_of
from participants.queries.asked import PASSPORT_DAYS
from participants.verbs.codes import KEPT
from participants.verbs.keys import sealed_columns
from participants.verbs.purged_people import FORGOTTEN
from participants.verbs.purges import CARRIED_OUT

OURS = ("accounts", "correspondence", "workshops", "participants", "targets")
TELLS_NOTHING = (models.BooleanField, models.DateTimeField, models.IntegerField)


def fields() -> set[str]:
    """Every field that could tell something of somebody."""
    return {
        f"{model._meta.label}.{field.name}"
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.is_relation or isinstance(field, TELLS_NOTHING))
    }


def test_the_table_for_people_is_the_table_of_the_program():
    text = (settings.BASE_DIR / "docs" / "privacy.md").read_text(encoding="utf-8")
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in re.findall(r"^\| .*$", text, re.MULTILINE)
    ]
    assert rows[2:] == [(rule.name, rule.why, rule.seen_by, rule.goes) for rule in RULES]


def test_every_field_has_one_place():
    placed = [field for rule in RULES for field in rule.fields]
    assert len(placed) == len(set(placed))
    assert sorted(NOT_PERSONAL & set(placed)) == []
    assert sorted(fields() - NOT_PERSONAL - set(placed)) == []


def test_nothing_is_named_that_is_not_there():
    placed = {field for rule in RULES for field in rule.fields}
    assert sorted((placed | NOT_PERSONAL) - fields()) == []


def test_every_sealed_column_is_in_the_table_and_ends_with_its_workshop():
    placed = {field: rule for rule in RULES for field in rule.fields}
    sealed = {f"{model._meta.label}.{column}" for model, column in sealed_columns()}
    assert {placed[each].name for each in sealed} == {"passports", "needs", "journeys"}
    assert {term.after for each in sealed for term in placed[each].terms} == {After.WORKSHOP}


def test_the_purge_carries_out_every_row_that_ends_by_the_days_of_the_table():
    assert tuple(CARRIED_OUT) == PURGED
    assert [rule.name for rule in RULES if not rule.terms] == ["counted", "record"]
    assert {name: [term.days for term in NAMED[name].terms] for name in PURGED} == {
        "passports": [30],
        "needs": [7],
        "journeys": [90],
        "papers": [365, 730],
        "remarks": [730],
        "drafts": [90],
        "links": [30],
        "codes": [1],
        "letters": [730],
        "dead-addresses": [30],
        "imports": [365],
        "proposals": [365],
        "addresses": [365],
        "people": [1825],
    }
    assert (timedelta(days=days_of("codes")), timedelta(days=days_of("people"))) == (KEPT, FORGOTTEN)
    assert RegistrationTerms._meta.get_field("passport_days").default == PASSPORT_DAYS == days_of("passports")

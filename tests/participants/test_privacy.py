"""The table of personal data: the same for people and for the program, and no field without a place in it."""

import re

from django.apps import apps
from django.conf import settings
from django.db import models

from participants.privacy import FOREVER, NOT_PERSONAL, PURGED, RULES
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
    whole = {label for label in NOT_PERSONAL if label.count(".") == 1}
    single = NOT_PERSONAL - whole
    assert not single & set(placed)
    assert not {field for field in placed if field.rpartition(".")[0] in whole}
    known = set(placed) | single
    assert sorted(field for field in fields() if field not in known and field.rpartition(".")[0] not in whole) == []


def test_nothing_is_named_that_is_not_there():
    labels = {model._meta.label for app in OURS for model in apps.get_app_config(app).get_models()}
    named = {field for rule in RULES for field in rule.fields} | {each for each in NOT_PERSONAL if each.count(".") == 2}
    assert sorted(named - fields()) == []
    assert sorted({each for each in NOT_PERSONAL if each.count(".") == 1} - labels) == []


def test_the_purge_carries_out_every_row_that_ends():
    assert tuple(CARRIED_OUT) == PURGED
    assert [rule.name for rule in RULES if rule.goes.startswith(FOREVER)] == ["record"]

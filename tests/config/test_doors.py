"""Doors parse, authorise and call verbs; they write nothing themselves.

The check reads the source: a call is a write when it is named like one of Django's and looks like it. ``save()`` and
``delete()`` of a row or a set of rows take no positional argument, unlike ``workbook.save(path)`` and
``cache.delete(key)``; ``update()`` of rows takes keywords alone, unlike that of a dict or a digest.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "correspondence", "workshops", "participants", "targets")
MAKES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
CHANGES = {"save", "delete", "update"}


def doors() -> list[Path]:
    """Return every module that stands between the world and the verbs."""
    rooms = [path for app in APPS for room in ("admin", "portal", "api") for path in (ROOT / app / room).rglob("*.py")]
    alone = [ROOT / app / name for app in APPS for name in ("clock.py", "tasks.py")]
    commands = ROOT.glob("*/management/commands/*.py")
    top = [
        path for path in (ROOT / "config").glob("*.py") if path.name != "setup.py"
    ]  # which runs before Django is there
    return sorted(path for path in (*rooms, *alone, *commands, *top) if path.exists())


def writes(source: str) -> Iterator[str]:
    """Yield the line and the call of each write in a module's source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node, node.func):
            yield f"{node.lineno}: {ast.unparse(node)[:80]}"


def is_write(call: ast.Call, function: ast.Attribute) -> bool:
    """Say whether a method call is one of Django's writes, by its name (asynchronous ones too) and its arguments."""
    name = function.attr.removeprefix("a") if function.attr not in MAKES | CHANGES else function.attr
    if name in CHANGES:
        return not call.args and (name != "update" or bool(call.keywords))
    return name in MAKES


def test_there_are_doors():
    assert len(doors()) > 30


def test_a_door_writes_nothing():
    found = [
        f"{path.relative_to(ROOT)}:{write}" for path in doors() for write in writes(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "Person.objects.create(name=name)",
        "person.save()",
        "person.save(update_fields=['name'])",
        "await person.asave()",
        "call.nominations.filter(state='received').update(state='withdrawn')",
        "queryset.delete()",
        "Person.objects.bulk_create(rows)",
        "Person.objects.get_or_create(email=email)",
    ],
)
def test_a_write_is_found(source: str):
    assert len(list(writes(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "context.update({'title': title})",
        "digest.update(chunk)",
        "workbook.save(path)",
        "cache.delete('key')",
        "def create(self, data): return nominate(call, by=actor, at=now)",
        "record_person(name=name, by=actor, at=now)",
    ],
)
def test_what_only_looks_like_a_write_is_not(source: str):
    assert list(writes(source)) == []

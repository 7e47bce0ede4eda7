"""The limits that keep the house readable: short files, short functions, rooms with names of their own."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "accounts", "benchmarks", "config", "correspondence", "documents", "measurement", "participants", "planning",
    "targets", "tests", "workshops",
)  # fmt: skip
FILE_LINES = 300
FUNCTION_LINES = 30
NAMELESS = {"base", "common", "core", "helpers", "misc", "shared", "util", "utils"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*packages: str) -> list[Path]:
    """Return the Python files of packages, without migrations."""
    files = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield the name of each function and the lines its body takes, the docstring left out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node.name, body_lines(node)


def body_lines(function: Function) -> int:
    """Count the lines from the first statement after the docstring to the end."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_files_stay_short():
    lines = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*PACKAGES)}
    assert {str(path): count for path, count in lines.items() if count > FILE_LINES} == {}


def test_functions_stay_short():
    long = [
        f"{path.relative_to(ROOT)}: {name} takes {lines} lines"
        for path in modules(*(package for package in PACKAGES if package != "tests"))
        for name, lines in functions(path.read_text(encoding="utf-8"))
        if lines >= FUNCTION_LINES
    ]
    assert long == []


def test_no_room_is_nameless():
    named = {part for path in modules(*PACKAGES) for part in (path.stem, *path.relative_to(ROOT).parts[:-1])}
    assert named & NAMELESS == set()


def test_a_docstring_does_not_count():
    source = 'def said():\n    """One.\n\n    Two.\n    """\n    first = 1\n    return first\n'
    assert list(functions(source)) == [("said", 2)]

"""Who may open what: every page and every operation as everybody, against the table of ``docs/access.md``.

``RENEW_ACCESS=1 pytest tests/config/access/test_access.py`` writes the table anew; read what git shows then.
"""

import os
import re
from fnmatch import fnmatchcase

from django.conf import settings

from accounts.models import User
from tests.config.access.world import ROLES, World, of_operation, of_page, operations, routes, signed_in

TABLE = settings.BASE_DIR / "docs" / "access.md"
LEAVING = ("logout", "sign_out")  # who opens these is signed out, and needs another browser after
ROW = re.compile(r"^\| `([^`]+)` \| (.*) \|$", re.MULTILINE)


def table() -> dict[str, tuple[str, ...]]:
    """The written table: what each role meets, by pattern."""
    text = TABLE.read_text(encoding="utf-8")
    return {found[1]: tuple(cell.strip() for cell in found[2].split("|")) for found in ROW.finditer(text)}


def written(route: str, rows: dict[str, tuple[str, ...]]) -> str:
    """The pattern of the table that a route falls under: the longest that fits."""
    fitting = [pattern for pattern in rows if pattern == route or fnmatchcase(route, pattern.replace("**", "*"))]
    return max(fitting, key=lambda pattern: (pattern == route, len(pattern)), default="")


def met(people: dict[str, User | None], world: World) -> dict[str, tuple[str, ...]]:
    """What everybody meets at every route."""
    doors = {role: signed_in(people[role]) for role in ROLES}
    found = {}
    for route, name in routes():
        address = world.page(route, name)
        browsers = [signed_in(people[role])[0] if name in LEAVING else doors[role][0] for role in ROLES]
        found[route] = tuple(of_page(browser, address) for browser in browsers)
    for method, path in operations():
        address = world.operation(path)
        found[f"{method} {path}"] = tuple(of_operation(doors[role][1], method, address) for role in ROLES)
    return found


def test_everybody_meets_what_the_table_says(people, world):
    rows, found = table(), met(people, world)
    if os.environ.get("RENEW_ACCESS"):
        renew(found)
        return
    unwritten = sorted(route for route in found if not written(route, rows))
    assert unwritten == []
    other = {
        route: dict(zip(ROLES, zip(said, rows[written(route, rows)], strict=True), strict=True))
        for route, said in found.items()
        if said != rows[written(route, rows)]
    }
    assert other == {}


def test_the_table_has_no_row_without_a_route():
    rows = table()
    known = [route for route, _name in routes()] + [f"{method} {path}" for method, path in operations()]
    used = {written(route, rows) for route in known}
    assert sorted(set(rows) - used) == []


def renew(found: dict[str, tuple[str, ...]]) -> None:
    """Write the table anew: a row a route, those of the admin that meet the same under one pattern."""
    text = TABLE.read_text(encoding="utf-8")
    first = ROW.search(text)
    head = text[: first.start()] if first is not None else text
    usual = max(
        {row for route, row in found.items() if route.startswith("admin/")},
        key=[row for route, row in found.items() if route.startswith("admin/")].count,
    )
    lines = {"admin/**": usual}
    lines |= {route: row for route, row in found.items() if not (route.startswith("admin/") and row == usual)}
    body = "\n".join(f"| `{route}` | {' | '.join(row)} |" for route, row in lines.items())
    TABLE.write_text(f"{head}{body}\n", encoding="utf-8")

"""The organizer's desk, against the SQL it asks for and nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks import scene
from benchmarks.figures import Figure, fastest
from benchmarks.wsgi import asker

DESK = "/admin/"
ROUNDS = 20
Query = tuple[str, Any]


def measure() -> Iterator[Figure]:
    """Measure ``pages.desk`` in milliseconds."""
    rows = scene.nominations()
    browser = Client()
    browser.force_login(scene.organizer())
    ask = asker(DESK, cookie=browser.cookies.output(header="", sep=";").split(";", 1)[0].strip())
    queries = _queries(ask)
    ours, bare = fastest(ROUNDS, ask, lambda: _replay(queries))
    yield Figure(
        name="pages.desk",
        value=ours * 1000,
        unit="ms",
        limit=bare * 1000,
        rows=rows,
        note=f"{DESK} as an organizer; limit: its {len(queries)} queries alone, on an open connection",
    )


def _queries(ask: Callable[[], bytes]) -> list[Query]:
    """Return what the page reads from the database."""
    seen: list[Query] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            seen.append((sql, params))
        return execute(sql, params, many, context)

    ask()
    with connection.execute_wrapper(note):
        ask()
    return seen


def _replay(queries: list[Query]) -> None:
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            cursor.fetchall()

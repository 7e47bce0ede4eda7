"""A compilation of a whole programme, against the least work that yields the same three files."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from xlsxwriter import Workbook

from accounts.actors import CLOCK
from benchmarks import scene
from benchmarks.figures import Figure, fastest
from documents.pdf import template
from documents.press import print_pdf
from targets.models import Area, Compilation, Submission, TargetItem
from targets.models.compilations import CompilationState
from targets.verbs.compilations import compile_submissions, request_compilation
from workshops.models import Coverage, Party, Programme

ROUNDS = 2
AT = datetime(2020, 1, 1, tzinfo=UTC)
READ: tuple[type[Model], ...] = (Coverage, Party, Submission, TargetItem, TargetItem.global_targets.through, Area)


def measure() -> Iterator[Figure]:
    """Measure ``compile.full`` in seconds: 196 Parties with 20 national targets each."""
    programme = scene.submissions()
    content: Mapping[str, Any] = _compile(programme).snapshot or {}
    ours, bare = fastest(ROUNDS, partial(_compile, programme), partial(_bare, content))
    items = sum(len(party["items"]) for party in content["parties"])
    yield Figure(
        name="compile.full",
        value=ours,
        unit="s",
        limit=bare,
        rows=items,
        note=f"{len(content['parties'])} Parties; request, snapshot, JSON, Excel, PDF, store; "
        "limit: SELECT of the same tables, json.dumps, xlsxwriter and typst alone on the finished snapshot",
    )


def _compile(programme: Programme) -> Compilation:
    requested = request_compilation(programme, by=CLOCK, at=AT)
    made = compile_submissions(requested.pk, at=AT)
    if made is None or made.state != CompilationState.READY:
        raise RuntimeError(f"the compilation is not ready: {made and made.failure}")
    return made


def _bare(content: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        for model in READ:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608, SLF001  # a table's own name
            cursor.fetchall()
    json.dumps(content, ensure_ascii=False, sort_keys=True)
    with Workbook(BytesIO(), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        cells = (item.values() for party in content["parties"] for item in party["items"])
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                page.write_string(row, column, str(value))
    print_pdf(template("compilation"), content, font_dirs=settings.FONT_DIRS, created=AT)

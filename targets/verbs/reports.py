"""The files of a compilation: its snapshot as JSON, as a spreadsheet and as a document to print."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings

from correspondence.models import StoredFile
from correspondence.models.files import FilePurpose
from correspondence.verbs.files import store_file
from documents.canonical import canonical_json
from documents.pdf import Undisplayable, template
from documents.press import print_pdf
from documents.xlsx import Cell, Column, Kind, Sheet, workbook
from targets.models.compilations import ReportFormat

log = logging.getLogger(__name__)

MEDIA_TYPES = {
    ReportFormat.JSON: "application/json",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.PDF: "application/pdf",
}
Snapshot = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One file of a report before it is stored."""

    format: ReportFormat
    name: str
    data: bytes


def render_reports(snapshot: Snapshot) -> list[Rendering]:
    """Render a snapshot in every format, equal for equal snapshots; no row is read or written.

    Raises ``documents.pdf.MissingFonts`` and ``documents.press.PressFailed``.
    """
    stem = f"{snapshot['programme']['code']}-C{snapshot['number']}-national-targets"
    created = datetime.combine(date.fromisoformat(snapshot["as_of"]), time(), UTC)
    return [
        Rendering(ReportFormat.JSON, f"{stem}.json", canonical_json(snapshot)),
        Rendering(ReportFormat.XLSX, f"{stem}.xlsx", _spreadsheet(snapshot, created)),
        Rendering(ReportFormat.PDF, f"{stem}.pdf", _document(snapshot, created)),
    ]


def keep_report(rendering: Rendering, *, owner_key: str, at: datetime) -> StoredFile:
    """Store one rendered file for a compilation."""
    return store_file(
        rendering.data,
        name=rendering.name,
        purpose=FilePurpose.REPORT,
        media_type=MEDIA_TYPES[rendering.format],
        owner_key=owner_key,
        at=at,
    )


def _document(snapshot: Snapshot, created: datetime) -> bytes:
    source, fonts = template("compilation"), settings.FONT_DIRS
    try:
        return print_pdf(source, snapshot, font_dirs=fonts, created=created)
    except Undisplayable as error:  # a script no font has must not keep the others from their report
        log.warning("The PDF of %s is made without the accessible standard: %s", snapshot["programme"]["code"], error)
        return print_pdf(source, {**snapshot, "unshown": True}, font_dirs=fonts, created=created, standards=())


_TOTAL_COLUMNS = (
    Column("Measure", width=16),
    Column("Parties", Kind.INTEGER, 9),
    Column("Items", Kind.INTEGER, 9),
    Column("With a number", Kind.INTEGER, 9),
    Column("Added", Kind.INTEGER, 9),
    Column("Listed, not added", Kind.INTEGER, 9),
    *(
        Column(f"{kind}, ha, {end}", Kind.NUMBER, 18)
        for kind in ("Firm", "Up to and about", "All")
        for end in ("low", "high")
    ),
)
_ITEM_COLUMNS = (
    Column("Party", width=7),
    Column("Name", Kind.WRAPPED, 24),
    Column("Version", Kind.INTEGER, 8),
    Column("No.", Kind.INTEGER, 6),
    Column("Target", Kind.WRAPPED, 50),
    Column("Measure", width=12),
    Column("As written", Kind.WRAPPED, 26),
    Column("From", Kind.NUMBER, 12),
    Column("Value", Kind.NUMBER, 14),
    Column("Unit", width=12),
    Column("Bound", width=9),
    Column("Of what", Kind.WRAPPED, 26),
    Column("Hectares", Kind.NUMBER, 16),
    Column("Baseline", width=11),
    Column("By", Kind.DATE, 12),
    Column("In the NBSAP", width=9),
    Column("Global targets", Kind.WRAPPED, 18),
    Column("Areas", Kind.WRAPPED, 24),
    Column("Doubts", Kind.WRAPPED, 20),
    Column("Source", Kind.WRAPPED, 40),
)


def _spreadsheet(snapshot: Snapshot, created: datetime) -> bytes:
    totals = snapshot["totals"]
    by_target = (
        (target["code"], target["title"], *_figures(total))
        for target in totals["global_targets"]
        for total in target["measures"]
    )
    missing = ((row["code"], row["name"], row["standing"]) for row in snapshot["coverage"]["missing"])
    target_columns = (Column("Target", width=14), Column("Title", Kind.WRAPPED, 40), *_TOTAL_COLUMNS)
    sheets = (
        Sheet("About", (Column("What", width=24), Column("Value", Kind.WRAPPED, 90)), _about(snapshot)),
        Sheet("By measure", _TOTAL_COLUMNS, (_figures(total) for total in totals["measures"])),
        Sheet("By global target", target_columns, by_target),
        Sheet("National targets", _ITEM_COLUMNS, _items(snapshot)),
        Sheet(
            "Not accepted",
            (Column("Party", width=7), Column("Name", Kind.WRAPPED, 40), Column("Standing")),
            missing,
        ),
    )
    return workbook(sheets, title=snapshot["programme"]["title"], created=created)


def _about(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    coverage, workshop = snapshot["coverage"], snapshot["workshop"]
    yield ("Programme", f"{snapshot['programme']['code']} {snapshot['programme']['title']}")
    if workshop is not None:
        yield ("Workshop", f"{workshop['reference']} {workshop['title']}, {workshop['city']}, {workshop['starts_on']}")
    yield ("Compilation", f"{snapshot['programme']['code']}/C{snapshot['number']}")
    yield ("As of", snapshot["as_of"])
    if snapshot["rehearsal"]:
        yield ("Practice run", "Synthetic data; not a record")
    for key in ("parties", "submitted", "accepted", "waiting", "returned", "none"):
        yield (f"Parties: {key}" if key != "parties" else "Parties", coverage[key])
    for note in snapshot["notes"]:
        yield ("Note", note)


def _figures(total: Mapping[str, Any]) -> tuple[Cell, ...]:
    spans = (total["hectares"][kind] for kind in ("firm", "not_firm", "all"))
    counts = (total[key] for key in ("measure", "parties", "items", "quantified", "added", "listed_only"))
    return (*counts, *(Decimal(span[end]) for span in spans for end in ("low", "high")))


def _items(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    for party in snapshot["parties"]:
        for item in party["items"]:
            yield (party["code"], party["name"], party["version"], *_item(item))


def _item(item: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (
        item["position"],
        item["title"],
        item["measure"],
        item["as_written"],
        _number(item["start_value"]),
        _number(item["value"]),
        item["unit"],
        item["bound"],
        item["basis"],
        _number(item["hectares"]),
        item["baseline"],
        date.fromisoformat(item["due_on"]) if item["due_on"] else None,
        {True: "yes", False: "no", None: None}[item["in_nbsap"]],
        ", ".join(item["global_targets"]),
        "; ".join(area["name"] for area in item["areas"]),
        ", ".join(item["doubts"]),
        item["source"],
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

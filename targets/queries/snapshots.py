"""The content of a compilation: what its report says, byte for byte the same on every database.

No identifiers, no clock, no order of the database's own: Parties come by code and items by position, decimals and dates are
text. A practice copy speaks with the title and reference of the programme and workshop it copies.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any

from accounts.texts import localized
from measurement.totals import Claim, add_up
from targets.models import Compilation, CompilationSource, Submission
from targets.models.compilations import CompilationState
from targets.queries.dossiers import dossier, figures
from targets.queries.submissions import STANDINGS
from workshops.models import Coverage, Programme, Target, Workshop
from workshops.queries.parties import name_on

FORMAT = "national-targets/1"
LANGUAGE = "en"  # a compilation is issued in English; names of targets stay as the Party wrote them
NOTES = (
    "Areas are added within one measure only. Percentages, rates and counts are listed with their Party and never added.",
    "A Party's total is a range: from its largest single target, as if all others lay inside it, to the sum of all.",
    "Areas of different Parties do not overlap, so their ranges add up, low to low and high to high.",
    "A target that serves several global targets counts in full under each; totals of different ones must not be added.",
    "“Firm” holds areas stated exactly or as “at least”; “up to” and “about” stand apart.",
    "The range of all is not the sum of both, since a firm and another area of one Party may overlap.",
    "A target “from x to y” counts with the level it reaches.",
    "A quantity without one certain reading is shown as written and counts nowhere.",
)


def snapshot(
    compilation: Compilation, parties: Sequence[Coverage], submissions: Sequence[Submission]
) -> dict[str, Any]:
    """Return the snapshot of ``compilation`` over the Parties in its scope and their accepted ``submissions``.

    ``parties`` come from ``compilations.in_scope``, ``submissions`` from ``dossiers.with_contents``.
    """
    as_of = compilation.requested_at.astimezone(UTC).date()
    names = {row.party_id: name_on(row.party, as_of, LANGUAGE) for row in parties}
    states = {row.party_id: row for row in parties}
    before = _versions_before(compilation)
    dossiers = [
        dossier(
            each,
            name=names[each.party_id],
            revised_from=_older(before.get(each.party_id), each.version),
            newer_waiting=states[each.party_id].waiting_version is not None,  # type: ignore[attr-defined]  # annotated
        )
        for each in submissions
    ]
    return {
        "format": FORMAT,
        "rehearsal": compilation.programme.rehearsal_of_id is not None,
        "programme": _programme(compilation.programme),
        "workshop": _workshop(compilation.workshop),
        "scope": compilation.scope,
        "number": compilation.number,
        "as_of": as_of.isoformat(),
        "coverage": _coverage(parties, names),
        "parties": dossiers,
        "totals": _totals(submissions),
        "notes": list(NOTES),
    }


def _programme(programme: Programme) -> dict[str, str]:
    shown = programme.rehearsal_of or programme
    return {"code": shown.code, "title": localized(shown.title, LANGUAGE)}


def _workshop(workshop: Workshop | None) -> dict[str, str] | None:
    if workshop is None:
        return None
    shown = workshop.rehearsal_of or workshop
    return {
        "reference": shown.reference,
        "title": localized(shown.title, LANGUAGE),
        "city": shown.city,
        "starts_on": shown.starts_on.isoformat(),
        "ends_on": shown.ends_on.isoformat(),
    }


def _coverage(parties: Sequence[Coverage], names: Mapping[str, str]) -> dict[str, Any]:
    """Count each Party in exactly one standing, so that the counts add up to the Parties (edge case E43)."""
    standings = {row.party_id: row.standing for row in parties}  # type: ignore[attr-defined]  # annotated
    counts = {name: sum(standing == name for standing in standings.values()) for name in STANDINGS}
    return {
        "parties": len(parties),
        "served": sum(row.workshop_id is not None for row in parties),
        "submitted": len(parties) - counts["none"],
        **counts,
        "missing": [
            {"code": code, "name": names[code], "standing": standing}
            for code, standing in sorted(standings.items())
            if standing != "accepted"
        ],
    }


def _versions_before(compilation: Compilation) -> dict[str, int]:
    """Return the version of each Party in the last ready issue that holds it (edge case E41)."""
    sources = CompilationSource.objects.filter(
        compilation__programme=compilation.programme_id,
        compilation__state=CompilationState.READY,
        compilation__number__lt=compilation.number,
    ).order_by("compilation__number")
    return dict(sources.values_list("submission__party_id", "submission__version"))


def _older(before: int | None, now: int) -> int | None:
    return before if before is not None and before != now else None


def _totals(submissions: Sequence[Submission]) -> dict[str, Any]:
    claims: list[Claim] = []
    by_target: dict[Target, list[Claim]] = {}
    for submission in submissions:
        for item in submission.items.all():
            claim = Claim(submission.party_id, item.measure, item.hectares, item.bound, item.value is not None)
            claims.append(claim)
            for target in item.global_targets.all():
                by_target.setdefault(target, []).append(claim)
    return {
        "measures": _by_measure(claims),
        "global_targets": [
            {
                "code": target.code,
                "title": localized(target.title, LANGUAGE),
                "parties": len({claim.party for claim in by_target[target]}),
                "items": len(by_target[target]),
                "quantified": sum(claim.is_quantified for claim in by_target[target]),
                "measures": _by_measure(by_target[target]),
            }
            for target in sorted(by_target, key=lambda target: (target.framework_id, target.number, target.code))
        ],
    }


def _by_measure(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    return [figures(total) for total in add_up(claims)]

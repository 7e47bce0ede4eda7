"""Parties, decisions, programmes and what belongs to workshops in the organizer's admin."""

from workshops.admin import (
    assignments,
    contributions,
    curricula,
    decisions,
    host_offers,
    materials,
    outputs,
    parties,
    programmes,
    regions,
    sessions,
    targets,
)

__all__ = [
    "assignments",
    "contributions",
    "curricula",
    "decisions",
    "host_offers",
    "materials",
    "outputs",
    "parties",
    "programmes",
    "regions",
    "sessions",
    "targets",
]

"""Four Parties, their accepted targets, and compilations of them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from correspondence.queries.files import read_bytes
from targets.models import Compilation
from targets.verbs.compilations import compile_submissions, request_compilation
from targets.verbs.submissions import ItemDraft, accept_submission, submit_targets
from tests import builders

CODES = ("ARM", "GHA", "JOR", "ZMB")


@pytest.fixture
def parties(db):
    names = {"ARM": "Armenia", "GHA": "Ghana", "JOR": "Jordan", "ZMB": "Zambia"}
    return {code: builders.party(code, names[code]) for code in CODES}


@pytest.fixture
def workshop(parties):
    return builders.workshop(parties=tuple(parties.values()))


@pytest.fixture
def programme(workshop):
    return workshop.programme


def restore(hectares, title="Restore degraded land", **fields):
    return ItemDraft(title=title, measure="restore", value=Decimal(hectares), unit="ha", **fields)


@pytest.fixture
def accepted(programme, parties, organizer, now):
    def make(code, *items, in_programme=programme):
        submission = submit_targets(in_programme, parties[code], items=items, by=organizer, at=now)
        return accept_submission(submission, by=organizer, at=now)

    return make


def compiled(requested: Compilation, at: datetime) -> Any:
    """Compile and return the row, which must have been there to claim."""
    done = compile_submissions(requested.pk, at=at)
    assert done is not None
    return done


@pytest.fixture
def issue(programme, organizer, now):
    def make(in_programme=programme, **scope):
        return compiled(request_compilation(in_programme, **scope, by=organizer, at=now), now)

    return make


def file_of(compilation, format_):
    return read_bytes(compilation.files.get(format=format_).file)


def totals(compilation):
    return {total["measure"]: total for total in compilation.snapshot["totals"]["measures"]}

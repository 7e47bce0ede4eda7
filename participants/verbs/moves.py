"""What a merge does to the rows of two people: pointed to the other one, filled in, and put back."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from accounts.errors import Refused
from participants.models import FocalPoint, Person
from participants.models.nominations import NominationState
from participants.verbs.persons import searched

Columns = tuple[tuple[str, str, str], ...]
Moved = dict[str, list[str]]

# Every column that says whose a row is; a test holds this against the models.
MOVES: Columns = (
    ("participants", "nomination", "person"),
    ("participants", "focalpoint", "person"),
    ("participants", "personallink", "person"),
    ("participants", "nominationdraft", "author"),
    ("participants", "reopening", "asked_by"),
    ("participants", "campaignentry", "answered_by"),
    ("targets", "submission", "submitted_by"),
)
# What is said about rows of the register rather than of somebody stays where it is.
STAYS: Columns = (
    ("participants", "person", "merged_into"),
    ("participants", "duplicatepair", "first"),
    ("participants", "duplicatepair", "second"),
    ("participants", "merge", "kept"),
    ("participants", "merge", "gone"),
)
# What counts as said under a mandate; what a campaign asked about the row stays with the row.
OF_A_MANDATE: Columns = (
    ("participants", "nomination", "focal_point"),
    ("participants", "endorsement", "focal_point"),
    ("participants", "focalpoint", "deputy_of"),
    ("participants", "dispute", "standing"),
)
# Taken over where the kept row says nothing, with what says nothing.
FILLS: dict[str, Any] = {
    "passport_name": "",
    "gender": "unknown",
    "email": "",
    "phone": "",
    "language": "",
    "position": "",
    "organization_id": None,
}


def move_rows(gone: Model, kept: Model, columns: Columns, *, staying: Collection[str] = ()) -> Moved:
    """Point every row that points to ``gone`` to ``kept``, but those ``staying``; return the ids by table and column."""
    moved: Moved = {}
    for app, model, column in columns:
        table = _table(app, model)
        ids = [
            pk
            for pk in table.filter(**{column: gone}).order_by("pk").values_list("pk", flat=True)
            if str(pk) not in staying
        ]
        table.filter(pk__in=ids).update(**{column: kept})
        moved[f"{app}.{model}.{column}"] = [str(pk) for pk in ids]
    return moved


def move_back(moved: Moved, kept: UUID | str, gone: UUID | str) -> None:
    """Point the rows noted to ``gone`` again, those that still point to ``kept``."""
    for name, ids in moved.items():
        app, model, column = name.split(".")
        _table(app, model).filter(pk__in=ids, **{column: kept}).update(**{column: gone})


def _table(app: str, model: str) -> Manager[Any]:
    rows: Manager[Any] = apps.get_model(app, model)._default_manager  # noqa: SLF001  # Django's documented name for it
    return rows


def close_mandates(kept: Person, gone: Person, at: datetime) -> list[dict[str, Any]]:
    """Let the kept row of what both have, the same mandate from the same day, stand for both and as long as the longer one.

    The other row stays with ``gone`` and ends; what was signed under it counts as signed under the kept one. Returns the
    ends before and after, and the rows that were moved. Raises ``Refused`` (``disputed``).
    """
    ours = {
        (each.party_id, each.kind, each.valid_from): each for each in kept.mandates.select_for_update().order_by("pk")
    }
    noted = []
    for theirs in gone.mandates.select_for_update().order_by("pk"):
        same = ours.get((theirs.party_id, theirs.kind, theirs.valid_from))
        if same is None:
            continue
        if theirs.nominations.filter(state=NominationState.DISPUTED).exists():
            raise Refused("disputed", _("A list that %(name)s signed is in dispute; settle it first.") % {"name": gone})
        was = (same.valid_to, theirs.valid_to)
        same.valid_to = None if None in was else max(filter(None, was))
        today = max(at.date(), theirs.valid_from + timedelta(days=1))
        theirs.valid_to = min(today, theirs.valid_to or today)
        FocalPoint.objects.bulk_update([same, theirs], ["valid_to"])
        noted.append(
            {
                "kept": str(same.pk),
                "gone": str(theirs.pk),
                "was": [end and end.isoformat() for end in was],
                "now": [end and end.isoformat() for end in (same.valid_to, theirs.valid_to)],
                "rows": move_rows(theirs, same, OF_A_MANDATE),
            }
        )
    return noted


def open_mandates(noted: Iterable[dict[str, Any]]) -> None:
    """Give the mandates their ends back, unless somebody has changed them since, and what was signed under each."""
    for each in noted:
        for which, was, now in zip(("kept", "gone"), each["was"], each["now"], strict=True):
            FocalPoint.objects.filter(pk=each[which], valid_to=now).update(valid_to=was)
        move_back(each["rows"], each["kept"], each["gone"])


def fill(kept: Person, gone: Person) -> list[str]:
    """Let ``kept`` take over what it does not say, and be found by both names; return which fields."""
    filled = [name for name, empty in FILLS.items() if getattr(kept, name) == empty != getattr(gone, name)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    _save(kept, filled)
    return filled


def empty(kept: Person, gone: Person, filled: Collection[str]) -> None:
    """Take back what ``kept`` took over, unless it was changed since."""
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    taken_back = [name for name in filled if getattr(kept, name) == getattr(gone, name)]
    for name in taken_back:
        setattr(kept, name, FILLS[name])
    _save(kept, taken_back)


def hand_over(account: str, *, giver: Person, taker: Person) -> None:
    """Tie the account with this key, if there is one, to ``taker``: if it is still the giver's and the taker has none."""
    if not account or str(giver.user_id) != account or taker.user_id is not None:
        return
    giver.user_id, taker.user_id = None, giver.user_id
    giver.save(update_fields=["user"])
    taker.save(update_fields=["user"])


def _save(kept: Person, changed: Collection[str]) -> None:
    """Save ``kept`` with its search column; with other particulars it is compared again."""
    kept.search_text = searched(kept)
    if changed:
        kept.match_key = ""
    kept.save()

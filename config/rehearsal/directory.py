"""Before the first act: the directory of focal points is imported from a file and confirmed in a campaign."""

import csv
import io
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.tokens import derive
from config.rehearsal.stage import SECRETARIAT, DoesNotAddUp, Stage
from participants.models import Campaign, CampaignEntry, DirectoryImport, FocalPoint, PersonalLink
from participants.models.campaigns import CampaignAnswer
from participants.models.focal_points import FocalPointKind
from participants.models.imports import ImportState
from participants.queries.exports import COLUMNS
from participants.queries.links import actor_for, resolve
from participants.verbs.campaigns import close_campaign, open_campaign, remind_campaign
from participants.verbs.confirmations import confirm_mandate, update_contact
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from participants.verbs.imports import begin_import, confirm_import
from participants.verbs.successions import propose_successor, record_proposal
from workshops.models import Programme

SINCE = date(2010, 1, 1)
KINDS = (FocalPointKind.CBD_PRIMARY, FocalPointKind.FAO)
SHARE_WITHOUT_FAO = 0.1  # gaps that stay visible (E12)
SHARE_SILENT, SHARE_LATE, SHARE_UPDATED, SHARE_SUCCEEDED = 0.2, 0.5, 0.1, 0.05
PATIENCE_SECONDS = 60
LETTER = b"%PDF-1.4\n% synthetic letter of designation for a rehearsal\n%%EOF\n"


def imported(stages: Sequence[Stage]) -> dict[str, int]:
    """Import every Party's focal points from one file, as a secretariat would: read, looked at, confirmed, written."""
    first = stages[0]
    rows = [row for stage in stages for row in _rows(stage)]
    begun = begin_import(
        _as_csv(rows),
        "focal-points-synthetic.csv",
        rehearsal=first.programme,
        by=SECRETARIAT,
        at=first.calendar.directory,
    )
    ready = _worked(begun.pk, read_import, ImportState.READY, first.calendar.directory)
    added = ready.rows.filter(verdict="added").count()
    first.expect("rows of the directory that can be written", added, len(rows))
    confirm_import(ready, by=SECRETARIAT, at=first.calendar.directory)
    done = _worked(begun.pk, write_import, ImportState.DONE, first.calendar.directory)
    first.expect("rows of the directory written", done.rows.filter(written=True).count(), len(rows))
    return {"focal_points": _standing(first.programme)}


def _rows(stage: Stage) -> list[dict[str, str]]:
    """Return the focal points of each Party: a CBD and mostly an FAO one, often a second of either kind."""
    found = []
    for party in stage.parties:
        kinds = [FocalPointKind.CBD_PRIMARY]
        kinds += [FocalPointKind.FAO] * (stage.random.random() >= SHARE_WITHOUT_FAO)
        kinds += stage.random.sample(
            [FocalPointKind.CBD_SECONDARY, FocalPointKind.PROTECTED_AREAS], k=stage.random.choice([0, 0, 1, 2])
        )
        for kind in kinds:
            role = stage.cast.draw(party.code)
            said = {"party": party.code, "kind": kind.value, "name": role.name, "email": role.email}
            more = {"position": role.position, "valid_from": SINCE.isoformat(), "designation": "synthetic"}
            found.append(said | more)
    return found


def _as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, [column for column in COLUMNS if column != "id"], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def _worked(
    key: UUID, work: Callable[..., DirectoryImport | None], wanted: ImportState, at: datetime
) -> DirectoryImport:
    """Do a part of an import here unless a worker was faster, then wait for the worker."""
    done = work(key, at=at)
    end = time.monotonic() + PATIENCE_SECONDS
    while done is None or done.state != wanted:
        done = DirectoryImport.objects.get(pk=key)
        if time.monotonic() > end or done.state in {ImportState.FAILED, ImportState.DISCARDED}:
            raise DoesNotAddUp(f"the import of the directory is {done.state}: {done.problem}")
        time.sleep(0.05)
    return done


def _standing(programme: Programme) -> int:
    return FocalPoint.objects.filter(person__rehearsal=programme, valid_to__isnull=True).count()


def confirmed(stages: Sequence[Stage], seed: int) -> dict[str, int]:
    """Ask every Party by a date whether its focal points are right; take the answers, remind the silent, close (E13)."""
    first, random = stages[0], Random(f"{seed}:campaign")  # noqa: S311  # no secret, but the same again
    calendar = first.calendar
    campaign = open_campaign(
        "Confirmation of focal points (synthetic)",
        KINDS,
        due_at=calendar.campaign_due,
        due_zone="UTC",
        rehearsal=first.programme,
        by=SECRETARIAT,
        at=calendar.campaign,
    )
    entries = list(_entries(campaign))
    silent = [each for each in entries if not _answers(first, each, random, calendar.campaign + timedelta(days=2))]
    reminded = remind_campaign(campaign, by=SECRETARIAT, at=calendar.campaign + timedelta(days=10))
    for each in silent:
        if each.mandate is not None and random.random() < SHARE_LATE:
            confirm_mandate(each, by=_asked(each, calendar.campaign), at=calendar.campaign + timedelta(days=12))
    recorded = _record(campaign, calendar.campaign + timedelta(days=14))
    close_campaign(campaign, by=SECRETARIAT, at=calendar.campaign_due)
    overdue = _entries(campaign).filter(answer=CampaignAnswer.WAITING).count()
    return {
        "campaign_entries": len(entries),
        "campaign_reminders": reminded,
        "campaign_recorded": recorded,
        "campaign_overdue": overdue,
    }


def _entries(campaign: Campaign) -> QuerySet[CampaignEntry]:
    rows = CampaignEntry.objects.filter(campaign=campaign).select_related("asked", "mandate__person", "campaign")
    return rows.order_by("party_id", "kind", "mandate__person__email")


def _asked(entry: CampaignEntry, at: datetime) -> Actor:
    """Return whoever was asked, as the bearer of the link that was mailed."""
    links = PersonalLink.objects.filter(campaign=entry.campaign, party=entry.party_id)
    link = links.filter(person__mandates__campaign_questions=entry).latest("created_at", "id")
    return actor_for(resolve(derive(link.pk), link.purpose, at=at))


def _answers(stage: Stage, entry: CampaignEntry, random: Random, at: datetime) -> bool:
    """Let a Party answer, or not: confirm, correct the contact, or name a successor with a letter."""
    if entry.asked is None or random.random() < SHARE_SILENT:
        return False
    chance, by = random.random(), _asked(entry, at)
    if entry.mandate is None or chance < SHARE_SUCCEEDED:
        role = stage.cast.draw(entry.party_id)
        propose_successor(
            entry,
            name=role.name,
            email=role.email,
            position=role.position,
            valid_from=at.date(),
            letter=LETTER,
            letter_name="designation.pdf",
            by=by,
            at=at,
        )
    elif chance < SHARE_SUCCEEDED + SHARE_UPDATED:
        update_contact(entry, position="Deputy Director (synthetic)", by=by, at=at)
    else:
        confirm_mandate(entry, by=by, at=at)
    return True


def _record(campaign: Campaign, at: datetime) -> int:
    """Record the designations whose letters came."""
    proposed = list(_entries(campaign).filter(answer=CampaignAnswer.PROPOSED))
    for entry in proposed:
        record_proposal(entry, by=SECRETARIAT, at=at)
    return len(proposed)

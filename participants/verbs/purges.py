"""The nightly purge: deletes what ``participants.privacy`` says, on time, and reports what it did.

Each rule goes some rows at a time, each time in a transaction of its own: it may run twice, two may run at once, and what a run
that was cut off has not done the next one does. Rows go first, then the files that nobody refers to any more. What one rule
meets does not keep the others from theirs.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import monotonic

from accounts.actors import CLOCK
from accounts.verbs.activities import record
from participants.models import Purge
from participants.verbs.purged_files import sweep_files
from participants.verbs.purged_people import erase_forgotten
from participants.verbs.purged_rows import (
    purge_addresses,
    purge_codes,
    purge_dead_addresses,
    purge_drafts,
    purge_imports,
    purge_journeys,
    purge_letters,
    purge_links,
    purge_needs,
    purge_papers,
    purge_passports,
    purge_proposals,
    purge_remarks,
)

logger = logging.getLogger(__name__)
ONCE_IN = timedelta(hours=23)
KEPT = timedelta(days=730)  # reports of purges themselves
FILES = "files"

CARRIED_OUT: Mapping[str, Callable[[datetime], int]] = {
    "passports": purge_passports,
    "needs": purge_needs,
    "journeys": purge_journeys,
    "papers": purge_papers,
    "remarks": purge_remarks,
    "drafts": purge_drafts,
    "links": purge_links,
    "codes": purge_codes,
    "letters": purge_letters,
    "dead-addresses": purge_dead_addresses,
    "imports": purge_imports,
    "proposals": purge_proposals,
    "addresses": purge_addresses,
    "people": erase_forgotten,
}


def purge_daily(*, at: datetime) -> Purge | None:
    """Purge unless a purge began within the last day; asked every hour, so that an outage delays it by no more than that."""
    if Purge.objects.filter(started_at__gt=at - ONCE_IN).exists():
        return None
    return purge(at=at)


def purge(*, at: datetime) -> Purge:
    """Delete all that is due at a moment, then the files nobody refers to, and return the report of it.

    Must stand outside any transaction. Of a rule that fails the report has the name; what it was is in the log of the program.
    """
    run, began, problems = Purge.objects.create(started_at=at), monotonic(), []
    for name, rule in (*CARRIED_OUT.items(), (FILES, sweep_files)):
        try:
            run.counts[name] = rule(at)
        except Exception:
            logger.exception("The purge of %s failed", name)
            problems.append(name)
        run.save(update_fields=["counts"])  # how far it came is seen when it is cut off
    run.files = run.counts.pop(FILES, 0)
    run.problem, run.ended_at = ", ".join(problems), at + timedelta(seconds=monotonic() - began)
    run.save()
    Purge.objects.filter(started_at__lt=at - KEPT).delete()
    record("purge", run, by=CLOCK, at=at, rows=sum(run.counts.values()), files=run.files)
    return run

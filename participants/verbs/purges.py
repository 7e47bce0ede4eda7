"""The nightly purge: deletes what ``participants.privacy`` says, on time, and reports what it did.

Each rule is carried out by itself, in a transaction of its own; it may run twice, and a run that was cut off is taken up by the
next one. What one rule meets does not keep the others from theirs.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

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
)

logger = logging.getLogger(__name__)
KEPT = timedelta(days=730)  # reports of purges themselves

CARRIED_OUT: Mapping[str, Callable[[datetime], int]] = {
    "passports": purge_passports,
    "needs": purge_needs,
    "journeys": purge_journeys,
    "papers": purge_papers,
    "drafts": purge_drafts,
    "links": purge_links,
    "codes": purge_codes,
    "letters": purge_letters,
    "dead-addresses": purge_dead_addresses,
    "imports": purge_imports,
    "addresses": purge_addresses,
    "people": erase_forgotten,
}


def purge(*, at: datetime) -> Purge:
    """Delete all that is due at a moment, then the files nobody refers to, and return the report of it."""
    run = Purge.objects.create(started_at=at)
    problems = []
    for name, rule in CARRIED_OUT.items():
        try:
            with transaction.atomic():
                run.counts[name] = rule(at)
        except Exception:
            logger.exception("The purge of %s failed", name)
            problems.append(name)
    try:
        run.files = sweep_files(at)
    except Exception:
        logger.exception("The purge of files failed")
        problems.append("files")
    run.problem, run.ended_at = ", ".join(problems), at
    run.save()
    Purge.objects.filter(started_at__lt=at - KEPT).delete()
    return run

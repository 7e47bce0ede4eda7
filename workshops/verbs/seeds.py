"""Seeds: reference data and a programme, put in place once and never over what people changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotFound
from accounts.verbs.activities import record
from workshops.verbs.planting import Bed, Planted
from workshops.verbs.seed_decisions import plant_decisions, plant_targets
from workshops.verbs.seed_parties import plant_parties, plant_regions
from workshops.verbs.seed_programmes import plant_programme

SEEDS = ("annex-ii",)


def seed(name: str, *, by: Actor, at: datetime) -> list[Planted]:
    """Put the reference data and the programme ``name`` in place; return what was added and kept, table by table.

    Only rows that are missing are created, so a second run adds nothing and edits stay. Raises ``NotFound``
    (``seed_unknown``).
    """
    if name not in SEEDS:
        known = ", ".join(SEEDS)
        raise NotFound(
            "seed_unknown", _("There is no seed “%(name)s”; known: %(known)s.") % {"name": name, "known": known}
        )
    bed = Bed()
    with transaction.atomic():
        plant_parties(bed)
        plant_regions(bed)
        plant_decisions(bed)
        plant_targets(bed)
        programme = plant_programme(bed, name)
        added = sum(table.added for table in bed.counts)
        if added:
            record("seed", programme, by=by, at=at, added=added)
    return bed.counts

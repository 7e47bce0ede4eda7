"""Asking Parties for their national targets after a workshop."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from accounts.verbs.activities import record
from correspondence.facts import Moment
from correspondence.models import Mailing
from participants.models import FocalPoint
from participants.models.focal_points import FocalPointKind
from participants.models.links import LinkPurpose
from participants.queries.focal_points import standing
from participants.queries.persons import rehearsal_of
from participants.queries.wording import facts, party_name
from participants.verbs.letters import already_written, language_of, write_to
from participants.verbs.links import issue_link
from workshops.models import Workshop

LINK_GRACE = timedelta(days=365)
ASKED = (FocalPointKind.CBD_PRIMARY, FocalPointKind.CBD_SECONDARY)


def ask_for_targets(
    workshop: Workshop, *, due_at: datetime, mailing: Mailing | None = None, by: Actor, at: datetime
) -> int:
    """Write to the CBD focal points of every Party the workshop serves, with a personal link each; return how many letters.

    Asking again writes only to focal points who were not asked before. ``due_at`` is when the targets are wanted (UTC).
    Source: note, paras 9, 18 (a) and 19. Raises ``NotAllowed`` and ``Invalid`` (``due_past``).
    """
    by.require_organizer()
    if due_at <= at:
        raise Invalid("due_past", _("The date is over already; set a later one."), field="due_at")
    with transaction.atomic():
        asked = {
            f"targets-request:{workshop.pk}:{each.party_id}:{each.person_id}": each for each in _asked(workshop, at)
        }
        for key in already_written(asked):
            del asked[key]
        for key, mandate in asked.items():
            _write(workshop, mandate, key=key, due_at=due_at, mailing=mailing, at=at)
        if asked:
            record("ask_for_targets", workshop, by=by, at=at, letters=len(asked))
    return len(asked)


def _asked(workshop: Workshop, at: datetime) -> list[FocalPoint]:
    return list(
        standing(at.date(), kinds=ASKED)
        .filter(party__coverages__workshop=workshop, person__rehearsal=rehearsal_of(workshop.programme))
        .exclude(person__email="")
        .select_related("person", "party")
        .order_by("party_id", "kind", "id")
    )


def _write(
    workshop: Workshop, mandate: FocalPoint, *, key: str, due_at: datetime, mailing: Mailing | None, at: datetime
) -> None:
    language = language_of(mandate.person, mandate.party, mandate)
    link = issue_link(
        mandate.person,
        LinkPurpose.TARGETS,
        at=at,
        expires_at=due_at + LINK_GRACE,
        workshop=workshop,
        party=mandate.party,
    )
    write_to(
        mandate.person,
        "targets-request",
        key=key,
        language=language,
        context={
            "party": party_name(mandate.party, at.date(), language),
            "workshop": facts(workshop, at.date(), language)["workshop"],
            "deadline": Moment(due_at, workshop.zone),
        },
        about=workshop,
        workshop=workshop,
        at=at,
        link=link,
        mailing=mailing,
    )

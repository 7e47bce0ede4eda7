"""Mandates of focal points begin and end; an old one keeps its end date."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import FocalPoint, Person
from participants.models.focal_points import FocalPointKind
from workshops.models import Party


def designate(
    party: Party,
    person: Person,
    kind: str,
    *,
    valid_from: date,
    valid_to: date | None = None,
    designation: str = "",
    by: Actor,
    at: datetime,
) -> FocalPoint:
    """Record a mandate of ``person`` for ``party`` in the half-open range [``valid_from``, ``valid_to``).

    Raises ``NotAllowed`` for others than organizers, ``Invalid`` (``unknown_choice``, ``range_reversed``) for bad values and
    ``Refused`` (``mandate_exists``) for the same mandate again.
    """
    by.require_organizer()
    if kind not in FocalPointKind.values:
        raise Invalid("unknown_choice", _("Choose one of the kinds of focal point."), field="kind")
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid("range_reversed", _("A mandate ends after the day it begins."), field="valid_to")
    with transaction.atomic():
        mandate, created = FocalPoint.objects.get_or_create(
            party=party,
            person=person,
            kind=kind,
            valid_from=valid_from,
            defaults={"valid_to": valid_to, "designation": designation[:120]},
        )
        if not created:
            raise Refused("mandate_exists", _("This mandate is already in the directory."), field="person")
        record("designate", mandate, by=by, at=at, kind=kind)
    return mandate


def end_mandate(focal_point: FocalPoint, *, on: date, by: Actor, at: datetime) -> FocalPoint:
    """End a mandate: ``on`` is the first day on which it no longer stands.

    Raises ``NotAllowed`` for others than organizers and ``Invalid`` (``range_reversed``) for a day before its beginning.
    """
    by.require_organizer()
    with transaction.atomic():
        mandate = FocalPoint.objects.select_for_update().get(pk=focal_point.pk)
        if on <= mandate.valid_from:
            raise Invalid("range_reversed", _("A mandate ends after the day it begins."), field="on")
        mandate.valid_to = on
        mandate.save(update_fields=["valid_to"])
        record("end_mandate", mandate, by=by, at=at, on=on.isoformat())
    return mandate

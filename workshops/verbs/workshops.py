"""Giving numbers and moving a workshop through its life."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotFound, Refused
from accounts.states import move
from accounts.verbs.activities import record
from workshops.models import Workshop
from workshops.models.workshops import WORKSHOP_STEPS, WorkshopStage

FARTHEST = timedelta(days=3660)


def next_reference(workshop: Workshop) -> str:
    """Return the workshop's next number as people see it (``ANNEX2-AMM-014``), never given before or again.

    The update locks the row until the caller's transaction ends, so that two callers at once get two numbers; a rolled
    back caller gives its number back. Raises ``NotFound`` (``workshop_unknown``).
    """
    with transaction.atomic():
        row = Workshop.objects.filter(pk=workshop.pk)
        if not row.update(last_number=F("last_number") + 1):
            raise NotFound("workshop_unknown", _("There is no such workshop any more."))
        reference, number = row.values_list("reference", "last_number").get()
    workshop.last_number = number
    return f"{reference}-{number:03d}"


def advance(workshop: Workshop, stage: str, *, by: Actor, at: datetime) -> Workshop:
    """Move ``workshop`` to ``stage`` and return it; the caller's row is brought up to date.

    Raises ``Refused`` (``illegal_step``) when the table of stages has no such step, and (``workshop_put_off``) when a
    step would tell people days that are not known.
    """
    with transaction.atomic():
        locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
        before = locked.stage
        if stage not in (WorkshopStage.REPORTED, WorkshopStage.CANCELLED):
            require_days(locked)
        move(locked, stage, WORKSHOP_STEPS, field="stage")
        locked.save(update_fields=["stage"])
        record("advance", locked, by=by, at=at, before=before, stage=locked.stage)
    workshop.stage = locked.stage
    return workshop


def require_days(workshop: Workshop) -> None:
    """Raise ``Refused`` (``workshop_put_off``) while the new days of a workshop are still to be told."""
    if workshop.put_off:
        raise Refused("workshop_put_off", _("The workshop was put off; give it new days first."))


def require_ahead(workshop: Workshop) -> None:
    """Raise ``Refused`` (``workshop_over``) once a workshop was held or cancelled."""
    if WorkshopStage.CANCELLED not in WORKSHOP_STEPS[workshop.stage]:
        raise Refused("workshop_over", _("A workshop that was held or cancelled stays as it is."))


def put_off(workshop: Workshop) -> None:
    """Take its days from a workshop until new ones are told; the old ones stay to be named. The caller holds the lock.

    Raises ``Refused`` (``workshop_over``, ``put_off_already``).
    """
    require_ahead(workshop)
    if workshop.put_off:
        raise Refused("put_off_already", _("The workshop was put off already."))
    workshop.put_off = True
    workshop.revision += 1
    workshop.save(update_fields=["put_off", "revision"])


def hold_online(workshop: Workshop, web_address: str) -> None:
    """Let a workshop be held in a virtual room, at ``web_address`` (or told later, when empty). The caller holds the lock.

    Raises ``Invalid`` (``web_address_wrong``) and ``Refused`` (``workshop_over``, ``online_already`` unless the address is a
    new one).
    """
    require_ahead(workshop)
    if web_address:
        _check_address(web_address)
    if workshop.online and workshop.web_address == web_address:
        raise Refused("online_already", _("The workshop is held online at this address already."), field="web_address")
    workshop.online, workshop.web_address = True, web_address
    workshop.revision += 1
    workshop.save(update_fields=["online", "web_address", "revision"])


def _check_address(address: str) -> None:
    try:
        Workshop._meta.get_field("web_address").run_validators(address)  # noqa: SLF001  # Django's documented Meta API
    except ValidationError as error:
        raise Invalid(
            "web_address_wrong",
            _("Give an address that begins with https://, of at most 300 characters."),
            field="web_address",
        ) from error


def move_days(workshop: Workshop, starts_on: date, ends_on: date, *, at: datetime) -> None:
    """Give a workshop that was not held yet other days: its agenda moves along, its revision counts one up.

    One that was put off may return to the days it had. The caller holds the row's lock and the transaction. Raises
    ``Invalid`` (``days_past``, ``days_reversed``, ``days_far``) and ``Refused`` (``workshop_over`` once it was held or
    cancelled, ``same_days``).
    """
    require_ahead(workshop)
    _check_days(starts_on, ends_on, at.astimezone(ZoneInfo(workshop.zone)).date())
    if not workshop.put_off and (starts_on, ends_on) == (workshop.starts_on, workshop.ends_on):
        raise Refused("same_days", _("The workshop is on these days already."), field="starts_on")
    by_days = starts_on - workshop.starts_on
    workshop.starts_on, workshop.ends_on = starts_on, ends_on
    workshop.put_off = False
    workshop.revision += 1
    workshop.save(update_fields=["starts_on", "ends_on", "put_off", "revision"])
    _move_agenda(workshop, by_days)


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    if starts_on <= today:
        raise Invalid("days_past", _("The first day must be after today."), field="starts_on")
    if ends_on < starts_on:
        raise Invalid("days_reversed", _("The last day must not come before the first."), field="ends_on")
    if ends_on > today + FARTHEST:
        raise Invalid("days_far", _("Choose days within the next ten years."), field="ends_on")


def _move_agenda(workshop: Workshop, by_days: timedelta) -> None:
    """Keep each session on its day of the workshop and at its hour on the venue's clock."""
    zone = ZoneInfo(workshop.zone)
    # The farthest first, so that no session takes the room of one that has not moved yet.
    for session in workshop.sessions.order_by("-starts_at" if by_days > timedelta() else "starts_at"):
        # Sums of local times count on the clock of the zone, whatever summer time does in between.
        session.starts_at = session.starts_at.astimezone(zone) + by_days
        session.ends_at = session.ends_at.astimezone(zone) + by_days
        session.save(update_fields=["starts_at", "ends_at"])

"""What a workshop asks of those who accepted, stage by stage, and what of it a registration still lacks."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from participants.models import Registration, RegistrationTerms
from participants.models.asked import Asking
from participants.models.registrations import RegistrationStage
from workshops.models import Workshop

PASSPORT_DAYS = 30  # as RegistrationTerms.passport_days
ON_THE_ROAD = (RegistrationStage.DOCUMENT, RegistrationStage.TRAVEL, RegistrationStage.STAY)


def asking(workshop: Workshop) -> dict[RegistrationStage, Asking]:
    """Return how each stage is asked, in the order of the stages.

    Without a word of the organizers only the names are needed; whoever takes part online is asked nothing about a journey, and
    nobody is asked questions that the organizers have not written.
    """
    found = dict.fromkeys(RegistrationStage, Asking.WELCOME) | {RegistrationStage.IDENTITY: Asking.NEEDED}
    if workshop.online:
        found |= dict.fromkeys(ON_THE_ROAD, Asking.OFF)
    found |= {RegistrationStage(row.stage): Asking(row.asking) for row in workshop.asked_stages.all()}
    return found | {RegistrationStage.QUESTIONS: _questions(workshop)}


def _questions(workshop: Workshop) -> Asking:
    open_ones = workshop.registration_questions.filter(closed_at__isnull=True).values_list("needed", flat=True)
    needed = list(open_ones)
    return Asking.NEEDED if any(needed) else Asking.WELCOME if needed else Asking.OFF


def stages_of(workshop: Workshop) -> list[RegistrationStage]:
    """Return the stages that are asked, in their order."""
    return [stage for stage, how in asking(workshop).items() if how != Asking.OFF]


def saved(registration: Registration) -> set[str]:
    """Return the stages of a registration that were saved."""
    return set(registration.saved_stages.values_list("stage", flat=True))


def missing(registration: Registration) -> list[RegistrationStage]:
    """Return the stages that are needed and were not saved yet, in their order."""
    workshop, done = registration.invitation.nomination.call.workshop, saved(registration)
    return [stage for stage, how in asking(workshop).items() if how == Asking.NEEDED and stage not in done]


def next_stage(registration: Registration) -> RegistrationStage | None:
    """Return the first stage that is asked and was not saved yet, if any."""
    done = saved(registration)
    open_ones = stages_of(registration.invitation.nomination.call.workshop)
    return next((stage for stage in open_ones if stage not in done), None)


def closes_at(workshop: Workshop) -> datetime:
    """Return until when people register and change what they told: the organizers' word, else the end of the last day there."""
    terms = RegistrationTerms.objects.filter(workshop=workshop).first()
    if terms is not None and terms.closes_at is not None:
        return terms.closes_at
    return datetime.combine(workshop.ends_on, time(23, 59, 59), tzinfo=ZoneInfo(workshop.zone))


def closed(workshop: Workshop, at: datetime) -> bool:
    """Whether registration is over."""
    return at > closes_at(workshop)


def passport_days(workshop: Workshop) -> int:
    """Return how many days after its last day a workshop's passports and visas are deleted."""
    terms = RegistrationTerms.objects.filter(workshop=workshop).first()
    return terms.passport_days if terms is not None else PASSPORT_DAYS

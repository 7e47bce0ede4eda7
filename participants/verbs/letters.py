"""Letters to people of a call: who receives them, in which language, with which facts."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Model

from correspondence.facts import Fact, Facts
from correspondence.kinds import KINDS
from correspondence.models import Mailing, Message
from correspondence.verbs.messages import Recipient, queue_message
from documents.calendars import Event
from participants.models import FocalPoint, Nomination, Person, PersonalLink
from participants.queries.wording import event_of, facts, party_name
from participants.verbs.links import path_of
from workshops.models import Party, Workshop


def language_of(person: Person, party: Party | None, mandate: FocalPoint | None = None) -> str:
    """Return the language to write in: that of the ``mandate`` written about, the person's, the Party's, else English."""
    told = (mandate.language if mandate is not None else "", person.language, party.language if party else "")
    return next(filter(None, told), settings.LANGUAGE_CODE)


def already_written(keys: Iterable[str]) -> set[str]:
    """Return those of the occasions for which the outbox has a letter already."""
    return set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def write_to(
    person: Person,
    kind: str,
    *,
    key: str,
    language: str,
    context: Facts,
    about: Model,
    workshop: Workshop | None,
    at: datetime,
    link: PersonalLink | None = None,
    event: Event | None = None,
    mailing: Mailing | None = None,
) -> Message | None:
    """Put one letter into the outbox; ``None`` when the register has no address for the person.

    A letter about the directory is of no ``workshop``.
    """
    if not person.email:
        return None
    return queue_message(
        key=key,
        kind=kind,
        recipient=Recipient(name=person.name, address=person.email, language=language, person_key=person.pk),
        context={"name": person.name, **context},
        about=about,
        topic=workshop.reference if workshop is not None else "",
        link=path_of(link) if link is not None else None,
        event=event,
        mailing=mailing,
        at=at,
    )


def key_for(nomination: Nomination, kind: str, occasion: str = "") -> str:
    """Return the name of one occasion to write to a nominee."""
    return ":".join(filter(None, [kind, str(nomination.pk), occasion]))


def event_for(nomination: Nomination, at: datetime, *, cancelled: bool = False) -> Event:
    """Return the workshop of a nomination as the nominee's calendar shows it."""
    language = language_of(nomination.person, nomination.party)
    return event_of(nomination.call.workshop, at.date(), language, cancelled=cancelled)


def write_to_nominee(
    nomination: Nomination,
    kind: str,
    *,
    at: datetime,
    link: PersonalLink | None = None,
    occasion: str = "",
    event: Event | None = None,
    mailing: Mailing | None = None,
    **extra: Fact,
) -> Message | None:
    """Write to a nominee about the own nomination; ``occasion`` tells letters of one kind apart.

    Facts of the workshop and the nomination are told as far as the kind knows them; ``extra`` holds the others.
    """
    workshop = nomination.call.workshop
    language = language_of(nomination.person, nomination.party)
    known: dict[str, Fact] = {
        **facts(workshop, at.date(), language),
        "party": party_name(nomination.party, at.date(), language),
        "venue": "" if workshop.online else workshop.venue,
        "reference": nomination.reference,
    }
    asked = KINDS[kind].facts
    context = {name: fact for name, fact in known.items() if name in asked} | extra
    return write_to(
        nomination.person,
        kind,
        key=key_for(nomination, kind, occasion),
        language=language,
        context=context,
        about=nomination,
        workshop=workshop,
        at=at,
        link=link,
        event=event,
        mailing=mailing,
    )

"""Many selected nominees of one workshop, made in a few statements."""

from datetime import datetime, timedelta
from itertools import islice, product
from string import ascii_uppercase

from participants.models import Call, Nomination, Person
from participants.models.nominations import NominationState, Sector, Track
from tests import builders
from workshops.models import Party

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def crowd(count: int, *, at: datetime) -> tuple[list[Nomination], datetime]:
    """Return ``count`` selected nominees, three a Party, whose addresses are numbered, and when their answers are due."""
    day = at.date() + timedelta(days=90)
    workshop = builders.workshop(starts_on=day, seats=30000, stage="selected")
    call = Call.objects.create(
        workshop=workshop,
        symbol="ANNEX2-AMM-000",
        state="closed",
        opened_at=at - timedelta(days=30),
        deadline_at=at - timedelta(days=1),
        deadline_zone="Asia/Amman",
        seats_per_party=3,
    )
    codes = map("".join, product("QXZ", ascii_uppercase, ascii_uppercase))
    parties = Party.objects.bulk_create(
        Party(code=code, name_en=code, name={"en": code}, in_force_on=at.date() - timedelta(days=9000))
        for code in islice(codes, -(-count // 3))
    )
    people = Person.objects.bulk_create(
        Person(
            name=f"Synthetic Expert {number}",
            email=f"expert{number}@ministry.example",
            language=LANGUAGES[number % len(LANGUAGES)],
        )
        for number in range(count)
    )
    return _nominate(call, parties, people, at), at + timedelta(days=30)


def _nominate(call: Call, parties: list[Party], people: list[Person], at: datetime) -> list[Nomination]:
    return Nomination.objects.bulk_create(
        Nomination(
            reference=f"ANNEX2-AMM-{number:05}",
            call=call,
            party=parties[number // 3],
            person=person,
            track=Track.values[0],
            sector=Sector.values[0],
            rank=number % 3 + 1,
            state=NominationState.SELECTED,
            submitted_at=at,
        )
        for number, person in enumerate(people)
    )

"""A crowd of nominations, written straight into PostgreSQL: synthetic people of all Parties and of an organization."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

from django.db import connection

from benchmarks.scene import AT, TODAY
from participants.models import Call, Nomination, Organization, Person
from participants.models.nominations import NominationState, Sector, Track
from workshops.models import Party, Workshop
from workshops.queries.names import index
from workshops.queries.parties import parties_on

WORKSHOPS = 10
WRITTEN = 2000  # row by row; the others are copies of these
RANKS = (1, 2, 3)
# Ten first names and ten family names make a hundred people who differ by a number alone, as in a register of the world.
FIRST = ("Suharyanto", "Rania", "Nadia", "José", "Ngozi", "Wei", "Olga", "Amadou", "Priya", "Tevita")
FAMILY = ("al-Masri", "Khoury", "Okafor", "Müller", "Nguyễn", "Díaz", "Иванова", "Diallo", "Sharma", "Fonua")
STATES = (
    NominationState.SUBMITTED,
    NominationState.SELECTED,
    NominationState.RESERVE,
    NominationState.NOT_SELECTED,
)


class Crowd:
    """Grows to a number of nominations over ten workshops, half of them by Parties, submitted one a minute."""

    def __init__(self) -> None:
        workshops = Workshop.objects.order_by("slug")[:WORKSHOPS]
        self.calls = [
            Call.objects.create(
                workshop=workshop,
                symbol=f"{workshop.reference}-001",
                opened_at=AT,
                deadline_at=AT + timedelta(days=60),
                deadline_zone="UTC",
                seats_per_party=len(RANKS),
            )
            for workshop in workshops
        ]
        self.organization = Organization.objects.create(name="Regional organization (synthetic)", kind="regional")
        self.seats = list(product(parties_on(TODAY).order_by("code"), RANKS))
        self.count = 0

    def grow(self, count: int) -> None:
        """Add nominations until there are ``count``: at most 2,000, or a multiple of them."""
        numbers = range(self.count, min(count, WRITTEN))
        people = Person.objects.bulk_create(map(_person, numbers))
        Nomination.objects.bulk_create(self._nominations(numbers, people))
        if count > WRITTEN:
            _copy(count // WRITTEN - 1)
        self.count = count

    def _nominations(self, numbers: range, people: list[Person]) -> Iterator[Nomination]:
        for number, person in zip(numbers, people, strict=True):
            place, turn = divmod(number, len(self.calls))
            party, rank, state = self._seat(place)
            yield Nomination(
                reference=f"{self.calls[turn].symbol[:-3]}{place + 2:03}",
                call=self.calls[turn],
                party=party,
                organization=None if party else self.organization,
                person=person,
                track=Track.values[number % len(Track)],
                sector=Sector.values[number % len(Sector)],
                rank=rank,
                expertise="Restoration of degraded land (synthetic).",
                state=state,
                submitted_at=AT + timedelta(minutes=number),
            )

    def _seat(self, place: int) -> tuple[Party | None, int | None, NominationState]:
        """Return who sends the nominee at a place in a call: a Party and the organization in turns."""
        if place % 2:
            return None, None, STATES[place // 2 % len(STATES)]
        return *self.seats[place // 2], NominationState.SUBMITTED


def _person(number: int) -> Person:
    name = f"{FIRST[number % 10]} {FAMILY[number // 10 % 10]} {number}"
    return Person(name=name, search_text=index([name]), email=f"expert{number}@ministry.example")


def _copy(times: int) -> None:
    """Copy the people and their nominations so many times; a Party's place is taken, so that its copies are withdrawn."""
    _insert(
        Person,
        times,
        id="md5(n || id::text)::uuid",
        name="name || '-' || n",
        search_text="search_text || n || ' '",
        email="replace(email, '@', '.' || n || '@')",
    )
    _insert(
        Nomination,
        times,
        id="md5(n || id::text)::uuid",
        person_id="md5(n || person_id::text)::uuid",
        reference="reference || '-' || n",
        state="CASE WHEN party_id IS NULL THEN state ELSE 'withdrawn' END",
        submitted_at=f"submitted_at + n * interval '{WRITTEN} minutes'",
    )


def _insert(model: type[Person | Nomination], times: int, **changed: str) -> None:
    columns = [str(field.column) for field in model._meta.concrete_fields]  # noqa: SLF001  # Django's documented Meta API
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    nominees = "email LIKE 'expert%'" if model is Person else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {values}'  # noqa: S608, SLF001  # our own columns
            f' FROM "{model._meta.db_table}", generate_series(1, {times}) n WHERE {nominees}'  # noqa: SLF001
        )

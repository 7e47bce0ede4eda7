"""The nightly sweep for duplicates, against the bare SQL that reads every row and finds equal keys and addresses."""

import random
from collections.abc import Iterator
from functools import partial

from django.db import connection

from benchmarks import scene
from benchmarks.figures import Figure, fastest
from participants.models import FocalPoint, Person
from participants.verbs.duplicates import find_pairs
from workshops.models import Party

PEOPLE = 20_000
TWINS = 200
ROUNDS = 2
SYLLABLES = (
    "ma",
    "ri",
    "no",
    "ka",
    "du",
    "sha",
    "ber",
    "tol",
    "vin",
    "zan",
    "pe",
    "lu",
    "gor",
    "han",
    "mi",
    "tek",
    "or",
    "wen",
)
EQUAL = """
SELECT one.id, other.id FROM participants_person one JOIN participants_person other
ON one.id < other.id AND one.{column} = other.{column}
WHERE one.{column} <> ''
"""


def measure() -> Iterator[Figure]:
    """Measure ``duplicates.sweep`` in seconds: everybody compared with everybody."""
    people = _crowd()
    find_pairs(everybody=True, at=scene.AT)  # gives everybody a key
    ours, bare = fastest(ROUNDS, partial(find_pairs, everybody=True, at=scene.AT), _bare)
    yield Figure(
        name="duplicates.sweep",
        value=ours,
        unit="s",
        limit=bare,
        rows=people,
        note="all people compared; limit: SQL that reads every row and joins equal keys and equal addresses",
    )


def _crowd() -> int:
    """Write synthetic people of all Parties, a few of them twice; return how many there are."""
    chance = random.Random(4)
    people = Person.objects.bulk_create(_people(chance), batch_size=2000)
    parties = list(Party.objects.order_by("code"))
    FocalPoint.objects.bulk_create(
        (
            FocalPoint(party=parties[number % len(parties)], person=person, kind="PA-FP", valid_from=scene.TODAY)
            for number, person in enumerate(people)
        ),
        batch_size=2000,
    )
    return Person.objects.count()


def _people(chance: random.Random) -> Iterator[Person]:
    for number in range(PEOPLE):
        name = f"{_word(chance)} {_word(chance)}"
        again = 2 if number < TWINS else 1
        for _each in range(again):
            yield Person(name=name, sort_key=name, search_text=name.lower(), email=f"p{number}@crowd.example")


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, match_key, email, phone, rehearsal_id FROM participants_person")
        cursor.fetchall()
        for column in ("match_key", "email"):
            cursor.execute(EQUAL.format(column=column))
            cursor.fetchall()

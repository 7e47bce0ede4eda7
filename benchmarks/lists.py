"""What ``benchmarks.nominations`` measures: page, filter and search lists of 100,000 nominations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import CLOCK
from accounts.models import User
from accounts.verbs.tokens import issue_token
from benchmarks import scene
from benchmarks.crowd import Crowd
from benchmarks.figures import Figure, fastest
from benchmarks.scratch import furnish
from benchmarks.wsgi import asker
from participants.models import FocalPoint, Person
from workshops.models import Party

ROWS = 100_000
FEW = (1, 3)
PAGE = 50  # rows, in the admin and in the API
ROUNDS = 5
PARTY = "AFG"  # the first by code: it has the first nomination
SINCE = date(2000, 1, 1)
ADMIN = "/admin/participants/nomination/"
API = "/api/v1/nominations/"
BARE = """SELECT n.*, p.name, p.gender, p.email, party.name, o.name, w.slug FROM participants_nomination n
  JOIN participants_person p ON p.id = n.person_id JOIN participants_call c ON c.id = n.call_id
  JOIN workshops_workshop w ON w.id = c.workshop_id LEFT JOIN workshops_party party ON party.code = n.party_id
  LEFT JOIN participants_organization o ON o.id = n.organization_id """
COUNT = "SELECT count(*) FROM participants_nomination n "
PEOPLE = "JOIN participants_person p ON p.id = n.person_id "
NEWEST, OLDEST = "n.submitted_at DESC, n.id DESC", "n.submitted_at, n.id"
SUBMITTED = "WHERE n.state = 'submitted'"
NAMED = "WHERE p.search_text LIKE '%suharyanto%'"
ADDRESSED = "WHERE p.email = 'expert0@ministry.example'"
MONTH = "WHERE n.submitted_at >= '2013-11-01 00:00Z' AND n.submitted_at < '2013-12-01 00:00Z'"
OWN = f"WHERE n.party_id = '{PARTY}'"


@dataclass(frozen=True)
class View:
    """One page of a list: what it shows, its query string, and the rest of the bare SQL that reads the same rows."""

    shows: str
    query: str
    where: str
    order: str

    def bare(self) -> None:
        """Count the rows and read those of the page with nothing but SQL."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT + PEOPLE * ("p." in self.where) + self.where)
            cursor.fetchall()
            cursor.execute(f"{BARE} {self.where} ORDER BY {self.order} LIMIT {PAGE}")  # the texts above
            cursor.fetchall()


@dataclass(frozen=True)
class Door:
    """A list as somebody opens it: its address, the headers that say who, and the pages looked at."""

    address: str
    headers: dict[str, str]
    views: tuple[View, ...]

    def asks(self, rows: int) -> list[Callable[[], bytes]]:
        """Return a call for each page when the list has so many rows."""
        last = ceil(rows / PAGE)
        return [asker(self.address + view.query.format(last=last), None, **self.headers) for view in self.views]

    def queries(self, rows: int) -> list[int]:
        """Return how many questions each page asks the database, once it is warm."""
        counts = []
        for ask in self.asks(rows):
            ask()
            with CaptureQueriesContext(connection) as seen:
                ask()
            counts.append(len(seen))
        return counts


PAGES = (
    View("first page", "", "", NEWEST),
    View("last page", "?p={last}", "", OLDEST),
    View("a state", "?state__exact=submitted", SUBMITTED, NEWEST),
    View("a month", "?submitted_at__year=2013&submitted_at__month=11", MONTH, NEWEST),
    View("a name", "?q=Suharyanto", NAMED, NEWEST),
    View("an address", "?q=expert0@ministry", ADDRESSED, NEWEST),
)
LISTS = (
    View("first page", "", "", OLDEST),
    View("last page", "?page={last}", "", NEWEST),
    View("a state", "?state=submitted", SUBMITTED, OLDEST),
    View("a name", "?search=Suharyanto", NAMED, OLDEST),
)
OWN_LISTS = (
    View("a Party's own", "", OWN, OLDEST),
    View("a Party's own of a state", "?state=submitted", f"{OWN} AND n.state = 'submitted'", OLDEST),
)


def measure() -> Iterator[Figure]:
    """Measure ``pages.nominations`` and ``api.nominations`` in milliseconds, over all their pages."""
    furnish()
    crowd = Crowd()
    desk, api, own = doors = _doors()
    asked = []
    for rows in (*FEW, ROWS):
        crowd.grow(rows)
        asked.append([door.queries(rows) for door in doors])
    if any(each != asked[0] for each in asked):
        raise RuntimeError(f"The number of queries depends on the rows: {asked} for {FEW} and {ROWS:,}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    yield _figure("pages.nominations", [desk], max(asked[0][0]))
    yield _figure("api.nominations", [api, own], max(asked[0][1] + asked[0][2]))


def _doors() -> tuple[Door, Door, Door]:
    """Return the organizer's pages, the organizer's lists through the API, and those of a focal point."""
    browser = Client()
    browser.force_login(scene.organizer())
    cookie = browser.cookies.output(header="", sep=";").split(";", 1)[0].strip()
    user = User.objects.create_user("focal.point@ministry.example", name="Focal point")
    person = Person.objects.create(name="Focal point (synthetic)", email=user.email, user=user)
    FocalPoint.objects.create(person=person, party=Party.objects.get(pk=PARTY), kind="CBD-FP1", valid_from=SINCE)
    tokens = [f"Token {issue_token(each, by=CLOCK, at=scene.AT)}" for each in (scene.organizer(), user)]
    return (
        Door(ADMIN, {"cookie": cookie}, PAGES),
        Door(API, {"authorization": tokens[0]}, LISTS),
        Door(API, {"authorization": tokens[1]}, OWN_LISTS),
    )


def _figure(name: str, doors: list[Door], queries: int) -> Figure:
    ours, bare, parts = 0.0, 0.0, []
    for door in doors:
        for view, ask in zip(door.views, door.asks(ROWS), strict=True):
            taken, least = fastest(ROUNDS, ask, view.bare)
            ours, bare = ours + taken * 1000, bare + least * 1000
            parts.append(f"{view.shows} {taken * 1000:.0f} ({least * 1000:.0f})")
    note = f"{', '.join(parts)}; at most {queries} queries each, as many as for 1 and 3 rows; limit: bare SQL, one connection"
    return Figure(name=name, value=ours, unit="ms", limit=bare, rows=ROWS, note=note)

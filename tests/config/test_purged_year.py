"""A rehearsed workshop and the years after it: each night takes what is due, none takes more, and no figure moves."""

import hashlib
from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from accounts.models import User
from config.desk import standings
from config.rehearsal.stage import SECRETARIAT
from correspondence.models import Message, StoredFile
from correspondence.queries.files import read_bytes
from correspondence.verbs.files import store_file
from documents.canonical import canonical_json
from participants.models import (
    EmergencyContact,
    Invitation,
    Journey,
    Needs,
    Nomination,
    NominationDocument,
    Person,
    Registration,
    Selection,
    Stay,
    TravelDocument,
    Visa,
)
from participants.queries.statistics import table
from participants.queries.statistics_fields import FIELDS
from participants.verbs.erasures import erase_person
from participants.verbs.purges import purge
from targets.models import Compilation
from tests import builders
from workshops.models import Workshop

pytestmark = pytest.mark.django_db(transaction=True)

DETAILS = (TravelDocument, Visa, Needs, EmergencyContact, Journey, Stay)


@pytest.fixture
def workshop(db, tmp_path):
    """A practice copy of Suva 2013 from the call to the report, with all that its participants told for the journey."""
    call_command("seed", "annex-ii", verbosity=0)
    call_command("rehearse", "--out", str(tmp_path), "--workshop", "suva-2013", skip_checks=True)
    workshop = Workshop.objects.get(rehearsal_of__slug="suva-2013")
    for row in Registration.objects.all():
        _tell(row)
    return workshop


def _tell(row):
    told = {"registration": row, "saved_at": row.begun_at}
    TravelDocument.objects.create(kind="regular", number="A1", scan=_file("scan", row), **told)
    Visa.objects.create(registration=row, mission="Embassy", changed_at=row.begun_at)
    Needs.objects.create(diet="No pork", **told)
    EmergencyContact.objects.create(name="Ana", phone="1", **told)
    Journey.objects.create(leaves_from="Apia", **told)
    Stay.objects.create(lodging="hotel", **told)
    Registration.objects.filter(pk=row.pk).update(photo=_file("photo", row))


def _file(purpose, row):
    name = f"{purpose}.jpg"
    data = purpose.encode()
    return store_file(data, name=name, media_type="image/jpeg", purpose=purpose, at=row.begun_at, sealed=True)


def figures(workshop):
    """Everything that is counted: statistics by every field, the desk, the states, the compilation to its last byte."""
    compiled = Compilation.objects.get()
    assert compiled.snapshot is not None
    states = [
        Counter(model.objects.values_list("state", flat=True)) for model in (Nomination, Invitation, Registration)
    ]
    return [
        {name: table(scope, field) for scope in (workshop, workshop.programme) for name, field in FIELDS.items()},
        standings(User.objects.get(role="organizer")),
        states,
        Counter(Message.objects.values_list("kind", "state")),
        list(Selection.objects.values_list("digest", "entries__outcome", "entries__score").order_by("entries__id")),
        (compiled.digest, hashlib.sha256(canonical_json(compiled.snapshot)).hexdigest()),
        [read_bytes(each.file) for each in compiled.files.order_by("format")],
    ]


def evening(day, workshop):
    """Late on a day of the venue."""
    return datetime.combine(day, time(23), tzinfo=ZoneInfo(workshop.zone))


def held():
    """How many rows there are of each kind that goes."""
    found = {model.__name__: model.objects.count() for model in DETAILS}
    files = Counter(StoredFile.objects.values_list("purpose", flat=True))
    found |= {purpose: files[purpose] for purpose in ("scan", "photo", "nomination")}
    found["papers"] = NominationDocument.objects.count()
    found["letters"] = Message.objects.exclude(body="").count()
    return found


# How many days after the last day each kind is still there; the day after, it is gone.
LAST_NIGHT = {
    "Needs": 7, "EmergencyContact": 7, "TravelDocument": 30, "Visa": 30, "scan": 30, "Journey": 90, "Stay": 90, "photo": 90,
}  # fmt: skip


def decided_at() -> datetime:
    decided = Selection.objects.get().decided_at
    assert decided is not None
    return decided


def expected(days, at, all_of_it, unselected):
    """What must be left so many days after the workshop, when ``unselected`` papers are of who was not selected."""
    found = {name: all_of_it[name] if days <= last else 0 for name, last in LAST_NIGHT.items()}
    decided = decided_at()
    found["papers"] = all_of_it["papers"] - (unselected if at > decided + timedelta(days=365) else 0)
    return found | ({"papers": 0} if days > 730 else {})


def test_nothing_goes_too_early_everything_on_time_and_no_figure_moves(workshop):
    builders.user("organizer@secretariat.example", role="organizer")
    before, all_of_it, stored = figures(workshop), held(), dict(StoredFile.objects.values_list("pk", "storage_name"))
    assert Registration.objects.count() > 10
    assert min(all_of_it.values()) > 0
    unselected = NominationDocument.objects.exclude(nomination__state="selected").count()
    year = (decided_at().date() - workshop.ends_on).days + 365
    for days in (1, 7, 8, 30, 31, 90, 91, year - 1, year + 1, 730, 731):
        at = evening(workshop.ends_on + timedelta(days=days), workshop)
        assert purge(at=at).problem == ""
        wanted, now = expected(days, at, all_of_it, unselected), held()
        assert {name: now[name] for name in wanted} == wanted, days
        assert figures(workshop) == before
    assert purge(at=evening(workshop.ends_on + timedelta(days=1000), workshop)).problem == ""
    assert (set(held().values()), figures(workshop) == before) == ({0}, True)
    gone = set(stored) - set(StoredFile.objects.values_list("pk", flat=True))
    assert len(gone) == len(stored) - StoredFile.objects.count() > 20
    living = set(StoredFile.objects.values_list("storage_name", flat=True))  # equal bytes are kept once
    assert [stored[key] for key in gone if default_storage.exists(stored[key]) != (stored[key] in living)] == []
    assert all(map(default_storage.exists, living))
    assert set(StoredFile.objects.values_list("purpose", flat=True)) == {"report", "designation"}


def test_erasing_everybody_who_took_part_moves_no_figure(workshop):
    builders.user("organizer@secretariat.example", role="organizer")
    before, at = figures(workshop), evening(workshop.ends_on + timedelta(days=100), workshop)
    letters = before[3]
    nominees = list(Person.objects.filter(nominations__isnull=False, mandates__isnull=True).distinct())
    names = {each.name for each in nominees}
    for person in nominees:
        erase_person(person, by=SECRETARIAT, at=at)
    assert not Person.objects.filter(pk__in=[each.pk for each in nominees], name__in=names).exists()
    assert [model.objects.count() for model in DETAILS] == [0] * len(DETAILS)
    after = figures(workshop)
    assert after[:3] == before[:3]
    assert after[4:] == before[4:]
    assert after[3] == letters

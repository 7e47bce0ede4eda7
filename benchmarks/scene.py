"""Rows to measure on, written straight into the scratch planner: synthetic people, calls, nominations and national targets."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

from accounts.models import User
from participants.models import Call, Nomination, Person
from targets.models import Submission, TargetItem
from targets.models.items import Measure
from targets.models.submissions import SubmissionState
from workshops.models import Party, Programme, Target, Workshop
from workshops.queries.parties import parties_on

AT = datetime(2013, 11, 4, 9, 0, tzinfo=UTC)
ITEMS_A_PARTY = 20
EXPERTS_A_PARTY = 3
TODAY = date(2020, 1, 1)  # a day on which 196 Parties stand


@cache
def organizer() -> User:
    """Return an organizer who may do everything."""
    return User.objects.create_superuser("organizer@secretariat.example", None, name="Organizer")


@cache
def nominations() -> int:
    """Open a call for each workshop and let each Party it serves nominate three people; return how many nominations."""
    for workshop in Workshop.objects.order_by("slug"):
        _nominate_for(workshop)
    return Nomination.objects.count()


def _nominate_for(workshop: Workshop) -> None:
    call = Call.objects.create(
        workshop=workshop,
        symbol=f"{workshop.reference}-001",
        opened_at=AT,
        deadline_at=AT + timedelta(days=60),
        deadline_zone="UTC",
        seats_per_party=EXPERTS_A_PARTY,
    )
    places = [(party, rank) for party in workshop.parties.order_by("code") for rank in range(1, EXPERTS_A_PARTY + 1)]
    people = Person.objects.bulk_create(_person(party, rank) for party, rank in places)
    Nomination.objects.bulk_create(
        Nomination(
            reference=f"{workshop.reference}-{number:03}",
            call=call,
            party=party,
            person=person,
            track="planning" if rank == EXPERTS_A_PARTY else "biodiversity",
            sector="forest",
            rank=rank,
            expertise="Restoration of degraded land (synthetic).",
            submitted_at=AT + timedelta(minutes=number),
        )
        for number, ((party, rank), person) in enumerate(zip(places, people, strict=True), start=2)
    )


def _person(party: Party, rank: int) -> Person:
    name = f"Expert {rank} of {party.code}"
    return Person(
        name=name, sort_key=name, search_text=name.lower(), email=f"expert{rank}@{party.code.lower()}.example"
    )


@cache
def submissions() -> Programme:
    """Give every Party an accepted submission of 20 targets and return the programme."""
    programme = Programme.objects.get(slug="annex-ii")
    accepted = Submission.objects.bulk_create(
        Submission(
            programme=programme,
            party=party,
            version=1,
            state=SubmissionState.ACCEPTED,
            submitted_at=AT,
            decided_at=AT,
        )
        for party in parties_on(TODAY)
    )
    items = TargetItem.objects.bulk_create(
        _item(submission, position) for submission in accepted for position in range(1, ITEMS_A_PARTY + 1)
    )
    served = list(Target.objects.filter(code__in=["aichi-5", "aichi-11", "aichi-15"]).order_by("code"))
    serves = TargetItem.global_targets.through
    serves.objects.bulk_create(
        serves(targetitem_id=item.pk, target_id=served[item.position % len(served)].pk) for item in items
    )
    return programme


def _item(submission: Submission, position: int) -> TargetItem:
    hectares = Decimal(1000 * position)
    return TargetItem(
        submission=submission,
        position=position,
        title=f"Restore degraded land, part {position} (synthetic)",
        measure=list(Measure)[position % len(Measure)],
        as_written=f"{hectares} ha",
        value=hectares,
        unit="ha",
        hectares=hectares,
        basis="degraded forest land",
        due_on=date(2020, 12, 31),
        source="synthetic",
    )

"""Who may be one person: the records compared, and the pairs that wait for somebody to decide (E04 to E06)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from measurement.likeness import POINTS, Described, plain_email, plain_phone
from measurement.neighbours import Entry, neighbours
from participants.models import DuplicatePair, FocalPoint, Nomination, Person
from participants.models.duplicates import PairState

# What each code of ``measurement.likeness`` says; ``%(detail)s`` is how alike the names are, in percent.
REASONS: dict[str, Promise] = {
    "same_email": _("the same e-mail address"),
    "same_name": _("the same name"),
    "similar_name": _("names %(detail)s %% alike"),
    "same_phone": _("the same telephone number"),
    "same_call_two_tracks": _("nominated for one call on two tracks"),
    "same_email_local": _("e-mail addresses that begin alike"),
    "same_party": _("the same Party"),
    "same_organization": _("the same organization"),
    "same_position": _("the same position"),
    "different_email": _("different e-mail addresses"),
    "different_party": _("different Parties"),
    "different_gender": _("different gender stated"),
    "different_passport": _("different names in the passports"),
    "different_name": _("different names"),
}
CHUNK = 2000
# The first Party, in the order of codes, that nominated a person or gave a mandate.
HOME = Coalesce(
    *(
        Subquery(rows.filter(person=OuterRef("pk"), party__isnull=False).order_by("party").values("party")[:1])
        for rows in (Nomination.objects, FocalPoint.objects)
    )
)


def visible_to(user: User | AnonymousUser) -> QuerySet[DuplicatePair]:
    """Return the pairs a user may see: organizers all, others none."""
    if isinstance(user, User) and user.is_organizer:
        return DuplicatePair.objects.all()
    return DuplicatePair.objects.none()


def open_pairs() -> QuerySet[DuplicatePair]:
    """Return the pairs that wait for a decision, likeliest first; a row that was merged meanwhile waits for nothing."""
    return (
        DuplicatePair.objects.filter(
            state=PairState.OPEN, first__merged_into__isnull=True, second__merged_into__isnull=True
        )
        .select_related("first", "second")
        .order_by("-score", "id")
    )


def open_pairs_of(person: Person) -> QuerySet[DuplicatePair]:
    """Return the open pairs in which a person is one of the two."""
    return open_pairs().filter(Q(first=person) | Q(second=person))


def said(reason: str) -> tuple[str, str]:
    """Return code and detail of a reason as a pair keeps it: ``similar_name:93``."""
    code, _colon, detail = reason.partition(":")
    return code, detail


def words(reasons: Iterable[str], *, speaking_for: bool) -> list[str]:
    """Return the reasons for one person, or those against, as words of the active language."""
    parts = (said(each) for each in reasons)
    return [
        str(REASONS[code]) % {"detail": detail} if detail else str(REASONS[code])
        for code, detail in parts
        if code in REASONS and (POINTS[code] > 0) == speaking_for
    ]


def candidates(fresh: Collection[UUID] | None = None) -> Iterator[tuple[UUID, UUID]]:
    """Yield the pairs of people worth comparing, the smaller id first: all, or those with one of ``fresh`` in them.

    Merged and erased rows are left out, and synthetic people meet only those of their own practice copy. Reads every row once, by
    chunks; what is kept of a row is its id and a few numbers.
    """
    ids: list[UUID] = []
    rows = _entries(fresh, ids)
    for one, other in neighbours(rows, fresh=None if fresh is None else len(fresh)):
        yield min(ids[one], ids[other]), max(ids[one], ids[other])
    yield from _known(fresh)


def _known(fresh: Collection[UUID] | None) -> list[tuple[UUID, UUID]]:
    """Return the open pairs: what was a reason once may have been corrected."""
    pairs = open_pairs() if fresh is None else open_pairs().filter(Q(first__in=fresh) | Q(second__in=fresh))
    return list(pairs.order_by().values_list("first_id", "second_id"))


def _entries(fresh: Collection[UUID] | None, ids: list[UUID]) -> Iterator[Entry]:
    """Yield what decides whom each person meets, ``fresh`` ones first, and note in ``ids`` whose it is."""
    people = Person.objects.filter(merged_into__isnull=True, erased_at__isnull=True)
    groups = [people] if fresh is None else [people.filter(pk__in=fresh), people.exclude(pk__in=fresh)]
    for group in groups:
        rows = (
            group.annotate(home=HOME).order_by().values_list("id", "match_key", "email", "phone", "rehearsal", "home")
        )
        for key, match_key, email, phone, rehearsal, party in rows.iterator(CHUNK):
            ids.append(key)
            yield Entry(str(rehearsal), match_key, plain_email(email), plain_phone(phone), party or "")


def described(people: Iterable[Person]) -> dict[UUID, Described]:
    """Return what is compared of each person, in three queries."""
    rows = {person.pk: person for person in people}
    parties: dict[UUID, set[str]] = defaultdict(set)
    calls: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for key, party in FocalPoint.objects.filter(person__in=list(rows)).order_by().values_list("person_id", "party_id"):
        parties[key].add(party)
    nominated = Nomination.objects.filter(person__in=list(rows)).order_by()
    for key, party, call, track in nominated.values_list("person_id", "party_id", "call_id", "track"):
        parties[key] |= {party} if party else set()
        calls[key].add((str(call), track))
    return {
        key: Described(
            name=person.name,
            passport_name=person.passport_name,
            email=person.email,
            phone=person.phone,
            gender=person.gender,
            position=person.position,
            organization=str(person.organization_id or ""),
            parties=frozenset(parties[key]),
            calls=frozenset(calls[key]),
        )
        for key, person in rows.items()
    }

"""What a row of a file would do to the directory as it is now: add, change, nothing, or why not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.errors import Invalid
from participants.models import FocalPoint, Person
from participants.models.imports import RowVerdict
from participants.queries.exports import row_of, with_contents
from participants.verbs.import_cells import Fault, Said
from workshops.models import Programme
from workshops.queries.names import searchable

FIXED = ("party", "kind", "valid_from", "deputy_of")  # of a mandate: another is another mandate
OF_PERSON = ("name", "email", "phone", "position", "organization")
Changes = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """``key`` is equal for rows that mean one mandate; ``waits`` says that the principal may stand in another row."""

    verdict: RowVerdict
    key: str = ""
    changes: Changes = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    mandate: FocalPoint | None = None
    person: Person | None = None
    principal: FocalPoint | None = None
    waits: bool = False


class Known:
    """What the directory holds about some rows, read in a number of queries that does not grow with them."""

    def __init__(self, rows: Iterable[Said], rehearsal: Programme | None) -> None:
        rows = list(rows)
        everybody = Person.objects.filter(rehearsal=rehearsal, merged_into__isnull=True)
        mandates = with_contents(FocalPoint.objects.filter(person__rehearsal=rehearsal))
        self.named = _by_id(rows, mandates)
        self.people: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self.held: dict[tuple[UUID, str, str], list[FocalPoint]] = defaultdict(list)
        self.namesakes = _namesakes(rows, everybody)
        self.principals = _principals(rows, mandates)
        emails = {row["email"].lower() for row in rows if row.get("email")}
        named = everybody.alias(address=Lower("email")).filter(address__in=emails)
        for person in named.select_related("organization"):
            self.people[searchable(person.name), person.email.lower()].append(person)
        found = [person.pk for people in self.people.values() for person in people]
        for mandate in mandates.filter(person__in=found):
            self.held[mandate.person_id, mandate.party_id, mandate.kind].append(mandate)


def judge(said: Said, faults: Sequence[Fault], known: Known) -> Judgement:
    """Say what a row would do; nothing is written. Rows that cannot be read are refused for what is wrong with them."""
    if faults:
        return Judgement(RowVerdict.REFUSED, faults=faults)
    try:
        mandate = known.named.get(UUID(said["id"])) if said.get("id") else None
        if mandate is not None:
            return _judge_held(said, mandate, said, mandate.person)
        person = _person(said, known)
        mandate = _held(said, person, known) if person is not None else None
        if (
            person is not None and mandate is not None
        ):  # found by name and address: what the row leaves empty it says nothing of
            return _judge_held({column: text for column, text in said.items() if text}, mandate, said, person)
        return _judge_new(said, person, known)
    except Invalid as refusal:
        return Judgement(RowVerdict.REFUSED, key=_key_of(said), faults=[(refusal.field, str(refusal))])


def _by_id(rows: Sequence[Said], mandates: QuerySet[FocalPoint]) -> dict[UUID, FocalPoint]:
    keys = {UUID(row["id"]) for row in rows if row.get("id")}
    return {mandate.pk: mandate for mandate in mandates.filter(pk__in=keys)}


def _namesakes(rows: Sequence[Said], everybody: QuerySet[Person]) -> set[str]:
    names = {row["name"] for row in rows if not row.get("email")}
    return {searchable(name) for name in everybody.filter(name__in=names).values_list("name", flat=True)}


def _principals(rows: Sequence[Said], mandates: QuerySet[FocalPoint]) -> dict[tuple[str, str], list[FocalPoint]]:
    deputies = [row for row in rows if row.get("deputy_of")]
    found: dict[tuple[str, str], list[FocalPoint]] = defaultdict(list)
    of_these = mandates.filter(
        party__in={row["party"] for row in deputies},
        kind__in={row["kind"] for row in deputies},
        deputy_of__isnull=True,
    )
    for mandate in of_these:
        found[mandate.party_id, mandate.kind].append(mandate)
    return found


def _person(said: Said, known: Known) -> Person | None:
    """Return whom a row means: the person of that name and that address, never of the name alone (E05)."""
    name, email = searchable(said["name"]), said.get("email", "")
    if not email:
        if name in known.namesakes:
            sentence = _(
                "Somebody of this name is in the register. Enter the e-mail address, or the id from an export, to say"
                " whether it is the same person."
            )
            raise Invalid("person_unclear", sentence, field="email")
        return None
    people = known.people.get((name, email.lower()), [])
    if len(people) > 1:
        sentence = _("%(count)d people of this name and address are in the register; merge them first.")
        raise Invalid("person_twice", sentence % {"count": len(people)}, field="name")
    return people[0] if people else None


def _held(said: Said, person: Person, known: Known) -> FocalPoint | None:
    """Return the mandate of the person that a row means, by its first day or, without one, the only one there is."""
    mandates = known.held.get((person.pk, said["party"], said["kind"]), [])
    begins = said.get("valid_from", "")
    if not begins:
        return mandates[0] if len(mandates) == 1 else None
    first, last = date.fromisoformat(begins), _day(said.get("valid_to", ""))
    for mandate in mandates:
        if mandate.valid_from == first:
            return mandate
    for mandate in mandates:
        if (last is None or mandate.valid_from < last) and (mandate.valid_to is None or first < mandate.valid_to):
            sentence = _("The person holds this mandate from %(day)s; to change it give its id from an export.")
            raise Invalid("mandate_overlaps", sentence % {"day": mandate.valid_from.isoformat()}, field="valid_from")
    return None


def _judge_held(wanted: Said, mandate: FocalPoint, said: Said, person: Person) -> Judgement:
    now = row_of(mandate)
    changes = {column: [now[column], text] for column, text in wanted.items() if now[column] != text}
    if mandate.deputy_of is not None and _is_called(mandate.deputy_of.person, said.get("deputy_of", "")):
        changes.pop("deputy_of", None)
    faults = [(column, _fixed(column, now)) for column in FIXED if column in changes]
    if changes.get("valid_to", ["", "-"])[1] == "":
        faults.append(("valid_to", _("A mandate that has an end is not opened again; add a new one.")))
    elif changes.get("valid_to", ["", "9"])[1] <= now["valid_from"]:
        faults.append(("valid_to", _("A mandate ends after the day it begins.")))
    verdict = RowVerdict.CHANGED if changes else RowVerdict.SAME
    key = f"{mandate.pk.hex}"
    if faults:
        return Judgement(RowVerdict.REFUSED, key, faults=faults)
    return Judgement(verdict, key, changes, mandate=mandate, person=person)


def _fixed(column: str, now: Said) -> str:
    sentence = _("The mandate there is says “%(now)s” and this does not change: end it and add another without an id.")
    return sentence % {"now": now[column] or _("nothing")}


def _judge_new(said: Said, person: Person | None, known: Known) -> Judgement:
    if not said.get("valid_from"):
        raise Invalid("valid_from_missing", _("Enter the first day of the mandate."), field="valid_from")
    principal, waits = _principal(said, known)
    changes = {column: ["", text] for column, text in said.items() if text and column not in {"id", *OF_PERSON}}
    changes |= _of_person(said, person)
    faults = [("deputy_of", _no_principal(said))] if waits else []
    verdict = RowVerdict.REFUSED if faults else RowVerdict.ADDED
    return Judgement(verdict, _key_of(said), changes, faults, person=person, principal=principal, waits=waits)


def _of_person(said: Said, person: Person | None) -> Changes:
    """Return what a new mandate would change about somebody there is, or say of somebody new."""
    now = {column: getattr(person, column) for column in OF_PERSON if column != "organization"} if person else {}
    if person is not None and person.organization is not None:
        now["organization"] = person.organization.name
    wanted = {column: said.get(column, "") for column in OF_PERSON}
    return {column: [now.get(column, ""), text] for column, text in wanted.items() if text and now.get(column) != text}


def _principal(said: Said, known: Known) -> tuple[FocalPoint | None, bool]:
    """Return the mandate a deputy's row names, and whether it must be looked for among the rows of the file."""
    text = said.get("deputy_of", "")
    if not text:
        return None, False
    called = [each for each in known.principals.get((said["party"], said["kind"]), []) if _is_called(each.person, text)]
    begins = date.fromisoformat(said["valid_from"])
    standing = [each for each in called if each.valid_to is None or each.valid_to > begins]
    if len(standing) > 1:
        sentence = _("“%(text)s” holds two such mandates then; end one of them first.")
        raise Invalid("principal_twice", sentence % {"text": text}, field="deputy_of")
    return (standing[0], False) if standing else (None, True)


def _no_principal(said: Said) -> str:
    sentence = _(
        "Nobody called “%(text)s” holds this mandate for the Party; enter the e-mail address of the focal point."
    )
    return sentence % {"text": said["deputy_of"]}


def is_called(name: str, email: str, text: str) -> bool:
    """Whether ``text`` is somebody's address or name."""
    return (bool(email) and email.casefold() == text.casefold()) or searchable(name) == searchable(text)


def _is_called(person: Person, text: str) -> bool:
    return is_called(person.name, person.email, text)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _key_of(said: Said) -> str:
    """Return what two rows about one mandate have in common; without an address a name can stand once in a file (E05)."""
    email = said.get("email", "")
    parts = (
        (said["party"], said["kind"], searchable(said["name"]), email.lower(), said.get("valid_from", ""))
        if email
        else (searchable(said["name"]),)
    )
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

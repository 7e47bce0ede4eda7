"""Two records beside each other: what both say, what differs, and what only one says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.admin.displays import DONE, LATE, PLAIN, WAITS, pill
from correspondence.models import Message
from measurement.likeness import ALIKE, NOT_STATED, plain_email, plain_phone
from measurement.names import likeness, spelled
from participants.models import FocalPoint, Nomination, NominationDocument, Person

FIELDS = ("name", "passport_name", "gender", "email", "phone", "language", "position", "organization", "user")
Cell = tuple[str, str]  # what is written, and the address it leads to or ""
Cells = dict[UUID, list[Cell]]


@dataclass(frozen=True)
class Line:
    """One line of the comparison; ``verdict`` is a pill, or "" where nothing is to be compared."""

    label: str
    first: Sequence[Cell]
    second: Sequence[Cell]
    verdict: str = ""


def lines(first: Person, second: Person) -> list[Line]:
    """Return the comparison of two people in four queries; what neither says is left out."""
    both = [first, second]
    pairs = [(field, _said(first, field), _said(second, field)) for field in FIELDS]
    said = [_line(field, one, other) for field, one, other in pairs if one or other]
    known = [
        (_("Mandates"), _mandates(both)),
        (_("Nominations"), _nominations(both)),
        (_("Papers"), _papers(both)),
        (_("Letters"), _letters(both)),
    ]
    return said + [
        Line(label, cells[first.pk], cells[second.pk]) for label, cells in known if cells[first.pk] or cells[second.pk]
    ]


def _said(person: Person, field: str) -> str:
    if field == "gender":
        return "" if person.gender == NOT_STATED else person.get_gender_display()
    if field == "language":
        return person.get_language_display() if person.language else ""
    return str(getattr(person, field) or "")


def _line(field: str, one: str, other: str) -> Line:
    label = str(Person._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001  # Django's documented Meta API
    verdict = _verdict(one, other, is_name=field in {"name", "passport_name"})
    return Line(label[:1].upper() + label[1:], [(one, "")] if one else [], [(other, "")] if other else [], verdict)


def _verdict(one: str, other: str, *, is_name: bool) -> str:
    """Return a pill by icon and word: the same when case, marks or the way to write a number make the difference."""
    if not one or not other:
        return pill(_("Only one says"), PLAIN)
    percent = likeness(one, other) if is_name else 0
    if ALIKE <= percent < 100:  # noqa: PLR2004
        return pill(_("%(percent)d %% alike") % {"percent": percent}, WAITS)
    alike = (
        plain_email(one) == plain_email(other)
        or bool(plain_phone(one) and plain_phone(one) == plain_phone(other))
        or (spelled(one) == spelled(other) != ())
    )
    return pill(_("The same"), DONE) if alike else pill(_("Differs"), LATE)


def _mandates(people: Sequence[Person]) -> Cells:
    cells: Cells = defaultdict(list)
    for row in FocalPoint.objects.filter(person__in=people).select_related("party").order_by("valid_from", "pk"):
        until = row.valid_to.isoformat() if row.valid_to else ""
        text = f"{row.party}, {row.get_kind_display()}, {row.valid_from.isoformat()} – {until}"
        cells[row.person_id].append((text, reverse("admin:participants_focalpoint_change", args=[row.pk])))
    return cells


def _nominations(people: Sequence[Person]) -> Cells:
    cells: Cells = defaultdict(list)
    rows = Nomination.objects.filter(person__in=people).select_related("party", "organization")
    for row in rows.order_by("submitted_at", "pk"):
        text = f"{row.reference}, {row.party or row.organization}, {row.get_track_display()}, {row.get_state_display()}"
        cells[row.person_id].append((text, reverse("admin:participants_nomination_change", args=[row.pk])))
    return cells


def _papers(people: Sequence[Person]) -> Cells:
    cells: Cells = defaultdict(list)
    rows = NominationDocument.objects.filter(nomination__person__in=people).select_related("nomination", "file")
    for row in rows.order_by("nomination__submitted_at", "kind"):
        address = reverse("admin:participants_nomination_paper", args=[row.nomination_id, row.kind])
        cells[row.nomination.person_id].append((f"{row.get_kind_display()}: {row.file}", address))
    return cells


def _letters(people: Sequence[Person]) -> Cells:
    written = Message.objects.filter(person_key__in=[person.pk for person in people]).order_by()
    cells: Cells = defaultdict(list)
    for key, count in written.values_list("person_key").annotate(Count("pk")):
        cells[key].append((str(count), f"{reverse('admin:correspondence_message_changelist')}?person_key={key}"))
    return cells

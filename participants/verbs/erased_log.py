"""Taking a person's name out of the activity log: as who acted, and as what was acted on."""

from django.db.models import Model, Q, QuerySet

from accounts.models import ActivityEntry
from participants.models import Attendance, DuplicatePair, Merge, Person, PersonalLink
from participants.queries.holdings import Holdings


def erase_log(held: Holdings, label: str) -> None:
    """Write ``label`` for the person in every entry; that something was done, and when, stays.

    Entries are found by the rows they are about. Who came by a personal link is known to the log by name alone: a name that
    nobody else has is taken out everywhere, one that others have (edge case E05) only where the entry is about this person.
    """
    about = _about(held)
    named = ActivityEntry.objects.filter(about)
    named.exclude(subject_kind__in=["nomination", "invitation"]).update(subject_label=label)
    named.filter(changes__has_key="reason").update(changes={})
    own = Q(actor__in=[user.pk for user in held.users])
    nameless = Q(actor__isnull=True, actor_label__in=held.names)
    alone = not Person.objects.filter(name__in=held.names).exclude(pk__in=held.keys).exists()
    ActivityEntry.objects.filter(own | (nameless if alone else nameless & about)).update(
        actor_label=label, address=None
    )
    if alone:
        _labels(held).update(subject_label=label)


def _about(held: Holdings) -> Q:
    keys = held.keys
    rows = (
        PersonalLink.objects.filter(person__in=keys),
        held.drafts,
        held.letters,
        Attendance.objects.filter(registration__in=held.registrations.values("pk")),
        DuplicatePair.objects.filter(Q(first__in=keys) | Q(second__in=keys)),
        Merge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys)),
    )
    found = dict(held.subjects) | {"user": [str(user.pk) for user in held.users]}
    found |= {_kind(each.model): [str(key) for key in each.values_list("pk", flat=True)] for each in rows}
    about = Q(pk__in=[])
    for kind, subjects in found.items():
        about |= Q(subject_kind=kind, subject_key__in=subjects)
    return about


def _labels(held: Holdings) -> QuerySet[ActivityEntry]:
    """Return the entries about rows that are gone by now (links, letters), whose labels end with the name."""
    ends = Q(subject_label__in=held.names | held.wire_addresses)
    for name in held.names:
        ends |= Q(subject_kind="personallink", subject_label__endswith=f": {name}")
        ends |= Q(subject_kind="message", subject_label__endswith=f"→ {name}")
    return ActivityEntry.objects.filter(ends)


def _kind(model: type[Model]) -> str:
    return str(model._meta.model_name)  # noqa: SLF001  # Django's documented Meta API

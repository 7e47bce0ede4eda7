"""Erasing a person: all that tells who it was goes, all that is counted stays."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import User
from accounts.models.users import Role
from accounts.verbs.activities import record
from participants.models import DuplicatePair, Merge, Person
from participants.queries.erasures import hindrance
from participants.queries.holdings import Holdings
from participants.queries.persons import person_of, standing_for
from participants.verbs.clearing import DASH
from participants.verbs.erased_log import erase_log
from participants.verbs.erased_rows import erase_letters, erase_mandates, erase_nominations
from participants.verbs.purged_files import delete_files

# Gender, language and workplace are counted and stay.
BLANK = {
    "passport_name": "", "sort_key": "", "search_text": "", "match_key": "", "email": "", "phone": "", "position": "",
    "user": None,
}  # fmt: skip


def erase_person(person: Person, *, by: Actor, at: datetime) -> Person:
    """Erase a person and the rows merged into it, on the person's own word or an organizer's; it cannot be undone.

    Gender, Party, track, sector and all states stay, so that no figure changes. Papers, copies and photos are deleted once the
    transaction is committed. Raises ``NotAllowed`` (``not_yours``) and ``Refused`` (``erased_already``, ``expected``,
    ``mandate``, ``selection_open``, ``account_held``, ``letter_leaving``).
    """
    person, own = standing_for(person.pk) or person, person_of(by)
    if not by.is_organizer and (own is None or own.pk != person.pk):
        raise NotAllowed("not_yours", _("Only the person and the secretariat may do this."))
    with transaction.atomic():
        held = Holdings.of(person)
        rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=held.keys).order_by("pk")
        locked = next(row for row in rows if row.pk == person.pk)
        if locked.erased_at is not None:
            raise Refused("erased_already", _("This person was erased."))
        told = hindrance(locked, at)
        if told is not None:
            raise told
        label, files = label_of(locked), held.file_keys()
        erase_log(held, label)
        erase_letters(held)
        erase_nominations(held, label)
        erase_mandates(held)
        DuplicatePair.objects.filter(Q(first__in=held.keys) | Q(second__in=held.keys)).delete()
        Merge.objects.filter(Q(kept__in=held.keys) | Q(gone__in=held.keys)).update(reason=DASH)
        Person.objects.filter(pk__in=held.keys).update(**BLANK, name=label, erased_at=at)
        for user in held.users:
            _close(user)
        locked.refresh_from_db()
        record("erase_person", locked, by=by if by.user not in held.users and by.is_organizer else Actor(label), at=at)
        transaction.on_commit(partial(delete_files, files), robust=True)
    return locked


def label_of(person: Person) -> str:
    """Return what stands in the place of a name: nothing of the person, and different for each; it is never translated."""
    return f"Erased person {str(person.pk)[-6:]}"


def _close(user: User) -> None:
    """Close a guest's account and take out whose it was; the row stays for the log that refers to it."""
    if user.role != Role.GUEST:
        return
    AuthToken.objects.filter(user=user).delete()
    user.email, user.name, user.language, user.is_active = f"{user.pk}@people.invalid", "", "en", False
    user.opens_passports = user.opens_health = user.opens_emergency = False
    user.set_unusable_password()
    user.save()

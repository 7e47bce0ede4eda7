"""Erasing a person: all that tells who it was goes, all that is counted stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry, User
from accounts.models.users import Role
from accounts.verbs.activities import record
from correspondence.models import Bounce, DeadAddress, Message, MessageAttempt
from participants.models import (
    CampaignEntry,
    DuplicatePair,
    Invitation,
    Nomination,
    NominationDocument,
    NominationDraft,
    Person,
    PersonalLink,
    Registration,
    SignInCode,
)
from participants.queries.erasures import hindrance
from participants.queries.persons import person_of, same_person
from participants.verbs.forgetting import forget_details
from participants.verbs.purged_rows import blank_letter

BLANK = {
    "passport_name": "",
    "sort_key": "",
    "search_text": "",
    "match_key": "",
    "email": "",
    "phone": "",
    "language": "",
    "position": "",
    "organization": None,
    "user": None,
}


def erase_person(person: Person, *, by: Actor, at: datetime) -> Person:
    """Erase a person and the rows merged into it, on the person's own word or an organizer's; it cannot be undone.

    Gender, Party, track, sector and all states stay, so that no figure changes. Raises ``NotAllowed`` (``not_yours``) and
    ``Refused`` (``erased_already``, ``expected``, ``mandate``, ``selection_open``, ``account_held``).
    """
    own = person_of(by)
    if not by.is_organizer and (own is None or own.pk != person.pk):
        raise NotAllowed("not_yours", _("Only the person and the secretariat may do this."))
    with transaction.atomic():
        locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if locked.erased_at is not None:
            raise Refused("erased_already", _("This person was erased."))
        told = hindrance(locked, at)
        if told is not None:
            raise told
        keys = same_person(locked)
        label, name, address = label_of(locked), locked.name, locked.email
        user = User.objects.filter(person__in=keys).first()
        _erase_nominations(keys, label)
        _erase_letters(keys, address)
        _erase_log(keys, user, label, name)
        Person.objects.filter(pk__in=keys).update(**BLANK, name=label, erased_at=at)
        DuplicatePair.objects.filter(Q(first__in=keys) | Q(second__in=keys)).delete()
        if user is not None and user.role == Role.GUEST:
            user.delete()
        locked.refresh_from_db()
        record("erase_person", locked, by=_nameless(by, label), at=at)
    return locked


def label_of(person: Person) -> str:
    """Return what stands in the place of a name: nothing of the person, and different for each."""
    return f"Erased person {str(person.pk)[-6:]}"


def _nameless(by: Actor, label: str) -> Actor:
    """Return the actor of the log's own entry, which must not bring the name back."""
    return by if by.is_organizer else Actor(label=label)


def _erase_nominations(keys: set[UUID], label: str) -> None:
    nominations = Nomination.objects.filter(person__in=keys)
    NominationDocument.objects.filter(nomination__in=nominations).delete()
    Invitation.objects.filter(nomination__in=nominations).update(decline_reason="")
    for row in _registrations(nominations):
        forget_details(row)
    _registrations(nominations).update(badge_name=label, may_list=False, may_share=False, may_picture=False)
    nominations.update(expertise="")
    NominationDraft.objects.filter(author__in=keys).delete()
    PersonalLink.objects.filter(person__in=keys).delete()


def _registrations(nominations: QuerySet[Nomination]) -> QuerySet[Registration]:
    return Registration.objects.filter(invitation__nomination__in=nominations)


def _erase_letters(keys: set[UUID], address: str) -> None:
    letters = Message.objects.filter(person_key__in=keys)
    MessageAttempt.objects.filter(message__in=letters).update(detail="")
    Bounce.objects.filter(message__in=letters).delete()
    letters.update(**blank_letter())
    if address:
        SignInCode.objects.filter(address__iexact=address).delete()
        DeadAddress.objects.filter(address__iexact=address).delete()
        CampaignEntry.objects.filter(proposed_email__iexact=address).update(
            proposed_name="", proposed_email="", proposed_position="", proposed_language=""
        )


def _erase_log(keys: set[UUID], user: User | None, label: str, name: str) -> None:
    """Take the name out of the activity log: as who acted, and as what was acted on."""
    nominations = Nomination.objects.filter(person__in=keys)
    about = {str(key) for key in keys}
    about |= {str(key) for key in nominations.values_list("pk", flat=True)}
    about |= {str(key) for key in Invitation.objects.filter(nomination__in=nominations).values_list("pk", flat=True)}
    about |= {str(key) for key in _registrations(nominations).values_list("pk", flat=True)}
    entries = ActivityEntry.objects.filter(subject_key__in=about)
    entries.filter(subject_label=name).update(subject_label=label)
    entries.filter(subject_kind="registration").update(subject_label=label)
    entries.filter(actor_label=name).update(actor_label=label, address=None)
    if user is not None:
        ActivityEntry.objects.filter(actor=user).update(actor_label=label, address=None)
        ActivityEntry.objects.filter(subject_kind="user", subject_key=str(user.pk)).update(subject_label=label)

"""Where the planner holds something of one person: the row itself, those merged into it, and all that hangs on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import ActivityEntry, User
from correspondence.models import Bounce, DeadAddress, Message, StoredFile
from participants.models import (
    Attendance,
    CampaignEntry,
    Defect,
    DraftDocument,
    DuplicatePair,
    EmergencyContact,
    Endorsement,
    FocalPoint,
    Invitation,
    Journey,
    Lock,
    Merge,
    Needs,
    Nomination,
    NominationDocument,
    NominationDraft,
    Person,
    PersonalLink,
    Registration,
    RegistrationAnswer,
    Replacement,
    Review,
    SelectionEntry,
    SignInCode,
    Stay,
    TerritoryDecision,
    TravelDocument,
    Visa,
)
from participants.queries.addresses import wire_address
from participants.queries.persons import same_person

DETAILS = (TravelDocument, Visa, Needs, EmergencyContact, Journey, Stay, RegistrationAnswer, Attendance)
JUDGED = (NominationDocument, Endorsement, Defect, Lock, Review, SelectionEntry, TerritoryDecision)


@dataclass(frozen=True)
class Holdings:
    """``keys`` are the ids that mean the person; ``people`` the rows, the one that stands first."""

    keys: frozenset[UUID]
    people: tuple[Person, ...]

    @classmethod
    def of(cls, person: Person) -> Self:
        """Return what is held of a person, who stands for all rows merged into it."""
        keys = frozenset(same_person(person))
        rows = Person.objects.filter(pk__in=keys).select_related("user").order_by("pk")
        return cls(keys, tuple(sorted(rows, key=lambda row: row.pk != person.pk)))

    @cached_property
    def users(self) -> list[User]:
        """The accounts of the person."""
        return [row.user for row in self.people if row.user is not None]

    @cached_property
    def names(self) -> set[str]:
        """All names under which the person stands in the register."""
        return {name for row in self.people for name in (row.name, row.passport_name) if name}

    @cached_property
    def addresses(self) -> set[str]:
        """The e-mail addresses in lower case that nobody else in the register has."""
        own = {row.email.lower() for row in self.people if row.email}
        shared = {each for each in own if Person.objects.filter(email__iexact=each).exclude(pk__in=self.keys).exists()}
        return own - shared

    @cached_property
    def wire_addresses(self) -> set[str]:
        """The same as mail servers hear them."""
        return {wire_address(row) for row in self.people if row.email.lower() in self.addresses} - {""}

    @property
    def nominations(self) -> QuerySet[Nomination]:
        """To which calls the person was nominated."""
        return Nomination.objects.filter(person__in=self.keys)

    @property
    def registrations(self) -> QuerySet[Registration]:
        """The registrations of the person."""
        return Registration.objects.filter(invitation__nomination__person__in=self.keys)

    @property
    def mandates(self) -> QuerySet[FocalPoint]:
        """For which Parties the person was a focal point or deputy."""
        return FocalPoint.objects.filter(person__in=self.keys)

    @property
    def drafts(self) -> QuerySet[NominationDraft]:
        """Drafts the person began, and drafts of others that name the person's own address."""
        named = Q(fields__email__in=[row.email for row in self.people if row.email.lower() in self.addresses])
        return NominationDraft.objects.filter(Q(author__in=self.keys) | named)

    @property
    def letters(self) -> QuerySet[Message]:
        """Letters written to the person."""
        return Message.objects.filter(
            Q(person_key__in=self.keys) | Q(person_key__isnull=True, to_address__in=self.wire_addresses)
        )

    @property
    def proposals(self) -> QuerySet[CampaignEntry]:
        """Where a Party proposed the person as focal point."""
        address = Q(pk__in=[])
        for each in self.addresses:
            address |= Q(proposed_email__iexact=each)
        return CampaignEntry.objects.filter(address)

    @cached_property
    def subjects(self) -> Mapping[str, list[str]]:
        """The ids of the rows about the person by kind, as the activity log and letters name them."""
        rows = [self.nominations, Invitation.objects.filter(nomination__person__in=self.keys), self.registrations]
        found = {row.model.__name__.lower(): [str(key) for key in row.values_list("pk", flat=True)] for row in rows}
        return {"person": [str(key) for key in self.keys], **found}

    @property
    def letters_about(self) -> QuerySet[Message]:
        """Letters to others about the person's nomination, invitation or registration."""
        about = Q(pk__in=[])
        for kind, keys in self.subjects.items():
            about |= Q(about_kind=kind, about_key__in=keys)
        return Message.objects.filter(about).exclude(pk__in=self.letters.values("pk"))

    @property
    def activities(self) -> QuerySet[ActivityEntry]:
        """What was done about the person, and what the person did with an account."""
        about = Q(actor__in=[user.pk for user in self.users])
        for kind, keys in self.subjects.items():
            about |= Q(subject_kind=kind, subject_key__in=keys)
        return ActivityEntry.objects.filter(about)

    def rows(self) -> list[QuerySet[Any]]:
        """Return everything but files, noun by noun, in the order in which somebody would tell it."""
        nominations, registrations = self.nominations.values("pk"), self.registrations.values("pk")
        keys = self.keys
        return [
            Person.objects.filter(pk__in=keys),
            User.objects.filter(pk__in=[user.pk for user in self.users]),
            self.mandates,
            self.proposals,
            self.nominations,
            *(model._default_manager.filter(nomination__in=nominations) for model in JUDGED),  # noqa: SLF001  # Django's documented Meta API
            Replacement.objects.filter(Q(before__in=nominations) | Q(after__in=nominations)),
            self.drafts,
            Invitation.objects.filter(nomination__in=nominations),
            self.registrations,
            *(model._default_manager.filter(registration__in=registrations) for model in DETAILS),  # noqa: SLF001
            PersonalLink.objects.filter(person__in=keys),
            SignInCode.objects.filter(address__in=self.addresses),
            self.letters,
            Bounce.objects.filter(Q(message__in=self.letters.values("pk")) | Q(address__in=self.wire_addresses)),
            DeadAddress.objects.filter(address__in=self.wire_addresses),
            DuplicatePair.objects.filter(Q(first__in=keys) | Q(second__in=keys)),
            Merge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys)),
            self.activities,
        ]

    def file_keys(self) -> list[UUID]:
        """Return the ids of the files held of the person."""
        found: set[UUID | None] = set()
        for rows, column in (
            (NominationDocument.objects.filter(nomination__in=self.nominations.values("pk")), "file"),
            (DraftDocument.objects.filter(draft__in=self.drafts.values("pk")), "file"),
            (TravelDocument.objects.filter(registration__in=self.registrations.values("pk")), "scan"),
            (self.registrations, "photo"),
            (self.mandates, "letter"),
            (self.proposals, "letter"),
        ):
            found |= set(rows.order_by().values_list(column, flat=True))
        return sorted(key for key in found if key is not None)

    def files(self) -> QuerySet[StoredFile]:
        """Return the files held of the person."""
        return StoredFile.objects.filter(pk__in=self.file_keys()).order_by("created_at", "pk")

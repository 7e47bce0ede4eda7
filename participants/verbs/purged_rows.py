"""What each rule of ``participants.privacy`` deletes, but for people and files; each returns how many rows went."""

from datetime import datetime, timedelta

from django.db.models import DateField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from accounts.models import ActivityEntry
from correspondence.models import Bounce, DeadAddress, Message, MessageAttempt
from correspondence.models.messages import MessageState
from participants.models import (
    DirectoryRow,
    EmergencyContact,
    Invitation,
    Journey,
    Needs,
    Nomination,
    NominationDocument,
    NominationDraft,
    Person,
    PersonalLink,
    Registration,
    RegistrationAnswer,
    Stay,
    TravelDocument,
    Visa,
)
from participants.models.invitations import STANDING
from participants.models.nominations import NominationState
from participants.queries.asked import PASSPORT_DAYS
from participants.verbs.codes import sweep_codes
from workshops.models.workshops import WorkshopStage

NEEDS_DAYS, JOURNEY_DAYS = 7, 90
PAPERS_DAYS, PARTICIPANTS_PAPERS_DAYS = 365, 730
DRAFT_DAYS, LINK_DAYS, LETTER_DAYS, IMPORT_DAYS, ADDRESS_DAYS = 90, 30, 730, 365, 365
WORKSHOP = "invitation__nomination__call__workshop"
GONE_ADDRESS = "gone@people.invalid"  # a message has an address, and no mail goes to this one


def past(at: datetime, days: int, workshop: str = WORKSHOP) -> Q:
    """Return the condition that a workshop ended more than so many days ago; one put off has not ended."""
    return Q(**{f"{workshop}__ends_on__lt": at.date() - timedelta(days=days), f"{workshop}__put_off": False})


def leaving() -> Q:
    """Return the condition that somebody no longer comes: the invitation ended, or the workshop was cancelled."""
    return ~Q(invitation__state__in=STANDING) | Q(**{f"{WORKSHOP}__stage": WorkshopStage.CANCELLED})


def _registrations(due: Q) -> QuerySet[Registration]:
    return Registration.objects.filter(due | leaving()).order_by()


def purge_passports(at: datetime) -> int:
    """Delete travel documents and visas, each workshop's after the days it names."""
    days = Coalesce(f"{WORKSHOP}__registration_terms__passport_days", Value(PASSPORT_DAYS))
    kept_until = ExpressionWrapper(
        F(f"{WORKSHOP}__ends_on") + ExpressionWrapper(days * timedelta(days=1), output_field=DurationField()),
        output_field=DateField(),
    )
    over = Registration.objects.annotate(kept_until=kept_until).filter(
        Q(kept_until__lt=at.date(), **{f"{WORKSHOP}__put_off": False}) | leaving()
    )
    rows = over.order_by().values("pk")
    documents = TravelDocument.objects.filter(registration__in=rows).delete()[0]
    return documents + Visa.objects.filter(registration__in=rows).delete()[0]


def purge_needs(at: datetime) -> int:
    """Delete what people eat and need, and whom to call."""
    rows = _registrations(past(at, NEEDS_DAYS)).values("pk")
    needs = Needs.objects.filter(registration__in=rows).delete()[0]
    return needs + EmergencyContact.objects.filter(registration__in=rows).delete()[0]


def purge_journeys(at: datetime) -> int:
    """Delete journeys, stays and answers, and blank what a registration tells of them."""
    due = _registrations(past(at, JOURNEY_DAYS))
    rows, gone = due.values("pk"), 0
    for model in (Journey, Stay, RegistrationAnswer):
        gone += model.objects.filter(registration__in=rows).delete()[0]
    blank = {"passport_name": "", "other_languages": "", "speaks": []}
    empty = {"photo": None, "nationality": None, "residence": None, "arrives_on": None, "leaves_on": None}
    told = due.exclude(**blank, **{f"{name}__isnull": True for name in empty})
    return gone + Registration.objects.filter(pk__in=list(told.values_list("pk", flat=True))).update(**blank, **empty)


def purge_papers(at: datetime) -> int:
    """Delete the papers of nominations and what they say; those of participants are kept longer."""
    took_part = Q(nomination__state=NominationState.SELECTED)
    workshop = "nomination__call__workshop"
    due = (~took_part & past(at, PAPERS_DAYS, workshop)) | past(at, PARTICIPANTS_PAPERS_DAYS, workshop)
    papers = NominationDocument.objects.filter(due).delete()[0]
    said = (~Q(state=NominationState.SELECTED) & past(at, PAPERS_DAYS, "call__workshop")) | past(
        at, PARTICIPANTS_PAPERS_DAYS, "call__workshop"
    )
    blanked = Nomination.objects.filter(said).exclude(expertise="").update(expertise="")
    reasons = Invitation.objects.filter(past(at, PAPERS_DAYS, workshop)).exclude(decline_reason="")
    return papers + blanked + reasons.update(decline_reason="")


def purge_drafts(at: datetime) -> int:
    """Delete drafts of nominations with their papers."""
    return NominationDraft.objects.filter(call__deadline_at__lt=at - timedelta(days=DRAFT_DAYS)).delete()[0]


def purge_links(at: datetime) -> int:
    """Delete personal links long expired."""
    return PersonalLink.objects.filter(expires_at__lt=at - timedelta(days=LINK_DAYS)).delete()[0]


def purge_codes(at: datetime) -> int:
    """Delete codes to sign in."""
    return sweep_codes(at=at)


def purge_letters(at: datetime) -> int:
    """Blank letters long written; that one was written, of which kind and about what, stays. None that is still to go."""
    before = at - timedelta(days=LETTER_DAYS)
    under_way = [MessageState.QUEUED, MessageState.SENDING]
    old = Message.objects.filter(created_at__lt=before).exclude(state__in=under_way).exclude(to_address=GONE_ADDRESS)
    keys = list(old.values_list("pk", flat=True))
    MessageAttempt.objects.filter(message__in=keys).update(detail="")
    Bounce.objects.filter(received_at__lt=before).delete()
    return Message.objects.filter(pk__in=keys).update(**blank_letter())


def blank_letter() -> dict[str, object]:
    """Return what a letter is made to say of nobody with."""
    return {"to_name": "", "to_address": GONE_ADDRESS, "subject": "", "body": "", "enclosures": {}, "detail": ""}


def purge_dead_addresses(at: datetime) -> int:  # noqa: ARG001  # every rule is told the moment
    """Delete dead addresses that nobody has any more."""
    held = Person.objects.annotate(low=Lower("email")).filter(low=Lower(OuterRef("address")))
    return DeadAddress.objects.filter(~Exists(held)).delete()[0]


def purge_imports(at: datetime) -> int:
    """Blank the rows of files of focal points that were read long ago."""
    old = DirectoryRow.objects.filter(batch__made_at__lt=at - timedelta(days=IMPORT_DAYS)).exclude(cells={})
    return old.update(cells={}, changes={}, faults=[], key="")


def purge_addresses(at: datetime) -> int:
    """Take the network addresses out of old entries of the activity log."""
    old = ActivityEntry.objects.filter(at__lt=at - timedelta(days=ADDRESS_DAYS), address__isnull=False)
    return old.update(address=None)

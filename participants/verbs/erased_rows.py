"""What erasing a person does to the rows that hang on them; the caller holds the transaction and the person's lock."""

from django.db.models import Q

from correspondence.models import Bounce, DeadAddress, Message, MessageAttempt, MessageState
from participants.models import DirectoryRow, Invitation, NominationDocument, PersonalLink, SignInCode
from participants.queries.holdings import Holdings
from participants.verbs.forgetting import forget_details
from participants.verbs.purged_rows import BLANK_LETTER, clear_proposals, clear_remarks


def erase_nominations(held: Holdings, label: str) -> None:
    """Delete papers, drafts, links and details; nominations, invitations and registrations stay for the counts."""
    for row in held.registrations:
        forget_details(row)
    held.registrations.update(badge_name=label, may_list=False, may_share=False, may_picture=False)
    NominationDocument.objects.filter(nomination__person__in=held.keys).delete()
    Invitation.objects.filter(nomination__person__in=held.keys).update(decline_reason="")
    clear_remarks(held.nominations)
    held.nominations.update(expertise="")
    held.drafts.delete()
    PersonalLink.objects.filter(person__in=held.keys).delete()


def erase_mandates(held: Holdings) -> None:
    """Take the letters out of mandates that ended, and the person out of campaigns and imports."""
    DirectoryRow.objects.filter(mandate__person__in=held.keys).delete()
    for email in {row.email for row in held.people if row.email.lower() in held.addresses}:
        DirectoryRow.objects.filter(cells__email=email).delete()
    held.mandates.update(designation="", letter=None)
    clear_proposals(held.proposals)


def erase_letters(held: Holdings) -> None:
    """Blank letters to the person and what others were told of them; what still waits is taken back, none is being sent."""
    own = Message.objects.filter(pk__in=list(held.letters.values_list("pk", flat=True)))  # once blank, not found again
    about = Message.objects.filter(pk__in=list(held.letters_about.values_list("pk", flat=True)))
    Bounce.objects.filter(Q(message__in=own) | Q(address__in=held.wire_addresses)).delete()
    DeadAddress.objects.filter(address__in=held.wire_addresses).delete()
    SignInCode.objects.filter(address__in=held.addresses).delete()
    for letters, columns in ((own, BLANK_LETTER), (about, ("subject", "body", "enclosures"))):
        MessageAttempt.objects.filter(message__in=letters).update(detail="")
        letters.filter(state=MessageState.QUEUED).update(state=MessageState.CANCELLED, held=False)
        letters.update(**{name: BLANK_LETTER[name] for name in columns})

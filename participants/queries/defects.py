"""What a nomination still lacks (E33)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from participants.models import Nomination
from participants.models.endorsements import Channel
from participants.models.nominations import DocumentKind
from participants.queries.endorsements import missing


def missing_papers(nomination: Nomination) -> list[str]:
    """Return the kinds of paper the call requires and the nomination lacks, in the call's order.

    Reads ``documents``, ``endorsements`` and ``joined`` as they were prefetched; a paper of a joined nomination counts.
    """
    have = {each.kind for each in nomination.documents.all()}
    for other in nomination.joined.all():
        have |= {each.kind for each in other.documents.all()}
    return [kind for kind in nomination.call.papers if kind not in have]


def faults(nomination: Nomination, *, signatures: bool = True) -> list[str]:
    """Return a sentence for each thing to put right: papers, signatures unless told otherwise, what an organizer noted."""
    found = [_("Missing: %(paper)s.") % {"paper": DocumentKind(kind).label} for kind in missing_papers(nomination)]
    lacking = missing(nomination) if signatures else ()
    found += [_("Signature missing: %(who)s.") % {"who": Channel(channel).label} for channel in sorted(lacking)]
    for each in nomination.defects.all():
        if each.cured_at is None:
            found.append(f"{each.get_kind_display()}: {each.note}" if each.note else f"{each.get_kind_display()}.")
    return found


def complete(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Return those of ``nominations`` that lack nothing."""
    return [each for each in nominations if not faults(each)]

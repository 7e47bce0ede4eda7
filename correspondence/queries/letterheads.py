"""The letterhead as one language writes it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.texts import localized
from correspondence.models import Letterhead


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below an official letter, in one language."""

    organization: str
    signatory: str
    signatory_name: str = ""
    address: tuple[str, ...] = ()


def letterhead(language: str) -> Head:
    """Return the letterhead; what organizers have not written is said in general words."""
    record = Letterhead.objects.first()
    with override(language):
        organization, signatory = _("The Secretariat"), _("For the Executive Secretary")
    if record is None:
        return Head(organization, signatory)
    return Head(
        organization=localized(record.organization, language) or organization,
        signatory=localized(record.signatory, language) or signatory,
        signatory_name=record.signatory_name,
        address=tuple(line.strip() for line in record.address.splitlines() if line.strip()),
    )

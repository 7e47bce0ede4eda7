"""Papers of a nomination: attached, and opened by whoever may."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.verbs.activities import record
from correspondence.models.files import FilePurpose
from correspondence.queries.files import read_bytes
from correspondence.verbs.files import accept_upload
from participants.models import Nomination, NominationDocument
from participants.models.nominations import DocumentKind, NominationState
from participants.queries.calls import ALL_SIGNATORIES
from participants.queries.focal_points import standing
from participants.queries.persons import person_of
from participants.queries.reviews import with_papers_for
from participants.verbs.nominations import require_standing


def attach_document(
    nomination: Nomination, kind: str, *, data: bytes, name: str, by: Actor, at: datetime
) -> NominationDocument:
    """Attach a paper to a live nomination; a newer one of the same kind takes the place of the older.

    Raises ``NotAllowed`` as ``nominate`` does, ``Invalid`` for a bad kind or file (see ``accept_upload``) and ``Refused``
    (``nomination_withdrawn``).
    """
    require_standing(by, nomination, at)
    if kind not in DocumentKind.values:
        raise Invalid("unknown_choice", _("Choose letter, form or CV."), field="kind")
    with transaction.atomic():
        locked = Nomination.objects.select_for_update().get(pk=nomination.pk)
        if locked.state in (NominationState.WITHDRAWN, NominationState.SET_ASIDE):
            raise Refused("nomination_withdrawn", _("This nomination was withdrawn."))
        file = accept_upload(
            data, name=name, purpose=FilePurpose.NOMINATION, owner_key=str(locked.pk), at=at, field=kind
        )
        document, _created = NominationDocument.objects.update_or_create(
            nomination=locked, kind=kind, defaults={"file": file}
        )
        record("attach_document", locked, by=by, at=at, kind=kind)
    return document


def open_document(document: NominationDocument, *, by: Actor, at: datetime) -> bytes:
    """Return the bytes of a paper; every time is in the activity log, for papers hold personal data.

    Raises ``NotAllowed`` (``not_yours``) for others than organizers, the nominee, focal points of the Party who stand today, and
    reviewers of the call who are no compatriots.
    """
    nomination = document.nomination
    person = person_of(by)
    own = person is not None and (
        nomination.person_id == person.pk
        or (
            nomination.party is not None
            and standing(at.date(), party=nomination.party, person=person, kinds=ALL_SIGNATORIES).exists()
        )
    )
    if not by.is_organizer and not own and not _judges(by, nomination):
        raise NotAllowed("not_yours", _("This paper is open to the Party that sent it and the secretariat alone."))
    record("open_document", nomination, by=by, at=at, kind=document.kind)
    return read_bytes(document.file)


def _judges(by: Actor, nomination: Nomination) -> bool:
    return by.user is not None and with_papers_for(by.user).filter(pk=nomination.pk).exists()

"""Papers of a nomination: letter, form, CV."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from correspondence.models.files import FilePurpose
from correspondence.verbs.files import accept_upload
from participants.models import Nomination, NominationDocument
from participants.models.nominations import DocumentKind, NominationState
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
        if locked.state == NominationState.WITHDRAWN:
            raise Refused("nomination_withdrawn", _("This nomination was withdrawn."))
        file = accept_upload(data, name=name, purpose=FilePurpose.NOMINATION, owner_key=str(locked.pk), at=at)
        document, _created = NominationDocument.objects.update_or_create(
            nomination=locked, kind=kind, defaults={"file": file}
        )
        record("attach_document", locked, by=by, at=at, kind=kind)
    return document

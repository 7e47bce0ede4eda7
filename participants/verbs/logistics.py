"""Notes on travel and logistics to everyone who takes part."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models.invitations import InvitationState
from participants.queries.invitations import standing_in
from participants.verbs.letters import already_written, key_for, write_to_nominee
from workshops.models import Workshop

NOTE_LIMIT = 4000


def send_logistics_note(
    workshop: Workshop, note: str, *, by: Actor, at: datetime, mailing: Mailing | None = None
) -> int:
    """Write a note to everyone who accepted an invitation; return how many letters are new.

    The note keeps its paragraphs. The same note on the same day (UTC) goes to a person once. Raises ``NotAllowed``,
    ``Invalid`` (``note_missing``, ``too_long``) and ``Refused`` (``nobody_accepted``).
    """
    by.require_organizer()
    note = _checked(note)
    with transaction.atomic():
        # The row's lock lets a second press of the button wait, and then find the letters of the first.
        workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
        accepted = (
            standing_in([workshop])
            .filter(state=InvitationState.ACCEPTED)
            .select_related("nomination__person", "nomination__party", "nomination__call__workshop__host")
            .order_by("nomination__reference")
        )
        if not accepted:
            raise Refused(
                "nobody_accepted", _("Nobody has accepted an invitation yet, so there is nobody to write to.")
            )
        occasion = f"{at.date().isoformat()}:{hashlib.sha256(note.encode()).hexdigest()[:12]}"
        people = {key_for(each.nomination, "logistics-note", occasion): each.nomination for each in accepted}
        for key in already_written(people):
            del people[key]
        letters = [
            write_to_nominee(each, "logistics-note", at=at, occasion=occasion, mailing=mailing, note=note)
            for each in people.values()
        ]
        written = sum(each is not None for each in letters)
        if written:
            record("send_logistics_note", workshop, by=by, at=at, letters=written)
    return written


def _checked(note: str) -> str:
    note = "\n".join(note.splitlines()).strip()
    if not note:
        raise Invalid("note_missing", _("Write the note first."), field="note")
    if len(note) > NOTE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}, field="note")
    return note

"""Writing to a person once more, wherever the person now reads mail."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from correspondence.models import Message
from correspondence.verbs.messages import resend_message
from participants.queries.persons import standing_for


def resend(message: Message, *, by: Actor, at: datetime) -> Message:
    """Write a settled letter once more, to the address that its person has now.

    Raises as ``correspondence.verbs.messages.resend_message`` does, and ``Refused`` (``no_address``).
    """
    person = standing_for(message.person_key) if message.person_key else None
    if person is not None and not person.email:
        raise Refused("no_address", _("%(name)s has no e-mail address; enter one first.") % {"name": person})
    return resend_message(message, address=person.email if person is not None else "", by=by, at=at)

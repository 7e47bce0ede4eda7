"""The outbox beside the register of people: letters are sent again to the address a person has now."""

from collections.abc import Iterator

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.steps import Step
from correspondence.admin.messages import ARRIVED, CANCEL, RETRY, MessageAdmin
from correspondence.models import Message, MessageState
from participants.verbs.messages import resend

RESEND = Step(
    name="resend",
    label=_("Send again"),
    button=ngettext_lazy("Send %(count)d letter again", "Send %(count)d letters again", "count"),
    done=ngettext_lazy("%(count)d letter queued again.", "%(count)d letters queued again.", "count"),
    note=lambda _rows: _(
        "A copy goes to the address the person has now. A letter that arrived before reaches its recipient twice."
    ),
    fits=lambda message: message.state not in {MessageState.QUEUED, MessageState.SENDING},
    do=lambda message, _answers, by, at: resend(message, by=by, at=at),
)


@admin.register(Message)
class PersonalMessageAdmin(MessageAdmin):
    """The outbox, with the way to the people it writes to."""

    actions = (RETRY, RESEND, ARRIVED, CANCEL)

    def links(self, row: Message) -> Iterator[tuple[str, str]]:
        """Lead to the person as well."""
        yield from super().links(row)
        if row.person_key is not None:
            yield reverse("admin:participants_person_change", args=[row.person_key]), gettext("The person")

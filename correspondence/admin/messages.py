"""The outbox: what goes out, to whom, how far, what failed."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.displays import DONE, LATE, OFF, WAITS, state_column
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin.steps import Step
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.models.messages import MESSAGE_STEPS
from correspondence.queries import messages
from correspondence.verbs.messages import cancel_message, retry_message

RETRY = Step(
    name="retry",
    label=_("Queue again"),
    button=ngettext_lazy("Queue %(count)d message again", "Queue %(count)d messages again", "count"),
    done=ngettext_lazy("%(count)d message queued again.", "%(count)d messages queued again.", "count"),
    note=lambda _rows: _("A message whose fate is uncertain may reach its recipient twice."),
    fits=lambda message: MessageState.QUEUED in MESSAGE_STEPS[message.state] and message.state != MessageState.SENDING,
    do=lambda message, _answers, by, at: retry_message(message, by=by, at=at),
)
CANCEL = Step(
    name="cancel",
    label=_("Withdraw from the outbox"),
    grave=True,
    button=ngettext_lazy("Withdraw %(count)d message", "Withdraw %(count)d messages", "count"),
    done=ngettext_lazy("%(count)d message withdrawn.", "%(count)d messages withdrawn.", "count"),
    note=lambda _rows: _("Withdrawn messages are kept here and are never sent."),
    fits=lambda message: MessageState.CANCELLED in MESSAGE_STEPS[message.state],
    do=lambda message, _answers, by, at: cancel_message(message, by=by, at=at),
)
TONES = {
    "queued": WAITS,
    "sending": WAITS,
    "sent": DONE,
    "uncertain": LATE,
    "failed": LATE,
    "bounced": LATE,
    "cancelled": OFF,
}


class AttemptInline(ReadOnlyInline):
    """Every try to hand the message to the mail server."""

    model = MessageAttempt
    fields = ("number", "started_at", "finished_at", "outcome", "detail", "worker")


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """Letters as they were written; the personal address in them is filled in at delivery and shown nowhere."""

    scope = staticmethod(messages.visible_to)
    list_display = ("subject", "recipient", "kind", "topic", "state_pill", "attempts_made", "due_at", "sent_at")
    list_filter = ("state", "kind", "language", "topic", "created_at")
    search_fields = ("subject", "to_name", "to_address", "topic", "key")
    date_hierarchy = "created_at"
    exclude = ("link_key", "link_digest", "person_key")
    inlines = (AttemptInline,)
    actions = (RETRY, CANCEL)
    state_pill = state_column(TONES)

    @admin.display(description=_("recipient"), ordering="to_name")
    def recipient(self, message: Message) -> str:
        """Name and address."""
        return format_html('{}<br><span class="quiet">{}</span>', message.to_name, message.to_address)

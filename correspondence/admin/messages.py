"""The outbox: what goes out, to whom, how far, what failed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin.steps import Step
from accounts.errors import Invalid
from correspondence.admin.bounces import BounceInline
from correspondence.admin.editing import EditingPage
from correspondence.admin.letters import kind_of, state_of
from correspondence.admin.relay import RelayPage
from correspondence.enclosures import enclosed, why_unprintable
from correspondence.kinds import KINDS
from correspondence.models import Message, MessageAttempt, MessageState
from correspondence.page import blocks
from correspondence.queries import messages
from correspondence.verbs.messages import CANCEL as CANCELLABLE
from correspondence.verbs.messages import CONFIRM as CONFIRMABLE
from correspondence.verbs.messages import RETRY as RETRIABLE
from correspondence.verbs.messages import cancel_message, confirm_message, retry_message
from documents.directions import RIGHT_TO_LEFT
from documents.pdf import Undisplayable

RETRY = Step(
    name="retry",
    label=_("Queue again"),
    button=ngettext_lazy("Queue %(count)d message again", "Queue %(count)d messages again", "count"),
    done=ngettext_lazy("%(count)d message queued again.", "%(count)d messages queued again.", "count"),
    note=lambda _rows: _("A message whose fate is uncertain may reach its recipient twice."),
    fits=lambda message: bool(RETRIABLE[message.state]),
    do=lambda message, _answers, by, at: retry_message(message, by=by, at=at),
)
CANCEL = Step(
    name="cancel",
    label=_("Withdraw from the outbox"),
    grave=True,
    button=ngettext_lazy("Withdraw %(count)d message", "Withdraw %(count)d messages", "count"),
    done=ngettext_lazy("%(count)d message withdrawn.", "%(count)d messages withdrawn.", "count"),
    note=lambda _rows: _("Withdrawn messages are kept here and are never sent."),
    fits=lambda message: bool(CANCELLABLE[message.state]),
    do=lambda message, _answers, by, at: cancel_message(message, by=by, at=at),
)
ARRIVED = Step(
    name="arrived",
    label=_("It arrived"),
    button=ngettext_lazy("Mark %(count)d message as arrived", "Mark %(count)d messages as arrived", "count"),
    done=ngettext_lazy("%(count)d message marked as arrived.", "%(count)d messages marked as arrived.", "count"),
    note=lambda _rows: _("Do this when the recipient or the mail server's own log told you so."),
    fits=lambda message: bool(CONFIRMABLE[message.state]),
    do=lambda message, _answers, by, at: confirm_message(message, by=by, at=at),
)
MEDIA_TYPES = {"pdf": "application/pdf", "calendar": "text/calendar"}


class AttemptInline(ReadOnlyInline):
    """Every try to hand the message to the mail server."""

    model = MessageAttempt
    fields = ("number", "started_at", "finished_at", "outcome", "detail", "worker")


class KindFilter(admin.SimpleListFilter):
    """The kinds of letters by name; asks the database nothing."""

    title = _("kind of letter")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002  # Django's signature
        return [(name, kind.label) for name, kind in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:  # noqa: ARG002
        return queryset.filter(kind=self.value()) if self.value() else queryset


class MessageAdmin(ReadOnlyAdmin):
    """Letters as they were written; the personal link in them is filled in at delivery and shown nowhere."""

    scope = staticmethod(messages.visible_to)
    change_form_template = "admin/message.html"
    change_list_template = "admin/outbox.html"
    list_display = (
        "subject",
        "recipient",
        "kind_name",
        "topic",
        "state_pill",
        "detail",
        "due_at",
        "sent_at",
    )
    list_filter = ("state", "held", KindFilter, "language", "topic", "created_at")
    search_fields = ("to_name", "to_address", "subject", "=topic", "=key")
    show_full_result_count = False  # a second count of everything, with a hundred thousand rows
    ordering = ("-id",)  # by time, from the key's own index
    list_select_related = ("mailing",)
    fields = (
        "recipient", "kind_name", "language", "topic", "mailing", "state_pill", "detail", "created_at", "due_at",
        "sent_at", "attempts_made", "worker", "relay_id", "template_version", "key",
    )  # fmt: skip
    readonly_fields = ("recipient", "kind_name", "state_pill")
    inlines = (AttemptInline, BounceInline)
    actions: Any = (RETRY, ARRIVED, CANCEL)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let the pages of people and mailings lead to their letters."""
        return lookup in {"person_key", "person_key__in", "mailing", "mailing__id__exact"} or super().lookup_allowed(
            lookup, value, request
        )

    @admin.display(description=_("recipient"), ordering="to_name")
    def recipient(self, message: Message) -> SafeString:
        """Name and address."""
        return format_html('{}<br><span class="quiet">{}</span>', message.to_name, message.to_address)

    @admin.display(description=_("kind of letter"), ordering="kind")
    def kind_name(self, message: Message) -> str | Promise:
        """The kind by its name."""
        return kind_of(message)

    @admin.display(description=_("state"), ordering="state")
    def state_pill(self, message: Message) -> SafeString:
        """How far the letter is."""
        return state_of(message)

    def links(self, row: Message) -> Iterator[tuple[str, str]]:
        """Lead to what goes with the letter, to the page that edits it, and to its mailing."""
        if row.held and row.state == MessageState.QUEUED:
            yield reverse("admin:correspondence_message_edit", args=[row.pk]), gettext("Edit the letter")
        for what, name, label in (
            ("letter", "pdf", gettext("PDF letter")),
            ("calendar", "calendar", gettext("Calendar file")),
        ):
            if what in row.enclosures:
                yield reverse("admin:correspondence_message_enclosure", args=[row.pk, name]), label
        if row.mailing_id is not None:
            yield reverse("admin:correspondence_mailing_change", args=[row.mailing_id]), gettext("Its mailing")

    def get_urls(self) -> list[URLPattern]:
        """Add the page that edits a held letter, what goes with a letter, and the mail server's page."""
        wrap = self.admin_site.admin_view
        enclosure = never_cache(wrap(self.enclosure_view))
        return [
            path("mail-server/", wrap(RelayPage(self)), name="correspondence_message_relay"),
            path("<uuid:key>/edit/", wrap(EditingPage(self)), name="correspondence_message_edit"),
            path("<uuid:key>/enclosures/<slug:what>/", enclosure, name="correspondence_message_enclosure"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the letter as its reader sees it."""
        message = context.get("original")
        if message is not None:
            context["blocks"] = blocks(message.body)
            context["direction"] = "rtl" if message.language in RIGHT_TO_LEFT else "ltr"
        return super().render_change_form(request, context, *args, **kwargs)

    def enclosure_view(self, request: HttpRequest, key: UUID, what: str) -> HttpResponse:
        """Send the PDF or the calendar file that goes with a letter, made as delivery makes it and kept nowhere."""
        message = self.get_queryset(request).filter(pk=key).first()
        if message is None or what not in MEDIA_TYPES:
            raise Http404
        try:
            files = enclosed(message)
        except Undisplayable as error:
            raise Invalid("unprintable", why_unprintable(error.signs)) from error
        file = next((each for each in files if each.media_type.partition(";")[0] == MEDIA_TYPES[what]), None)
        if file is None:
            raise Http404
        headers = {"Content-Disposition": f'inline; filename="{file.name}"', "Cache-Control": "no-store, private"}
        return HttpResponse(file.data, content_type=file.media_type, headers=headers)

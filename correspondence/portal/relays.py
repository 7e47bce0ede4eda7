"""The door for hosted relays: Anymail checks who calls and reads the events, a verb keeps each."""

import hashlib
import logging
import re
from functools import cache
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from correspondence.failures import failure_kind, status_in
from correspondence.models.bounces import BounceKind, BounceSource
from correspondence.reports import Report, kept, wire_form
from correspondence.verbs.bounces import record_report

log = logging.getLogger(__name__)

# Anymail's own views; those of Amazon SES and Postal need more packages, Mandrill's and Unisender Go's go other
# ways, and SendGrid is no longer supported.
RELAYS = {
    name: f"anymail.webhooks.{name}.{title}TrackingWebhookView"
    for name, title in (
        ("brevo", "Brevo"),
        ("mailersend", "MailerSend"),
        ("mailgun", "Mailgun"),
        ("mailjet", "Mailjet"),
        ("mailtrap", "Mailtrap"),
        ("postmark", "Postmark"),
        ("resend", "Resend"),
        ("sparkpost", "SparkPost"),
    )
}
_KINDS = {
    EventType.DELIVERED: BounceKind.DELIVERED,
    EventType.DEFERRED: BounceKind.DELAYED,
    EventType.COMPLAINED: BounceKind.COMPLAINT,
    EventType.UNSUBSCRIBED: BounceKind.COMPLAINT,
    EventType.FAILED: BounceKind.TEMPORARY,  # the relay's own trouble
}
_REFUSALS = {  # why a relay did not even try
    RejectReason.INVALID: BounceKind.PERMANENT,
    RejectReason.BOUNCED: BounceKind.PERMANENT,
    RejectReason.SPAM: BounceKind.COMPLAINT,
    RejectReason.UNSUBSCRIBED: BounceKind.COMPLAINT,
}
_SOFT = re.compile("soft|transient|blocked", re.IGNORECASE)
_SAID_IN = ("Type", "type", "event", "bounceType")


class RelayEvents(AnymailBaseWebhookView):  # type: ignore[misc]  # Anymail has no types
    """Calls the verb where Anymail's own view sends a signal."""

    relay = ""
    warn_if_no_basic_auth = False  # without a password there is no door at all

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Keep the events of one call; 401 and 403 for strangers, 400 for what is no event, in each case without a change."""
        if not request.headers.get("Authorization"):  # some wait to be asked
            return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="relay"'})
        try:
            self.run_validators(request)
        except AnymailWebhookValidationFailure as stranger:
            log.warning("Somebody who is not %s called its webhook: %s", self.relay, stranger)
            return HttpResponse(status=403)
        try:
            events = list(self.parse_events(request))
        except (ValueError, LookupError, TypeError, AttributeError, ImproperlyConfigured):
            log.warning("%s told something that is no event", self.relay, exc_info=True)
            return HttpResponse(status=400)
        at = timezone.now()
        for event in events:
            if report := report_of(event, self.relay):
                record_report(report, source=BounceSource.RELAY, at=at)
        return HttpResponse()


def report_of(event: AnymailTrackingEvent, relay: str) -> Report | None:
    """Return what an event says of a letter; ``None`` for those that say nothing of its arrival (opened, clicked)."""
    words = kept(" ".join(str(text) for text in (event.description, event.mta_response) if text))
    status = status_in("", words)
    kind = _kind(event, status, words)
    if kind is None:
        return None
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    named = (event.message_id, metadata.get("message"))
    names = tuple(kept(str(name)) for name in named if name)
    return Report(kind, wire_form(str(event.recipient or "")), _key(event, relay, kind), names, status, words)


def _kind(event: AnymailTrackingEvent, status: str, words: str) -> str | None:
    if event.event_type == EventType.REJECTED:
        return _REFUSALS.get(event.reject_reason, BounceKind.TEMPORARY)
    if event.event_type == EventType.BOUNCED:
        return BounceKind.TEMPORARY if _is_soft(event) else failure_kind(status, words)
    return _KINDS.get(event.event_type)


def _is_soft(event: AnymailTrackingEvent) -> bool:
    """Whether the relay gave up without blaming the address; Anymail makes no difference."""
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    places = [told, told.get("bounce"), told.get("data"), (told.get("data") or {}).get("bounce")]
    said = [place.get(name) for place in places if isinstance(place, dict) for name in _SAID_IN]
    return any(_SOFT.search(word) for word in said if isinstance(word, str))


def _key(event: AnymailTrackingEvent, relay: str, kind: str) -> str:
    """Name an event by what it says: some relays give an event told again another id, some give none."""
    moment = event.timestamp.isoformat() if event.timestamp else event.event_id
    said = "\n".join(map(str, (kind, event.event_type, event.message_id, event.recipient, moment)))
    return f"{relay}:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()}"


@cache
def _view(relay: str) -> Any:
    return type("RelayEvents", (RelayEvents, import_string(RELAYS[relay])), {"relay": relay}).as_view()  # type: ignore[attr-defined]  # made when it runs


@csrf_exempt  # the relay proves itself by password or signature
def relay_events(request: HttpRequest, relay: str) -> HttpResponseBase:
    """Take what a relay of the settings tells."""
    if relay not in settings.RELAY_WEBHOOKS or relay not in RELAYS or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    answer: HttpResponseBase = _view(relay)(request)
    return answer

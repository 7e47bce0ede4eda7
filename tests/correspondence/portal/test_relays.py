"""What hosted relays tell: believed by password and signature alone, kept once."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from correspondence.models import Bounce, DeadAddress, Message
from correspondence.portal.relays import RELAYS, report_of
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db

PASSWORD = "relay:open-sesame"
KEY = "key-of-mailgun"
AMAL = "amal@ministry.example"
POSTMARK_NAME = "883953f4-6105-42a2-a16a-77a8eac79483"
# Payloads shaped as the relays document them.
POSTMARK_BOUNCE = {
    "RecordType": "Bounce",
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "TypeCode": 1,
    "Name": "Hard bounce",
    "Tag": "",
    "MessageID": POSTMARK_NAME,
    "Metadata": {},
    "ServerID": 23,
    "MessageStream": "outbound",
    "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
    "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
    "Email": AMAL,
    "From": "secretariat@planner.example",
    "BouncedAt": "2014-01-06T09:05:51Z",
    "DumpAvailable": True,
    "Inactive": True,
    "CanActivate": True,
    "Subject": "Invitation",
}
POSTMARK_DELIVERY = {
    "RecordType": "Delivery",
    "ServerID": 23,
    "MessageStream": "outbound",
    "MessageID": POSTMARK_NAME,
    "Recipient": AMAL,
    "Tag": "",
    "DeliveredAt": "2014-01-06T09:01:00Z",
    "Details": "Test delivery webhook details",
    "Metadata": {},
}
POSTMARK_OPEN = {**POSTMARK_DELIVERY, "RecordType": "Open", "ReceivedAt": "2014-01-06T10:01:00Z"}


@pytest.fixture(autouse=True)
def _relays(settings: Settings) -> None:
    settings.RELAY_WEBHOOKS = ["postmark", "mailgun"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": [PASSWORD], "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


@pytest.fixture
def letter() -> Message:
    message = acceptance()
    Message.objects.update(state="sent", sent_at=NOW, relay_id=POSTMARK_NAME)
    message.refresh_from_db()
    return message


def tell(relay: str, said: Any, *, password: str | None = PASSWORD, **headers: str) -> Any:
    """Post as a relay does, without a cookie or a form's secret."""
    if password is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(password.encode()).decode()
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    kind = headers.pop("Content-Type", "application/json")
    client = Client(enforce_csrf_checks=True)
    return client.post(reverse("relay-events", args=[relay]), body, content_type=kind, headers=headers)


def mailgun(message: Message, *, token: str = "", key: str = KEY, **event: Any) -> dict[str, Any]:
    """What Mailgun posts about a failure for good, signed."""
    signature = hmac.new(key.encode(), f"1389000000{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1389000000", "token": token, "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 1389000000.5,
            "recipient": AMAL,
            "recipient-domain": "ministry.example",
            "log-level": "error",
            "message": {
                "headers": {"to": AMAL, "message-id": f"{message.pk}@planner.example", "subject": "Invitation"}
            },
            "delivery-status": {"code": 550, "message": "5.1.1 No such user", "description": "", "attempt-no": 1},
            "user-variables": {},
            "tags": [],
            **event,
        },
    }


def state(message: Message) -> str:
    return Message.objects.values_list("state", flat=True).get(pk=message.pk)


def test_postmarks_bounce_ends_the_letter_and_the_address(letter: Message):
    assert tell("postmark", POSTMARK_BOUNCE).status_code == 200

    bounce = Bounce.objects.get()
    assert (bounce.message, bounce.kind, bounce.source, bounce.status) == (letter, "permanent", "relay", "5.1.1")
    assert bounce.detail.endswith("The email account that you tried to reach does not exist.")
    assert state(letter) == "bounced"
    assert DeadAddress.objects.get().address == AMAL


def test_an_event_told_again_is_kept_once(letter: Message):
    for _twice in range(2):
        assert tell("postmark", POSTMARK_BOUNCE).status_code == 200
    assert Bounce.objects.count() == 1


def test_mailgun_under_another_token_is_the_same_event(letter: Message):
    for token in ("first", "second"):
        assert tell("mailgun", mailgun(letter, token=token)).status_code == 200
    assert Bounce.objects.count() == 1
    assert state(letter) == "bounced"


def test_postmarks_soft_bounce_spares_the_address(letter: Message):
    soft = {**POSTMARK_BOUNCE, "Type": "SoftBounce", "Details": "smtp;550 no"}
    tell("postmark", soft)
    assert (state(letter), Bounce.objects.get().kind) == ("bounced", "temporary")
    assert not DeadAddress.objects.exists()


def test_a_delivery_settles_what_was_uncertain(letter: Message):
    Message.objects.update(state="uncertain", sent_at=None)
    tell("postmark", POSTMARK_DELIVERY)
    assert (state(letter), Bounce.objects.get().kind) == ("sent", "delivered")


@pytest.mark.parametrize(
    ("changes", "kind", "dead"),
    [
        ({"Type": "Transient"}, "delayed", False),
        ({"Type": "SpamComplaint"}, "complaint", True),
        ({"Type": "BadEmailAddress"}, "permanent", True),
        ({"Type": "DMARCPolicy"}, "temporary", False),
        ({"Type": "VirusNotification", "Details": "smtp; 554 5.7.0 virus"}, "temporary", False),
        ({"RecordType": "SubscriptionChange", "SuppressSending": True, "SuppressionReason": "ManualSuppression"},
         "complaint", True),
    ],
)  # fmt: skip
def test_other_events_of_postmark(letter: Message, changes: dict[str, Any], kind: str, dead: bool):
    tell("postmark", {**POSTMARK_BOUNCE, **changes})
    assert Bounce.objects.get().kind == kind
    assert DeadAddress.objects.exists() is dead


@pytest.mark.parametrize("said", [POSTMARK_OPEN, {**POSTMARK_BOUNCE, "Type": "AutoResponder"}, {}])
def test_what_says_nothing_of_arrival_is_passed_over(letter: Message, said: Any):
    assert tell("postmark", said).status_code == 200
    assert not Bounce.objects.exists()


def test_a_failure_for_now_at_mailgun_is_a_delay(letter: Message):
    tell("mailgun", mailgun(letter, severity="temporary", reason="generic"))
    assert (state(letter), Bounce.objects.get().kind) == ("sent", "delayed")


def test_a_letter_is_found_by_what_we_told_the_relay(letter: Message):
    Message.objects.update(relay_id="")
    tell("postmark", {**POSTMARK_BOUNCE, "Metadata": {"message": str(letter.pk)}})
    assert (Bounce.objects.get().message, state(letter)) == (letter, "bounced")


@pytest.mark.parametrize(("password", "code"), [(None, 401), ("relay:wrong", 403), ("", 403), ("open-sesame", 403)])
@pytest.mark.parametrize("relay", ["postmark", "mailgun"])
def test_a_stranger_changes_nothing(letter: Message, relay: str, password: str | None, code: int):
    said = POSTMARK_BOUNCE if relay == "postmark" else mailgun(letter)
    assert tell(relay, said, password=password).status_code == code
    assert not Bounce.objects.exists()
    assert state(letter) == "sent"


def test_a_wrong_signature_changes_nothing(letter: Message):
    assert tell("mailgun", mailgun(letter, key="another")).status_code == 403
    unsigned = mailgun(letter)
    del unsigned["signature"]
    assert tell("mailgun", unsigned).status_code == 403
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"null", b"\xff", {"RecordType": ["a"]}, {"FromFull": {}}])
def test_what_is_no_event_is_refused(letter: Message, said: Any):
    assert tell("postmark", said).status_code == 400
    assert not Bounce.objects.exists()


def test_text_no_column_can_hold(letter: Message):
    assert tell("postmark", {**POSTMARK_BOUNCE, "Details": "a\x00b"}).status_code == 400
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("relay", ["sendgrid", "nobody"])
def test_a_relay_that_the_settings_do_not_name_has_no_door(relay: str):
    assert tell(relay, POSTMARK_BOUNCE).status_code == 404


def test_without_a_password_there_is_no_door(settings: Settings, letter: Message):
    settings.ANYMAIL = {"WEBHOOK_SECRET": []}
    assert tell("postmark", POSTMARK_BOUNCE).status_code == 404
    assert not Bounce.objects.exists()


def test_the_door_is_only_posted_to(client: Client):
    address = reverse("relay-events", args=["postmark"])
    assert client.get(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("relay", RELAYS)
def test_every_relay_that_is_offered_can_be_listened_to(relay: str, settings: Settings):
    settings.RELAY_WEBHOOKS = [relay]
    settings.ANYMAIL |= {"MAILERSEND_SIGNING_SECRET": KEY, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    assert tell(relay, b"{", password="relay:wrong").status_code == 403
    assert tell(relay, b"{").status_code in {400, 403}  # 403 where a signature is wanted, too


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"event_type": "rejected", "reject_reason": "invalid"}, "permanent"),
        ({"event_type": "rejected", "reject_reason": "bounced"}, "permanent"),
        ({"event_type": "rejected", "reject_reason": "spam"}, "complaint"),
        ({"event_type": "rejected", "reject_reason": "blocked"}, "temporary"),
        ({"event_type": "rejected"}, "temporary"),
        ({"event_type": "failed"}, "temporary"),
        ({"event_type": "bounced"}, "permanent"),
        ({"event_type": "bounced", "mta_response": "552 5.2.2 Over quota"}, "temporary"),
        ({"event_type": "bounced", "esp_event": {"event": "soft_bounce"}}, "temporary"),
        ({"event_type": "bounced", "esp_event": {"data": {"bounce": {"type": "Transient"}}}}, "temporary"),
        ({"event_type": "bounced", "esp_event": [1]}, "permanent"),
        ({"event_type": "opened"}, None),
        ({"event_type": "unknown"}, None),
    ],
)
def test_events_by_what_they_mean(event: dict[str, Any], kind: str | None):
    report = report_of(AnymailTrackingEvent(recipient=AMAL, message_id="m", **event), "postmark")
    assert (report.kind if report else None) == kind


def test_events_without_a_time_are_told_apart_by_their_ids():
    events = [AnymailTrackingEvent(event_type="bounced", recipient=AMAL, event_id=each) for each in ("1", "2", "2")]
    keys = [report.key for event in events if (report := report_of(event, "postmark"))]
    assert len(keys) == 3
    assert len(set(keys)) == 2
    assert all(len(key) <= 255 for key in keys)


def test_text_of_a_relay_is_kept_as_a_column_can_hold_it():
    event = AnymailTrackingEvent(
        event_type="bounced", recipient="a\x00b", message_id="m\x00", description="d\x00" * 999
    )
    report = report_of(event, "postmark")
    assert report is not None
    assert "\x00" not in f"{report.address}{report.names}{report.detail}{report.key}"
    assert len(report.detail) == 500

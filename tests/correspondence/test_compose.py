"""A message as a mail: one source for text and page, headers of official mail, addresses of every script."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from correspondence.compose import as_bytes, compose
from correspondence.models import Message
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.messages import Recipient
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance, invitation
from tests.correspondence.sink import Sink

pytestmark = pytest.mark.django_db


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(as_bytes(compose(message, at=NOW)), _class=EmailMessage, policy=policy.default)


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body([kind])
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_text_and_page_say_the_same():
    mail = parsed(acceptance())

    assert "Your seat is reserved.\n" in body(mail, "plain")
    page = body(mail, "html")
    assert '<html lang="en" dir="ltr">' in page
    assert "Your seat is reserved.</p>" in page
    assert "For the Executive Secretary<br>The Secretariat</p>" in page


def test_the_page_of_an_arabic_letter_runs_from_right_to_left():
    page = body(parsed(acceptance(recipient=Recipient("أمل", "amal@ministry.example", "ar"))), "html")

    assert '<html lang="ar" dir="rtl">' in page


def test_the_personal_address_can_be_followed_on_the_page(settings: Settings):
    settings.BASE_URL = "https://planner.example"
    mail = parsed(invitation())

    page = body(mail, "html")
    assert page.count("https://planner.example/my/invitation/") == 2  # followed and read
    assert '<a href="https://planner.example/my/invitation/' in page
    assert "{link}" not in page
    assert "{link}" not in body(mail, "plain")


def test_what_people_wrote_is_text_on_the_page():
    name = "<b>Amal</b> & co"
    facts = {"name": name, "workshop": "<script>alert(1)</script>", "reference": "ANNEX2-AMM-014"}

    page = body(parsed(acceptance(context=facts)), "html")

    assert "<script>" not in page
    assert "Dear &lt;b&gt;Amal&lt;/b&gt; &amp; co," in page


def test_the_message_id_stays_the_same_and_reports_go_to_their_own_address(settings: Settings, sink: Sink):
    settings.DEFAULT_FROM_EMAIL = "Secretariat <desk@secretariat.example>"
    settings.MAIL_BOUNCE_ADDRESS = "reports@secretariat.example"
    message = acceptance()

    deliver_due(at=NOW)

    assert sink.mails[0]["Message-ID"] == f"<{message.pk}@secretariat.example>"
    assert sink.mails[0]["From"] == "Secretariat <desk@secretariat.example>"
    assert sink.senders == ["reports@secretariat.example"]


def test_an_address_in_another_script_goes_out_by_smtputf8(sink: Sink):
    acceptance(recipient=Recipient("王小明", "用户@例子.example", "zh"))

    assert deliver_due(at=NOW) == 1

    message = Message.objects.get()
    assert message.state == "sent"
    assert sink.recipients == ["用户@xn--fsqu00a.example"]
    assert str(sink.mails[0]["To"]) == "王小明 <用户@xn--fsqu00a.example>"


def test_a_server_without_smtputf8_says_why_the_letter_cannot_go(sink: Sink):
    sink.forget_smtputf8()
    acceptance(1, recipient=Recipient("王小明", "用户@例子.example", "zh"))
    acceptance(2)

    assert deliver_due(at=NOW) == 2

    first, second = Message.objects.order_by("key")
    assert (first.state, first.detail) == (
        "failed",
        "The mail server takes no addresses in other scripts (SMTPUTF8).",
    )
    assert second.state == "sent"


def test_a_domain_of_another_script_needs_nothing_special(sink: Sink):
    sink.forget_smtputf8()
    acceptance(address="amal@بيئة.example")

    deliver_due(at=NOW)

    assert sink.recipients == ["amal@xn--lgbde4k.example"]

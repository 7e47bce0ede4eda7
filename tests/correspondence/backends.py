"""Mail backends that stand for what happens between the claim and the answer."""

from collections.abc import Sequence
from datetime import timedelta

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem

from correspondence.models import Message
from correspondence.verbs.sweeps import sweep
from tests.conftest import NOW


class SweptMeanwhile(locmem.EmailBackend):
    """A server so slow that the sweep gives the claim up before it answers."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        assert sweep(at=NOW + timedelta(hours=1)).uncertain == 1
        return super().send_messages(messages)


class WithdrawsTheRest(locmem.EmailBackend):
    """An organizer withdraws every letter that still waits while the first is on the wire."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        Message.objects.filter(state="queued").update(state="cancelled")
        return super().send_messages(messages)


class DiesAtTheSecond(locmem.EmailBackend):
    """The worker is gone while its second letter is on the wire."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if len(mail.outbox):
            raise MemoryError
        return super().send_messages(messages)


class BouncesTheFirst(locmem.EmailBackend):
    """The report that the first letter came back is there before the answer to its sending."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if not len(mail.outbox):
            Message.objects.filter(state="sending").update(state="bounced")
        return super().send_messages(messages)

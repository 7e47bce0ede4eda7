"""From a row of the outbox to a mail on the wire, and from the mail server's answer to what it means for the row."""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from correspondence.compose import as_bytes, compose, envelope_sender, needs_utf8
from correspondence.models import Message
from correspondence.models.messages import AttemptOutcome
from documents.pdf import Undisplayable

_REFUSED = 400  # RFC 5321, 4.2.1
_PERMANENT = 500  # replies from 500 on are final, those below may be tried again
_DOT_AT_START = re.compile(rb"^\.", re.MULTILINE)  # RFC 5321, 4.5.2
_CLOSING = "421 "  # RFC 5321, 3.8: the server closes the connection


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt came to, the server's words about it, and the name the relay gave the mail."""

    outcome: AttemptOutcome
    detail: str = ""
    relay_id: str = ""


class Unanswered(OSError):  # noqa: N818  # says what happened
    """The whole text was handed over and no answer came: nobody knows whether the server took it."""


class Wire:
    """A connection to the mail server, kept over several letters and opened anew after an error."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None
        self._announced: tuple[UUID, bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._backend is not None

    def open(self) -> str:
        """Connect unless there is a connection; return "" or, in the server's words, why there is none."""
        if self._backend is not None:
            return ""
        backend = get_connection()
        try:
            backend.open()
        except OSError as error:  # smtplib's errors are among them
            return judge(error).detail
        self._backend = backend
        return ""

    def send(self, message: Message, *, at: datetime) -> Answer:
        """Hand over one message; errors of mail come back as an answer, others are raised."""
        if trouble := self.open():
            return Answer(AttemptOutcome.LATER, trouble)
        try:
            answer = self._hand_over(message, at)
        except (ValueError, Undisplayable) as error:  # a header, link or sign that cannot be written
            answer = Answer(AttemptOutcome.REFUSED, str(error))
        except OSError as error:
            self._close()
            return judge(error)
        if answer.outcome != AttemptOutcome.SENT:
            self._start_over(answer)
        return answer

    def begin(self, message: Message, *, at: datetime) -> None:
        """Write a message and name its sender to the server, which reads it while we write to the database.

        Nothing goes out by it: a server takes a mail when it has the text. What is wrong comes to light in ``send``.
        """
        if self._server is None:
            return
        try:
            self._announce(self._server, message, at)
        except (ValueError, Undisplayable):
            return
        except OSError:
            self._close()

    def _hand_over(self, message: Message, at: datetime) -> Answer:
        server = self._server
        if server is None:
            mail = compose(message, at=at)
            self._backend.send_messages([mail])  # type: ignore[union-attr]  # open() has said so
            return Answer(AttemptOutcome.SENT, relay_id=_name_at_relay(mail))
        if self._announced is None or self._announced[0] != message.pk:
            self._announce(server, message, at)
        data, self._announced = self._announced[1], None  # type: ignore[index]  # announced just now, or before
        return _over_smtp(server, message.to_address, data)

    def _announce(self, server: smtplib.SMTP, message: Message, at: datetime) -> None:
        if self._announced is not None:  # another message, which is not to be sent after all
            self._announced = None
            server.getreply()
            server.rset()
        mail = compose(message, at=at)
        server.ehlo_or_helo_if_needed()
        data, options = as_bytes(mail), ""
        if needs_utf8(mail):
            if not server.has_extn("smtputf8"):
                raise ValueError(_("The mail server takes no addresses in other scripts (SMTPUTF8)."))
            server.command_encoding, options = "utf-8", " SMTPUTF8 BODY=8BITMIME"
        if server.has_extn("size"):
            options += f" SIZE={len(data)}"
        server.putcmd("MAIL", f"FROM:<{envelope_sender()}>{options}")
        self._announced = message.pk, data

    @property
    def _server(self) -> smtplib.SMTP | None:
        server = getattr(self._backend, "connection", None)
        return server if isinstance(server, smtplib.SMTP) else None

    def _start_over(self, answer: Answer) -> None:
        """Make the connection fit for the next letter after a refusal; a server that is closing is left (421)."""
        server = self._server
        try:
            if server is None or answer.detail.startswith(_CLOSING) or server.rset()[0] >= _REFUSED:
                self._close()
        except OSError:
            self._close()

    def _close(self) -> None:
        backend, self._backend, self._announced = self._backend, None, None
        if backend is not None:
            with suppress(OSError):
                backend.close()


def _over_smtp(server: smtplib.SMTP, address: str, data: bytes) -> Answer:
    """Go on with the SMTP dialogue step by step: ``smtplib.sendmail`` would throw the server's last words away."""
    steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
        server.getreply,
        lambda: server.docmd("RCPT", f"TO:<{address}>"),
        lambda: server.docmd("DATA"),
        lambda: _hand_text(server, data),
    )
    code, words = 0, b""
    for step in steps:
        code, words = step()
        if code >= _REFUSED:
            return _refused(code, words)
    return Answer(AttemptOutcome.SENT, f"{code} {words.decode('utf-8', 'replace')}")


def _hand_text(server: smtplib.SMTP, data: bytes) -> tuple[int, bytes]:
    """Send the text and its last dot; from then on, and only then, the server may have taken the mail."""
    text = data if data.endswith(b"\r\n") else data + b"\r\n"
    server.send(_DOT_AT_START.sub(b"..", text) + b".\r\n")
    try:
        return server.getreply()
    except OSError as error:
        raise Unanswered(str(error)) from error


def _refused(code: int, words: bytes) -> Answer:
    outcome = AttemptOutcome.REFUSED if code >= _PERMANENT else AttemptOutcome.LATER
    return Answer(outcome, f"{code} {words.decode('utf-8', 'replace')}")


def _name_at_relay(mail: Any) -> str:
    """Return what a hosted relay calls the mail, where its backend (django-anymail's) tells."""
    status = getattr(mail, "anymail_status", None)
    return str(getattr(status, "message_id", None) or "")


def judge(error: OSError) -> Answer:
    """Say what an error while sending means: try later, never again, or nobody knows."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return _refused(error.smtp_code, words if isinstance(words, bytes) else str(words).encode())
    outcome = AttemptOutcome.LOST if isinstance(error, Unanswered) else AttemptOutcome.LATER
    return Answer(outcome, str(error) or type(error).__name__)

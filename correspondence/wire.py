"""From a row of the outbox to a mail on the wire, and from the mail server's answer to what it means for the row."""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr, quote
from traceback import walk_tb
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accounts.tokens import derive_matching
from correspondence.models import Message
from correspondence.models.messages import AttemptOutcome
from correspondence.queries.letters import LINK_MARKER

_PERMANENT = 500  # RFC 5321, 4.2.1: replies from 500 on are final, those below may be tried again


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt came to, and the server's words about it."""

    outcome: AttemptOutcome
    detail: str = ""


def compose(message: Message, *, at: datetime) -> EmailMessage:
    """Return the mail of a message. Its Message-ID follows from the row: a second copy is known as such.

    Raises ``ValueError`` when the personal link's token can no longer be derived.
    """
    sender = settings.DEFAULT_FROM_EMAIL
    host = parseaddr(sender)[1].rpartition("@")[2]
    reply_to = settings.REPLY_TO_EMAIL
    return EmailMessage(
        subject=message.subject,
        body=_with_link(message),
        from_email=sender,
        to=[f'"{quote(message.to_name)}" <{message.to_address}>'],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<{message.pk}@{host}>",
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",  # RFC 3834, 5: keeps holiday replies away
            "Content-Language": message.language,
        },
    )


def _with_link(message: Message) -> str:
    if message.link_key is None:
        return message.body
    token = derive_matching(message.link_key, message.link_digest)
    if token is None:
        raise ValueError("No secret key fits the personal link any more; write the letter anew.")
    return message.body.replace(LINK_MARKER, settings.BASE_URL + message.link_path.replace("{token}", token))


class Wire:
    """A connection to the mail server, kept over several letters and opened anew after an error.

    ``reachable`` is false once there was no server to open it to.
    """

    def __init__(self) -> None:
        self.reachable = True
        self._backend: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: Message, *, at: datetime) -> Answer:
        """Hand over one message; errors of mail come back as an answer, others are raised."""
        try:
            backend = self._open()
        except OSError as error:  # smtplib's errors are among them
            self._close()
            self.reachable = False
            return Answer(AttemptOutcome.LATER, str(error))
        try:
            backend.send_messages([compose(message, at=at)])
        except OSError as error:
            self._close()
            return judge(error)
        except ValueError as error:  # a header or link that cannot be written; the server has heard nothing
            return Answer(AttemptOutcome.REFUSED, str(error))
        return Answer(AttemptOutcome.SENT)

    def _open(self) -> BaseEmailBackend:
        if self._backend is None:
            self._backend = get_connection()
            self._backend.open()
        return self._backend

    def _close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(OSError):
                backend.close()


def judge(error: OSError) -> Answer:
    """Say what an error while sending means: try later, never again, or nobody knows."""
    code, text = _reply(error)
    if code is not None:
        outcome = AttemptOutcome.REFUSED if code >= _PERMANENT else AttemptOutcome.LATER
        return Answer(outcome, f"{code} {text}")
    outcome = AttemptOutcome.LOST if _was_handed_over(error) else AttemptOutcome.LATER
    return Answer(outcome, text)


def _reply(error: OSError) -> tuple[int | None, str]:
    """Return the server's reply code and words; no code when the connection broke."""
    code: int | None = None
    words: bytes | str = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _was_handed_over(error: OSError) -> bool:
    """Whether the text was on its way when the connection broke, so that the server may have taken it.

    smtplib raises the same error in every step; only the step it was in, its method ``data``, tells.
    """
    return any(frame.f_code is smtplib.SMTP.data.__code__ for frame, _ in walk_tb(error.__traceback__))

"""A mail server for tests: keeps what it takes and answers as it is told."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services import free_port

logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd tells of every command


def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class Sink:
    """Listens on a free loopback port while it is entered."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.sessions: set[int] = set()
        self.senders: list[str] = []
        self.recipients: list[str] = []
        """The bare addresses of the envelopes."""
        self.replies: dict[str, str] = {}
        """What to answer to RCPT, by address; else 250."""
        self.before_reply: Callable[[int], None] = lambda _number: None
        """Called with the number of mails taken before the last one is acknowledged."""
        self.hang_up_at: str | None = None
        """The command, RCPT or DATA, at which to break the connection instead of an answer."""
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._controller.stop()

    def forget_smtputf8(self) -> None:
        """Be a server of before RFC 6531."""
        self._controller.SMTP_kwargs["enable_SMTPUTF8"] = False

    def stop_listening(self) -> None:
        """Refuse new connections; the one there is goes on."""
        assert self._controller.server is not None
        self._controller.server.close()

    @property
    def copies(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(mail["Message-ID"] for mail in self.mails)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002  # aiosmtpd's signature
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.hang_up_at == "RCPT":
            hang_up(server)
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        self.sessions.add(id(session))
        self.senders.append(envelope.mail_from or "")
        self.recipients += envelope.rcpt_tos
        self.before_reply(len(self.mails))
        if self.hang_up_at == "DATA":
            hang_up(server)
        return "250 Taken"

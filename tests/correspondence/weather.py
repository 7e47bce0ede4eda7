"""A mail server in bad weather: it drops connections and answers 421, 451 and 550 by a script that depends on the address."""

import re
from collections import Counter

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.correspondence.sink import Sink, hang_up

MESSAGE_ID = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE)


class Weather(Sink):
    """Addresses are ``expert<number>@…``; the number decides what happens to them, the try when it is over."""

    def __init__(self) -> None:
        super().__init__()
        self.tries: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        """How often the mail of each message arrived whole."""
        self.said: Counter[str] = Counter()
        """How often each trouble was made."""

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002  # aiosmtpd's signature
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        self.tries[address] += 1
        trouble = self._trouble(number_of(address), self.tries[address])
        self.said[trouble] += 1
        if trouble == "dropped":
            hang_up(server)
        if trouble in {"421", "451", "550"}:
            return f"{trouble} {'5.1.1' if trouble == '550' else '4.3.2'} Bad weather"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def _trouble(self, number: int, attempt: int) -> str:
        if number % 50 == 7:
            return "550"
        if number % 20 == 3 and attempt <= 2:
            return "451"
        if number % 97 == 5 and attempt == 1:
            return "421"
        if number % 61 == 9 and attempt == 1:
            return "dropped"
        return "taken"

    async def handle_DATA(  # noqa: N802
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        assert isinstance(envelope.content, bytes)
        found = MESSAGE_ID.search(envelope.content)
        assert found is not None
        self.taken[found[1].decode()] += 1
        return "250 Taken"


def number_of(address: str) -> int:
    """Return the number in an address."""
    return int(re.sub(r"\D", "", address.partition("@")[0]))

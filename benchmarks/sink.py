"""A mail server on loopback that takes everything and keeps nothing, in a process of its own.

``python -m benchmarks.sink`` prints its port and runs until its standard input ends.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
WAIT = 10  # seconds for the sink to end


class Drop:
    """Accepts each message and forgets it."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's hook
        """Answer as a mail server does that has taken the message."""
        return "250 taken"


@contextmanager
def running() -> Iterator[int]:
    """Start a sink, give its port, and end it."""
    command = (sys.executable, "-m", "benchmarks.sink")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own module
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the sink has no pipes")
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait(WAIT)


async def serve() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Drop()), HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())

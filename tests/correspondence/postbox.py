"""A real IMAP server (pymap, in memory) on loopback, and a client that looks into it."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

USER, PASSWORD = "bounces", "p w/@:%ü"  # each sign that an address gives a meaning to


class Postbox:
    """One account on the server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"imap://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{port}"

    @contextmanager
    def _session(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as client:
            client.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
            yield client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Deliver mails."""
        with self._session() as client:
            for mail in mails:
                assert client.append(folder, "", "", mail)[0] == "OK"

    def look(self, folder: str = "INBOX") -> list[tuple[bytes, bool]]:
        """Return the first line of each mail of a folder and whether it was seen; nothing where there is no folder."""
        with self._session() as client:
            if client.select(folder, readonly=True)[0] != "OK":
                return []
            return [_told(client, number) for number in client.search(None, "ALL")[1][0].split()]

    def clear(self) -> None:
        """Make the account as it was, and a folder ``Reports``."""
        with self._session() as client:
            for folder in ("INBOX", "Processed", "Reports"):
                if client.select(folder)[0] == "OK" and client.search(None, "ALL")[1][0]:
                    client.store("1:*", "+FLAGS", r"(\Deleted)")
                    client.expunge()
            client.create("Reports")


def _told(client: imaplib.IMAP4, number: bytes) -> tuple[bytes, bool]:
    flags = str(client.fetch(number.decode(), "(FLAGS)")[1])
    parts = client.fetch(number.decode(), "(BODY.PEEK[])")[1]
    text = next(part[1] for part in parts if isinstance(part, tuple))
    return text.splitlines()[0], "Seen" in flags


@contextmanager
def running() -> Iterator[Postbox]:
    """Run a server as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from pymap.main import main; main()",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
    ]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            _wait_for(port, server)
            yield Postbox(port)
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _try in range(200):
        assert server.poll() is None, "the IMAP server did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError

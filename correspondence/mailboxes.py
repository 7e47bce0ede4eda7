"""Where reports come in: a mailbox reached over IMAP, and a folder of mails. No mail is lost here, at worst one is read twice."""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

from django.conf import settings

from correspondence.models.bounces import BounceSource

log = logging.getLogger(__name__)

LARGEST = 2 * 1024 * 1024  # bytes; a report is shorter, and a longer mail is for people
TIMEOUT = 20  # seconds, each time the server is waited for
LEFT = "PlannerLeft"  # the keyword of mails that are for people: read once, and unread for everybody else
_PROCESSED = ("Processed", "INBOX.Processed", "INBOX/Processed")  # some servers keep all folders below the inbox
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")


class MailboxUnfit(Exception):  # noqa: N818  # read as a sentence where it is logged
    """The mailbox cannot be used as it is configured; the text never holds its address, which has the password in it."""


TROUBLES = (OSError, imaplib.IMAP4.error, MailboxUnfit)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail: its bytes (``None`` when it is too large), and what is done with it after it was looked at."""

    source: str
    data: bytes | None
    put_away: Callable[[], None]
    leave: Callable[[], None]


class Mailbox(Protocol):
    """Something mails are taken out of, the newest first, so that old letters for people never hide a report."""

    source: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_error: object) -> None: ...

    def unread(self, limit: int) -> Iterator[Incoming]:
        """Yield at most ``limit`` mails that nobody looked at."""
        ...


def configured() -> list[Mailbox]:
    """Return what the settings name; nothing is opened yet."""
    found: list[Mailbox] = []
    if settings.BOUNCE_IMAP_URL:
        found.append(ImapMailbox(settings.BOUNCE_IMAP_URL))
    if settings.BOUNCE_FOLDER:
        found.append(FolderMailbox(Path(settings.BOUNCE_FOLDER)))
    return found


class FolderMailbox:
    """A Maildir, of which ``new`` is read, or a plain folder of ``.eml`` files.

    A Maildir's mails go to ``cur``: reports as seen, the others as unread. Files go to ``read/`` and ``other/``.
    """

    source: str = BounceSource.FOLDER

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_maildir = (path / "new").is_dir() and (path / "cur").is_dir()

    def __enter__(self) -> Self:
        if not self._path.is_dir():
            raise MailboxUnfit("BOUNCE_FOLDER is no folder")
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the folder as it is."""

    def unread(self, limit: int) -> Iterator[Incoming]:
        """Yield at most ``limit`` mails; one that another process took meanwhile is passed over."""
        mails = (self._path / "new").iterdir() if self._is_maildir else self._path.glob("*.eml")
        waiting = [(file.stat().st_mtime, file.name, file) for file in mails if file.is_file()]
        for _time, _name, file in sorted(waiting, reverse=True)[:limit]:
            with suppress(FileNotFoundError):
                data = file.read_bytes() if file.stat().st_size <= LARGEST else None
                yield Incoming(self.source, data, self._mover(file, "read", "S"), self._mover(file, "other", ""))

    def _mover(self, file: Path, folder: str, flags: str) -> Callable[[], None]:
        if self._is_maildir:
            goal = self._path / "cur" / f"{file.name.partition(':')[0]}:2,{flags}"
        else:
            goal = self._path / folder / file.name

        def move() -> None:
            goal.parent.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):
                file.rename(goal)

        return move


@dataclass(frozen=True, slots=True)
class Account:
    """How to get at a folder on an IMAP server; the password shows in no text of it."""

    host: str
    port: int | None
    tls: bool
    folder: str
    user: str
    password: str = field(repr=False)

    @classmethod
    def named_by(cls, url: str) -> Self:
        """Read an address; raises ``MailboxUnfit`` without repeating any of it."""
        with suppress(ValueError):
            parts = urlsplit(url)
            host, port, user = parts.hostname or "", parts.port, unquote(parts.username or "")
            if parts.scheme in {"imap", "imaps"} and host and user:
                folder = unquote(parts.path.lstrip("/")) or "INBOX"
                return cls(host, port, parts.scheme == "imaps", folder, user, unquote(parts.password or ""))
        raise MailboxUnfit("BOUNCE_IMAP_URL is not like imaps://user:password@host/Folder, percent-encoded")

    def connected(self) -> imaplib.IMAP4:
        """Connect; a password never goes to another machine without TLS."""
        context = ssl.create_default_context()
        if self.tls:
            return imaplib.IMAP4_SSL(self.host, self.port or 993, ssl_context=context, timeout=TIMEOUT)
        server = imaplib.IMAP4(self.host, self.port or 143, timeout=TIMEOUT)
        if not _is_loopback(self.host):
            try:
                server.starttls(context)
            except BaseException:
                with suppress(OSError):
                    server.shutdown()
                raise
        return server

    def sign_in(self, server: imaplib.IMAP4) -> None:
        """Sign in so that a password in any script gets through where the server knows how (RFC 4616)."""
        try:
            if "AUTH=PLAIN" in server.capabilities:
                server.authenticate("PLAIN", lambda _challenge: f"\0{self.user}\0{self.password}".encode())
            else:
                server.login(self.user, self.password)
        except (imaplib.IMAP4.error, UnicodeEncodeError):
            raise MailboxUnfit("the server does not let the planner in") from None


class ImapMailbox:
    """A folder on an IMAP server, by an address like ``imaps://user:password@host/Folder``.

    ``imaps`` is TLS from the first byte; ``imap`` begins TLS after the greeting, and does without on this machine alone.
    """

    source: str = BounceSource.MAILBOX

    def __init__(self, url: str) -> None:
        self._url = url
        self._processed = ""

    def __enter__(self) -> Self:
        account = Account.named_by(self._url)
        self._folder = account.folder
        self._server = account.connected()
        try:
            account.sign_in(self._server)
            # servers say more of themselves to those they know
            self._able = set(self._server.capability()[1][-1].decode().upper().split())
            _require(self._server.select(_quoted(self._folder)), "there is no such folder")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self._server.logout()

    def unread(self, limit: int) -> Iterator[Incoming]:
        """Yield at most ``limit`` unseen mails that were not left for people before."""
        for uid in self._unseen()[:limit]:
            size = self._fetched(uid, "(RFC822.SIZE)")
            if size is None:
                continue
            found = _SIZE.search(size)
            fits = found is not None and int(found[1]) <= LARGEST
            data = self._fetched(uid, "(BODY.PEEK[])") if fits else None
            if fits and data is None:
                continue
            yield Incoming(self.source, data, partial(self._put_away, uid), partial(self._leave, uid))

    def _unseen(self) -> list[str]:
        try:
            _status, found = self._server.uid("SEARCH", "UNSEEN", "UNDELETED", "UNKEYWORD", LEFT)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:  # a server that knows no keywords: what is for people is read every time
            _status, found = self._server.uid("SEARCH", "UNSEEN", "UNDELETED")
        return [uid.decode() for uid in sorted((found[0] or b"").split(), key=int, reverse=True)]

    def _fetched(self, uid: str, what: str) -> bytes | None:
        """Return the answer about one mail, its text where that was asked for; ``None`` when it is gone."""
        _status, answer = self._server.uid("FETCH", uid, what)
        for part in answer:
            if isinstance(part, tuple):
                return bytes(part[1])
            if isinstance(part, bytes) and _SIZE.search(part) and _UID.findall(part) == [uid.encode()]:
                return part
        return None

    def _put_away(self, uid: str) -> None:
        """Mark a mail as seen, which is what keeps it from being read again, then move it out of the way."""
        _require(self._server.uid("STORE", uid, "+FLAGS", r"(\Seen)"), "a mail cannot be marked as seen")
        folder = self._folder_for_processed()
        if not folder:
            return
        if "MOVE" in self._able:
            self._server.uid("MOVE", uid, _quoted(folder))
        elif self._server.uid("COPY", uid, _quoted(folder))[0] == "OK":
            self._server.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
            if "UIDPLUS" in self._able:  # a plain EXPUNGE would remove what others have marked, too
                self._server.uid("EXPUNGE", uid)

    def _leave(self, uid: str) -> None:
        with suppress(imaplib.IMAP4.error):
            self._server.uid("STORE", uid, "+FLAGS", f"({LEFT})")

    def _folder_for_processed(self) -> str:
        """Return the folder for reports that were read, made when there is none; "" where the server allows none."""
        for name in () if self._processed else _PROCESSED:
            with suppress(imaplib.IMAP4.error):
                if self._server.status(_quoted(name), "(MESSAGES)")[0] != "OK":
                    self._server.create(_quoted(name))
                    self._server.subscribe(_quoted(name))
                if self._server.status(_quoted(name), "(MESSAGES)")[0] == "OK":
                    self._processed = name
                    break
        return self._processed


def _require(answer: tuple[str, object], otherwise: str) -> None:
    if answer[0] != "OK":
        raise MailboxUnfit(otherwise)


def _quoted(name: str) -> str:
    if not name.isascii() or not name.isprintable():
        raise MailboxUnfit("the folder's name must be plain ASCII")
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""Reading a mail that came back: delivery status notifications, complaints, and the notes of servers that know neither.

Known forms are RFC 3464 (also in UTF-8, RFC 6533) and RFC 5965; what is left is for the detectors of flufl.bounce, which are
asked only about a mail that a server wrote. Nothing here touches the database.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message as Mime
from email.utils import parseaddr
from itertools import islice

from flufl.bounce import all_failures

from accounts.addresses import LIMIT, on_the_wire
from accounts.errors import Invalid
from correspondence.failures import failure_kind, status_in
from correspondence.models.bounces import BounceKind

DETAIL_LIMIT = 500  # characters, as the column of that name
_KEY_LIMIT = 255
_MOST_NAMES = 20  # of a letter, and
_MOST_SAID = 50  # of addresses in one mail: forged ones may name any number
# RFC 6533 gave three types of RFC 3464 new names for UTF-8; the email package takes apart those of the old names alone.
_IN_UTF8 = re.compile(
    rb"^(content-type:\s*)message/global(-delivery-status|-headers|)(?=\s|;|$)", re.IGNORECASE | re.MULTILINE
)
_OLDER = {b"-delivery-status": b"message/delivery-status", b"-headers": b"text/rfc822-headers", b"": b"message/rfc822"}
_UNITEXT = re.compile(r"\\x\{([0-9a-f]{1,6})\}", re.IGNORECASE)  # RFC 6533, 3: 用 as \x{7528}
_ONLY_ASCII = bytes(byte if byte < 0x80 else ord("?") for byte in range(256))  # noqa: PLR2004  # the end of ASCII
_NAMED_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
_OUR_ID = re.compile(rb"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[a-z0-9.-]{1,253}>", re.IGNORECASE)
_SERVERS = re.compile(r"(mailer-daemon|postmaster|mail-?daemon|mdaemon|uucp|mail delivery (sub)?system)", re.IGNORECASE)
_COMPLAINTS = {
    "abuse",
    "fraud",
    "opt-out",
    "opt-out-list",
    "other",
}  # RFC 5965, 7.3; "not-spam" and "auth-failure" are none


@dataclass(frozen=True, slots=True)
class Report:
    """What one report says of one address (as on the wire; "" where it is withheld).

    ``key`` names the report at its source; ``names`` are the names it gives the letter, the surest first: Message-IDs, a
    relay's own name, or our row's id.
    """

    kind: str
    address: str
    key: str
    names: tuple[str, ...] = ()
    status: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail is: reports, an automatic reply that nobody needs, or (neither) a letter for people."""

    reports: tuple[Report, ...] = ()
    automatic: bool = False

    @property
    def for_people(self) -> bool:
        """Whether somebody should read the mail."""
        return not self.reports and not self.automatic


def kept(text: str, limit: int = DETAIL_LIMIT) -> str:
    """Return text as the database can keep it: without NUL and halves of letters, cut to ``limit`` characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()[:limit]


def read(data: bytes) -> Reading:
    """Read one raw mail."""
    data = _IN_UTF8.sub(lambda found: found[1] + _OLDER[found[2].lower()], data)
    mail = message_from_bytes(data)
    key, names = _key(mail, data), tuple(islice(dict.fromkeys(_names(mail, data)), _MOST_NAMES))
    said = [*_from_status(mail)] or [*_from_complaint(mail)]
    if not said and _is_from_server(mail):
        said = [*_from_words(mail, data)]
    if not said:
        return Reading(automatic=_is_automatic(mail))
    told = (Report(kind, at, key, names, status, kept(words)) for kind, at, status, words in said[:_MOST_SAID])
    return Reading(tuple(told))


def wire_form(text: str) -> str:
    """Return an address of a report as on the wire where it is one, else as it stands, cut to what can be kept."""
    address = text.strip().strip("<>")
    try:
        return on_the_wire(address)
    except Invalid:
        return kept(address, LIMIT)


_Said = tuple[str, str, str, str]  # kind, address, status, detail


def _from_status(mail: Mime) -> Iterator[_Said]:
    """Yield what a delivery status notification says, recipient by recipient."""
    is_report = mail.get_content_type() == "multipart/report"
    for part in _inside(mail) if is_report else mail.walk() if _is_from_server(mail) else ():
        if part.get_content_type() == "message/delivery-status":
            for block in _inside(part):
                yield from _of_recipient(_fields(block))


def _inside(part: Mime) -> list[Mime]:
    """Return the parts of a part, or the mail or the blocks of header fields in it."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Mime)] if isinstance(payload, list) else []


def _of_recipient(fields: dict[str, str]) -> Iterator[_Said]:
    words = fields.get("diagnostic-code", "").partition(";")[2].strip() or fields.get("diagnostic-code", "")
    action, status = fields.get("action", "").casefold(), status_in(fields.get("status", ""), words)
    recipient = fields.get("original-recipient") or fields.get("final-recipient") or ""
    address = wire_form(_unescaped(recipient.partition(";")[2] or recipient))
    if action.startswith(("fail", "error")):
        yield failure_kind(status, words), address, status, words or status
    elif action.startswith("delayed"):
        yield BounceKind.DELAYED, address, status, words or status
    elif action.startswith(("delivered", "relayed", "expanded")):
        yield BounceKind.DELIVERED, address, status, words


def _from_complaint(mail: Mime) -> Iterator[_Said]:
    """Yield a complaint of a recipient that a provider passes on (an abuse report)."""
    parts = _inside(mail) if mail.get_content_type() == "multipart/report" else []
    told = [block for part in parts if part.get_content_type() == "message/feedback-report" for block in _inside(part)]
    for fields in map(_fields, told):
        if fields.get("feedback-type", "").casefold() in _COMPLAINTS:
            address = fields.get("original-rcpt-to") or fields.get("removal-recipient") or ""
            words = f"Feedback-Type: {fields['feedback-type']}"
            yield BounceKind.COMPLAINT, wire_form(parseaddr(address)[1]), "", words


def _from_words(mail: Mime, data: bytes) -> Iterator[_Said]:
    """Yield what a server says in words alone; the detectors stumble over headers that are not ASCII."""
    later, never = all_failures(message_from_bytes(data.translate(_ONLY_ASCII)))
    text = _text(mail)
    for raw in sorted(never):
        address = raw.decode("ascii", "replace")
        words = _words_about(address, text)
        status = status_in("", words)
        yield failure_kind(status, words), wire_form(address), status, words
    for raw in sorted(later - never):
        address = raw.decode("ascii", "replace")
        yield BounceKind.DELAYED, wire_form(address), "", _words_about(address, text)


def _words_about(address: str, text: str) -> str:
    """Return the paragraph that names an address, on one line."""
    paragraphs = re.split(r"\n\s*\n", text)
    named = next((each for each in paragraphs if address.casefold() in each.casefold()), "")
    return " ".join(named.split())


def _names(mail: Mime, data: bytes) -> Iterator[str]:
    """Yield what the report may call our letter: the returned header, what it answers, then any id that looks like ours."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            for original in _inside(part):
                yield from _ids(original, "message-id")
        elif part.get_content_type() == "text/rfc822-headers":
            yield from _ids(message_from_string(_content(part)), "message-id")
    yield from _ids(mail, "in-reply-to", "references")
    for text in (data, _text(mail).encode("utf-8", "replace")):
        yield from (found.decode("ascii", "replace") for found in _OUR_ID.findall(text))


def _ids(mail: Mime, *headers: str) -> Iterator[str]:
    fields = _fields(mail)
    for header in headers:
        yield from _NAMED_ID.findall(fields.get(header, ""))


def _fields(block: Mime) -> dict[str, str]:
    """Return header fields by name in lower case, their bytes read as UTF-8, the first of each name."""
    found: dict[str, str] = {}
    for name, value in block.raw_items():
        text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        found.setdefault(name.casefold(), " ".join(text.replace("\x00", "").split()))
    return found


def _unescaped(address: str) -> str:
    return _UNITEXT.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), address)


def _key(mail: Mime, data: bytes) -> str:
    """Return the mail's own Message-ID, else a digest of its bytes."""
    own = next(_ids(mail, "message-id"), "")
    return own if 0 < len(own) <= _KEY_LIMIT else hashlib.sha256(data).hexdigest()


def _text(mail: Mime) -> str:
    return "\n\n".join(_content(part) for part in mail.walk() if part.get_content_maintype() == "text")


def _content(part: Mime) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _is_from_server(mail: Mime) -> bool:
    """Whether a mail server wrote this: an empty sender, or the names servers sign with."""
    fields = _fields(mail)
    if fields.get("return-path", "").replace(" ", "") == "<>" or "x-failed-recipients" in fields:
        return True
    return bool(_SERVERS.search(fields.get("from", "")))


def _is_automatic(mail: Mime) -> bool:
    """Whether a program of the recipient's answered (RFC 3834), or a receipt was sent; what a server says is for people."""
    if mail.get_content_type() == "multipart/report":
        return str(mail.get_param("report-type", "")).casefold() in {"disposition-notification", "feedback-report"}
    fields = _fields(mail)
    replied = fields.get("auto-submitted", "no").casefold().startswith("auto-replied")
    older = "x-autoreply" in fields or "x-autorespond" in fields or fields.get("precedence", "") == "auto_reply"
    return (replied or older) and not _SERVERS.search(fields.get("from", ""))

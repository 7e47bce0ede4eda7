"""A message as a mail: plain text, the same text as HTML, and what goes with it."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime, parseaddr, quote
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from accounts.tokens import derive_code, derive_matching
from correspondence import mime
from correspondence.enclosures import enclosed
from correspondence.facts import CODE_MARKER, LINK_MARKER
from correspondence.models import Message
from correspondence.page import as_html


class Mail(EmailMultiAlternatives):
    """A mail to one address, ``to_address``; Django's other backends (a folder, a hosted relay) take it as it is."""

    to_name = ""
    page = ""
    to_address = ""
    metadata: Mapping[str, str] = {}


def compose(message: Message, *, at: datetime) -> Mail:
    """Return the mail of a message. Its Message-ID follows from the row: a second copy is known as such.

    Raises ``ValueError`` when the personal link's token can no longer be derived and ``Undisplayable`` for a sign of which no
    font of the PDF letter has a picture.
    """
    sender = settings.DEFAULT_FROM_EMAIL
    marker, secret = _filled_in(message)
    mail = Mail(
        subject=message.subject,
        body=message.body.replace(marker, secret),
        from_email=sender,
        to=[f'"{quote(message.to_name)}" <{message.to_address}>'],
        reply_to=[settings.REPLY_TO_EMAIL] if settings.REPLY_TO_EMAIL else None,
        headers={
            "Message-ID": message_id(message),
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",  # RFC 3834, 5: keeps holiday replies away
            "Content-Language": message.language,
        },
    )
    mail.to_name, mail.to_address = message.to_name, message.to_address
    mail.metadata = {"message": str(message.pk)}  # hosted relays give it back with what they report
    mail.page = as_html(message, secret)
    mail.attach_alternative(mail.page, "text/html")
    for file in enclosed(message):
        mail.attach(file.name, file.data, file.media_type)
    return mail


def message_id(message: Message) -> str:
    """Return the Message-ID of a message; reports about the mail name it."""
    return f"<{message.pk}@{bare(settings.DEFAULT_FROM_EMAIL).rpartition('@')[2]}>"


def envelope_sender() -> str:
    """Return where reports about our mails go (RFC 5321, 4.5.5)."""
    return settings.MAIL_BOUNCE_ADDRESS or bare(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def bare(address: str) -> str:
    """Return an address without the name before it."""
    return parseaddr(address)[1]


def _filled_in(message: Message) -> tuple[str, str]:
    """Return the marker in a letter and what takes its place: the personal link, the code, or "" for a letter without.

    A code follows from the key alone, under the secret key of the moment: a second copy after a change of keys holds another
    code, and both are good.
    """
    if message.link_key is None:
        return LINK_MARKER, ""
    if message.link_path == CODE_MARKER:
        return CODE_MARKER, derive_code(message.link_key)
    token = derive_matching(message.link_key, message.link_digest)
    if token is None:
        raise ValueError("No secret key fits the personal link any more; write the letter anew.")
    return LINK_MARKER, settings.BASE_URL + message.link_path.replace("{token}", token)


def needs_utf8(mail: Mail) -> bool:
    """Whether an address has a part that only SMTPUTF8 (RFC 6531) can carry."""
    return not mail.to_address.isascii()


def as_bytes(mail: Mail) -> bytes:
    """Return the mail as it goes over the wire; an address of RFC 6532 stands in its header as it is."""
    headers = {
        "Subject": mime.words(str(mail.subject)),
        "From": _sender(mail.from_email),
        "To": mime.address(mail.to_name, mail.to_address),
        **({"Reply-To": _sender(mail.reply_to[0])} if mail.reply_to else {}),
        **{name: mime.words(value) for name, value in mail.extra_headers.items()},
    }
    mark = mail.metadata["message"]
    texts = [mime.text("plain", str(mail.body)), mime.text("html", mail.page)]
    body = mime.several("alternative", texts, f"{mark}.1")
    files = [mime.file(name, media_type, _octets(data)) for name, data, media_type in mail.attachments]
    return mime.mail(headers, mime.several("mixed", [body, *files], f"{mark}.2") if files else body)


@lru_cache(maxsize=8)
def _sender(address: str) -> str:
    return mime.address(*parseaddr(address))


def _octets(data: str | bytes) -> bytes:
    """Return the octets of an attachment; Django keeps those of texts as text."""
    return data.encode() if isinstance(data, str) else data

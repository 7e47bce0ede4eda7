"""The mail that a planner in demo mode "sent": read from the folder that Django's file backend writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from accounts.portal.listing import page_of

# Django's file backend ends each mail of a file with this line.
END_OF_MAIL = b"-" * 79
FILE_NAME = re.compile(r"[\w-]{1,100}\.log", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: the file it lies in, its place there, and its bytes."""

    file: str
    place: int
    raw: bytes

    def parsed(self) -> EmailMessage:
        """Return the mail as the email package reads it."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.parsed().get("Subject", ""))

    @property
    def to(self) -> str:
        """The recipients, decoded."""
        return str(self.parsed().get("To", ""))

    @property
    def sent_at(self) -> datetime | None:
        """When it was written, or nothing where the header is unreadable."""
        try:
            return parsedate_to_datetime(str(self.parsed().get("Date", "")))
        except ValueError:
            return None

    @property
    def body(self) -> str:
        """The plain text."""
        part = self.parsed().get_body(preferencelist=("plain",))
        return part.get_content() if part is not None else ""

    @property
    def attachments(self) -> list[str]:
        """The names of the attached files."""
        return [part.get_filename() or "" for part in self.parsed().iter_attachments()]


def mails(folder: Path) -> list[Mail]:
    """Return every mail of a folder, the newest first; the files are named by the time they were begun."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.name, reverse=True)
    return [mail for file in files for mail in reversed(list(_in_file(file)))]


def _in_file(file: Path) -> Iterator[Mail]:
    for place, raw in enumerate(file.read_bytes().split(END_OF_MAIL + b"\n")):
        if raw.strip():
            yield Mail(file.name, place, raw)


def _folder() -> Path:
    if not settings.DEMO:
        raise Http404
    return Path(settings.VAR_DIR) / "mail"


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the mails, those to or about ``?q=`` when given."""
    wanted = request.GET.get("q", "").strip()
    found = [
        mail for mail in mails(_folder()) if not wanted or wanted.casefold() in f"{mail.to} {mail.subject}".casefold()
    ]
    page = page_of(request, found)
    return _private(render(request, "mail/list.html", {"page": page, "count": len(found), "q": wanted}))


@require_safe
def mail_detail(request: HttpRequest, file: str, place: int) -> HttpResponse:
    """Show one mail with its links to follow."""
    path = _folder() / file
    if not FILE_NAME.fullmatch(file) or not path.is_file():
        raise Http404
    mail = next((each for each in _in_file(path) if each.place == place), None)
    if mail is None:
        raise Http404
    return _private(render(request, "mail/detail.html", {"mail": mail}))


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response

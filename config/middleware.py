"""What every request passes through."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Invalid, Refused
from config.errors import TooLarge, as_refused, refused_page

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST_ADDRESS = 4000
FILES_AT_ONCE = 3
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Swagger UI starts from a script inside its page and styles its own elements; nothing a visitor wrote is on that page.
POLICY_OF_DOCS = POLICY + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
# The admin's lists to choose from (select2) set the width of their own elements.
POLICY_OF_ADMIN = POLICY + "; style-src 'self' 'unsafe-inline'"
POLICIES = (("/api/v1/docs/", POLICY_OF_DOCS), ("/admin/", POLICY_OF_ADMIN))
UNREADABLE = Invalid(
    "form_unreadable", gettext_lazy("The form did not arrive whole. Load the page again and send it again.")
)


class ContentPolicyMiddleware:
    """Lets a page load scripts, styles and pictures from the planner alone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = next((own for path, own in POLICIES if request.path_info.startswith(path)), POLICY)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


class ForwardedAddressMiddleware:
    """Behind the proxy that ends TLS, takes the visitor's address from what that proxy wrote last into X-Forwarded-For.

    Without it the activity log would name the proxy, and one stranger's wrong passwords would count for everybody. What is
    no address is left alone; where there is no proxy (no https in ``BASE_URL``) the header is not believed.
    """

    def __init__(self, get_response: Handler) -> None:
        if not settings.HTTPS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ip_address(last))
        return self.get_response(request)


class TextGuardMiddleware:
    """Refuses, before anything is read from or written to the database, text that no column can hold.

    PostgreSQL takes no NUL, and a lone surrogate or broken UTF-8 is no text at all. The guard looks at the path, the query,
    cookies, form fields, names of files and JSON bodies, and at the length of the address and of the body.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            check_size(request)
            check_text(request)
        except Refused as refused:
            return refused_page(request, refused)
        except RequestDataTooBig as large:
            return refused_page(request, as_refused(large) or UNREADABLE)
        except (SuspiciousOperation, MultiPartParserError, BadRequest, UnreadablePostError):
            return refused_page(request, UNREADABLE)
        return self.get_response(request)


class RefusalMiddleware:
    """Turns a refusal that no page caught into a page with its status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal or the database's own; anything else is a fault and goes on to the 500 page."""
        refused = exception if isinstance(exception, Refused) else as_refused(exception)
        return refused_page(request, refused) if refused is not None else None


class TooLong(Invalid):
    """An address over the limit (414)."""

    status = 414


def check_size(request: HttpRequest) -> None:
    """Raise ``TooLong`` or ``TooLarge`` for an address or a body over the limits; sizes are in bytes."""
    if len(request.META.get("QUERY_STRING", "")) + len(request.path_info) > LONGEST_ADDRESS:
        raise TooLong("address_too_long", _("Search for less, or follow a link of the planner."))
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = FILES_AT_ONCE * settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if length.isdecimal() and int(length) > most:
        sentence = _("Send files of at most %(megabytes)s MB each.")
        raise TooLarge("body_too_large", sentence % {"megabytes": settings.UPLOAD_LIMIT // 1024**2})


def check_text(request: HttpRequest) -> None:
    """Raise ``Invalid`` for text that cannot be kept."""
    encoded = [request.META.get("QUERY_STRING", "").encode("latin-1", "replace")]
    texts = list(texts_of(request))
    if request.content_type == "application/x-www-form-urlencoded":
        encoded.append(request.body)
    elif request.content_type == "application/json":
        texts += texts_of_json(request.body)
    if not all(map(usable, texts)) or not all(map(decodes, encoded)):
        raise Invalid(
            "text_unusable", _("The text holds a character that cannot be kept, such as a NUL or half a letter.")
        )


def texts_of(request: HttpRequest) -> Iterator[str]:
    """Yield the path, and the names and values of the query, of cookies, of form fields and of files."""
    yield request.path_info
    yield from request.COOKIES.values()
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            yield name
            yield from (str(value) for value in values)
    for name, files in request.FILES.lists():
        yield name
        yield from (file.name for file in files if file.name)


def texts_of_json(body: bytes) -> Iterator[str]:
    """Yield the names and values of a JSON body; a body that is no JSON yields nothing and is its parser's to refuse.

    Raises ``Invalid`` for one that is not UTF-8 or is nested too deeply to be read.
    """
    try:
        waiting = [json.loads(body.decode())] if body else []
    except (UnicodeDecodeError, RecursionError) as broken:
        raise Invalid("body_unreadable", _("The body is not JSON in UTF-8, or nested too deeply.")) from broken
    except ValueError:
        return
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case dict(fields):
                yield from fields
                waiting.extend(fields.values())
            case list(items):
                waiting.extend(items)


def usable(text: str) -> bool:
    """Whether a database can keep the text."""
    return "\x00" not in text and not LONE_SURROGATE.search(text)


def decodes(encoded: bytes) -> bool:
    """Whether percent-encoded text is UTF-8."""
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
    return True

"""Pages that a personal link opens: who acts follows from the link, and nothing of them is kept by a cache."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts.actors import Actor
from accounts.tokens import derive_matching
from accounts.visitors import address_of
from participants.models import PersonalLink
from participants.queries.links import actor_for, resolve
from participants.verbs.links import path_of, touch_link

View = Callable[..., HttpResponse]


def opened_by(purpose: str) -> Callable[[View], View]:
    """Give a view the link of the token in its address; a refused token becomes a page that names nobody."""

    def around(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, **rest: object) -> HttpResponse:
            now = timezone.now()
            link = resolve(token, purpose, at=now)
            touch_link(link, at=now)
            return keep_private(view(request, link, **rest))

        return opened

    return around


def keep_private(response: HttpResponse) -> HttpResponse:
    """Tell caches and search engines to leave a page alone, and other sites not to learn its address."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def bearer(request: HttpRequest, link: PersonalLink) -> Actor:
    """Return the actor that the bearer of a link is, with the network address of the request."""
    return actor_for(link, address_of(request))


def token_of(link: PersonalLink) -> str:
    """Return the secret of a link, derived anew from its key; empty when no secret key fits any more."""
    return derive_matching(link.pk, link.digest) or ""


def address(link: PersonalLink) -> str:
    """Return the path of a link's page; empty when its secret cannot be derived any more."""
    token = token_of(link)
    return path_of(link).path.replace("{token}", token) if token else ""

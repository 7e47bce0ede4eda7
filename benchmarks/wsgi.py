"""Asking for a page inside this process: no socket, all of Django."""

import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory, override_settings
from django.urls import path


class Bare(WSGIHandler):
    """A Django of one address and no middleware, which answers ``body``: the least that a Django page can do."""

    def __init__(self, body: bytes) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().__init__()
        self.urlconf = (path("", lambda _request: HttpResponse(body, content_type="application/json")),)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the one address, whatever the settings name."""
        request.urlconf = self.urlconf  # type: ignore[assignment]  # Django takes patterns where it takes their module
        return super().get_response(request)


def asker(address: str, application: WSGIHandler | None = None, **headers: str) -> Callable[[], bytes]:
    """Return a call that asks for a page and returns its body; another answer than 200 is an error."""
    handler = application or WSGIHandler()
    environ = RequestFactory(SERVER_NAME="localhost").get(address, headers=headers).environ

    def ask() -> bytes:
        said: list[str] = []

        def start(status: str, _headers: list[tuple[str, str]], *_error: Any) -> Any:
            said.append(status)

        response = handler({**environ, "wsgi.input": io.BytesIO()}, start)
        body = b"".join(response)
        response.close()
        if not said[0].startswith(str(HTTPStatus.OK.value)):
            raise RuntimeError(f"{address}: {said[0]} {body[:200]!r}")
        return body

    return ask

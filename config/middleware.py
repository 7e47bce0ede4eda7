"""What every request passes through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


class TextGuardMiddleware:
    """Refuses text that no field can hold."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class RefusalMiddleware(TextGuardMiddleware):
    """Turns a refusal that no page caught into a page."""

"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  # a context processor's signature
    """Give templates the name of the mode and the languages."""
    return {"demo": settings.DEMO}

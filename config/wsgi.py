"""The WSGI entry point for granian."""

import os
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
# Browsers send UTF-8, old clients one of the others; anything else is read as UTF-8.
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})


def with_known_charset(application: Application) -> Application:
    """Drop a charset that is none for text ("hex", "idna"): Django would read the query with it and fail before any page."""

    def wrapped(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        content = Message()
        content["Content-Type"] = environ.get("CONTENT_TYPE", "")
        charset = content.get_param("charset")
        if charset is not None and str(charset).lower() not in CHARSETS:
            content.del_param("charset")
            environ = environ | {"CONTENT_TYPE": content["Content-Type"]}
        return application(environ, start_response)

    return wrapped


application = with_known_charset(get_wsgi_application())

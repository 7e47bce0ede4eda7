"""What arrives before any middleware."""

import pytest

from config.wsgi import application


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "bz2", "rot13", "klingon", "utf-8", "idna", "undefined", "\x00", "a" * 999])
def test_no_charset_makes_the_server_fail(charset, rf):
    environ = rf.get("/healthz?x=%ff").environ | {"CONTENT_TYPE": f"text/plain; charset={charset}"}
    statuses = []
    list(application(environ, lambda status, *_: statuses.append(status)))
    assert statuses[0][:3] in {"200", "400"}

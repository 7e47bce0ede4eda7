"""Logs do not give personal links away."""

import logging

import pytest

from config.logs import WithoutTokens


@pytest.mark.parametrize(
    ("message", "args", "shown"),
    [
        ("Gone: %s", ("/my/invitation/SECRET-token_43/",), "Gone: /my/invitation/…/"),
        ("GET /my/nominate/SECRET/papers/?x=1", (), "GET /my/nominate/…/papers/?x=1"),
        ("Not Found: %s", ("/programmes/annex-ii/",), "Not Found: /programmes/annex-ii/"),
    ],
)
def test_the_token_of_a_personal_link_is_left_out(message, args, shown):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == shown

"""Bodies that would hurt."""

import json

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.api_scene import client

PATH = "/api/v1/registrations/"


@pytest.fixture
def asker(db: None) -> APIClient:
    """Somebody who has signed in."""
    return client(User.objects.create_user("somebody@people.example"))


def send(asker: APIClient, body: bytes, content_type: str = "application/json") -> tuple[int, str]:
    """The status and the code that a body is refused with."""
    answer = asker.post(PATH, body, content_type=content_type)
    return answer.status_code, answer.json()["code"]


def test_too_large(asker: APIClient, settings: Settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert send(asker, json.dumps({"badge_name": "x" * 100}).encode()) == (413, "body_too_large")


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-16"])
@pytest.mark.parametrize(
    "body",
    [
        b'{"badge_name": "a\\u0000b"}',
        b'{"badge_name": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"may_list": 1e999}',
        b'{"badge_name": "\xff"}',
        b"[" * 50_000,
        b'{"a":' * 50_000,
        b"{",
        b"",
        '{"badge_name": "a"}'.encode("utf-16"),
        b'{"may_list": NaN}',
        b'{"may_list": ' + b"9" * 5000 + b"}",
    ],
)
def test_always_a_refusal(asker: APIClient, body: bytes, content_type: str):
    status, code = send(asker, body, content_type)
    assert status == 400
    assert code


@pytest.mark.parametrize("charset", ["hex", "bz2", "rot13", "utf-16", "none-such"])
def test_a_charset_is_not_asked_for(asker: APIClient, charset: str):
    content_type = f"application/json; charset={charset}"
    assert send(asker, b'{"badge_name": "A"}', content_type) == (400, "invalid")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "multipart/form-data; boundary=x", "application/xml", "*/*", "application/*", "application/jsonp"],
)
def test_only_json(asker: APIClient, content_type: str):
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    assert send(asker, body, content_type) == (415, "unsupported_media_type")

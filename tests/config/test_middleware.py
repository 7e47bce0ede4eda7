"""Text that no database can hold is refused before anybody reads it."""

import json

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from config.middleware import ForwardedAddressMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/decisions/?q=%00",
        "/decisions/?q=a%00b",
        "/decisions/?%00=a",
        "/decisions/?q=%FF",
        "/decisions/?q=%ED%A0%80",
        "/programmes/%00/",
        "/api/v1/parties/?search=%00",
        "/api/v1/parties/?search=%C3",
    ],
)
def test_unkeepable_text_in_an_address_is_400(client, address):
    response = client.get(address)
    assert response.status_code == 400
    if address.startswith("/api/"):
        assert response.json()["code"] == "text_unusable"
    else:
        assert "<h1>This cannot be used as it is</h1>" in response.text


def test_a_cookie_cannot_carry_a_nul_to_the_sessions(client):
    client.cookies["sessionid"] = "\x00aaaaaaaaaaaaaaaa"
    assert client.get("/").status_code == 400


@pytest.mark.parametrize("sent", [{"username": "a\x00"}, {"a\x00": "x"}])
def test_a_nul_in_a_form_is_400(client, sent):
    assert client.post("/my/sign-in/", sent).status_code == 400


@pytest.mark.parametrize("body", ["username=%00", "username=%FF", "username=%ED%A0%80"])
def test_broken_text_in_an_encoded_form_is_400(client, body):
    response = client.post("/my/sign-in/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_a_form_in_pieces_is_400(client):
    for body, kind in (
        (b"no boundary here", "multipart/form-data"),
        (b"x=1", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"&".join(b"f%d=1" % number for number in range(2100)), "application/x-www-form-urlencoded"),
    ):
        response = client.post("/my/sign-in/", body, content_type=kind)
        assert response.status_code == 400


@pytest.mark.parametrize(
    "body", [b'{"a": "\\u0000"}', b'{"\\ud800": 1}', b'["\\udfff"]', b'{"a": "\xff"}', b"[" * 100_000]
)
def test_unkeepable_json_is_400(client, body):
    response = client.post("/api/v1/nominations/", body, content_type="application/json")
    assert response.status_code == 400
    assert set(response.json()) == {"code", "detail", "errors"}


@pytest.mark.parametrize("text", ["Ünïcode 民主 العربية 🌿", "back\\\\u0000slash", "\u200f", "𠀀"])
def test_all_real_text_passes(client, text):
    assert client.get("/decisions/", {"q": text}).status_code == 200
    response = client.post("/api/v1/nothing/", json.dumps({"a": text}), content_type="application/json")
    assert response.status_code == 404


def test_a_long_address_is_414(client):
    assert client.get("/decisions/?q=" + "x" * 4000).status_code == 414
    assert client.get("/" + "x" * 5000).status_code == 414


def test_a_large_body_is_413(client, settings):
    settings.UPLOAD_LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    files = {"cv": SimpleUploadedFile("cv.pdf", b"x" * 5000)}
    assert client.post("/my/nominate/x/", files).status_code == 413
    body = json.dumps({"a": "x" * 2000})
    response = client.post("/api/v1/nominations/", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


def test_a_length_that_is_no_number_is_no_fault(client):
    assert client.get("/", CONTENT_LENGTH="x").status_code == 200


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("not an address", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_behind_the_proxy_the_visitors_own_address_counts(forwarded, address, rf, settings):
    settings.HTTPS = True
    seen = ForwardedAddressMiddleware(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))
    assert seen(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)).content.decode() == address


def test_without_a_proxy_the_header_is_not_believed(settings):
    settings.HTTPS = False
    with pytest.raises(MiddlewareNotUsed):
        ForwardedAddressMiddleware(lambda _request: HttpResponse())

"""One mapping of errors for the API and for pages."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from rest_framework.exceptions import NotAuthenticated, ParseError, Throttled
from rest_framework.exceptions import ValidationError as FieldErrors

from accounts.errors import Invalid, NotAllowed, NotFound, Refused
from config.errors import api_handler, server_error
from config.urls import urlpatterns as pages

pytestmark = pytest.mark.django_db


def answer(exc):
    response = api_handler(exc, {})
    assert response is not None
    return response.status_code, response.data


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refused("party_limit", "All places are taken."), 409),
        (NotAllowed("no_standing", "Not yours."), 403),
        (Invalid("unknown_unit", "Unknown."), 400),
        (NotFound("gone", "Nothing."), 404),
    ],
)
def test_a_refusal_keeps_its_code_sentence_and_status(refusal, status):
    assert answer(refusal) == (status, {"code": refusal.code, "detail": str(refusal), "errors": []})


def test_a_refusal_of_a_field_names_it():
    assert answer(Invalid("unknown_unit", "Write ha.", field="items[3].unit"))[1]["errors"] == [
        {"field": "items[3].unit", "code": "unknown_unit", "detail": "Write ha."}
    ]


def test_djangos_validation_is_400_by_field():
    status, data = answer(
        ValidationError({"name": ValidationError("Too long.", code="max"), "__all__": ["Together wrong."]})
    )
    assert status == 400
    assert data["errors"] == [
        {"field": "name", "code": "max", "detail": "Too long."},
        {"field": "", "code": "invalid", "detail": "Together wrong."},
    ]
    assert answer(ValidationError("Alone."))[1]["errors"] == [{"field": "", "code": "invalid", "detail": "Alone."}]


def test_drfs_nested_details_become_paths():
    nested = FieldErrors(
        {"items": [{}, {"title": ["Missing."]}], "non_field_errors": ["Together wrong."], "note": ["a", "b"]}
    )
    status, data = answer(nested)
    assert (status, data["code"]) == (400, "invalid")
    assert [(error["field"], error["detail"]) for error in data["errors"]] == [
        ("items.1.title", "Missing."),
        ("", "Together wrong."),
        ("note", "a"),
        ("note", "b"),
    ]
    assert answer(FieldErrors("Alone."))[1]["errors"] == [{"field": "", "code": "invalid", "detail": "Alone."}]


@pytest.mark.parametrize(
    ("exc", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (NotAuthenticated(), 401, "not_authenticated"),
        (ParseError(), 400, "parse_error"),
        (Throttled(wait=3), 429, "throttled"),
        (DataError("value too long"), 400, "value_unusable"),
        (OverflowError("Python int too large"), 400, "value_unusable"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), 400, "value_unusable"),
        (RequestDataTooBig(), 413, "body_too_large"),
        (IntegrityError("UNIQUE"), 409, "conflict"),
        (ProtectedError("still used", set()), 409, "still_needed"),
    ],
)
def test_bad_input_of_every_kind_is_never_a_500(exc, status, code):
    got, data = answer(exc)
    assert (got, data["code"]) == (status, code)
    assert set(data) == {"code", "detail", "errors"}


@pytest.mark.parametrize("exc", [ValueError("a bug"), ObjectDoesNotExist(), KeyError("x")])
def test_a_fault_of_the_program_stays_a_fault(exc):
    assert api_handler(exc, {}) is None


def raising(exc):
    def view(request):
        raise exc

    return view


urlpatterns = [
    path("refused/", raising(Refused("x", "The workshop was held already."))),
    path("gone/", raising(type("Gone", (NotFound,), {"status": 410})("x", "This link has expired."))),
    path("data/", raising(DataError())),
    path("denied/", raising(PermissionDenied())),
    path("fault/", raising(ZeroDivisionError())),
    path("api/fault/", raising(ZeroDivisionError())),
    path("api/refused/", raising(Refused("x", "The workshop was held already."))),
    *pages,
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"


@override_settings(ROOT_URLCONF="tests.config.test_errors")
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/refused/", 409, "The workshop was held already."),
        ("/gone/", 410, "This link has expired."),
        ("/data/", 400, "A value is too long"),
        ("/denied/", 403, "You are not allowed to see or do this."),
        ("/nothing/", 404, "There is nothing here"),
        ("/fault/", 500, "The planner made a mistake"),
    ],
)
def test_a_page_says_what_happened_and_what_to_do(client, address, status, said):
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    assert said in response.text
    assert "Traceback" not in response.text


@override_settings(ROOT_URLCONF="tests.config.test_errors")
@pytest.mark.parametrize(
    ("address", "status", "code"),
    [("/api/fault/", 500, "error"), ("/api/nothing/", 404, "not_found"), ("/api/refused/", 409, "x")],
)
def test_below_the_api_errors_are_json(client, address, status, code):
    client.raise_request_exception = False
    response = client.get(address)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_an_error_page_is_kept_by_nobody(client):
    response = client.get("/nothing/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_the_page_of_a_fault_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    assert response.status_code == 500


def test_a_foreign_host_is_400(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400

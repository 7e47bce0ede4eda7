"""The schema of the API: valid, complete, the same as its snapshot, and nothing it allows makes the server fail."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from knox.models import AuthToken
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import response_schema_conformance

from config.wsgi import application
from targets.verbs.items import ItemDraft
from targets.verbs.submissions import submit_targets
from tests.api_scene import Scene, scene, then
from tests.conftest import NOW

__all__ = ["scene", "then"]

# Renew with: python manage.py spectacular --file tests/config/openapi.yaml
SNAPSHOT = Path(__file__).parent / "openapi.yaml"
NOUNS = {
    "parties", "regions", "programmes", "decisions", "targets", "workshops", "sessions", "materials", "outputs",
    "contributions", "focal-points", "calls", "nominations", "criteria", "reviews", "selections", "invitations",
    "registrations", "attendances", "submissions", "areas", "compilations", "messages",
}  # fmt: skip

FEW = settings(suppress_health_check=list(HealthCheck), deadline=None, derandomize=True, database=None, max_examples=5)
FEWER = settings(FEW, max_examples=2)


def described(*, at_the_limits: bool) -> BaseSchema:
    """The operations of the snapshot, with values drawn and, if asked for, all the values at the limits of each field."""
    config = {"generation": {"deterministic": True}, "phases": {"coverage": {"enabled": at_the_limits}}}
    schema = schemathesis.openapi.from_dict(
        yaml.safe_load(SNAPSHOT.read_text()), config=SchemathesisConfig.from_dict(config)
    )
    schema.app = application
    return schema


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The snapshot as data."""
    loaded: dict[str, Any] = yaml.safe_load(SNAPSHOT.read_text())
    return loaded


def test_the_snapshot_is_what_the_code_says():
    written = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=written)
    assert written.getvalue().strip() == SNAPSHOT.read_text().strip()


def test_every_noun_is_there(document: dict[str, Any]):
    assert {path.split("/")[3] for path in document["paths"]} == NOUNS


def test_every_operation_says_what_it_does_and_how_it_refuses(document: dict[str, Any]):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (path, method)
            assert operation["description"], (path, method)
            refusals = {status for status in operation["responses"] if status >= "400"}
            least = {"400", "401", "403", "404", "409", "415"} if method == "post" else {"401", "404"}
            assert refusals >= least, (path, method)
            for status in refusals:
                shape = operation["responses"][status]["content"]["application/json"]["schema"]
                assert shape == {"$ref": "#/components/schemas/Error"}


def test_who_may_use_it_is_described(document: dict[str, Any]):
    assert set(document["components"]["securitySchemes"]) == {"token", "cookieAuth"}
    assert {} in document["paths"]["/api/v1/parties/"]["get"]["security"]
    assert {} not in document["paths"]["/api/v1/nominations/"]["get"]["security"]


@pytest.mark.django_db
def test_the_root_names_every_noun():
    assert set(Client().get("/api/v1/").json()) == NOUNS


@pytest.mark.django_db
def test_schema_and_documentation_are_served_without_another_site():
    assert Client().get("/api/v1/schema/", headers={"accept": "application/json"}).json()["openapi"] == "3.0.3"
    page = Client().get("/api/v1/docs/").content.decode()
    assert "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the connection of the test open between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(scene: Scene) -> str:
    """The token of an organizer, with rows of the flow to find."""
    scene.registered(2)
    items = [ItemDraft(title="Restore rangeland", measure="restore")]
    submit_targets(scene.call.workshop.programme, scene.jordan, items=items, by=scene.by, at=NOW)
    _row, secret = AuthToken.objects.create(scene.by.user)
    return str(secret)


@pytest.mark.usefixtures("_one_connection")
@described(at_the_limits=True).parametrize()
@FEW
def test_no_request_of_an_organizer_makes_the_server_fail(case: schemathesis.Case[Any], token: str):
    case.call_and_validate(
        headers={"Authorization": f"Token {token}"}, checks=[not_a_server_error, response_schema_conformance]
    )


@pytest.mark.usefixtures("scene", "_one_connection")
@described(at_the_limits=False).parametrize()
@FEWER
def test_no_request_of_a_stranger_makes_the_server_fail(case: schemathesis.Case[Any]):
    case.call_and_validate(checks=[not_a_server_error])

"""The production shape as docker-compose.yml describes it: every part, each watched, and no secret in the file."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.environment import SECRETS
from config.probe import ready

ROOT = Path(__file__).resolve().parents[2]
FROM_OUTSIDE = re.compile(r"\$\{[A-Z_]+:-\}")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services of the file."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    return found


def test_every_part_is_there(services: dict[str, Any]):
    assert set(services) == {"postgres", "redis", "mail", "migrate", "web", "worker", "beat"}


def test_every_part_that_stays_up_is_watched(services: dict[str, Any]):
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate"}


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_the_planner_gets_all_its_settings_and_is_no_demo(services: dict[str, Any], name: str):
    environment = services[name]["environment"]
    assert environment["DEMO"] == "0"
    assert [each for each in SECRETS if not environment.get(each)] == []


def test_what_is_secret_comes_from_outside_and_has_no_other_value(services: dict[str, Any]):
    environment = services["web"]["environment"] | services["postgres"]["environment"]
    secret = ("SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "BASE_URL")
    assert [name for name in secret if not FROM_OUTSIDE.search(environment[name])] == []


def test_ports_are_open_on_this_host_alone(services: dict[str, Any]):
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_planner_waits_for_its_tables(services: dict[str, Any]):
    waits = {name: services[name]["depends_on"] for name in ("web", "worker", "beat")}
    assert {name: wait["migrate"]["condition"] for name, wait in waits.items()} == dict.fromkeys(
        waits, "service_completed_successfully"
    )


class _Planner(BaseHTTPRequestHandler):
    """Answers 200 to one host name alone."""

    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Host"] == "planner.example" and self.path == "/readyz" else 400)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the standard library's name
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server that answers like the planner."""
    with HTTPServer(("127.0.0.1", 0), _Planner) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_the_probe_asks_under_an_allowed_name(port: int):
    assert ready(port, "planner.example")
    assert not ready(port, "127.0.0.1")


def test_the_probe_says_no_when_nobody_listens(port: int):
    assert not ready(1, "planner.example")

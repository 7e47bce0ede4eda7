"""``/healthz`` touches nothing; ``/readyz`` names what does not work and never hangs or breaks over it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from config import celery_app, health, heartbeat


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    health.forget_broker()
    cache.clear()
    yield
    health.forget_broker()


@pytest.fixture
def beating(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that answers and a worker that has just given a sign of life."""
    monkeypatch.setattr(health, "knock", lambda: "ok")
    cache.set(heartbeat.KEY, time.time())


def test_healthz_asks_no_database(client: Client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
def test_readyz_when_all_works(client: Client, django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    checks = {"database": "ok", "broker": "ok", "worker": "ok"}
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "checks": checks})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
@pytest.mark.parametrize(("age", "status"), [(59, 200), (62, 503)])
def test_a_worker_may_be_silent_for_a_minute(client: Client, age: int, status: int):
    cache.set(heartbeat.KEY, time.time() - age)
    assert client.get("/readyz").status_code == status


@pytest.mark.django_db
def test_no_worker_yet(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "knock", lambda: "ok")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["worker"]) == (503, "no sign of life")


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
def test_a_heartbeat_that_cannot_be_read(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "seconds_since_heartbeat", _broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["worker"]) == (503, "not known")


@pytest.mark.django_db
@pytest.mark.usefixtures("beating")
def test_a_database_that_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "cursor", _broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "does not answer")


@pytest.mark.django_db
def test_the_broker_is_asked_once_in_five_seconds(client: Client, monkeypatch: pytest.MonkeyPatch):
    found = iter(["does not answer", "ok"])
    monkeypatch.setattr(health, "knock", lambda: next(found))
    answers = [client.get("/readyz").json()["checks"]["broker"] for _ in range(3)]
    assert answers == ["does not answer"] * 3


def test_a_broker_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(celery_app, "connection_for_write", _broken)
    assert health.broker() == "does not answer"


def test_the_broker_of_this_run_answers():
    assert health.broker() == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading(client: Client, path: str):
    assert client.post(path).status_code == 405


def _broken(*_: Any, **__: Any) -> Any:
    raise OperationalError

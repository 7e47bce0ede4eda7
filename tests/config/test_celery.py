"""The Celery app: what beat asks for exists, folders are made, and a worker without any server lives and ends well."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from celery import Celery, current_app
from django.conf import settings as django_settings
from django.core.cache import cache
from pytest_django import Settings

from config.celery import app, prepare
from config.heartbeat import KEY, beat, seconds_since_heartbeat
from config.schedule import SCHEDULE

PATIENCE_SECONDS = 30.0
PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (
    sys.executable,
    "-m",
    "celery",
    "--quiet",
    "--app",
    "config",
    "worker",
    "--concurrency",
    "2",
    "--loglevel",
    "WARNING",
)


def files_broker(folder: Path) -> dict[str, str]:
    """Transport options of a broker in a folder, as the settings have them."""
    letters, control = str(folder / "broker"), str(folder / "broker-control")
    return {"data_folder_in": letters, "data_folder_out": letters, "control_folder": control}


def wait_until(done: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done() and time.monotonic() < until:
        time.sleep(0.05)
    return done()


def test_beat_asks_for_tasks_that_there_are():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in SCHEDULE.values()} - set(app.tasks) == set()


def test_beat_asks_as_often_as_was_agreed_and_drops_what_nobody_took():
    assert {name: entry["schedule"] for name, entry in SCHEDULE.items()} == {
        "heartbeat": 10,
        "sweep-outbox": 20,
        "read-reports": 300,
        "sweep-compilations": 60,
        "sweep-imports": 60,
        "sweep-proposals": 60,
        "compare-new-people": 600,
        "compare-everybody": 86400,
        "sweep-codes": 3600,
        "purge": 3600,
        "send-reminders": 3600,
    }
    assert all(entry["options"]["expires"] == entry["schedule"] for entry in SCHEDULE.values())
    assert app.conf.beat_schedule == SCHEDULE


def test_a_thread_of_the_web_server_speaks_to_the_same_broker():
    with ThreadPoolExecutor(1) as pool:
        name = pool.submit(lambda: current_app.main).result()

    assert name == "planner"


def test_the_folders_of_the_broker_are_made_at_the_start(tmp_path: Path):
    planner = Celery("planner", set_as_current=False)
    planner.conf.broker_transport_options = files_broker(tmp_path / "var")

    prepare(planner)
    prepare(planner)

    assert sorted(each.name for each in (tmp_path / "var").iterdir()) == ["broker", "broker-control"]


def test_the_heartbeat_has_an_age_once_a_worker_beat():
    assert seconds_since_heartbeat() is None

    beat()

    age = seconds_since_heartbeat()
    assert age is not None
    assert 0 <= age < 5


@pytest.fixture
def worker(tmp_path: Path, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with two children whose broker, cache and database are folders and files."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }
    served = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in served} | {
        "DEMO": "1",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(django_settings.FIELD_KEYS),
        "VAR_DIR": str(tmp_path),
    }
    with (tmp_path / "worker.log").open("wb") as log:
        command = subprocess.Popen(COMMAND, cwd=PROJECT, env=environment, stdout=log, stderr=log, process_group=0)  # noqa: S603  # ours
    yield command
    if command.poll() is None:
        os.killpg(command.pid, signal.SIGKILL)
        command.wait()
    print((tmp_path / "worker.log").read_text())  # noqa: T201  # pytest shows it when the test fails


def test_a_worker_without_a_server_beats_works_and_ends_when_asked(worker: subprocess.Popen[bytes], tmp_path: Path):
    assert wait_until(lambda: seconds_since_heartbeat() is not None)

    cache.delete(KEY)
    client = Celery("client", broker="filesystem://localhost", set_as_current=False)
    client.conf.broker_transport_options = files_broker(tmp_path)
    client.send_task("config.heartbeat.beat")
    client.close()
    assert wait_until(lambda: seconds_since_heartbeat() is not None)

    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    said = (tmp_path / "worker.log").read_text()
    assert "Traceback" not in said
    assert "Warm shutdown" in said

"""What every test may ask for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import Celery
from django.utils.translation import override
from pytest_django import Settings

from accounts.actors import Actor
from config.celery import app
from tests import builders

NOW = datetime(2014, 1, 6, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path) -> None:
    """Keep mail, files, cache and broker of a test inside the test."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.AXES_ENABLED = False  # django.test.Client.login gives no request to count by
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Begin every test in English: a request leaves the language of its page behind in the thread."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def broker() -> Iterator[Celery]:
    """An app whose broker is this process's memory; it takes what the verbs hint at."""
    stand_in = Celery("stand-in", broker="memory://", set_as_current=False)
    stand_in.set_current()
    yield stand_in
    stand_in.control.purge()
    stand_in.close()
    app.set_current()


@pytest.fixture
def now() -> datetime:
    """The moment at which a test's verbs act, before the workshops of 2014."""
    return NOW


@pytest.fixture
def organizer(db: None) -> Actor:
    """An organizer who acts on verbs directly."""
    user = builders.user("organizer@secretariat.example", role="organizer", is_staff=True, is_superuser=True)
    return Actor(label=str(user), user=user)

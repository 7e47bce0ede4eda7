"""Settings come from the environment; what is missing is named, and demo secrets are made once."""

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import SECRETS, make_demo, read, var_dir

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DEMO": "0",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "DATABASE_URL": "postgres://planner@db.example/planner",
    "REDIS_URL": "redis://redis.example",
    "EMAIL_URL": "smtp://mail.example",
    "ALLOWED_HOSTS": "planner.example",
    "BASE_URL": "https://planner.example",
    "FIELD_KEYS": "bm90LXVzZWQtZm9yLWFueXRoaW5nLWluLXRoaXMtdGU=",
}
ASK = """
from config import settings
print(settings.DATABASES["default"]["ENGINE"], settings.CELERY_BROKER_URL, settings.SESSION_COOKIE_SECURE, settings.DEMO)
"""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment that holds nothing but an empty var folder, whose path is returned."""
    for name in (*SECRETS, "DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    return tmp_path


def _ask(tmp_path: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own."""
    kept = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    command = (sys.executable, "-c", ASK)
    return subprocess.run(  # noqa: S603  # the script above
        command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False
    )


def test_all_that_is_missing_is_named_at_once(bare: Path):
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY, DATABASE_URL, .*, FIELD_KEYS"):
        read()


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_is_needed_in_production_and_an_empty_one_is_missing(
    bare: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    for key, value in (PRODUCTION | {name: ""}).items():
        monkeypatch.setenv(key, value)
    with pytest.raises(ImproperlyConfigured, match=f"Missing from the environment: {name}\\."):
        read()


@pytest.mark.parametrize(
    ("relays", "missing"),
    [
        ("postmark", "ANYMAIL_WEBHOOK_SECRET"),
        ("postmark,mailgun", "ANYMAIL_WEBHOOK_SECRET, ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY"),
    ],
)
def test_a_relay_without_its_secrets_is_not_listened_to(
    bare: Path, monkeypatch: pytest.MonkeyPatch, relays: str, missing: str
):
    for key, value in (PRODUCTION | {"RELAY_WEBHOOKS": relays}).items():
        monkeypatch.setenv(key, value)
    with pytest.raises(ImproperlyConfigured, match=f"Missing from the environment: {missing}\\."):
        read()
    for name in missing.split(", "):
        monkeypatch.setenv(name, "relay:open-sesame")
    assert read() is False


def test_an_unknown_relay_stops_the_start(tmp_path: Path):
    relays = PRODUCTION | {"RELAY_WEBHOOKS": "postmark,pigeon", "ANYMAIL_WEBHOOK_SECRET": "relay:open-sesame"}
    told = "import django; django.setup(); from django.urls import resolve; resolve('/')"
    kept = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    answer = subprocess.run(  # noqa: S603  # the script above
        (sys.executable, "-c", told), cwd=ROOT, env=kept | relays, capture_output=True, text=True, check=False
    )
    assert "RELAY_WEBHOOKS names pigeon; known are brevo," in answer.stderr


def test_demo_secrets_are_made_once_and_for_their_owner_only(bare: Path, monkeypatch: pytest.MonkeyPatch):
    make_demo(bare)
    first = (bare / "env").read_text()
    make_demo(bare)
    assert (bare / "env").read_text() == first
    assert [file.name for file in bare.iterdir()] == ["env"]
    assert stat.S_IMODE((bare / "env").stat().st_mode) == 0o600
    made = dict(line.split("=", 1) for line in first.splitlines())
    assert set(made) == {"DEMO", "SECRET_KEY", "FIELD_KEYS"}
    assert len(base64.urlsafe_b64decode(made["FIELD_KEYS"])) == 32


def test_demo_secrets_differ_between_machines(tmp_path: Path):
    make_demo(tmp_path / "one")
    make_demo(tmp_path / "two")
    assert (tmp_path / "one" / "env").read_text() != (tmp_path / "two" / "env").read_text()


def test_demo_secrets_are_not_read_in_production(bare: Path, monkeypatch: pytest.MonkeyPatch):
    make_demo(bare)
    monkeypatch.setenv("DEMO", "0")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        read()
    assert "SECRET_KEY" not in os.environ


def test_an_empty_var_dir_is_the_default_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VAR_DIR", "")
    assert var_dir() == ROOT / "var"


def test_the_environment_chooses_the_embedded_shape(tmp_path: Path):
    make_demo(tmp_path)
    assert _ask(tmp_path, {}).stdout.split() == [
        "django.db.backends.sqlite3",
        "filesystem://localhost",
        "False",
        "True",
    ]


def test_the_environment_chooses_the_production_shape(tmp_path: Path):
    chosen = ["django.db.backends.postgresql", "redis://redis.example", "True", "False"]
    assert _ask(tmp_path, PRODUCTION).stdout.split() == chosen


def test_production_stops_at_once_and_says_what_is_missing(tmp_path: Path):
    answer = _ask(tmp_path, PRODUCTION | {"REDIS_URL": "", "BASE_URL": ""})
    assert answer.returncode == 1
    assert "Missing from the environment: REDIS_URL, BASE_URL." in answer.stderr

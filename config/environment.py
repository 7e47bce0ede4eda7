"""The environment, read once: what is missing is named, and nothing has a guessed value in production."""

import base64
import contextlib
import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
SECRETS = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "BASE_URL", "FIELD_KEYS")

# Relays that sign what they post: Anymail's name of each, and the key it checks the signature with.
SIGNING_KEYS = {
    "mailersend": "ANYMAIL_MAILERSEND_SIGNING_SECRET",
    "mailgun": "ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY",
}

env = environ.Env()


def var_dir() -> Path:
    """Return the folder of everything this machine makes (``VAR_DIR``, default ``var/``)."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def make_demo(folder: Path) -> None:
    """Write ``env`` with fresh secrets and ``DEMO=1`` into the var folder, once; only its owner can read it."""
    folder.mkdir(parents=True, exist_ok=True)
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    draft = folder / f"env.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(f"DEMO=1\nSECRET_KEY={secrets.token_urlsafe(48)}\nFIELD_KEYS={key}\n", encoding="utf-8")
    with contextlib.suppress(FileExistsError):
        os.link(draft, folder / "env")
    draft.unlink()


def read() -> bool:
    """Read the environment and say whether this is demo mode.

    ``make run`` and ``make test`` write ``env`` into the var folder with fresh secrets and ``DEMO=1``; it is not read when
    ``DEMO=0`` is set. Outside demo mode every name in ``SECRETS`` must be set.

    Webhooks of relays (``RELAY_WEBHOOKS``) need their secrets in either shape.

    Raises ``ImproperlyConfigured`` naming all that is missing.
    """
    made = var_dir() / "env"
    if os.environ.get("DEMO") != "0" and made.exists():
        environ.Env.read_env(made, overwrite=False)
    demo: bool = env.bool("DEMO", default=False)
    needed = [*(("SECRET_KEY", "FIELD_KEYS") if demo else SECRETS), *_relay_secrets()]
    missing = [name for name in needed if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Missing from the environment: {', '.join(missing)}. Set them (see docker-compose.yml), "
            "or type `make run` for a planner on this machine."
        )
    return demo


def _relay_secrets() -> list[str]:
    """Return what keeps strangers from telling us that letters came back; every relay of Anymail's can sign in by password."""
    relays = env.list("RELAY_WEBHOOKS", default=[])
    return ["ANYMAIL_WEBHOOK_SECRET"] * bool(relays) + [SIGNING_KEYS[name] for name in relays if name in SIGNING_KEYS]

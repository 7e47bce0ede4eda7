"""A planner of its own for one run: a temporary folder, a SQLite file, the seed, and a mail server that keeps nothing."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from benchmarks import sink
from config.environment import SECRETS, make_demo


@contextmanager
def planner() -> Iterator[None]:
    """Set Django up on a scratch planner with the programme of Annex II; its folder goes when the run ends."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder, sink.running() as port:
        for name in (*SECRETS, "DEMO"):
            os.environ.pop(name, None)
        make_demo(Path(folder))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": folder,
            "EMAIL_URL": f"smtp://{sink.HOST}:{port}",
            "LOG_LEVEL": "ERROR",
        }
        django.setup()
        furnish()
        yield


def furnish() -> None:
    """Prepare a new database with the programme of Annex II, and pages to be asked for.

    Names of static files stay without a manifest: compressing styles takes longer than all the rest and measures nothing.
    """
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT.mkdir()
    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w") as quiet:
        call_command("seed", "annex-ii", stdout=quiet)

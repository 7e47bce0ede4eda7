"""Bring a planner up to date before its processes start: secrets, what pages are served with, tables, data.

``python -m config.prepare`` is a step of ``make run`` and ``make serve``; it may be run any number of times. Outside demo
mode it makes no secrets and no demo accounts.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.environment import make_demo, var_dir


def static_files() -> Iterator[str]:
    """Yield a line for each file that pages are served with: its path, size and time of change."""
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            on_disk = Path(storage.path(path)).stat()
            yield f"{path} {on_disk.st_size} {on_disk.st_mtime_ns}"


def collect_static() -> None:
    """Collect, compress and name by content what pages are served with, unless nothing has changed since the last time."""
    seen = hashlib.sha256("\n".join(sorted(static_files())).encode()).hexdigest()
    mark = settings.VAR_DIR / "static.seen"
    if mark.exists() and mark.read_text(encoding="ascii") == seen and Path(settings.STATIC_ROOT).exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(seen, encoding="ascii")


def prepare() -> None:
    """Do every step, in the order in which they need each other."""
    if os.environ.get("DEMO") != "0":
        make_demo(var_dir())
    django.setup()
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    collect_static()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("seed", "annex-ii")
    if settings.DEMO:
        call_command("demo")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        prepare()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(f"The planner cannot start: {error}")

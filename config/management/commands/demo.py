"""``manage.py demo``: the demonstration of ``make run``, and ``demo.json`` with the ways to sign in."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.rehearsal import demo
from workshops.models import Programme


class Command(BaseCommand):
    help = "Makes a practice copy in mid-life and demo accounts (demo mode only); keeps what is there."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        if not settings.DEMO:
            raise CommandError("Demo accounts are made in demo mode alone (DEMO=1).")
        programme = Programme.objects.filter(slug="annex-ii").first()
        if programme is None:
            raise CommandError("Run `manage.py seed annex-ii` first.")
        path, now = settings.VAR_DIR / "demo.json", timezone.now()
        with transaction.atomic():
            if not demo.ready(now):
                demo.prepare(programme, at=now)
            elif _opens(path):
                self.stdout.write("The demonstration is there already.")
                return
            access = demo.grant(now)
        path.touch(mode=0o600)
        path.write_text(json.dumps(access, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"The ways to sign in are in {path}.")


def _opens(path: Path) -> bool:
    """Whether the file of an earlier start still fits; a file that cannot be read does not."""
    try:
        return demo.opens(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False

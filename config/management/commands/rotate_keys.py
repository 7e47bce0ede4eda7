"""``manage.py rotate_keys``: seal everything anew with the newest of ``FIELD_KEYS``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from participants.verbs.keys import rotate_keys


class Command(BaseCommand):
    """Prints what was done; ends with 1 and the rows by their ids when no key opens some."""

    help = "Seal personal data anew with the newest of FIELD_KEYS; then the old key can be taken away."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Seal anew and say how much."""
        done = rotate_keys(at=timezone.now())
        self.stdout.write(f"sealed anew: {done.anew} values, {done.files} files; newest already: {done.newest}")
        if done.unopenable:
            raise CommandError("no key opens: " + ", ".join(done.unopenable))

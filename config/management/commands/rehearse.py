"""``manage.py rehearse``: one workshop's whole life in one command."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.errors import Refused
from config.rehearsal.play import rehearse
from config.rehearsal.stage import DoesNotAddUp
from workshops.models import Programme, Workshop


class Command(BaseCommand):
    help = (
        "Plays a workshop (or a programme) from the call to the compiled report through the verbs, with synthetic people, "
        "on a practice copy that the public never sees. Exits 1 when any count does not add up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--workshop", metavar="SLUG", help="which workshop (default: the first of annex-ii)")
        which.add_argument("--programme", metavar="SLUG", help="play all workshops of a programme")
        parser.add_argument("--seed", type=int, default=1, help="same seed, same report (default 1)")
        parser.add_argument("--nominations", type=int, metavar="N", help="exactly N nominations of Parties a workshop")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the report files go")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        programme, workshops = self._chosen(options["workshop"], options["programme"])
        if options["nominations"] is not None and options["nominations"] < 1:
            raise CommandError("--nominations must be 1 or more.")
        try:
            options["out"].mkdir(parents=True, exist_ok=True)
            result = rehearse(
                programme,
                workshops=workshops,
                seed=options["seed"],
                nominations=options["nominations"],
                out=options["out"],
                say=self.stdout.write,
            )
        except (DoesNotAddUp, Refused, ValueError, OSError) as error:
            raise CommandError(f"The rehearsal stopped: {error}") from error
        self.stdout.write(f"digest {result['digest']}")
        for path in result["report"].values():  # type: ignore[attr-defined]  # the protocol is plain JSON
            self.stdout.write(path)
        self.stdout.write(str(options["out"] / "rehearsal.json"))

    def _chosen(self, workshop: str | None, programme: str | None) -> tuple[Programme, list[str]]:
        real = Programme.objects.filter(rehearsal_of__isnull=True)
        if workshop:
            found = (
                Workshop.objects.filter(slug=workshop, rehearsal_of__isnull=True).select_related("programme").first()
            )
            if found is None:
                raise CommandError(
                    f"There is no workshop “{workshop}”. There are: {', '.join(self._slugs()) or 'none'}."
                )
            return found.programme, [found.slug]
        chosen = real.filter(slug=programme or "annex-ii").first()
        slugs = list(chosen.workshops.values_list("slug", flat=True)) if chosen else []
        if chosen is None or not slugs:
            raise CommandError("There is no such programme with workshops. Run `manage.py seed annex-ii` first.")
        return chosen, slugs if programme else slugs[:1]

    def _slugs(self) -> list[str]:
        return list(Workshop.objects.filter(rehearsal_of__isnull=True).values_list("slug", flat=True))

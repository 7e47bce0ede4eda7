"""What ``make test`` and ``make e2e`` run: ``python -m tests.run [--browser] [pytest's own options]``.

The suite runs twice: on SQLite without the tests that need a service, then whole, on PostgreSQL and Redis. A service that
cannot be started ends the run with a sentence; nothing is left out silently. Only ``DATABASE_URL``, ``REDIS_URL`` and
``CHROMIUM`` of the caller's environment reach the planner under test: everything else it reads is made here.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.environment import SECRETS, make_demo
from config.supervise import die_with_parent
from tests.services import CannotStartError, started

NOTHING_CHOSEN = 5  # pytest's status when its options left no test
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def say(line: str) -> None:
    """Tell the person what happens now."""
    sys.stdout.write(f"\n== {line}\n")
    sys.stdout.flush()


def pytest(environment: Mapping[str, str], options: Sequence[str]) -> int:
    """Run pytest and return its status."""
    command = (sys.executable, "-m", "pytest", *options)
    done = subprocess.run(  # noqa: S603  # our own command
        command, env=environment, check=False, preexec_fn=die_with_parent
    )
    return done.returncode


def bare(var: Path) -> dict[str, str]:
    """Return the caller's environment without anything the planner reads, and with a var folder of this run.

    The folder of collected files is empty: tests take them where they lie.
    """
    ours = {*SECRETS, "DEMO", "PORT", "SECRET_KEY_FALLBACKS", "DATABASE_POOL", "LOG_LEVEL", "DJANGO_SETTINGS_MODULE"}
    ours |= {"BOUNCE_IMAP_URL", "BOUNCE_FOLDER", "RELAY_WEBHOOKS"}
    make_demo(var)
    (var / "static").mkdir(exist_ok=True)
    return {name: value for name, value in os.environ.items() if name not in ours} | {"VAR_DIR": str(var)}


def suite(var: Path, options: Sequence[str]) -> int:
    """Run the suite on both shapes and return the first status that is not 0."""
    say("on SQLite, without services")
    chosen = ("-n", "2", *options)
    first = pytest(bare(var), ("-m", "not services and not e2e and not storm", *chosen))
    if first not in (0, NOTHING_CHOSEN if options else 0):
        return first
    with started(os.environ) as urls:
        origins = {name: "from the environment" if os.environ.get(name) else "started from its wheel" for name in urls}
        say(f"on PostgreSQL ({origins['DATABASE_URL']}) and Redis ({origins['REDIS_URL']})")
        second = pytest(bare(var) | urls, ("-m", "not e2e and not storm", *chosen))
        if second not in (0, NOTHING_CHOSEN if options else 0):
            return second
        say("3,000 letters through a storm")
        third = pytest(bare(var) | urls, ("-m", "storm", *options))
    return third if third != NOTHING_CHOSEN or not options else first if second == NOTHING_CHOSEN else second


def browser(var: Path, options: Sequence[str]) -> int:
    """Run the tests that drive a browser."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        where = f"CHROMIUM={named} is not a program" if named else "There is no Chromium on this machine"
        sys.exit(f"{where}: install one (on Debian `apt-get install chromium`), or name it with CHROMIUM=.")
    say(f"in {found}")
    return pytest(bare(var) | {"CHROMIUM": found}, ("-m", "e2e", "tests/e2e", *options))


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for and return the status to leave with."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="planner-tests-", ignore_cleanup_errors=True) as name:
        try:
            if "--browser" in arguments:
                return browser(Path(name), [each for each in arguments if each != "--browser"])
            return suite(Path(name), arguments)
        except CannotStartError as error:
            sys.exit(f"The tests on PostgreSQL and Redis could not run: {error}")
        except KeyboardInterrupt:
            return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

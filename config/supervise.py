"""One process that starts web, worker and beat, keeps them alive, and takes all of them with it when it ends.

``python -m config.supervise`` is what ``make run`` and ``make serve`` end in. Standard library only. Times are in seconds.
"""

import ctypes
import fcntl
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config.preflight import HOST, about_port
from config.welcome import welcome

GRACE = 10.0
LOOK_EVERY = 0.2
LONGEST_PAUSE = 30.0
STEADY = 60.0  # a child that lived this long starts again with a clean record
PR_SET_PDEATHSIG = 1

log = logging.getLogger("supervise")


def die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it ends, be it by kill -9 (used as ``preexec_fn``)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A command that should always be running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self, now: float) -> None:
        """Start the command as the leader of its own process group."""
        self.started = now
        self.process = subprocess.Popen(  # noqa: S603  # our own three commands
            self.command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # this process has one thread
        )

    def ended(self) -> bool:
        """Say whether the command is not running."""
        return self.process is None or self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Send a signal to the command's leader, which passes it on as it sees fit."""
        if self.process and not self.ended():
            self.process.send_signal(number)

    def sweep(self) -> None:
        """Kill whatever of the command's process group is left, its leader or those that outlived it."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def look_after(self, now: float) -> None:
        """Start the command again when it has ended, later each time it ends soon."""
        if not self.ended():
            return
        if self.process:
            self.failures = 1 if now - self.started > STEADY else self.failures + 1
            log.error("%s ended with code %s; it starts again in %d s", self.name, self.process.returncode, self.pause)
            self.started = now
            self.sweep()
        elif now - self.started >= self.pause:
            self.start(now)

    @property
    def pause(self) -> float:
        """How long to wait before the next start."""
        return min(LONGEST_PAUSE, 2.0 ** (self.failures - 1)) if self.failures else 0.0


@dataclass
class Supervisor:
    """Keeps children running until it is told to stop."""

    children: Sequence[Child]
    grace: float = GRACE
    greet: Callable[[], bool] = field(default=lambda: True)
    stopping: bool = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Handle SIGINT and SIGTERM."""
        self.stopping = True

    def run(self) -> None:
        """Start all, look after them until a signal comes, and end all."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        greeted = False
        try:
            while not self.stopping:
                for child in self.children:
                    child.look_after(time.monotonic())
                greeted = greeted or self.greet()
                time.sleep(LOOK_EVERY)
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask every child to end, wait ``grace`` seconds, and kill what is left."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + self.grace
        while time.monotonic() < until and not all(child.ended() for child in self.children):
            time.sleep(LOOK_EVERY / 4)
        for child in self.children:
            if not child.ended():
                log.warning("%s did not end in %d s and is killed", child.name, self.grace)
            child.sweep()


def commands(port: str, var: Path) -> list[Child]:
    """Return the three processes of the planner."""
    celery = (sys.executable, "-m", "celery", "--quiet", "--app", "config")
    web = (sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", port)
    return [
        Child("web", (*web, "--workers", "1", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers",
                      "--workers-kill-timeout", "5s", "--log-level", "warning", "config.wsgi:application")),
        Child("worker", (*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip",
                         "--without-mingle", "--without-heartbeat")),
        Child("beat", (*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", str(var / "beat-schedule"))),
    ]  # fmt: skip


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the var folder for this supervisor; leave with a sentence when another one works there."""
    with (var / "supervisor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"A planner is already running on {var}: stop it first, or give this one its own VAR_DIR.")
        yield


def main() -> None:
    """Run the planner on ``PORT`` with its files in ``VAR_DIR``."""
    logging.basicConfig(format="{asctime} {levelname} {name} {message}", style="{", level=logging.INFO)
    var = Path(os.environ.get("VAR_DIR") or "var").resolve()
    port = os.environ.get("PORT") or "8000"
    if complaint := about_port(port):
        sys.exit(complaint)
    with only_one(var):
        Supervisor(commands(port, var), greet=lambda: welcome(HOST, int(port), var)).run()


if __name__ == "__main__":
    main()

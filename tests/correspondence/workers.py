"""Real worker processes on the tests' own database, started and killed by tests."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]
SLOTS = 2
COMMAND = (
    sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--concurrency", str(SLOTS),
    "--without-gossip", "--without-mingle", "--loglevel", "WARNING",
)  # fmt: skip


class Workers:
    """Celery workers with two slots each; all that still run are killed when it is left."""

    def __init__(self, folder: Path, *, smtp_port: int, redis_url: str) -> None:
        self.running: list[subprocess.Popen[bytes]] = []
        self.log = folder / "worker.log"
        self._environment = os.environ | {
            "DEMO": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
            "VAR_DIR": str(folder),
            "DATABASE_URL": _database_url(),
            "REDIS_URL": redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        }

    def start(self) -> subprocess.Popen[bytes]:
        """Start one more worker, in a process group of its own."""
        with self.log.open("ab") as log:
            worker = subprocess.Popen(  # noqa: S603  # ours
                COMMAND, cwd=PROJECT, env=self._environment, stdout=log, stderr=log, process_group=0
            )
        self.running.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """End a worker with all its slots at once, as the kernel does when memory is short."""
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.running.remove(worker)

    def stop(self, seconds: float) -> list[int]:
        """Ask all workers to end and return how each left."""
        for worker in self.running:
            worker.terminate()
        return [worker.wait(seconds) for worker in self.running]

    def close(self) -> None:
        """Kill what still runs, and print what the workers said: pytest shows it when the test fails."""
        for worker in list(self.running):
            self.kill(worker)
        if self.log.exists():
            print(self.log.read_text())  # noqa: T201


def _database_url() -> str:
    database = connection.settings_dict
    login = f"{database['USER']}:{quote(database['PASSWORD'])}"
    return f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"

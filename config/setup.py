"""Fetch what the planner is made of: Python packages into ``.venv``, styles and fonts into ``node_modules``.

``make`` runs this file by itself, before there is a package to import, so it knows only the standard library. What the
installers say goes to ``var/setup.log``; a person sees one line for each step, and one sentence when a step fails.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve() / "setup.log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--require-hashes", "-r")
OLDEST_NPM = 7  # the first that reads our package-lock.json
VENDOR = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.rtl.min.css",
)
OFFLINE = re.compile(
    r"name resolution|NameResolutionError|NewConnectionError|ConnectTimeout|Network is unreachable|Cannot connect to proxy"
    r"|ProxyError|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED"
)


def say(line: str) -> None:
    """Tell the person what happens now."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the project's folder and keep all it says, together."""
    return subprocess.run(  # noqa: S603  # our own commands, no shell
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def fetch(what: str, command: Sequence[str]) -> None:
    """Run an installer quietly; leave with one sentence when it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    say(f"Fetching {what} ...")
    done = run(command)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode == 0:
        return
    if OFFLINE.search(done.stdout):
        sys.exit(
            f"No network: {what} could not be fetched. Connect this machine and type the same again ({LOG} has more)."
        )
    reason = next(
        (line.strip() for line in done.stdout.splitlines() if "error" in line.lower()), f"status {done.returncode}"
    )
    sys.exit(f"Fetching {what} failed: {reason} ({LOG} has more).")


def packages(lock: str) -> None:
    """Install the packages of a lock into ``.venv``, each checked against its hash."""
    if not PYTHON.exists():
        say("Making .venv ...")
        venv.create(VENV, symlinks=True, with_pip=True, clear=VENV.exists())
    fetch(f"the Python packages of {lock}", (*PIP, lock))


def assets() -> None:
    """Install the npm packages of ``package-lock.json`` and lay out what pages serve from them."""
    patience = ("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=10000")  # ms; its own would be two minutes
    fetch("styles and fonts", (*npm(), "ci", "--prefer-offline", *patience))
    vendor()


def vendor() -> None:
    """Lay out what pages serve from ``node_modules``, without the last line that names a source map nobody serves."""
    folder = ROOT / "static" / "vendor"
    folder.mkdir(parents=True, exist_ok=True)
    for path in VENDOR:
        source = ROOT / "node_modules" / path
        text = source.read_text(encoding="utf-8").partition("/*# sourceMappingURL")[0]
        (folder / source.name).write_text(text, encoding="utf-8")


def npm() -> tuple[str, ...]:
    """Return the command of the machine's npm, or of the one from a wheel where there is none (or a very old one)."""
    found = shutil.which("npm")
    if found:
        said = run((found, "--version")).stdout
        if said.split(".")[0].isdigit() and int(said.split(".")[0]) >= OLDEST_NPM:
            return (found,)
    fetch("npm itself", (*PIP, "requirements/node.txt"))
    return (str(VENV / "bin" / "npm"),)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["packages", lock]:
            packages(lock)
        case ["assets"]:
            assets()
        case ["vendor"]:
            vendor()
        case _:
            sys.exit("What to fetch: packages LOCK, assets, or vendor (see the Makefile).")

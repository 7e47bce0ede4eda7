"""One process holds three: what it starts, it looks after, and takes with it however it ends."""

import ast
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.preflight import about_port, about_python
from config.supervise import Child, commands, only_one

ROOT = Path(__file__).resolve().parents[2]
SUPERVISOR = """
import sys
from config.supervise import Child, Supervisor

python, folder = sys.executable, sys.argv[1]
sleeper = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()} '); time.sleep(600)"
stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + sleeper
parent = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1], sys.argv[2]]).wait()"
Supervisor([
    Child("plain", (python, "-c", sleeper, folder + "/plain")),
    Child("stubborn", (python, "-c", stubborn, folder + "/stubborn")),
    Child("family", (python, "-c", parent, sleeper, folder + "/grandchild")),
], grace=1).run()
"""


def _soon(true: Callable[[], object]) -> bool:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def _pids(file: Path) -> list[int]:
    return [int(word) for word in file.read_text().split()] if file.exists() else []


def _alive(pid: int) -> bool:
    """A zombie that nobody has reaped yet counts as dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor over three children, one that ignores SIGTERM and one with a child of its own."""
    command = (sys.executable, "-c", SUPERVISOR, str(tmp_path))
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603  # the script above
    assert _soon(lambda: all(_pids(tmp_path / name) for name in ("plain", "stubborn", "grandchild")))
    yield process
    process.kill()
    process.wait()
    for file in tmp_path.iterdir():
        for pid in _pids(file):
            if _alive(pid):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_even_the_stubborn_and_their_children(
    supervisor: subprocess.Popen[bytes], tmp_path: Path, number: signal.Signals
):
    supervisor.send_signal(number)
    supervisor.send_signal(number)  # make and the terminal both pass it on
    assert supervisor.wait(10) == 0
    assert not [pid for file in tmp_path.iterdir() for pid in _pids(file) if _alive(pid)]


def test_a_child_that_dies_is_started_again(supervisor: subprocess.Popen[bytes], tmp_path: Path):
    [first] = _pids(tmp_path / "plain")
    os.kill(first, signal.SIGKILL)
    assert _soon(lambda: len(_pids(tmp_path / "plain")) == 2)
    assert supervisor.poll() is None


def test_what_a_dead_child_left_running_is_ended_before_it_starts_again(
    supervisor: subprocess.Popen[bytes], tmp_path: Path
):
    [grandchild] = _pids(tmp_path / "grandchild")
    parent = int(Path(f"/proc/{grandchild}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(parent, signal.SIGKILL)
    assert _soon(lambda: len(_pids(tmp_path / "grandchild")) == 2)
    assert not _alive(grandchild)
    assert supervisor.poll() is None


def test_children_do_not_outlive_a_killed_supervisor(supervisor: subprocess.Popen[bytes], tmp_path: Path):
    supervisor.kill()
    supervisor.wait()
    [plain] = _pids(tmp_path / "plain")
    assert _soon(lambda: not _alive(plain))


def test_pauses_grow_while_a_child_fails_and_are_forgotten_when_it_was_steady():
    child = Child("brief", (sys.executable, "-c", ""))
    pauses = []
    for now in (0.0, 10.0, 20.0):
        child.start(now)
        assert child.process is not None
        child.process.wait()
        child.look_after(now + 1)
        pauses.append(child.pause)
    child.start(100.0)
    assert child.process is not None
    child.process.wait()
    child.look_after(200.0)
    assert [*pauses, child.pause] == [1.0, 2.0, 4.0, 1.0]


def test_beat_is_a_process_of_its_own():
    started = {child.name: child.command for child in commands("8000", Path("var"))}
    assert list(started) == ["web", "worker", "beat"]
    assert not {"-B", "--beat"} & set(started["worker"])


def test_two_planners_do_not_share_a_var_folder(tmp_path: Path):
    with only_one(tmp_path), pytest.raises(SystemExit, match="already running"), only_one(tmp_path):
        pass


def test_a_taken_port_is_named_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert about_port(str(port)).startswith(f"Port {port} is taken")
    assert about_port(str(port)) == ""


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "eight", "80.0", "²", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused(text: str):
    assert about_port(text).startswith(f"PORT={text} is not a port")


def test_an_old_python_can_read_what_refuses_it():
    ast.parse((ROOT / "config" / "preflight.py").read_text(encoding="utf-8"), feature_version=(3, 4))


@pytest.mark.parametrize(("version", "accepted"), [((3, 10, 14), False), ((3, 11, 0), True), ((4, 0, 0), True)])
def test_an_old_python_is_named(version: tuple[int, ...], accepted: bool):
    assert (about_python(version) == "") is accepted
    assert accepted or "This is Python 3.10" in about_python(version)

"""What must be true before anything is installed: one sentence for each thing that is not.

``make`` runs this file with whatever Python the machine has, so it keeps to the standard library and to syntax that an
old Python 3 can read.
"""

import importlib.util
import os
import socket
import sys

OLDEST = (3, 11)
HOST = "127.0.0.1"


def about_python(version: "tuple[int, ...]") -> str:
    """Say what is wrong with this version of Python; "" when nothing is."""
    if version[:2] >= OLDEST:
        return ""
    return (
        "This is Python " + ".".join(str(part) for part in version[:2]) + "; the planner needs Python "
        "3.11 or newer: name one, for example `make run PYTHON=python3.11`."
    )


def about_venv(folder: str) -> str:
    """Say what is missing for making a virtual environment in ``folder``; "" when it is there or can be made."""
    parts = ("venv", "ensurepip")
    if os.path.exists(folder) or all(importlib.util.find_spec(part) for part in parts):  # noqa: PTH110  # old Python
        return ""
    return "This Python cannot make virtual environments: on Debian, `apt-get install python3-venv` gives it what it lacks."


def about_port(text: str) -> str:
    """Say why the planner cannot listen on this port of the loopback address; "" when it can."""
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < port < 65536:  # noqa: PLR2004  # the range of TCP ports
        return "PORT=" + text + " is not a port: give a number from 1 to 65535, for example `make run PORT=8001`."
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return "Port " + text + " needs an administrator: choose one above 1023, for example `make run PORT=8001`."
        except OSError:
            return (
                "Port " + text + " is taken (is the planner running already?): stop what listens there, or choose "
                "another, for example `make run PORT=" + str(port % 65535 + 1) + "`."
            )
    return ""


def main(arguments: "list[str]") -> None:
    """Leave with the first complaint and status 1; a port is checked when one is given."""
    complaint = about_python(tuple(sys.version_info[:3])) or about_venv(".venv")
    if arguments and not complaint:
        complaint = about_port(arguments[0])
    if complaint:
        sys.exit(complaint)


if __name__ == "__main__":
    main(sys.argv[1:])

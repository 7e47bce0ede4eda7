"""What a person reads when the planner is up: its addresses and how to sign in."""

import json
import socket
import sys
from pathlib import Path

ADDRESSES = {
    "public pages": "/",
    "organizer's desk": "/admin/",
    "personal pages": "/my/",
    "sent mail": "/mail/",
    "API": "/api/v1/docs/",
}


def answers(host: str, port: int) -> bool:
    """Say whether something listens on this port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def sign_in(var: Path) -> list[str]:
    """Return a block of lines for each account of ``demo.json``; nothing outside demo mode."""
    made = var / "demo.json"
    if not made.exists():
        return []
    lines = ["", f"Sign in as (all of it is in {made}):"]
    for role, account in json.loads(made.read_text(encoding="utf-8")).items():
        facts = account.items() if isinstance(account, dict) else [("", account)]
        lines += [
            "  " + role.replace("_", " "),
            *(f"    {str(name).replace('_', ' '):<12} {value}" for name, value in facts),
        ]
    return lines


def welcome(host: str, port: int, var: Path) -> bool:
    """Print the addresses once the planner answers; say whether it did."""
    if not answers(host, port):
        return False
    lines = ["", "The planner is running. Ctrl-C ends it."]
    lines += [f"  {name:<18} http://{host}:{port}{path}" for name, path in ADDRESSES.items()]
    sys.stdout.write("\n".join([*lines, *sign_in(var), "", ""]))
    sys.stdout.flush()
    return True

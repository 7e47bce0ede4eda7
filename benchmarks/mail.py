"""Delivery: the outbox on PostgreSQL and Redis with a worker of two slots, against a bare SMTP loop into the same sink.

The planner under measurement lives in a process of its own (``python -m benchmarks.child``): this one has SQLite open.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import sink
from benchmarks.figures import Figure
from config.environment import SECRETS, make_demo
from tests.services import started


def measure() -> Iterator[Figure]:
    """Measure ``mail.plain``, ``mail.pdf``, ``mail.memory`` and ``mail.claim``."""
    with (
        tempfile.TemporaryDirectory(prefix="planner-bench-") as folder,
        started({}, durable=True) as urls,
        sink.running() as port,
    ):
        make_demo(Path(folder))
        environment = {name: value for name, value in os.environ.items() if name not in {*SECRETS, "DEMO"}}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": folder,
            "EMAIL_URL": f"smtp://{sink.HOST}:{port}",
            "LOG_LEVEL": "ERROR",
            **urls,
        }
        done = subprocess.run(
            (sys.executable, "-m", "benchmarks.child"), env=environment, stdout=subprocess.PIPE, check=True
        )
    yield from (Figure(**each) for each in json.loads(done.stdout))

"""A bench in the shape of production: PostgreSQL and Redis of its own, and a process of its own (``benchmarks.child``).

The process that measures everything has SQLite open; the child has not.
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


def figures_of(bench: str) -> Iterator[Figure]:
    """Run ``benchmarks.<bench>`` in a child and yield the figures that it prints."""
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
        command = (sys.executable, "-m", "benchmarks.child", bench)
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603  # ours
    yield from (Figure(**each) for each in json.loads(done.stdout))

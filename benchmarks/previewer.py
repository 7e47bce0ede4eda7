"""``python -m benchmarks.previewer ROWS``: preview one list in a process of its own and print its peak memory in KiB.

The planner is the one whose environment it was started in; models can be loaded only once Django is set up.
"""

import re
import resource
import sys
from importlib import import_module
from pathlib import Path

import django


def main() -> None:
    """Preview a list of as many rows as the command line says."""
    bench, tables = import_module("benchmarks.imports"), import_module("documents.tables")
    bench.preview(b"".join(tables.csv_lines(bench.listed(int(sys.argv[1])))))
    print(peak())


def peak() -> int:
    """Return the most memory this process took; on Linux ``ru_maxrss`` begins with what the parent had."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    django.setup()
    main()

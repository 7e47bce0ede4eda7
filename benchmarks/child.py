"""``python -m benchmarks.child <bench>``: one bench of ``benchmarks.production`` in a process of its own; prints its figures.

The bench imports models, so Django must be set up before it is loaded.
"""

import dataclasses
import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    figures = import_module(f"benchmarks.{sys.argv[1]}").measure()
    print(json.dumps([dataclasses.asdict(each) for each in figures]))

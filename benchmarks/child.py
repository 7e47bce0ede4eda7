"""``python -m benchmarks.child``: the planner of ``benchmarks.mail`` in a process of its own.

The bench imports models, so Django must be set up before it is loaded.
"""

from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("benchmarks.outbox").main()

"""How near the planner comes to what the machine can do: ``python -m benchmarks`` measures and writes ``bench.json``.

Each figure stands beside a limit measured in the same run on the same data: the least work that any program would have to do.
"""

"""How long validation takes beside pySHACL alone: measured in turn, and held to a ratio.

    python -m tests.bench_validate [--runs N]

runs, in turn A B A B …, each in a process of its own:

A  ``ukjapan validate``: files, terms, shapes, checks, saved queries and release
B  a bare script: rdflib reads the release file and the shapes, pySHACL validates

and exits 1 unless the median of A is at most three times that of B.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

from ukjapan_graph.judging.shapes import shape_files
from ukjapan_graph.resources import release_file, root

LIMIT = 3.0

BARE = """
import sys
import pyshacl
from rdflib import Dataset, Graph
data = Graph()
for subject, predicate, value, _ in Dataset().parse(sys.argv[1], format="nquads").quads():
    data.add((subject, predicate, value))
shapes = Graph()
for path in sys.argv[2:]:
    shapes.parse(path, format="turtle")
conforms, _, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
"""


def main(argv: list[str] | None = None) -> int:
    """Measure and print medians in milliseconds and their ratio; 0 where the limit holds, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_validate")
    parser.add_argument("--runs", type=int, default=7, help="runs of each (default: 7)")
    runs = parser.parse_args(argv).runs
    shapes = [str(path) for path in shape_files(root())]
    commands = {
        "A ukjapan validate": [sys.executable, "-m", "ukjapan_graph", "validate"],
        "B bare pySHACL": [sys.executable, "-c", BARE, str(release_file()), *shapes],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as bytecode:
        # Bytecode is kept, as it is wherever a package is installed, whatever this environment says.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = bytecode
        for line in commands.values():
            _run(line, env)  # once unmeasured, so that neither pays for a cold disk or for compiling
        for _ in range(runs):
            for name, line in commands.items():
                times[name].append(_run(line, env))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:20} {median:8.0f} ms  ({min(times[name]):.0f} to {max(times[name]):.0f})")
    a, b = medians.values()
    print(f"A/B {a / b:.2f} (at most {LIMIT:g})")
    return 0 if a / b <= LIMIT else 1


def _run(line: list[str], env: dict[str, str]) -> float:
    """Milliseconds that ``line`` takes as a process; findings do not matter, failures do."""
    start = time.perf_counter()
    done = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    taken = (time.perf_counter() - start) * 1000
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(line[:4])} failed:\n{done.stderr.decode()}")
    return taken


if __name__ == "__main__":
    sys.exit(main())

"""How fast the doors open: measured, interleaved, and held to ratios that a busy machine does not move.

    python -m tests.bench cold [--runs N] [--release FILE]

``cold`` runs, in turn A B C A B C …, each in a process of its own from cold to the last row printed:

A  ``ukjapan ask builds-on --instrument acsa --format csv``
B  a bare script: pyoxigraph reads the release file, runs the same bound query, prints the rows
C  the same with rdflib

and exits 1 unless the medians keep A/B at 1.5 or less (the command costs little beside its engine) and
C/A at 8 or more (the engine is worth it).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ukjapan_graph.answering import answers, questions
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.querying import binding
from ukjapan_graph.resources import release_file

ASK = ["ask", "builds-on", "--instrument", "acsa", "--format", "csv"]
LIMIT_A_B, LIMIT_C_A = 1.5, 8.0

BARE = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store()
store.load(path=sys.argv[1], format=RdfFormat.N_QUADS)
for row in store.query(open(sys.argv[2]).read(), use_default_graph_as_union=True):
    print(*("" if term is None else term.value for term in row), sep=",")
"""

RDFLIB = """
import sys
from rdflib import Dataset
dataset = Dataset(default_union=True)
dataset.parse(sys.argv[1], format="nquads")
for row in dataset.query(open(sys.argv[2]).read()):
    print(*("" if term is None else term for term in row), sep=",")
"""


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark asked for; 0 where its limits hold, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("what", choices=["cold"])
    parser.add_argument("--runs", type=int, default=15, help="runs of each (default: 15)")
    parser.add_argument("--release", type=Path, default=release_file(), metavar="FILE")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        return cold(options.release, options.runs, Path(folder))


def cold(release: Path, runs: int, folder: Path) -> int:
    """Measure from cold start to last row; prints medians in milliseconds and their ratios."""
    query = folder / "query.rq"
    query.write_text(bound(release), encoding="utf-8")
    commands = {
        "A ukjapan": [*command(), *ASK, "--release", str(release)],
        "B bare pyoxigraph": [sys.executable, "-c", BARE, str(release), str(query)],
        "C bare rdflib": [sys.executable, "-c", RDFLIB, str(release), str(query)],
    }
    # Bytecode is kept, as it is wherever a package is installed, whatever this environment says.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    times: dict[str, list[float]] = {name: [] for name in commands}
    for line in commands.values():
        run(line, env)  # once unmeasured, so that no side pays for a cold disk or for compiling
    for _ in range(runs):
        for name, line in commands.items():
            times[name].append(run(line, env))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        spread = f"{min(times[name]):.1f} to {max(times[name]):.1f}"
        print(f"{name:18} {median:8.1f} ms  ({spread})")
    a, b, c = medians.values()
    print(f"A/B {a / b:.2f} (at most {LIMIT_A_B})   C/A {c / a:.1f} (at least {LIMIT_C_A:g})")
    return 0 if a / b <= LIMIT_A_B and c / a >= LIMIT_C_A else 1


def command() -> list[str]:
    """The installed command beside this Python, else the package run as a module."""
    installed = Path(sys.executable).with_name("ukjapan")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "ukjapan_graph"]


def bound(release: Path) -> str:
    """The text that ``ukjapan ask`` runs for A, so that B and C run the same."""
    store = open_store(release)
    query = questions.read(store, "builds-on")
    return binding.bind(query.text, answers.bound_terms(store, query, {"instrument": "acsa"}))


def run(line: list[str], env: dict[str, str]) -> float:
    """Milliseconds that ``line`` takes, as a process that must succeed."""
    start = time.perf_counter()
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())

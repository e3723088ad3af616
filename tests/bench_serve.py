"""How fast the endpoint answers beside others with the same data: measured in turn, and held to ratios.

    python -m tests.bench_serve [--seconds N] [--rounds N] [--short]

needs ``wrk`` (Debian) and, from PyPI, ``oxigraph`` and ``rdflib-endpoint[cli]``. Sixteen clients ask each server in turn
for one small lookup and for saved queries:

A  ``ukjapan serve``
B  ``oxigraph serve`` in memory, default graph the union
C  ``rdflib-endpoint``

It exits 1 unless A/B is at least 0.4 for the lookup and 0.9 for each saved query, A/C at least 5 for each, and the
memory of A, workers included, less than three times that of B. With --short it measures for a moment only, and
exits 1 where half of that is missed. It prints besides how A and B do on queries that they have not answered before
(a comment makes each another one), for which nothing is held.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import httpx

sys.path.insert(0, str(Path(__file__).parent))

from servers import free_port
from servers import memory as memory_of
from test_endpoint_soak import beside_runaways
from ukjapan_graph.answering import questions
from ukjapan_graph.answering.engines import open_store, prepare
from ukjapan_graph.resources import release_file

LOOKUP = "SELECT ?p ?o WHERE { <https://w3id.org/ukjapan/id/state/japan> ?p ?o } LIMIT 5"
SAVED = ("builds-on", "timeline", "signatories")
JSON = "application/sparql-results+json"


def main(argv: list[str] | None = None) -> int:
    """Measure, print, judge; 0 where every limit holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_serve")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement (default: 3)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each (default: 3)")
    parser.add_argument("--short", action="store_true", help="one second each, and half of the limits")
    options = parser.parse_args(argv)
    if options.short:
        options.seconds, options.rounds = 1, 1
    texts = {"lookup": LOOKUP}
    store = open_store(release_file())
    known = questions.names(store)
    for name in [name for name in SAVED if name in known]:
        texts[name] = prepare(questions.read(store, name).text, ("SELECT",))[0]
    with tempfile.TemporaryDirectory() as folder:
        servers = _start(Path(folder))
        try:
            code = _measure(servers, texts, options.seconds, options.rounds, 0.5 if options.short else 1)
        finally:
            for _, process in servers.values():
                process.terminate()
            for _, process in servers.values():
                process.wait(timeout=20)
    alone, beside = beside_runaways()
    print(
        f"p99 of a small query: {alone[1]:.1f} ms alone, {beside[1]:.1f} ms beside three runaways, "
        f"times {beside[1] / alone[1]:.1f}"
    )
    return code


def _start(folder: Path) -> dict[str, tuple[str, subprocess.Popen]]:
    """Address and process of each server, loaded and answering."""
    ports = {name: free_port() for name in "ABC"}
    python = sys.executable
    oxigraph = shutil.which("oxigraph") or str(Path(python).with_name("oxigraph"))
    endpoint = shutil.which("rdflib-endpoint") or str(Path(python).with_name("rdflib-endpoint"))
    lines = {
        "A": [python, "-m", "ukjapan_graph", "serve", "--port", str(ports["A"])],
        "B": [oxigraph, "serve", "--union-default-graph", "--bind", f"127.0.0.1:{ports['B']}"],
        "C": [endpoint, "serve", "--host", "127.0.0.1", "--port", str(ports["C"]), str(release_file())],
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = {name: subprocess.Popen(line, cwd=folder, **quiet) for name, line in lines.items()}
    bases = {"A": "/sparql", "B": "/query", "C": "/"}
    found = {
        name: (f"http://127.0.0.1:{ports[name]}{bases[name]}", process) for name, process in processes.items()
    }
    for name, (address, process) in found.items():
        _wait(address, process, lines[name])
    data = release_file().read_bytes()
    url = f"http://127.0.0.1:{ports['B']}/store"
    httpx.put(
        url, content=data, headers={"Content-Type": "application/n-quads"}, timeout=60
    ).raise_for_status()
    return found


def _wait(address: str, process: subprocess.Popen, line: list[str]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"{' '.join(line)} ended with {process.returncode}")
        try:
            httpx.get(address, params={"query": "ASK {}"}, headers={"Accept": JSON}, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    sys.exit(f"{' '.join(line)} does not answer")


def _measure(servers: dict, texts: dict[str, str], seconds: int, rounds: int, share: float) -> int:
    held = True
    for name, text in texts.items():
        rates: dict[str, list[float]] = {server: [] for server in servers}
        for _ in range(rounds):
            for server, (address, _) in servers.items():
                rates[server].append(_wrk(f"{address}?query={quote(text)}", seconds))
        a, b, c = (statistics.median(rates[server]) for server in "ABC")
        least, other = share * (0.4 if name == "lookup" else 0.9), share * 5
        times = a / c if c else float("inf")  # C may not answer once in the time
        fine = a / b >= least and times >= other
        held = held and fine
        print(
            f"{name:12} A {a:8.0f}/s  B {b:8.0f}/s  C {c:8.0f}/s  A/B {a / b:.2f} (at least {least:g})  "
            f"A/C {times:.1f} (at least {other:g}){'' if fine else '  NOT HELD'}",
            flush=True,
        )
    for name, text in texts.items():
        a, b = (_wrk(f"{servers[s][0]}?query={quote(text)}", seconds, anew=True) for s in "AB")
        print(f"{name:12} A {a:8.0f}/s  B {b:8.0f}/s  never asked before: A/B {a / b:.2f}", flush=True)
    time.sleep(3)  # what a load took is given back
    memory = {server: memory_of(process.pid) for server, (_, process) in servers.items()}
    ratio, most = memory["A"] / memory["B"], 3 / share
    print(f"memory: A {memory['A']:.0f} MB, B {memory['B']:.0f} MB, ratio {ratio:.2f} (less than {most:g})")
    return 0 if held and ratio < most else 1


#: For wrk: a number after each address, in a comment of the query.
ANEW = """local n = 0
request = function() n = n + 1 return wrk.format(nil, wrk.path .. "%20%23" .. n .. "-" .. os.time()) end
"""


def _wrk(url: str, seconds: int, *, anew: bool = False) -> float:
    """Answers in a second to sixteen clients; an answer other than 200 stops the measurement."""
    line = ["wrk", "-t1", "-c16", f"-d{seconds}s", "-H", f"Accept: {JSON}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if anew:
            script.write(ANEW)
            script.flush()
            line += ["-s", script.name]
        out = subprocess.run([*line, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        sys.exit(f"{url} did not answer with 200:\n{out}")
    return float(re.search(r"Requests/sec:\s*([0-9.]+)", out)[1])


if __name__ == "__main__":
    sys.exit(main())

"""How fast the loader is beside each store's own way in: measured in turn, on data made for it.

    python -m tests.bench_load [--quads N …] [--runs N]

For each number of quads (in graphs of about 200), in turn A B A B …, each into an empty store:

Oxigraph   A  ``curl -T`` of one N-Quads file, the default graph filled in it; B  the loader
Virtuoso   A  its bulk loader (``ld_dir``) on the exported folder; B  the loader

It prints the medians, the ratio A/B of sending alone and of sending, reading back and comparing, and the most
memory that the loader's process has had so far. It only tells; no limit is held.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

sys.path.insert(0, str(Path(__file__).parent))

import servers
from ukjapan_graph.data import bulk
from ukjapan_graph.loading.contents import Release, line
from ukjapan_graph.loading.loader import Loader
from ukjapan_graph.remote.access import Access

_IN_GRAPH = 200


def synthetic(number: int) -> list[Quad]:
    """As many quads, in shape like the release: a few links and a label or date for each thing."""
    home = "https://example.org/"
    terms = [NamedNode(f"{home}p{i}") for i in range(12)]
    found = []
    for i in range(number):
        graph = NamedNode(f"{home}g{i // _IN_GRAPH}")
        thing = f"<{home}thing{i // 5}>"
        digest = hashlib.sha256(str(i).encode()).hexdigest()
        value = (
            f"<{home}thing{int(digest[:6], 16) % (number // 5)}>" if i % 5 else f'"thing {digest[:40]}"@en'
        )
        text = f"{thing} {terms[i % 12]} {value} {graph} .\n"
        found.append(text)
    return list(parse("".join(found), format=RdfFormat.N_QUADS))


def release_of(quads: list[Quad]) -> Release:
    """``quads`` as a release."""
    graphs: dict[str, set[str]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, set()).add(line(quad))
    return Release("0" * 64, {name: frozenset(graphs[name]) for name in sorted(graphs)})


def oxigraph(folder: Path, quads: list[Quad], release: Release) -> Iterator[tuple[str, float]]:
    """Both ways into Oxigraph, once."""
    file = folder / "all.nq"
    if not file.exists():
        default = "".join(f"{text} .\n" for text in sorted(release.merge))
        file.write_text(default + "".join(f"{quad} .\n" for quad in quads), encoding="utf-8")
    with _fresh(folder / "ox") as data, servers.oxigraph(data) as server:
        words = ["curl", "-sS", "-f", "-T", str(file), "-H", "Content-Type: application/n-quads"]
        yield "own", _timed(lambda: subprocess.run([*words, f"{server.address}/store"], check=True))
    with _fresh(folder / "ox") as data, servers.oxigraph(data) as server:
        yield from _loader(Access(server.address), release)


def virtuoso(folder: Path, quads: list[Quad], release: Release) -> Iterator[tuple[str, float]]:
    """Both ways into Virtuoso, once."""
    with _fresh(folder / "vi") as data, servers.virtuoso(data) as server:
        for name, content in bulk.folder(quads).items():
            (data / "load" / name).write_bytes(content)
        text = f"ld_dir('{data}/load', '*.nt.gz', 'urn:x'); rdf_loader_run(); checkpoint;"
        yield "own", _timed(lambda: servers.isql(servers.sql_port(server), server.password, text))
    with _fresh(folder / "vi") as data, servers.virtuoso(data) as server:
        yield from _loader(Access(server.address, server.user, server.password), release)


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_load")
    parser.add_argument("--quads", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--store", choices=["oxigraph", "virtuoso"], nargs="+", default=["oxigraph", "virtuoso"]
    )
    options = parser.parse_args(argv)
    ways = {"oxigraph": oxigraph, "virtuoso": virtuoso}
    for number in options.quads:
        quads = synthetic(number)
        release = release_of(quads)
        for store in options.store:
            times: dict[str, list[float]] = {}
            with tempfile.TemporaryDirectory() as folder:
                for _ in range(options.runs):
                    for what, seconds in ways[store](Path(folder), quads, release):
                        times.setdefault(what, []).append(seconds)
            own, sent, whole = (statistics.median(times[what]) for what in ("own", "sent", "whole"))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{store:9} {number:>9,} quads: own way {own:.2f} s, sent {sent:.2f} s ({own / sent:.2f}), "
                f"sent and verified {whole:.2f} s ({own / whole:.2f}); {memory:,.0f} MiB",
                flush=True,
            )
    return 0


def _loader(access: Access, release: Release) -> Iterator[tuple[str, float]]:
    with Loader(access) as loader:
        start = time.perf_counter()
        loader.send_all(loader.plan(release).messages)
        sent = time.perf_counter() - start
        found = loader.verify(release)
        whole = time.perf_counter() - start
    if not found.agrees:
        raise SystemExit("what was loaded is not there")
    yield "sent", sent
    yield "whole", whole


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextlib.contextmanager
def _fresh(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

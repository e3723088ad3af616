"""How fast the loader is beside each store's own way in: measured in turn, on data made for it.

    python -m tests.bench_load [--quads N …] [--in-graph N …] [--runs N] [--store NAME …] [--check]

For each number of quads (in graphs of 200, or of what ``--in-graph`` says), in turn A B A B …, each into an empty
store:

Oxigraph   A  ``curl -T`` of one N-Quads file, the default graph filled in it; B  the loader
Virtuoso   A  its bulk loader (``ld_dir``) on a folder of a file a graph; B  the loader

It prints the medians: reading the release file; the ratio A/B of sending, and of sending, reading back and
comparing (wanted: 0.8 and 0.5); and the most memory that the loader's process had. With ``--check`` it fails
where a ratio is less than three quarters of what is wanted, or where the loader needs more memory than it may.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count, cycle, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import servers
from ukjapan_graph import resources
from ukjapan_graph.data import bulk
from ukjapan_graph.loading.loader import Loader, read_release
from ukjapan_graph.remote.access import Access

_SENT, _WHOLE = 0.8, 0.5  # of the speed of the store's own way
_ENOUGH = 0.75  # of that, for a check: one run on a busy machine is no median
_MEMORY = 160  # MiB of the loader's process, however many the quads
_BUFFERS = 170_000  # pages of Virtuoso: those its manual gives to 2 GiB, enough for a million quads
_HOME = "https://example.org/"


def graphs(number: int, sizes: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
    """As many quads, in shape like the release: a few links and a label or date for each thing.

    :param sizes: how many of them are in a graph; after the last one the first comes again
    """
    lines, names = [], count()
    left = iter(cycle(sizes))
    size = next(left)
    for i in range(number):
        digest = hashlib.sha256(str(i).encode()).hexdigest()
        link = f"<{_HOME}thing{int(digest[:6], 16) % (number // 5)}>"
        value = link if i % 5 else f'"thing {digest[:40]}"@en'
        lines.append(f"<{_HOME}thing{i // 5}> <{_HOME}p{i % 12}> {value}")
        if len(lines) == size or i == number - 1:
            yield f"{_HOME}g{next(names)}", lines
            lines, size = [], next(left)


def shape(text: str) -> tuple[int, ...]:
    """The sizes of graphs: a number, or ``release`` for those of the release, in an order that mixes them."""
    if text != "release":
        return (int(text),)
    found = read_release(resources.release_file()).graphs
    ordered = sorted(found, key=lambda name: hashlib.sha256(name.encode()).digest())
    return tuple(len(found[name]) for name in ordered)


def oxigraph(folder: Path, number: int, sizes: Sequence[int]) -> Iterator[dict[str, float]]:
    """Both ways into Oxigraph, once."""
    file = folder / "all.nq"
    if not file.exists():
        with file.open("w", encoding="utf-8") as out:
            for name, lines in graphs(number, sizes):
                out.writelines(f"{line} .\n{line} <{name}> .\n" for line in lines)
    with _fresh(folder / "ox") as data, servers.oxigraph(data) as server:
        words = ["curl", "-sS", "-f", "-T", str(file), "-H", "Content-Type: application/n-quads"]
        yield {"own": _timed(lambda: subprocess.run([*words, f"{server.address}/store"], check=True))}
    with _fresh(folder / "ox") as data, servers.oxigraph(data) as server:
        yield _loaded(server, folder)


def virtuoso(folder: Path, number: int, sizes: Sequence[int]) -> Iterator[dict[str, float]]:
    """Both ways into Virtuoso, once."""
    with _fresh(folder / "vi") as data, servers.virtuoso(data, buffers=_BUFFERS) as server:
        for i, (name, lines) in enumerate(graphs(number, sizes)):
            content = "".join(f"{line} .\n" for line in lines).encode()
            (data / "load" / f"{i:06}.nt.gz").write_bytes(bulk.compressed(content))
            (data / "load" / f"{i:06}.nt.graph").write_text(f"{name}\n", encoding="utf-8")
        text = f"ld_dir('{data}/load', '*.nt.gz', 'urn:x'); rdf_loader_run(); checkpoint;"
        yield {"own": _timed(lambda: servers.isql(servers.sql_port(server), server.password, text, 600))}
    with _fresh(folder / "vi") as data, servers.virtuoso(data, buffers=_BUFFERS) as server:
        yield _loaded(server, folder)


WAYS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_load")
    parser.add_argument("--quads", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument(
        "--in-graph", nargs="+", default=["200"], help="how many in a graph; release: as there"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--store", choices=list(WAYS), nargs="+", default=list(WAYS))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--load", nargs=2, metavar=("FILE", "URL"), help="only load, and tell the figures")
    options = parser.parse_args(argv)
    if options.load:
        print(json.dumps(_load(*options.load)))
        return 0
    slow, memory = False, 0.0
    for number, in_graph, store in product(options.quads, options.in_graph, options.store):
        middle = _measured(store, number, shape(in_graph), options.runs)
        sent, whole = (middle["own"] / middle[what] for what in ("sent", "whole"))
        slow |= sent < _SENT * _ENOUGH or whole < _WHOLE * _ENOUGH
        memory = max(memory, middle["memory"])
        print(
            f"{store:9} {number:>9,} quads in graphs of {in_graph}: own way {middle['own']:.2f} s; read "
            f"{middle['read']:.2f} s, sent {middle['sent']:.2f} s ({sent:.2f}), sent and verified "
            f"{middle['whole']:.2f} s ({whole:.2f}); {middle['memory']:,.0f} MiB",
            flush=True,
        )
    if slow and options.check:
        print("the loader is less than three quarters as fast as it should be", file=sys.stderr)
        return 1
    if options.check and memory > _MEMORY:
        print(f"the loader needs more memory than {_MEMORY} MiB", file=sys.stderr)
        return 1
    return 0


def _measured(store: str, number: int, sizes: Sequence[int], runs: int) -> dict[str, float]:
    """The medians of all figures."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "release.nq").open("w", encoding="utf-8") as out:
            for name, lines in graphs(number, sizes):
                out.writelines(f"{line} <{name}> .\n" for line in lines)
        for _ in range(runs):
            for figures in WAYS[store](Path(folder), number, sizes):
                for what, value in figures.items():
                    found.setdefault(what, []).append(value)
    return {what: statistics.median(values) for what, values in found.items()}


def _loaded(server: servers.Server, folder: Path) -> dict[str, float]:
    """The figures of the loader, in a process of its own."""
    words = [sys.executable, __file__, "--load", str(folder / "release.nq"), server.address]
    secrets = {"UKJAPAN_USER": server.user, "UKJAPAN_PASSWORD": server.password}
    done = subprocess.run(words, env=os.environ | secrets, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _load(file: str, address: str) -> dict[str, float]:
    access = Access(address, os.environ["UKJAPAN_USER"], os.environ["UKJAPAN_PASSWORD"])
    start = time.perf_counter()
    release = read_release(file)
    read = time.perf_counter() - start
    with Loader(access) as loader:
        loader.send_all(loader.plan(release).messages)
        sent = time.perf_counter() - start - read
        found = loader.verify(release)
    whole = time.perf_counter() - start - read
    if not found.agrees:
        raise SystemExit("what was loaded is not there")
    # Not ru_maxrss, which begins with what the parent had.
    most = Path("/proc/self/status").read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]
    memory = int(most) / 1024
    return {"read": read, "sent": sent, "whole": whole, "memory": memory}


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

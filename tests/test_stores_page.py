"""The page on triple stores: its table is that of the code, its commands exist, its replicas work.

    python tests/test_stores_page.py

writes the table anew.
"""

import contextlib
import os
import re
import subprocess
import threading
import time
from pathlib import Path

import pytest

import servers
from commands import ukjapan
from release import store
from ukjapan_graph import resources
from ukjapan_graph.answering import questions
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.cli.load import VERBS
from ukjapan_graph.errors import RemoteError
from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.loader import Loader, read_release
from ukjapan_graph.loading.profiles import PROFILES
from ukjapan_graph.remote.access import Access

PAGE = resources.root() / "graph" / "stores.md"
TABLE = re.compile(r"(<!-- stores: .*?-->\n).*?(<!-- end -->)", re.DOTALL)


def table() -> str:
    """The table of stores, from the profiles."""
    lines = [
        "| store | tested with | default graph | a new release comes in | what to know |",
        "|---|---|---|---|---|",
    ]
    for row in PROFILES.values():
        default = "the union" if row.union else "filled by the loader"
        done = "one update" if row.whole else "one operation"
        lines.append(f"| {row.name} | {row.tested or 'untested'} | {default} | {done} | {row.note} |")
    return "".join(f"{line}\n" for line in lines)


def test_table():
    """The page's table is that of the profiles; python tests/test_stores_page.py writes it."""
    assert TABLE.search(PAGE.read_text(encoding="utf-8"))[0].split("-->\n")[1].split("<!--")[0] == table()


def test_commands():
    """Each verb of the page is one of the command, and each variable is one that is read."""
    text = PAGE.read_text(encoding="utf-8")
    help_text = ukjapan("load", "--help").out

    assert set(re.findall(r"ukjapan load (\w+)", text)) <= set(VERBS)
    assert all(name in help_text for name in re.findall(r"UKJAPAN_[A-Z]+", text) if name != "UKJAPAN_USER")


@contextlib.contextmanager
def nginx(folder: Path, ports: list[int], listen: int):
    """nginx with the page's configuration, on these ports."""
    conf = re.search(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
    for number, port in enumerate([listen, *ports]):
        conf = conf.replace(f"127.0.0.1:700{number}", f"127.0.0.1:{port}")
    folder.mkdir()
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root root;\n" if os.geteuid() == 0 else ""  # its workers write into the test's folder
    head = f"{user}pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
    whole = f"{head}http {{\naccess_log off;\n{temporary}{conf}}}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    words = [
        servers.program("nginx"),
        "-c",
        str(folder / "nginx.conf"),
        "-e",
        str(folder / "start.log"),
        "-g",
        "daemon off;",
    ]
    process = subprocess.Popen(words)
    try:
        yield f"http://127.0.0.1:{listen}/query"
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.server
def test_replicas(tmp_path):
    """Replicas behind nginx: one dies and no question is lost; a release is rolled over and no answer mixes two."""
    wanted = read_release(resources.release_file())
    marked = Release(
        "f" * 64, {name: frozenset(sorted(lines)[:-1] or lines) for name, lines in wanted.graphs.items()}
    )
    counts = {str(sum(map(len, release.graphs.values()))) for release in (wanted, marked)}
    names = " ".join(f"<{name}>" for name in wanted.graphs)
    whole = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    expected = questions.read(store(), "builds-on")
    seen, lost, stop = [], [], threading.Event()

    with contextlib.ExitStack() as stack:
        replicas = [stack.enter_context(servers.oxigraph(tmp_path / f"replica{n}")) for n in range(3)]
        ran = ukjapan("load", "run", *(replica.address for replica in replicas))
        assert (ran.code, ran.out.count("read back")) == (0, 3)
        ports = [int(replica.address.rpartition(":")[2]) for replica in replicas]
        address = stack.enter_context(nginx(tmp_path / "nginx", ports, servers.free_port()))
        engine = Remote(Access(address), seconds=30)
        _answers(engine)
        before = engine.select(expected.text)

        def read():
            while not stop.is_set():
                try:
                    seen.append(engine.select(whole).rows[0][0].value)
                except RemoteError as error:
                    lost.append(error)
                stop.wait(0.005)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        try:
            time.sleep(0.5)
            servers.kill(replicas[0])
            time.sleep(1.5)
            assert engine.select(expected.text) == before
            for replica in replicas[1:]:
                with Loader(Access(replica.address)) as loader:
                    assert loader.run(marked).survey.agrees
                time.sleep(0.3)
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        with pytest.raises(RemoteError, match="HTTP 404"):
            Remote(Access(address.replace("/query", "/update"))).ask("ASK {}")

    assert lost == []
    assert set(seen) == counts
    assert len(seen) > 50


def _answers(engine):
    """Wait until nginx answers."""
    end = time.monotonic() + 20
    while True:
        try:
            return engine.ask("ASK {}")
        except RemoteError:
            assert time.monotonic() < end
            time.sleep(0.05)


if __name__ == "__main__":
    found = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda match: match[1] + table() + match[2], found), encoding="utf-8")

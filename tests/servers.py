"""Real servers on loopback, ours and triple stores, each with ports of its own, started for a test and then stopped."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_START, _STOP = 60, 30  # seconds


class Server(NamedTuple):
    """A store that answers.

    :ivar kind: its profile's name
    :ivar address: what a user gives ``ukjapan load`` and ``--endpoint``
    :ivar user: who may write there; "" where anybody may
    :ivar process: the id of its process
    :ivar folder: where it keeps its data
    """

    kind: str
    address: str
    user: str
    password: str
    process: int
    folder: Path


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name: str) -> str | None:
    """The path of the program ``name``: beside this Python, or on the path; None where it is not installed."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.is_file() else shutil.which(name)


@contextlib.contextmanager
def endpoint(*options: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """``ukjapan serve`` with these options: its address, and the process."""
    port = free_port()
    line = [sys.executable, "-m", "ukjapan_graph", "serve", "--port", str(port), *options]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
    try:
        _wait(f"http://127.0.0.1:{port}/ready", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=_STOP)


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str, command: str = "serve", port: int = 0) -> Iterator[Server]:
    """``oxigraph serve`` (or another ``command``) on the data in ``folder``."""
    port = port or free_port()
    arguments = [
        program("oxigraph"),
        command,
        "--location",
        str(folder),
        "--bind",
        f"127.0.0.1:{port}",
        *options,
    ]
    with (folder.with_suffix(".log")).open("wb") as log:
        process = subprocess.Popen(arguments, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", process)
        yield Server("oxigraph", f"http://127.0.0.1:{port}", "", "", process.pid, folder)
    finally:
        process.kill()
        process.wait(_STOP)


@contextlib.contextmanager
def virtuoso(
    folder: Path, *, rows: int = 10_000, seconds: int = 60, buffers: int = 20_000
) -> Iterator[Server]:
    """Virtuoso with Debian's limits on a fresh database in ``folder``.

    :param rows: most rows of an answer
    :param seconds: most of a query
    :param buffers: pages of 8 KiB that it keeps in memory
    """
    sql, http, password = free_port(), free_port(), secrets.token_hex(8)
    for name in ("db", "load", "vsp"):
        (folder / name).mkdir(parents=True)
    ini = folder / "virtuoso.ini"
    ini.write_text(
        _INI.format(
            folder=folder,
            sql=sql,
            http=http,
            rows=rows,
            seconds=seconds,
            buffers=buffers,
            dirty=buffers * 3 // 4,
        ),
        encoding="utf-8",
    )
    process = _virtuoso(folder)
    try:
        isql(sql, "dba", f"USER_CREATE('loader','{password}'); GRANT SPARQL_UPDATE TO loader;")
        isql(sql, "dba", f'set password dba "{password}";')
        yield Server("virtuoso", f"http://127.0.0.1:{http}/sparql", "loader", password, process, folder)
    finally:
        _killed(process)


@contextlib.contextmanager
def again(server: Server) -> Iterator[Server]:
    """Virtuoso on the data of ``server``, which is ended first if it still runs."""
    _killed(server.process)
    (server.folder / "db" / "virtuoso.lck").unlink(missing_ok=True)
    process = _virtuoso(server.folder)
    try:
        yield server._replace(process=process)
    finally:
        _killed(process)


def memory(pid: int) -> float:
    """Resident megabytes of a process and those below it, shared pages counted in part (PSS)."""
    total = 0
    for one in [pid, *below(pid)]:
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        total += int(rollup.partition("\nPss:")[2].split()[0])
    return total / 1024


def below(pid: int) -> list[int]:
    """The ids of the processes that a process has started, and those of these."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += [int(child), *below(int(child))]
    return found


def kill(server: Server) -> None:
    """End ``server`` at once, as a power cut would."""
    os.kill(server.process, signal.SIGKILL)


def isql(port: int, password: str, text: str, seconds: float = _START) -> str:
    """What Virtuoso's own client prints for ``text``, as the administrator, in so many ``seconds`` at most."""
    arguments = [program("isql-vt"), f"127.0.0.1:{port}", "dba", password, f"exec={text}"]
    return subprocess.run(arguments, check=True, capture_output=True, text=True, timeout=seconds).stdout


def sql_port(server: Server) -> int:
    """The port on which the Virtuoso ``server`` takes SQL."""
    ini = (server.folder / "virtuoso.ini").read_text(encoding="utf-8")
    return int(ini.partition("[Parameters]\nServerPort = 127.0.0.1:")[2].split()[0])


def _wait(address: str, process: subprocess.Popen) -> None:
    """Return when ``address`` answers."""
    end = time.monotonic() + _START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.02)
    raise RuntimeError(f"no answer from {address}")


def _virtuoso(folder: Path) -> int:
    """Start Virtuoso as the file in ``folder`` says; gives the id of its process when it answers."""
    started = [program("virtuoso-t"), "+configfile", str(folder / "virtuoso.ini"), "+wait"]
    subprocess.run(started, cwd=folder, check=True, capture_output=True, timeout=_START)
    lock = (folder / "db" / "virtuoso.lck").read_text(encoding="utf-8")
    return int(lock.partition("VIRT_PID=")[2].split()[0])


def _killed(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    _gone(process)


def _gone(process: int) -> None:
    """Return when there is no such process."""
    end = time.monotonic() + _STOP
    while time.monotonic() < end and Path(f"/proc/{process}").exists():
        time.sleep(0.02)


_INI = """[Database]
DatabaseFile = {folder}/db/virtuoso.db
ErrorLogFile = {folder}/db/virtuoso.log
LockFile = {folder}/db/virtuoso.lck
TransactionFile = {folder}/db/virtuoso.trx
xa_persistent_file = {folder}/db/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/db/virtuoso-temp.db
TransactionFile = {folder}/db/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 20
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = {folder}/load
DefaultIsolation = 2
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}/vsp
MaxClientConnections = 20
ServerThreads = 20
MaxKeepAlives = 20
KeepAliveTimeout = 10
HTTPThreadSize = 280000

[URIQA]
DynamicLocal = 0
DefaultHost = localhost:{http}

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = {seconds}
DeferInferenceRulesInit = 0
"""


def jena(fix: Path, command: str, *arguments: str) -> str:
    """What a command line tool of Debian's Jena prints; ``fix`` as in :func:`jena_path`."""
    words = ["java", "-cp", jena_path(fix), command, *arguments]
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=_START).stdout


def jena_path(fix: Path) -> str:
    """The class path of Debian's Jena; ``fix`` is a folder for what its package lacks.

    The package brings jars without scripts, and one jar with the messages of its XML classes in the wrong
    place: they are put into ``fix``, which goes first.
    """
    home = Path("/usr/share/java")
    if not fix.is_dir():
        with zipfile.ZipFile(home / "jena-core.jar") as jar:
            for name in jar.namelist():
                if name.startswith(_MISPLACED + "xerces/") and name.endswith(".properties"):
                    target = fix / name.removeprefix(_MISPLACED)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(jar.read(name))
    jars = [home / f"{name}.jar" for name in _JARS.split()]
    return ":".join(map(str, [fix, *(jar for jar in jars if jar.is_file())]))


_MISPLACED = "org/apache/jena/ext/"
_JARS = """jena-arq jena-base jena-cmds jena-core jena-dboe-base jena-dboe-index jena-dboe-storage
    jena-dboe-trans-data jena-dboe-transaction jena-iri jena-rdfconnection jena-tdb2 commons-cli commons-codec
    commons-compress commons-csv commons-io commons-lang3 dexx.collection gson guava httpclient httpcore
    jackson-core jackson-databind jackson-annotations jsonld-java jakarta.json-api jsonp protobuf slf4j-api
    slf4j-nop thrift titanium-json-ld jcl-over-slf4j"""

"""How workers come to be: as new processes, or as forks of one that has read the release already."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Iterable

from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.errors import UkjapanError


class Worker:
    """A worker process and the line to it.

    :ivar answered: requests that it has answered
    :ivar slowed: whether it is to stand back behind others
    """

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid, self._reader, self._writer = pid, reader, writer
        self.answered, self.slowed = 0, False

    async def send(self, content: bytes) -> None:
        """Send one frame."""
        self._writer.write(len(content).to_bytes(8, "big") + content)
        await self._writer.drain()

    async def read(self) -> bytes:
        """The content of the next frame.

        :raises asyncio.IncompleteReadError: the worker has ended
        """
        length = int.from_bytes(await self._reader.readexactly(8), "big")
        return await self._reader.readexactly(length)

    async def end(self) -> None:
        """Kill the process; it is gone when this returns."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ConnectionError):
            # Until the end of the stream: then the process holds nothing any more.
            while await self._reader.read(65536):
                pass
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()


class Spawner:
    """Who makes workers."""

    def check(self) -> None:
        """Wait until it can make workers.

        :raises UkjapanError: it never will, for the release cannot be read
        """

    async def spawn(self) -> Worker:
        """A new worker, which sends a first frame when it is ready."""
        raise NotImplementedError


class Executed(Spawner):
    """Each worker is a new process of this program, which reads the release itself."""

    def __init__(self, path: str, limits: Limits, services: Iterable[str] = ()) -> None:
        self._told = json.dumps({"path": path, "limits": limits, "services": list(services)})

    async def spawn(self) -> Worker:
        flag = "-I" if sys.flags.isolated else "-P"
        process = await asyncio.create_subprocess_exec(
            sys.executable, flag, "-m", "ukjapan_graph.endpoint.worker", self._told,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        return _Executed(process)


class _Executed(Worker):
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        super().__init__(process.pid, process.stdout, process.stdin)
        self._process = process

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._writer.close()
        await self._process.wait()


class Forked(Spawner):
    """Workers are forks of a process that has read the release file ``path``, so that they share its memory.

    That process is a fork of this one: to be made before this one has loaded much, while it has one thread and
    no event loop, on a system with ``fork``.
    """

    def __init__(self, path: str, limits: Limits, services: Iterable[str] = ()) -> None:
        self._control, theirs = socket.socketpair()
        self._turn = asyncio.Lock()
        if os.fork() == 0:
            self._control.close()
            _fork_workers(theirs, path, limits, services)
        theirs.close()

    def check(self) -> None:
        told = self._control.recv(65536)
        if told != b"+":
            raise UkjapanError(told[1:].decode() or "the process that makes workers has ended")

    async def spawn(self) -> Worker:
        own, theirs = socket.socketpair()
        try:
            async with self._turn:  # or one worker would be given the number of another
                socket.send_fds(self._control, [b"+"], [theirs.fileno()])
                told = await asyncio.to_thread(self._control.recv, 8)
            pid = int.from_bytes(told, "big")
        finally:
            theirs.close()
        if not told:
            raise ConnectionError("the process that makes workers has ended")
        own.setblocking(False)
        return Worker(pid, *await asyncio.open_connection(sock=own))


def _fork_workers(control: socket.socket, path: str, limits: Limits, services: Iterable[str]) -> None:
    """Fork a worker for each line that comes on ``control``, and tell its number; end with ``control``."""
    # Interrupts are for the process that talks to clients; the others end with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    code = 0
    try:
        # Loaded here and not above: the process that talks to clients needs none of it.
        from ukjapan_graph.endpoint.service import Service
        from ukjapan_graph.endpoint.worker import work

        try:
            service = Service(path, limits, services)
        except UkjapanError as error:
            control.sendall(b"!" + str(error).encode())
            raise
        _ = service.graphs, service.queries
        gc.collect()
        control.sendall(b"+")
        # What is there now is not to be copied because the collector of garbage has touched it.
        gc.freeze()
        while True:
            told, lines, _, _ = socket.recv_fds(control, 1, 1)
            if not told:
                break
            pid = os.fork()
            if pid == 0:
                control.close()
                with os.fdopen(lines[0], "r+b", buffering=0) as line:
                    work(service, line, line)
                break
            os.close(lines[0])
            control.sendall(pid.to_bytes(8, "big"))
    except BaseException:
        code = 1
    finally:
        # Not as Python leaves: what the first process holds open is not for this one to clean up.
        os._exit(code)

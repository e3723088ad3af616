"""How workers come to be: as new processes, or as forks of one that has read the release already."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable

from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.errors import UkjapanError


class Worker:
    """A worker process and the line to it.

    :ivar answered: requests that it has answered
    :ivar slowed: whether it is to stand back behind others
    :ivar client: who has its request at work there, or had the last
    """

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid, self._reader, self._writer = pid, reader, writer
        self.answered, self.slowed, self.client = 0, False, ""

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

    def worked(self) -> float:
        """Seconds that the processor has worked for it so far; where that cannot be told, those of the clock."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                return time.clock_gettime(
                    (~self.pid << 3) | 2
                )  # the process's own clock: clock_getcpuclockid(3)
        return time.monotonic()

    def kill(self) -> None:
        """Kill the process; whoever reads from it is told of its end."""
        # A line that has ended was that of a process that has, and its number may be another's by now.
        if not self._reader.at_eof():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def end(self) -> None:
        """Kill the process; it is gone when this returns. Nobody else may be reading from it."""
        self.kill()
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

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        self.kill()
        self._writer.close()
        await self._process.wait()


class Forked(Spawner):
    """Workers are forks of the process behind ``control``; see :mod:`ukjapan_graph.endpoint.template`.

    :param otherwise: makes them when that process has been killed
    """

    def __init__(self, control: socket.socket, otherwise: Spawner) -> None:
        self._control, self._otherwise = control, otherwise
        self._turn = asyncio.Lock()

    def check(self) -> None:
        told = self._control.recv(65536)
        if told != b"+":
            raise UkjapanError(told[1:].decode() or "the process that makes workers has ended")
        self._control.setblocking(False)  # a thread that waits for it would take memory of its own

    async def spawn(self) -> Worker:
        own, theirs = socket.socketpair()
        try:
            async with self._turn:  # or one worker would be given the number of another
                told = await self._fork(theirs)
        finally:
            theirs.close()
        if not told:
            own.close()
            return await self._otherwise.spawn()
        pid = int.from_bytes(told, "big")
        if not pid:
            own.close()
            raise ConnectionError("the system has no room for another process")
        own.setblocking(False)
        return Worker(pid, *await asyncio.open_connection(sock=own))

    async def _fork(self, line: socket.socket) -> bytes:
        """What the process says of a worker on ``line``; nothing where it has ended."""
        try:
            socket.send_fds(self._control, [b"+"], [line.fileno()])
            return await asyncio.get_running_loop().sock_recv(self._control, 8)
        except ConnectionError:
            return b""

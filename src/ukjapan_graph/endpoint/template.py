"""The process that workers are forks of, so that they share its memory: it has read the release already.

It is itself a fork of the server's first process, made before that has loaded anything that workers do not need,
while it has one thread and no event loop. On its control line it says ``+`` when it is ready, or ``!`` and why it
never will be; then for each line handed to it (:func:`socket.send_fds`) it makes a worker that answers on that
line, and tells its process id in eight bytes. It ends with the control line, and all its workers with it, so that
none goes on when the first process has been killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.errors import UkjapanError

if TYPE_CHECKING:
    from ukjapan_graph.endpoint.service import Service

_M_TRIM_THRESHOLD = -1  # mallopt(3)
_SPARE = 128 * 1024  # bytes at the top of the heap that are kept: what glibc begins with


def fork_template(path: str, limits: Limits, services: Iterable[str] = ()) -> socket.socket:
    """Start the process for the release file ``path``; gives the control line to it."""
    own, theirs = socket.socketpair()
    if os.fork() == 0:
        own.close()
        _run(theirs, path, limits, services)
    theirs.close()
    return own


def _run(control: socket.socket, path: str, limits: Limits, services: Iterable[str]) -> None:
    # Interrupts are for the process that talks to clients; the others end with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.setpgid(0, 0)
    try:
        # Loaded here and not above: the process that talks to clients needs none of it.
        import ukjapan_graph.endpoint.worker  # noqa: F401
        from ukjapan_graph.endpoint.service import Service

        try:
            service = Service(path, limits, services)
        except UkjapanError as error:
            control.sendall(b"!" + str(error).encode())
            raise
        _ = service.graphs, service.queries
        gc.collect()
        _give_memory_back()
        control.sendall(b"+")
        # What is there now is not to be copied because the collector of garbage has touched it.
        gc.freeze()
        while True:
            told, lines, _, _ = socket.recv_fds(control, 1, 1)
            if not told:
                break
            pid = _fork_worker(service, control, lines[0])
            os.close(lines[0])
            control.sendall(pid.to_bytes(8, "big"))
    finally:
        # Not as Python leaves: what the first process holds open is not for this one to clean up.
        os.killpg(0, signal.SIGKILL)


def _give_memory_back() -> None:
    """Have the C library give back what loading took, and from now on what a query needed.

    Left to itself, glibc keeps as much as was ever freed at once.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError, TypeError):  # other systems have no such thing
        library = ctypes.CDLL(None)
        library.mallopt(_M_TRIM_THRESHOLD, _SPARE)
        library.malloc_trim(0)


def _fork_worker(service: Service, control: socket.socket, line: int) -> int:
    """The process id of a new worker; 0 where the system has no room for another."""
    from ukjapan_graph.endpoint.worker import work

    try:
        pid = os.fork()
    except OSError:
        return 0
    if pid == 0:
        try:
            control.close()
            with os.fdopen(line, "r+b", buffering=0) as stream:
                work(service, stream, stream)
        finally:
            # Whatever happened, what the template does when it ends is not for this process to do.
            os._exit(0)
    return pid

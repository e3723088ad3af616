"""Workers as forks of one process: they answer, share what it has read, and end with it."""

import contextlib
import os
import socket
import sys
import time
from pathlib import Path

import pytest

import small_graph
from ukjapan_graph.endpoint.limits import Limits
from ukjapan_graph.endpoint.reply import from_bytes
from ukjapan_graph.endpoint.request import Request, pack
from ukjapan_graph.endpoint.template import fork_template
from ukjapan_graph.endpoint.worker import frame, read_frame

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The small release file, as text."""
    return str(small_graph.write_release(tmp_path_factory.mktemp("release")))


@contextlib.contextmanager
def worker(control):
    """A new worker: its process id, and the line to it."""
    own, theirs = socket.socketpair()
    with own, own.makefile("rwb") as line:
        with theirs:
            socket.send_fds(control, [b"+"], [theirs.fileno()])
        yield int.from_bytes(control.recv(8), "big"), line


def answered(line):
    """What the worker at ``line`` answers to a small query."""
    order = pack(Request("query", {}, query_string="query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"))
    line.write(frame(order))
    line.flush()
    return from_bytes(read_frame(line))


def gone(pid):
    """Whether the process ``pid`` has ended within five seconds."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":  # ended, and nobody has asked how
            return True
        time.sleep(0.02)
    return False


def test_workers_answer_and_end_with_the_line(release):
    """Each worker is a process of its own, ready before it is asked; the end of the control line ends all."""
    with fork_template(release, Limits()) as control:
        assert control.recv(100) == b"+"
        with worker(control) as (one, first), worker(control) as (other, second):
            assert len({one, other, os.getpid()}) == 3
            for line in (first, second):
                assert read_frame(line) == b""
                assert b'"boolean":true' in answered(line).body
            control.close()
            assert gone(one) and gone(other)


def test_a_killed_worker_leaves_the_others(release):
    """A worker may be killed at any moment; another is made in its place."""
    with fork_template(release, Limits()) as control:
        control.recv(100)
        with worker(control) as (pid, _):
            os.kill(pid, 9)
            assert gone(pid)
        with worker(control) as (_, line):
            assert (read_frame(line), answered(line).status) == (b"", 200)


def test_no_release(tmp_path):
    """Where the release cannot be read, the control line says why, and ends."""
    with fork_template(str(tmp_path / "none.nq"), Limits()) as control:
        said = control.recv(1000)
        assert said.startswith(b"!") and b"none.nq" in said
        assert control.recv(1) == b""

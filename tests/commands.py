"""The command line, run in this process."""

from __future__ import annotations

import contextlib
import io
from typing import NamedTuple

from ukjapan_graph.cli import main


class Ran(NamedTuple):
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def ukjapan(*arguments: str) -> Ran:
    """Run ``ukjapan ARGUMENTS``."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(arguments))
    return Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())

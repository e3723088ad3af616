"""A bar on standard error for work that takes more than a moment, where a person is watching."""

from __future__ import annotations

import sys


def bar(what: str, done: int, total: int) -> None:
    """Show that ``done`` of ``total`` steps are done and ``what`` is being done now.

    Nothing is shown where standard error is no terminal; nothing is left of the bar when ``total`` is 0.
    """
    if not sys.stderr.isatty():
        return
    text = f"[{'#' * (20 * done // total):20}] {done}/{total} {what}" if total else ""
    sys.stderr.write(f"\r{text:78.78}" if total else f"\r{'':78}\r")
    sys.stderr.flush()

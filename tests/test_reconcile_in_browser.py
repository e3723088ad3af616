"""Previews and pages in a real browser: who may frame what, and that the policy lets data blocks be.

Run with ``pytest -m browser``; needs Chromium.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

import servers

pytestmark = pytest.mark.browser

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        pass


def console(address: str) -> str:
    """What a browser has to say of the page at ``address``."""
    if not BROWSER:
        pytest.fail("Chromium is not installed", pytrace=False)
    line = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        "--dump-dom",
        address,
    ]
    ran = subprocess.run(line, capture_output=True, text=True, timeout=120, check=True)
    return "\n".join(row for row in ran.stderr.splitlines() if "CONSOLE" in row)


def test_frames_and_data_blocks(tmp_path):
    """A preview can be framed by another origin and a page cannot; a page with a data block breaks no policy."""
    with servers.endpoint() as (base, _):
        for name, path in (("preview", "/reconcile/preview?id=state%2Fjapan"), ("page", "/page/state/japan")):
            frame = f'<!doctype html><title>x</title><iframe src="{base}{path}"></iframe>'
            (tmp_path / f"{name}.html").write_text(frame, encoding="utf-8")
        with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path)) as other:
            threading.Thread(target=other.serve_forever, daemon=True).start()
            origin = f"http://127.0.0.1:{other.server_port}"
            assert "Content Security Policy" not in console(f"{origin}/preview.html")
            assert "frame-ancestors" in console(f"{origin}/page.html")
            other.shutdown()
        assert "Content Security Policy" not in console(f"{base}/page/state/japan")

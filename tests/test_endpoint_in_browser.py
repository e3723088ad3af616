"""Yasgui in a real browser, on a page of another origin, against a running server: run with ``pytest -m browser``.

Needs Chromium, and the npm package @zazuko/yasgui where .ci/run installs it.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import servers

pytestmark = pytest.mark.browser

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
YASGUI = Path(sys.prefix) / "node_modules" / "@zazuko" / "yasgui" / "build"
NAME = "UK-Japan Acquisition and Cross-Servicing Agreement (ACSA)"
PAGE = """<!doctype html><meta charset="utf-8"><title>Yasgui</title><link rel="stylesheet" href="/yasgui.min.css">
<div id="yasgui"></div><pre id="found"></pre><script src="/yasgui.min.js"></script><script>
const endpoint = "ENDPOINT";
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint }, copyEndpointOnNewTab: false, persistenceId: null,
});
const tab = yasgui.getTab();
const ask = (query) => new Promise((done) => {
  tab.getYasqe().on("queryResponse", (_, response) => done(response));
  tab.getYasqe().setValue(query);
  tab.getYasqe().query();
});
const tell = (found) => document.getElementById("found").textContent = "FOUND" + JSON.stringify(found) + "END";
(async () => {
  await ask("QUERY");
  await new Promise((done) => setTimeout(done, 500));
  const cells = [...document.querySelectorAll(".yasr_results td")].map((cell) => cell.textContent.trim());
  const described = await (await fetch(endpoint, { headers: { Accept: "text/turtle" } })).text();
  const etag = (await fetch(endpoint + "?query=ASK%20%7B%7D")).headers.get("ETag");
  tell({ cells, described: described.length, etag });
})().catch((error) => tell(String(error)));
</script>"""


class Pages(BaseHTTPRequestHandler):
    """The page and Yasgui's two files."""

    def __init__(self, page: str, *more: object) -> None:
        self.page = page
        super().__init__(*more)

    def do_GET(self) -> None:
        """The page, or a file of Yasgui."""
        file = YASGUI / self.path.strip("/")
        kind = {"js": "text/javascript", "css": "text/css"}.get(self.path.rpartition(".")[2], "text/html")
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(file.read_bytes() if file.is_file() else self.page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_yasgui_asks_and_shows():
    """Yasgui shows the rows of a query; a page of another origin may read the description and the entity tag."""
    if not BROWSER:
        pytest.skip("there is no Chromium on the path; install it, for example: apt-get install chromium")
    if not YASGUI.is_dir():
        pytest.skip(f"Yasgui is not in {YASGUI}; see .ci/run: npm install")
    query = "SELECT ?label WHERE { instrument:acsa skos:prefLabel ?label }"
    with servers.endpoint() as (base, _):
        page = PAGE.replace("ENDPOINT", f"{base}/sparql").replace("QUERY", query)
        pages = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, page))
        thread = threading.Thread(target=pages.serve_forever)
        thread.start()
        try:
            options = (
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--dump-dom",
                "--virtual-time-budget=20000",
            )
            line = [BROWSER, *options, f"http://127.0.0.1:{pages.server_port}/"]
            dom = subprocess.run(line, capture_output=True, text=True, timeout=120, check=True).stdout
        finally:
            pages.shutdown()
            thread.join()
            pages.server_close()
    found = json.loads(html.unescape(re.search("FOUND(.*?)END</pre>", dom, re.DOTALL)[1]))
    assert any(NAME in cell for cell in found["cells"]), found
    assert found["described"] > 1000
    assert found["etag"]

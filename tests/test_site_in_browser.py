"""The pages in a real browser, under a strict Content Security Policy: run with ``pytest -m browser``.

Needs Chromium (``chromium`` or ``chromium-browser`` on the path). Each page is put into frames as wide as a
telephone and a desk, and measured there.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from paged_project import PAGES, own_pages
from ukjapan_graph.publishing.site import write_site

pytestmark = pytest.mark.browser

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'"
WIDTHS = (320, 390, 768, 1200)
# A page that breaks what is tested, so that a test that sees nothing is seen.
CONTROL = b"<!DOCTYPE html><title>x</title><p>" + b"wide" * 500 + b"<script>1</script>"
MEASURE = """<!DOCTYPE html><title>frames</title><body>%s<pre id="found"></pre><script>
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument.documentElement;
    const wide = [...page.querySelectorAll("svg.picture")].filter(one => one.clientWidth || one.getBoundingClientRect().width);
    const narrow = [...page.querySelectorAll(".row > dd, .value > dd")].filter(one => one.offsetWidth < 0.8 * one.parentNode.offsetWidth);
    return [frame.title, page.scrollWidth, page.clientWidth, getComputedStyle(page).fontFamily, wide.map(one => one.classList[1]), narrow.length];
  });
  document.getElementById("found").textContent = "FOUND" + JSON.stringify(found) + "END";
});
</script>"""  # noqa: E501


class Server(BaseHTTPRequestHandler):
    """Serves the pages under the policy, and the measuring page without it."""

    def do_GET(self) -> None:
        """One page, or 404."""
        name = self.path.strip("/").partition("?")[0]
        frames = "".join(
            f'<iframe title="{page} {width}" src="/{page}" style="width:{width}px;height:600px"></iframe>'
            for page in (*PAGES, "control.html")
            for width in WIDTHS
        )
        files = {**own_pages(), "control.html": CONTROL, "frames": (MEASURE % frames).encode()}
        self.send_response(200 if name in files else 404)
        kinds = {"css": "text/css", "svg": "image/svg+xml"}
        self.send_header("Content-Type", kinds.get(name.rpartition(".")[2], "text/html") + "; charset=utf-8")
        if name != "frames":
            self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(files.get(name, b""))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the pages are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@cache
def opened(url: str) -> tuple[str, list[str]]:
    """The document that Chromium makes of ``url``, and what it wrote to its console."""
    if not BROWSER:
        pytest.skip("there is no Chromium on the path; install it, for example: apt-get install chromium")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom")
    ran = subprocess.run(
        [BROWSER, *options, "--window-size=1400,900", "--virtual-time-budget=30000", url],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    return ran.stdout, [line for line in ran.stderr.splitlines() if "CONSOLE" in line]


def measured(address: str) -> dict[str, list]:
    """Of each frame: scroll width, width, font, pictures shown."""
    text, _ = opened(f"{address}/frames")
    found = json.loads(re.search("FOUND(.*)END</pre>", text, re.S)[1].replace("&amp;", "&"))
    return {title: rest for title, *rest in found}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(address: str, width: int) -> None:
    """Nothing is wider than the window, from a small telephone to a desk; the control is."""
    found = measured(address)
    assert [name for name in PAGES if found[f"{name} {width}"][0] > found[f"{name} {width}"][1]] == []
    assert found[f"control.html {width}"][0] > 3000


def test_what_is_told_has_the_width_of_a_telephone(address: str) -> None:
    """Names stand above what is told of them, not beside it, where there is no room for both; on a desk, beside."""
    found = measured(address)
    assert [name for name in PAGES for width in (320, 390) if found[f"{name} {width}"][4]] == []
    assert found["lists.html 1200"][4] > 50


def test_the_style_sheet_is_used(address: str) -> None:
    """The fonts are those of the style sheet, so it was fetched and not refused."""
    found = measured(address)
    assert [name for name in PAGES if "system-ui" not in found[f"{name} 390"][2]] == []


def test_each_screen_shows_its_own_picture(address: str) -> None:
    """The tall one on a telephone, the wide one on a desk, never both."""
    found = measured(address)
    assert found["index.html 390"][3] == ["tall"]
    assert found["index.html 1200"][3] == ["wide"]


def test_the_console_stays_empty(address: str) -> None:
    """No page breaks the policy or asks for what is not there; the control does."""
    _, said = opened(f"{address}/frames")
    assert [line for line in said if "control.html" in line]
    assert [line for line in said if "control.html" not in line] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_a_folder(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without a server too, with its text and nothing on the console."""
    folder = tmp_path_factory.mktemp("disk") / "pages"
    write_site(folder, own_pages())
    text, said = opened(Path(folder, name).as_uri())
    assert "<main" in text and "</footer>" in text
    assert said == []

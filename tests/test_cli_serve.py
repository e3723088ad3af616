"""``ukjapan serve``: calls that cannot be served are refused before anything starts."""

import pytest

from commands import ukjapan


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "0"], "--port is a number from 1 to 65535"),
        (["--port", "70000"], "--port is a number from 1 to 65535"),
        (["--host", ""], "--host is an address"),
        (["--timeout", "nan"], "--timeout is a number above 0"),
        (["--timeout", "inf"], "--timeout is a number above 0"),
        (["--timeout", "0"], "--timeout is a number above 0"),
        (["--per-client", "-1"], "--per-client is a number above 0"),
        (["--memory", "-1"], "--memory is a number of megabytes"),
        (["--allow-service", "ftp://graph.example/"], "--allow-service takes an address"),
        (["--allow-service", "http://graph.example/ x"], "--allow-service takes an address"),
        (["--proxy", "graph.example"], "--proxy takes the IP address"),
    ],
)
def test_wrong_calls(options, said, monkeypatch):
    """Each is told what is wrong with it, with exit code 2."""
    monkeypatch.setattr("ukjapan_graph.endpoint.server.serve", lambda *_, **__: pytest.fail("it was served"))
    ran = ukjapan("serve", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_what_is_served(monkeypatch):
    """Options reach the server as limits, in its own units."""
    calls = []
    monkeypatch.setattr(
        "ukjapan_graph.endpoint.server.serve", lambda *call, **more: calls.append((call, more))
    )
    options = ["--port", "7000", "--timeout", "2.5", "--keep", "1", "--memory", "0", "--proxy", "::1"]
    ran = ukjapan("serve", *options)
    ((_, host, port, limits), more) = calls[0]
    assert (ran.code, host, port) == (0, "127.0.0.1", 7000)
    assert (limits.seconds, limits.kept, limits.memory) == (2.5, 1024 * 1024, 0)
    assert more == {"services": [], "log": "none", "proxies": ["::1"]}

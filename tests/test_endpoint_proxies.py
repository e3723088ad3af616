"""Behind a proxy: only what our own proxies tell is believed."""

import asyncio

import pytest

from ukjapan_graph.endpoint.proxies import Behind

OURS = ("127.0.0.1", "10.0.0.2")


def seen(client, *headers, scheme="http"):
    """Client and scheme that the application sees."""
    found = {}

    async def app(scope, receive, send):
        found.update(scope)

    scope = {
        "client": (client, 5),
        "scheme": scheme,
        "headers": [(n.encode(), v.encode()) for n, v in headers],
    }
    asyncio.run(Behind(app, OURS)(scope, None, None))
    return found["client"][0], found["scheme"]


@pytest.mark.parametrize(
    ("hops", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9 , 10.0.0.2", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:DB8::1]", "2001:db8::1"),
        ("10.0.0.2", "127.0.0.1"),
        ("nonsense", "127.0.0.1"),
        ("203.0.113.9, nonsense", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_who_asks(hops, client):
    """The last hop that is no proxy of ours; what a client wrote before it counts for nothing."""
    assert seen("127.0.0.1", ("x-forwarded-for", hops))[0] == client


def test_several_headers():
    """Headers of one name are one list."""
    assert seen("127.0.0.1", ("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.9"))[0] == (
        "203.0.113.9"
    )


@pytest.mark.parametrize(
    ("told", "scheme"), [("https", "https"), ("HTTPS", "https"), ("gopher", "http"), ("", "http")]
)
def test_how_it_was_reached(told, scheme):
    """The scheme is the proxy's, where it is one."""
    assert seen("10.0.0.2", ("x-forwarded-proto", told))[1] == scheme


def test_nobody_else_is_believed():
    """A client that comes straight here is who it is."""
    headers = ("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")
    assert seen("203.0.113.9", *headers) == ("203.0.113.9", "http")

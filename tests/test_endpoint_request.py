"""A request on its way to a worker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.request import Request, from_scope, pack, pairs, unpack


def scope(*headers, **more):
    """An ASGI scope with these headers."""
    plain = {"method": "GET", "query_string": b"a=1", "scheme": "http", "server": ("127.0.0.1", 80)}
    return plain | {"headers": [(name.encode(), value.encode("latin-1")) for name, value in headers]} | more


@given(
    st.builds(
        Request,
        name=st.text(),
        parts=st.dictionaries(st.text(), st.text()),
        query_string=st.text(st.characters(max_codepoint=255)),
        headers=st.dictionaries(st.text(), st.text()),
        body=st.binary(),
    )
)
def test_there_and_back(request_):
    """What is packed is unpacked as it was, whatever it holds."""
    assert unpack(pack(request_)) == request_


def test_what_a_worker_is_told():
    """The headers that an answer may depend on, joined where they are given twice; nothing else of the client."""
    found = from_scope(
        scope(("host", "x:81"), ("accept", "a/b"), ("cookie", "secret"), ("accept", "c/d")), "query", {}, b"x"
    )
    assert found.headers == {"accept": "a/b, c/d"}
    assert (found.base, found.accept, found.body) == ("http://x:81", "a/b, c/d", b"x")
    assert found.parameters == [("a", "1")]


@pytest.mark.parametrize("host", ["graph.example", "graph.example:8080", "127.0.0.1", "[::1]:7878"])
def test_hosts(host):
    """The address under which the server was reached is the base of its links."""
    assert from_scope(scope(("host", host)), "query", {}, b"").base == f"http://{host}"


@pytest.mark.parametrize("host", ["", "a b", "a/b", "x@y", "x:port", "<script>", "x:123456", "héé"])
def test_no_hosts(host):
    """What is no name of a host is refused, and never written into an answer."""
    with pytest.raises(Problem) as caught:
        from_scope(scope(("host", host)), "query", {}, b"")
    assert (caught.value.status, caught.value.kind) == (400, "host")


def test_several_hosts():
    """Two hosts are refused, also where they are the same (RFC 9112, 3.2)."""
    with pytest.raises(Problem) as caught:
        from_scope(scope(("host", "x"), ("host", "x")), "query", {}, b"")
    assert (caught.value.status, caught.value.kind) == (400, "host")


@pytest.mark.parametrize("headers", [[], [("host", "")]])
@pytest.mark.parametrize(("server", "base"), [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80")])
def test_without_a_host(headers, server, base):
    """Where a client of HTTP 1.0 names no host, the server's own address is the base."""
    old = scope(*headers, http_version="1", server=(server, "80"))
    assert from_scope(old, "query", {}, b"").base == f"http://{base}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", []),
        (b"a=1&a=2&b=", [("a", "1"), ("a", "2"), ("b", "")]),
        (b"q=%E6%97%A5+x", [("q", "日 x")]),
        (b"a=%26%3D", [("a", "&=")]),
    ],
)
def test_pairs(text, found):
    """Names and values in their order; a name may come twice."""
    assert pairs(text) == found


@pytest.mark.parametrize("text", [b"a=%FF", "a=日".encode(), b"&".join([b"a=1"] * 1001)])
def test_no_pairs(text):
    """What is not UTF-8, not encoded, or more than a thousand is refused."""
    with pytest.raises(Problem) as caught:
        pairs(text)
    assert (caught.value.status, caught.value.kind) == (400, "encoding")

"""What a request asks for, by the SPARQL 1.1 Protocol."""

import pytest

from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import FORM, QUERY, Asked, read

ASK = "ASK%20%7B%7D"


@pytest.mark.parametrize(
    ("method", "address", "kind", "body", "asked"),
    [
        ("GET", f"query={ASK}", None, b"", Asked("ASK {}")),
        ("HEAD", f"query={ASK}", None, b"", Asked("ASK {}")),
        ("GET", "", None, b"", Asked(None)),
        ("GET", f"query={ASK}&format=csv", None, b"", Asked("ASK {}", wanted="csv")),
        (
            "GET",
            f"query={ASK}&default-graph-uri=http%3A%2F%2Fa%2F&default-graph-uri=http://b/&named-graph-uri=http://c/",
            None,
            b"",
            Asked("ASK {}", ("http://a/", "http://b/"), ("http://c/",)),
        ),
        ("POST", "", FORM, f"query={ASK}".encode(), Asked("ASK {}")),
        ("POST", "", FORM + "; charset=UTF-8", b"query=ASK+%7B%7D", Asked("ASK {}")),
        ("POST", "", QUERY, b"ASK {}", Asked("ASK {}")),
        ("POST", "", QUERY + ' ;Charset="utf-8"; v="1.1"', b"ASK {}", Asked("ASK {}")),
        ("POST", "", QUERY + "; x-charset=latin-1", b"ASK {}", Asked("ASK {}")),
        ("POST", "default-graph-uri=http://a/", QUERY, b"ASK {}", Asked("ASK {}", ("http://a/",))),
        ("POST", "", QUERY, "ASK { ?s ?p '外務大臣' }".encode(), Asked("ASK { ?s ?p '外務大臣' }")),
    ],
)
def test_read(method, address, kind, body, asked):
    """GET, HEAD and both forms of POST are read alike."""
    assert read(method, address.encode(), kind, body) == asked


@pytest.mark.parametrize(
    ("address", "kind", "body", "status", "why"),
    [
        (f"query={ASK}&query={ASK}", None, b"", 400, "There are 2 queries"),
        ("update=CLEAR%20ALL", None, b"", 400, "read-only"),
        (f"query={ASK}&using-graph-uri=http://a/", None, b"", 400, "read-only"),
        ("query=%FF", None, b"", 400, "UTF-8"),
        ("", "text/plain", b"ASK {}", 415, "text/plain"),
        ("", None, b"ASK {}", 415, "names no type"),
        ("", "application/sparql-update", b"CLEAR ALL", 400, "read-only"),
        ("", FORM, b"update=CLEAR+ALL", 400, "read-only"),
        ("", QUERY + "; charset=utf-16", b"ASK {}", 415, "utf-16"),
        ("", QUERY, b"\xff", 400, "UTF-8"),
        (f"query={ASK}", QUERY, b"ASK {}", 400, "two queries"),
        ("&".join(f"a{i}=1" for i in range(2000)), None, b"", 400, "parameters"),
    ],
)
def test_refused(address, kind, body, status, why):
    """What is wrong, twice, an update, or in another type is refused with its status and reason."""
    with pytest.raises(Problem, match=why) as caught:
        read("GET" if not body else "POST", address.encode(), kind, body)
    assert caught.value.status == status

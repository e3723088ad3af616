"""Which graphs a query is put to."""

import pytest

from ukjapan_graph.endpoint.dataset import OWN, Dataset, resolve
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.protocol import Asked
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.tokens import tokenise

QUAY, PIER, BUOY = (f"http://ferry.example/graph/{name}" for name in ("quay", "pier", "buoy"))
KNOWN = {QUAY, PIER, PREFIXES["graph"] + "entities"}


def resolved(query: str, *default: str, named: tuple[str, ...] = ()) -> Dataset:
    """The dataset of a request for ``query``, with what the protocol names."""
    return resolve(Asked(query, default, named), tokenise(query), KNOWN)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT * { ?s ?p ?o }", OWN),
        (f"SELECT * FROM <{QUAY}> {{ ?s ?p ?o }}", Dataset((QUAY,), ())),
        (
            f"ASK FROM <{QUAY}> from named <{PIER}> FROM <{PIER}> WHERE {{}}",
            Dataset((QUAY, PIER), (PIER,)),
        ),
        (f"CONSTRUCT {{ ?s ?p ?o }} FROM <{QUAY}> WHERE {{ ?s ?p ?o }}", Dataset((QUAY,), ())),
        (f"CONSTRUCT FROM <{QUAY}> WHERE {{ ?s ?p ?o }}", Dataset((QUAY,), ())),
        (f"DESCRIBE <{PIER}> FROM <{QUAY}>", Dataset((QUAY,), ())),
        (
            "PREFIX ferry: <http://ferry.example/graph/> ASK FROM ferry:quay FROM NAMED graph:entities {}",
            Dataset((QUAY,), (PREFIXES["graph"] + "entities",)),
        ),
        ('SELECT * { ?from ?p "FROM <http://elsewhere/>" } # FROM <http://elsewhere/>', OWN),
    ],
)
def test_the_query_says(query, found):
    """FROM and FROM NAMED are read wherever they stand, and nothing else is taken for them."""
    assert resolved(query) == found


def test_the_protocol_goes_first():
    """What the protocol names takes the place of what the query does; a graph that is not here is an empty one."""
    query = f"ASK FROM <{QUAY}> {{}}"
    assert resolved(query, PIER) == Dataset((PIER,), ())
    assert resolved(query, named=(BUOY,)) == Dataset((), (BUOY,))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * FROM <{BUOY}> {{ ?s ?p ?o }}",
        f"SELECT * FROM <{QUAY}> FROM NAMED <{BUOY}> {{ ?s ?p ?o }}",
        f"CONSTRUCT {{ ?s ?p ?o }} FROM <{BUOY}> WHERE {{ ?s ?p ?o }}",
        f"DESCRIBE ?s FROM <{BUOY}> WHERE {{ ?s ?p ?o }}",
        "ASK FROM <quay> {}",
        "ASK FROM",
    ],
)
def test_from_elsewhere_is_refused(query):
    """A graph that FROM names and that is not here is refused, wherever FROM stands."""
    with pytest.raises(Problem) as caught:
        resolved(query)
    assert (caught.value.status, caught.value.kind) == (400, "unknown-graph")


def test_a_name_that_is_none():
    """What the protocol names has to be an IRI."""
    with pytest.raises(Problem) as caught:
        resolved("ASK {}", "no iri")
    assert (caught.value.status, caught.value.kind) == (400, "graph")

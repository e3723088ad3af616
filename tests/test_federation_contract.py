"""The executor gives the rows that the standard defines, for texts written to part it from them, and by chance.

What ``SERVICE`` means is what ``GRAPH`` means where the neighbour's data is a named graph beside ours (SPARQL 1.1
Federated Query, 2.4), so an engine that asks nobody is a measure too.
"""

from __future__ import annotations

import contextlib
import urllib.request
from collections import Counter
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, QueryResultsFormat, RdfFormat, Store, parse_query_results

from servers import jena, oxigraph
from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import LimitError, QuerySyntaxError, RemoteError
from ukjapan_graph.linking.neighbours import federation
from ukjapan_graph.linking.neighbours.requests import Live
from ukjapan_graph.remote.access import Access

SERVICE = "http://s.example/sparql"
HERE = """PREFIX : <http://x/> PREFIX f: <http://far/>
:a :name "one" ; :far f:a ; :least 1 . :b :name "two" ; :far f:b ; :least 3 . :c :name "three" ; :far f:c .
:e :far f:nowhere .
:d :name "quote \\" and \\\\ and\\nline } SERVICE <http://x/> {" ; :said "蜂"@ja , "Bee"@en-GB ; :size 2 , 2.0 .
"""
THERE = """PREFIX : <http://x/> PREFIX f: <http://far/>
f:a f:size 1 , 2 ; f:by [ f:label "someone" ] , [ f:label "else" ] ; f:next f:b .
f:b f:label "bee"@en , "蜂"@ja ; f:next f:c ; f:size 2 . f:z f:size 9 .
f:q f:label "quote \\" and \\\\ and\\nline } SERVICE <http://x/> {" ; f:note "a  b" .
:least f:label "another" .
"""
#: What stands in the braces of the query; @ is SERVICE and its address.
TEXTS = {
    "join": "?x :far ?y . @ { ?y f:size ?s }",
    "rows more than once": "?x :name ?n { ?x :far ?y } UNION { ?x :far ?y } @ { ?y f:size ?s }",
    "optional": "?x :far ?y OPTIONAL { @ { ?y f:size ?s } }",
    "optional with two services": "?x :far ?y OPTIONAL { @ { ?y f:size ?s } } OPTIONAL { @ { ?y f:next ?s } }",
    "filter inside about outside": "?x :far ?y ; :least ?m @ { ?y f:size ?s FILTER(?s >= ?m) }",
    "filter inside, not bound outside": "?x :far ?y ; :least ?m @ { ?y f:size ?s FILTER(!BOUND(?m)) }",
    "minus inside": "?x :far ?y @ { ?a f:size ?s MINUS { ?y f:next ?b } }",
    "minus inside that shares": "?x :far ?y @ { ?y f:size ?s MINUS { ?y f:label ?l } }",
    "optional inside": "?x :far ?y @ { ?y f:next ?z OPTIONAL { ?z f:size ?s } }",
    "optional inside about outside": "?x :far ?y ; :least ?m @ { ?y f:next ?z OPTIONAL { ?y f:size ?m } }",
    "nothing but an optional inside": "?x :far ?y @ { OPTIONAL { ?y f:size ?s } }",
    "exists inside about outside": "?x :far ?y @ { ?z f:size ?s FILTER EXISTS { ?y f:next ?z } }",
    "bind inside to what is outside": "?x :far ?y ; :least ?m @ { ?y f:size ?s BIND(?s - 1 AS ?m) }",
    "values inside": "?x :far ?y @ { VALUES ?y { f:a f:z } ?y f:size ?s }",
    "values with a gap inside": "?x :far ?y @ { VALUES (?y ?s) { (UNDEF 1) (f:b 2) } ?z f:size ?s }",
    "union inside": "?x :far ?y @ { { ?y f:size ?s } UNION { ?z f:label ?l } }",
    "union inside and a filter": "?x :far ?y @ { { ?y f:size ?s } UNION { ?z f:label ?l } FILTER(!BOUND(?y)) }",
    "select inside": "?x :far ?y @ { SELECT ?y (COUNT(*) AS ?n) { ?y f:size ?s } GROUP BY ?y }",
    "select inside that hides": "?x :far ?y ; :least ?s @ { SELECT ?y { ?y f:size ?s } }",
    "select with a limit inside": "?x :far ?y @ { { SELECT ?y ?s { ?y f:size ?s } ORDER BY ?y ?s LIMIT 1 } }",
    "group inside": "?x :far ?y @ { { ?y f:size ?s FILTER(?s > 1) } ?y f:next ?z }",
    "path": "?x :far ?y @ { ?y (f:next|^f:next)+ ?z }",
    "path of any length": "?x :far ?y @ { ?y f:next* ?z }",
    "in another order": "@ { ?y f:size ?s } ?x :far ?y",
    "between": "?x :far ?y @ { ?y f:next ?z } OPTIONAL { ?w :far ?z ; :name ?n } @ { ?z f:label ?l }",
    "after an optional": "?x :name ?n OPTIONAL { ?x :far ?y } @ { ?y f:size ?s }",
    "a gap in values": "VALUES (?n ?y) { (1 UNDEF) (2 f:z) (2 f:z) } @ { ?y f:size ?s }",
    "nothing shared": "?x :least ?m @ { f:z f:size ?s }",
    "no variable": "?x :least ?m @ { f:z f:size 9 }",
    "no variable, not so": "?x :least ?m @ { f:z f:size 8 }",
    "empty": "?x :least ?m @ { }",
    "no variable, optional": "?x :least ?m OPTIONAL { @ { f:z f:size 8 } }",
    "nothing here": "?x :never ?y @ { ?y f:size ?s }",
    "nothing here, optional": "OPTIONAL { ?x :never ?y } OPTIONAL { @ { ?y f:size ?s } }",
    "only there": "@ { ?y f:size ?s }",
    "filter after": "?x :far ?y @ { ?y f:size ?s } FILTER(?s > 1)",
    "minus after": "?x :far ?y @ { ?y f:size ?s } MINUS { ?x :least 1 }",
    "bind after": "?x :far ?y @ { ?y f:size ?s } BIND(?s * 2 AS ?t)",
    "bind before": "?x :name ?n BIND(IRI(CONCAT('http://far/', SUBSTR(?n, 2, 1))) AS ?y) @ { ?z f:size ?s }",
    "bind that fails before": "?x :far ?y BIND(1 / 0 AS ?s) @ { ?y f:size ?s }",
    "odd text": "?x :name ?l @ { ?y f:label ?l }",
    "languages": "?x :said ?l @ { ?y f:label ?l }",
    "numbers written otherwise": "?x :size ?s @ { ?y f:size ?s }",
    "blank nodes": "?x :far ?y @ { ?y f:by ?w . ?w f:label ?l }",
    "blank node in the block": "?x :far ?y @ { ?y f:by [ f:label ?l ] }",
    "the other mark": "?x :far ?y @ { $y f:size $s }",
    "words that look like others": "?x :far ?y # SERVICE <http://no/> {\n @ { # } \n ?y f:size ?s # } \n }",
    "a word as a string": "?x :far ?y @ { ?z f:label ?l FILTER(?l != 'FILTER } OPTIONAL {') }",
    "two spaces": "?x :least 1 @ { ?z f:note 'a  b' }",
    "predicate": "?x ?p ?o @ { ?p f:label ?l }",
    "graph": "GRAPH ?g { ?x :far ?y } @ { ?y f:size ?s }",
    "subselect before": "{ SELECT ?y { ?x :far ?y } ORDER BY ?y LIMIT 2 } @ { ?y f:size ?s }",
    "not exists in a group before": "{ ?x :far ?y FILTER NOT EXISTS { ?x :least 1 } } @ { ?y f:next ?z }",
}  # fmt: skip


#: What Virtuoso itself answers otherwise when it is sent the block: it says so, or MINUS without a shared variable
#: takes rows away.
VIRTUOSO = {"path": "transitive start", "path of any length": "transitive start", "minus inside": None}


def one(there):
    """HERE with ``there`` as a named graph beside it."""
    store = Store()
    store.load(HERE.encode(), format=RdfFormat.TURTLE)
    store.load(there.encode(), format=RdfFormat.TURTLE, to_graph=NamedNode(SERVICE))
    return store


def loaded(turtle):
    """An engine on ``turtle``."""
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    return Embedded(store, merged=True)


def agree(text, here, there, both, batch):
    """Whether the executor gives for ``text`` what one engine gives that has both sides."""
    live = Live(there.select, batch=batch)
    try:
        found = both.query(text.replace("SERVICE", "GRAPH"))
    except SyntaxError:
        with pytest.raises(QuerySyntaxError):
            federation.select(here, text, lambda _: live)
        return True
    wanted = Rows(tuple(variable.value for variable in found.variables), [tuple(row) for row in found])
    return bag(federation.select(here, text, lambda _: live)) == bag(wanted)


@pytest.mark.parametrize("batch", [1, 50])
@pytest.mark.parametrize("case", [case for case in TEXTS if not case.startswith("words that")])
def test_as_if_it_were_one_graph(case, batch):
    """A service's answer is what a graph with its data would give."""
    body = TEXTS[case].replace("@", f"SERVICE <{SERVICE}>")
    text = f"PREFIX : <http://x/> PREFIX f: <http://far/> SELECT * WHERE {{ {body} }}"

    assert agree(text, loaded(HERE), loaded(THERE), one(THERE), batch)


PREFIX = "PREFIX : <http://x/> "
SMALL_HERE = f"{PREFIX} :a :p :b , :c . :b :p 1 ; :q :a . :c :q :c , 2 ."
SMALL_THERE = f"{PREFIX} :a :p :c ; :q 1 . :b :q :c , :a . :c :p :a , 2 ; :q :d . :d :p :p ."
VARIABLE = st.sampled_from(["?a", "?b", "?c", "?d"])
TRIPLE = st.builds(
    "{} {} {} . ".format,
    VARIABLE | VARIABLE | st.sampled_from([":a", ":b", ":c"]),
    st.sampled_from([":p", ":q", "?p", ":p*", ":p/:q", "(:p|^:q)"]),
    VARIABLE | VARIABLE | st.sampled_from([":a", ":b", ":c", "1"]),
)
TRIPLES = st.lists(TRIPLE, min_size=1, max_size=2).map("".join)
OPTIONAL = TRIPLES.map("OPTIONAL {{ {} }} ".format)
MINUS = TRIPLES.map("MINUS {{ {} }} ".format)
UNION = st.builds("{{ {} }} UNION {{ {} }} ".format, TRIPLES, TRIPLES)
VALUES = st.builds("VALUES {} {{ :a UNDEF 1 }} ".format, VARIABLE)
BIND = st.builds("BIND({} AS {}) ".format, VARIABLE, VARIABLE)
FILTER = (
    st.builds("FILTER({} != {}) ".format, VARIABLE, VARIABLE)
    | st.builds("FILTER(!BOUND({})) ".format, VARIABLE)
    | st.builds("FILTER(BOUND({}) || {} = 1) ".format, VARIABLE, VARIABLE)
    | st.builds("FILTER NOT EXISTS {{ {} }} ".format, TRIPLE)
)
SELECT = st.builds("{{ SELECT {} {{ {} }} }} ".format, VARIABLE, TRIPLES)
INSIDE = st.lists(
    TRIPLE | TRIPLE | FILTER | OPTIONAL | MINUS | UNION | VALUES | BIND | SELECT, min_size=1, max_size=3
)
BLOCK = INSIDE.map(lambda parts: f"SERVICE <{SERVICE}> {{ {''.join(parts)}}} ")
ASKED = BLOCK | BLOCK.map("OPTIONAL {{ {}}} ".format)
OURS = TRIPLE | TRIPLE | OPTIONAL | UNION | VALUES | BIND | SELECT
BODY = st.tuples(
    st.lists(OURS, max_size=2).map("".join), ASKED, st.lists(OURS | ASKED, max_size=2).map("".join),
    st.just("") | FILTER | MINUS,
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    BODY,
    st.sampled_from(["*", "DISTINCT *", "?a ?b", "?c", "(COUNT(*) AS ?n)", "?a (COUNT(?b) AS ?n)"]),
    st.sampled_from([1, 50]),
)
def test_as_if_it_were_one_graph_by_chance(body, columns, batch):
    """Whatever stands where, rows and refusals are those of one engine that has both sides."""
    both = loaded(SMALL_HERE).store
    end = " GROUP BY ?a" if columns.startswith("?a (") else ""
    both.load(SMALL_THERE.encode(), format=RdfFormat.TURTLE, to_graph=NamedNode(SERVICE))

    assert agree(
        f"{PREFIX} SELECT {columns} {{ {body} }}{end}", loaded(SMALL_HERE), loaded(SMALL_THERE), both, batch
    )


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """Two Oxigraph servers, one with HERE and one with THERE, as (query address, query address)."""
    folder = tmp_path_factory.mktemp("federation")
    with contextlib.ExitStack() as stack:
        found = []
        for name, turtle in (("here", HERE), ("there", THERE)):
            base = stack.enter_context(oxigraph(folder / name)).address
            request = urllib.request.Request(
                f"{base}/store?default", turtle.encode(), {"Content-Type": "text/turtle"}, method="POST"
            )
            urllib.request.urlopen(request).close()
            found.append(f"{base}/query")
        yield tuple(found)


def bag(rows):
    """The rows as a bag, whatever the order of columns; names of blank nodes do not count."""

    def cell(term):
        named = isinstance(term, NamedNode) and "/.well-known/genid/" in term.value
        return "_:" if named or isinstance(term, BlankNode) else str(term)

    names = sorted(rows.columns)
    places = [rows.columns.index(name) for name in names]
    return names, Counter(tuple(cell(row[i]) for i in places) for row in rows.rows)


@pytest.mark.server
@pytest.mark.parametrize("batch", [1, 50])
@pytest.mark.parametrize("case", TEXTS)
def test_the_same_rows(case, batch, servers):
    """Every row as often as the server gives it, and none beside."""
    here, there = servers
    body = TEXTS[case].replace("@", f"SERVICE <{there}>")
    text = f"PREFIX : <http://x/> PREFIX f: <http://far/> SELECT * WHERE {{ {body} }}"
    store = Store()
    store.load(HERE.encode(), format=RdfFormat.TURTLE)
    remote = Remote(Access(there), seconds=20)

    ours = federation.select(
        Embedded(store, merged=True), text, lambda _: Live(remote.as_it_stands, batch=batch)
    )

    assert bag(ours) == bag(Remote(Access(here), seconds=20).as_it_stands(text))


#: Of 53 texts Jena 4 answers 49 alike; for these it fails with an error of its own, or asks once a row and so
#: takes a LIMIT for each.
JENA = {
    "bind inside to what is outside",
    "values inside",
    "values with a gap inside",
    "select with a limit inside",
}


@pytest.mark.server
@pytest.mark.parametrize("case", sorted({*list(TEXTS)[::7], "optional inside about outside"} - JENA))
def test_the_same_rows_as_jena(case, servers, tmp_path):
    """A third engine agrees: Jena's ARQ, which asks the neighbour itself."""
    assert Path("/usr/share/java/jena-arq.jar").is_file(), "apt-get install libapache-jena-java"
    body = TEXTS[case].replace("@", f"SERVICE <{servers[1]}>")
    text = f"PREFIX : <http://x/> PREFIX f: <http://far/> SELECT * WHERE {{ {body} }}"
    (tmp_path / "here.ttl").write_text(HERE, encoding="utf-8")
    (tmp_path / "query.rq").write_text(text, encoding="utf-8")
    options = ("--data", str(tmp_path / "here.ttl"), "--query", str(tmp_path / "query.rq"), "--results=json")
    found = parse_query_results(
        jena(tmp_path / "fix", "arq.arq", *options).encode(), format=QueryResultsFormat.JSON
    )
    theirs = Rows(tuple(variable.value for variable in found.variables), [tuple(row) for row in found])
    live = Live(Remote(Access(servers[1]), seconds=20).as_it_stands)

    assert bag(federation.select(loaded(HERE), text, lambda _: live)) == bag(theirs)


@pytest.mark.server
def test_virtuoso_as_the_neighbour(virtuoso):
    """A neighbour with other habits gives the same rows, or says that it cannot."""
    put(virtuoso, THERE)
    here, there = Store(), Store()
    here.load(HERE.encode(), format=RdfFormat.TURTLE)
    there.load(THERE.encode(), format=RdfFormat.TURTLE)
    asked = {"oxigraph": Embedded(there, merged=True).select, "virtuoso": remote(virtuoso).as_it_stands}

    for case, body in TEXTS.items():
        text = f"PREFIX : <http://x/> PREFIX f: <http://far/> SELECT * {{ {body.replace('@', 'SERVICE <http://s/>')} }}"

        def rows(name, text=text):
            return bag(federation.select(Embedded(here, merged=True), text, lambda _: Live(asked[name])))

        if case not in VIRTUOSO:
            assert rows("virtuoso") == rows("oxigraph"), case
        elif VIRTUOSO[case]:
            with pytest.raises(RemoteError, match=VIRTUOSO[case]):
                rows("virtuoso")


@pytest.mark.server
def test_candidates_beyond_the_limit_of_a_real_neighbour(virtuoso):
    """Virtuoso gives 10,000 rows and says no more of the rest than a header; that is an error, not an answer."""
    many = " , ".join(map(str, range(10_050)))
    put(virtuoso, f"<http://far/a> <http://far/size> {many} .")
    text = "SELECT * { VALUES ?y { <http://far/a> } SERVICE <http://s/> { ?y <http://far/size> ?s } }"

    with pytest.raises(
        LimitError, match=r"cut the answer to 10,000 of 10,050 rows.* no s for 1 of the 1 rows"
    ):
        federation.select(Embedded(Store()), text, lambda _: Live(remote(virtuoso).as_it_stands))


def remote(server):
    """An engine on ``server``."""
    return Remote(Access(server.address), seconds=20)


def put(server, turtle):
    """Load ``turtle`` into Virtuoso, whose Turtle reader is not asked."""
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    lines = "".join(f"{quad.triple} .\n" for quad in store)
    httpx.put(
        f"{server.address}-graph-crud-auth",
        params={"graph": "http://g/"},
        content=lines.encode(),
        headers={"Content-Type": "text/turtle"},
        auth=httpx.DigestAuth(server.user, server.password),
        timeout=60,
    ).raise_for_status()

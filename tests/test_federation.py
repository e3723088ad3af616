"""Queries that neighbours answer in part: the rows of the standard, or an error that says what lacks."""

import time

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from fake_server import Reply, serving
from neighbours import COUNT, FAULTS, neighbour, query_of
from ukjapan_graph.answering.engines import Embedded, Rows
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import QuerySyntaxError, RemoteError, UsageError
from ukjapan_graph.linking.neighbours import federation
from ukjapan_graph.linking.neighbours.requests import Live
from ukjapan_graph.remote.access import Access

HERE = """@prefix : <http://x/> .
:a :name "one" ; :far <http://far/a> . :b :name "two" ; :far <http://far/b> . :c :name "three" ; :far <http://far/c> .
"""
THERE = """@prefix f: <http://far/> .
f:a f:size 1 , 2 ; f:by [ f:label "someone" ] . f:b f:label "bee"@en , "蜂"@ja . f:z f:size 9 .
"""
SERVICE = "http://far.example/sparql"


def store(turtle):
    """A store that holds ``turtle``."""
    found = Store()
    found.load(turtle.encode(), format=RdfFormat.TURTLE)
    return found


def asked(text, *replies, batch=50, **limits):
    """The rows of ``text`` and the queries that went to the neighbour, which holds THERE or gives ``replies``."""
    from pyoxigraph import QueryResultsFormat

    far = store(THERE)

    def answer(request):
        return Reply(body=far.query(query_of(request)).serialize(format=QueryResultsFormat.JSON))

    with serving(*(replies or (answer,))) as fake:
        remote = Remote(Access(fake.address), **{"seconds": 5, "size": 100_000, **limits})
        live = Live(remote.as_it_stands, batch=batch)
        rows = federation.select(Embedded(store(HERE), merged=True), text, lambda service: live)
        return rows, [query_of(request) for request in fake.requests]


def cells(rows):
    """The rows as sorted tuples of text."""
    return sorted(tuple("" if term is None else term.value for term in row) for row in rows.rows)


PREFIXES = "PREFIX : <http://x/> PREFIX f: <http://far/> "
#: Query, its rows, and what the neighbour was sent with it.
CASES = {
    "join": (
        f"SELECT ?name ?size {{ ?x :name ?name ; :far ?y SERVICE <{SERVICE}> {{ ?y f:size ?size }} }}",
        [("one", "1"), ("one", "2")],
    ),
    "optional": (
        f"SELECT ?name ?size {{ ?x :name ?name ; :far ?y OPTIONAL {{ SERVICE <{SERVICE}> {{ ?y f:size ?size }} }} }}",
        [("one", "1"), ("one", "2"), ("three", ""), ("two", "")],
    ),
    "two in a row": (
        f"SELECT ?name ?l {{ ?x :name ?name ; :far ?y SERVICE <{SERVICE}> {{ ?y f:by ?who }} "
        f"SERVICE <{SERVICE}> {{ ?z f:size ?l }} }}",
        [("one", "1"), ("one", "2"), ("one", "9")],
    ),
    "filter after": (
        f"SELECT ?name ?size {{ ?x :name ?name ; :far ?y SERVICE <{SERVICE}> {{ ?y f:size ?size }} FILTER(?size > 1) }}",
        [("one", "2")],
    ),
    "another script": (
        f'SELECT ?l {{ ?x :far ?y SERVICE <{SERVICE}> {{ ?y f:label ?l FILTER(LANG(?l) = "ja") }} }}',
        [("蜂",)],
    ),
    "nothing shared": (f"SELECT ?s {{ SERVICE <{SERVICE}> {{ f:z f:size ?s }} }}", [("9",)]),
    "an unbound join": (
        f"SELECT ?y ?s {{ VALUES (?n ?y) {{ (1 UNDEF) (2 f:z) }} SERVICE <{SERVICE}> {{ ?y f:size ?s }} }}",
        [("http://far/a", "1"), ("http://far/a", "2"), ("http://far/z", "9"), ("http://far/z", "9")],
    ),
    "inner gaps": (
        f"SELECT ?y ?s {{ ?x :far ?y SERVICE <{SERVICE}> {{ ?y ?p ?o "
        f"OPTIONAL {{ ?y f:size ?s }} FILTER(LANG(?o) = 'en') }} }}",
        [("http://far/b", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("batch", [1, 2, 50])
@pytest.mark.parametrize("case", CASES)
def test_rows(case, batch):
    """The rows are those of the standard, however few go in one request."""
    text, wanted = CASES[case]
    assert cells(asked(PREFIXES + text, batch=batch)[0]) == wanted


def test_only_what_is_needed_is_sent():
    """A request holds the prefixes its block needs, the values that join, and the block."""
    _, sent = asked(PREFIXES + CASES["join"][0], batch=2)

    assert sent == [
        "PREFIX f: <http://far/>\nSELECT ?size ?y WHERE { VALUES (?y) { (<http://far/a>) (<http://far/b>) }\n"
        " ?y f:size ?size }",
        "PREFIX f: <http://far/>\nSELECT ?size ?y WHERE { VALUES (?y) { (<http://far/c>) }\n ?y f:size ?size }",
    ]


def test_only_what_is_spoken_of_is_asked_for():
    """Variables that only the block has are not asked for; how often a row is there is."""
    text = (
        f"SELECT ?x {{ ?x :far ?y SERVICE <{SERVICE}> {{ ?y f:size ?size ; f:by ?who . ?who f:label ?l }} }}"
    )
    rows, sent = asked(PREFIXES + text)

    assert cells(rows) == [("http://x/a",), ("http://x/a",)]
    assert "SELECT ?y WHERE" in sent[0]


def test_nothing_is_sent_for_nothing():
    """Where nothing here joins, nobody is asked."""
    rows, sent = asked(
        f"SELECT ?y ?s {{ ?x <http://x/never> ?y SERVICE <{SERVICE}> {{ ?y <http://x/s> ?s }} }}"
    )

    assert (rows.columns, rows.rows, sent) == (("y", "s"), [], [])


def test_a_blank_node_gets_a_name():
    """What has no name at the neighbour gets one here, the same for the same node."""
    rows, _ = asked(PREFIXES + f"SELECT ?who {{ ?x :far ?y SERVICE <{SERVICE}> {{ ?y f:by ?who }} }}")

    ((who,),) = rows.rows
    assert isinstance(who, NamedNode) and "/.well-known/genid/" in who.value


@pytest.mark.parametrize("fault", FAULTS)
def test_a_neighbour_that_fails(fault):
    """Who failed, what is missing and for how much: an error, and no rows at all."""
    reply, kind, words = FAULTS[fault]
    limits = {"seconds": 0.3} if fault == "slow" else {"size": 10_000_000} if "candidates" in fault else {}
    replies = (reply, COUNT) if "candidates" in fault else (reply,)
    started = time.monotonic()

    with pytest.raises(kind, match=words) as caught:
        asked(PREFIXES + CASES["join"][0], *replies, **limits)

    told = str(caught.value)
    assert told.startswith(SERVICE)
    assert "without it there is no size for 3 of the 3 rows asked about" in told
    assert "line 1" in told
    assert time.monotonic() - started < 8


def test_a_neighbour_that_fails_half_way():
    """What was answered before is counted, and not shown."""
    first = Reply(body=b'{"head": {"vars": ["y", "size"]}, "results": {"bindings": []}}')

    with pytest.raises(RemoteError, match="for 1 of the 3 rows asked about"):
        asked(PREFIXES + CASES["join"][0], first, first, Reply(500, b"no"), batch=1)


def test_a_neighbour_that_is_busy_for_a_moment():
    """A refusal that passes is waited out, as long as the neighbour asks."""
    again = Reply(429, headers=(("Retry-After", "0"),))
    good = Reply(body=b'{"head": {"vars": ["y", "size"]}, "results": {"bindings": []}}')

    assert asked(PREFIXES + CASES["join"][0], again, good)[0].rows == []


def test_a_neighbour_that_is_not_there():
    """An address where nobody listens is a failure like any other."""
    remote = Remote(Access("http://127.0.0.1:9/sparql"), seconds=2)
    with pytest.raises(RemoteError, match=r"asked at http://127\.0\.0\.1:9/sparql: no answer"):
        federation.select(
            Embedded(store(HERE), merged=True), PREFIXES + CASES["join"][0],
            lambda service: Live(remote.as_it_stands),
        )  # fmt: skip


def test_who_may_be_asked():
    """Only services on the list are asked, elsewhere where that is said."""
    address = federation.allowed((SERVICE, "http://b.example/"), {SERVICE: "http://127.0.0.1/x"})

    assert (address(SERVICE), address("http://b.example/")) == ("http://127.0.0.1/x", "http://b.example/")
    with pytest.raises(UsageError, match=f"is refused; allowed: {SERVICE}"):
        address(f"{SERVICE}/")
    with pytest.raises(UsageError, match="asks no such service"):
        federation.allowed((SERVICE,), {"http://b.example/": "http://127.0.0.1/"})


def test_refused_before_anything_is_sent():
    """A query with one service that is not allowed asks none of them."""
    text = (
        PREFIXES
        + f"SELECT * {{ SERVICE <{SERVICE}> {{ ?a ?b ?c }} SERVICE <http://b.example/> {{ ?a ?d ?e }} }}"
    )
    sent = []

    def only(service):
        if service != SERVICE:
            raise UsageError("refused")
        return Live(sent.append)

    with pytest.raises(UsageError, match="refused"):
        federation.select(Embedded(store(HERE)), text, only)
    assert sent == []


@pytest.mark.parametrize(
    "body",
    [
        "?x :far ?y SERVICE <%s> { ?y f:size ?s } UNION { ?y f:label ?s }",
        "?x :far ?y SERVICE <%s> { ?y f:size ?s } BIND(1 AS ?s)",
        "?x :far ?y SERVICE <%s> { ?y f:size ?s . BIND(1 AS ?s) }",
        "?x :far ?y SERVICE <%s> { ?y f:size }",
        "?x :far ?y SERVICE <%s> { ?y never:declared ?s }",
    ],
)
def test_no_sparql(body):
    """What is no SPARQL as it stands is refused before anything is sent, with its place in the author's text."""
    text = f"{PREFIXES}\nSELECT * {{\n {body % SERVICE} }}"

    with pytest.raises(QuerySyntaxError) as caught:
        federation.select(Embedded(store(HERE)), text, lambda service: pytest.fail("asked"))
    assert caught.value.line == 3


def test_prefixes_of_the_project():
    """Prefixes of the table need no line, and lines go along with the block where it needs them."""
    text = f"SELECT * {{ VALUES ?y {{ skos:Concept }} SERVICE <{SERVICE}> {{ ?y skos:prefLabel ?l }} }}"
    _, sent = asked(text, Reply(body=b'{"head": {"vars": []}, "results": {"bindings": []}}'))

    assert sent[0].startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT ")


@pytest.mark.parametrize(
    "start", ["PREFIX f: <http://no/> PREFIX f: <http://far/>", "BASE <http://far/> PREFIX f: <>"]
)
def test_prefixes_as_they_hold(start):
    """The last line of a prefix holds, and a BASE goes along with what it is for."""
    text = f"{start} SELECT ?s {{ VALUES ?y {{ f:z }} SERVICE <{SERVICE}> {{ ?y f:size ?s }} }}"

    assert cells(asked(text)[0]) == [("9",)]


@pytest.mark.parametrize("start", ["", "BASE <http://far/> "])
def test_the_same_question_however_laid_out(start):
    """Lines and comments anywhere make no other question of it, with a BASE or without."""
    hashes = set()

    class Keeping:
        def answer(self, request):
            hashes.add(request.hash)
            return Rows(request.gives, [])

    text = f"{start}PREFIX f: <http://far/> SELECT ?s {{ VALUES ?y {{ f:z }} SERVICE <{SERVICE}> {{ ?y f:size ?s }} }}"
    for laid_out in (text, f"\n\n# a question\n{text}", text.replace(" ", "\n")):
        federation.select(Embedded(store(HERE)), laid_out, lambda service: Keeping())
    assert len(hashes) == 1


def test_what_stands_before_is_worked_out_once():
    """Of two parts that share no variable, no row of the one before is held to learn what it is called."""
    here = store("".join(f'<http://x/{n}> <http://x/name> "{n}" . ' for n in range(300)))
    every = "?a :name ?b . ?c :name ?d . ?e :name ?f"
    text = f"{PREFIXES}SELECT (COUNT(*) AS ?n) {{ {every} SERVICE <{SERVICE}> {{ f:z f:size ?s }} FILTER(false) }}"
    engine = Embedded(here, merged=True)
    engine.select, whole = (lambda asked: kept.append(asked) or whole(asked)), engine.select
    kept = []
    with serving(Reply(body=b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}')) as fake:
        remote = Remote(Access(fake.address), seconds=5)
        federation.select(engine, text, lambda service: Live(remote.as_it_stands))
    assert all("LIMIT 1" in asked or "COUNT" in asked for asked in kept)


def test_no_update_and_no_other_source():
    """A text that names another source, or changes something, is refused as everywhere."""
    for text in ("SELECT * FROM <http://x/> { ?a ?b ?c }", "CONSTRUCT WHERE { ?a ?b ?c }", "CLEAR ALL"):
        with pytest.raises(UsageError):
            federation.select(Embedded(store(HERE)), text, lambda service: pytest.fail("asked"))


def test_the_slices_answer():
    """The slices stand for their neighbours: Hague was Foreign Secretary."""
    with neighbour("wikidata") as wikidata:
        rows = (
            Remote(Access(wikidata.address))
            .as_it_stands(
                "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?l { <http://www.wikidata.org/entity/Q58282> <http://www.wikidata.org/prop/P39>/"
                "<http://www.wikidata.org/prop/statement/P39>/rdfs:label ?l }"
            )
            .rows
        )
    assert Literal("Secretary of State for Foreign and Commonwealth Affairs", language="en") in [
        row[0] for row in rows
    ]

"""A store's content against the release."""

import re

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Quad

from fake_server import json_rows
from fake_store import storing
from ukjapan_graph.errors import RemoteError, UkjapanError
from ukjapan_graph.loading.contents import Release, line
from ukjapan_graph.loading.profiles import PROFILES
from ukjapan_graph.loading.reading import Store, contents, counts
from ukjapan_graph.loading.survey import Difference, compare, survey
from ukjapan_graph.loading.transport import Transport
from ukjapan_graph.remote.access import Access

XSD = "http://www.w3.org/2001/XMLSchema#"
S, P, G, H = (NamedNode(f"http://x/{name}") for name in "spgh")


def typed(value, kind):
    """A triple with a typed literal."""
    return Quad(S, P, Literal(value, datatype=NamedNode(XSD + kind)))


def within(quad):
    """A triple about the triple term of ``quad``."""
    return Quad(S, P, quad.triple)


def directed(direction, language="ar"):
    """A triple with a text and its direction."""
    return Quad(S, P, Literal("a", language=language, direction=direction))


def quads(graph, *numbers):
    """One quad for each number."""
    return [Quad(S, P, NamedNode(f"http://x/{number}"), graph) for number in numbers]


def to(fake):
    """The store ``fake`` as the loader asks it, over a connection for each query."""

    def answer(text, *media):
        with Transport(Access(fake.query)) as transport:
            return transport.ask(fake.query, text, *media)

    return Store(fake.query, answer)


RELEASE = Release("a" * 64, {g.value: frozenset(map(line, quads(g, 1, 2, 3))) for g in (G, H)})


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (typed("1.0", "decimal"), typed("1", "decimal")),
        (typed("1.5", "decimal"), typed("1.50", "decimal")),
        (typed("true", "boolean"), typed("1", "boolean")),
        (typed("2017-01-26Z", "date"), typed("2017-01-26+00:00", "date")),
        (typed("7", "integer"), typed("+07", "integer")),
        (typed("1.0E0", "double"), typed("1.0", "double")),
        (typed("1E21", "double"), typed("1e+21", "double")),
        (typed("0.1", "double"), typed("0.1000000000000000055", "double")),
        (typed("INF", "double"), typed("+INF", "double")),
        (typed("16777217", "float"), typed("16777216", "float")),
        (typed("3.14159265", "float"), typed("3.1415927", "float")),
        (typed("-0", "float"), typed("-0.0", "float")),
        (typed("1e39", "float"), typed("INF", "float")),
        (typed("2017-08-31T12:00:00.5", "dateTime"), typed("2017-08-31T12:00:00.500", "dateTime")),
        (typed("2017-08-31T12:00:00.0Z", "dateTime"), typed("2017-08-31T12:00:00Z", "dateTime")),
        (
            typed("2017-08-31T12:00:00.5Z", "dateTimeStamp"),
            typed("2017-08-31T12:00:00.50+00:00", "dateTimeStamp"),
        ),
        (typed("12:00:00.10+09:00", "time"), typed("12:00:00.1+09:00", "time")),
        (typed("2017-12-31T24:00:00Z", "dateTime"), typed("2018-01-01T00:00:00Z", "dateTime")),
        (typed("-0001-12-31T24:00:00.0", "dateTime"), typed("0000-01-01T00:00:00", "dateTime")),
        (typed("12020-02-28T24:00:00", "dateTime"), typed("12020-02-29T00:00:00", "dateTime")),
        (typed("24:00:00", "time"), typed("00:00:00", "time")),
        (typed("-0044-03-15", "date"), typed("-044-03-15", "date")),
        (typed("-0044-03-15T12:00:00Z", "dateTime"), typed("-044-03-15T12:00:00.0Z", "dateTime")),
        (typed("0800", "gYear"), typed("800", "gYear")),
        (typed("-0044-03", "gYearMonth"), typed("-044-03", "gYearMonth")),
        (typed("P1Y", "duration"), typed("P12M", "duration")),
        (typed("P1Y2M3DT4H5M6.70S", "duration"), typed("P14M3DT14706.7S", "duration")),
        (typed("-P0D", "duration"), typed("PT0S", "duration")),
        (typed("PT36H", "dayTimeDuration"), typed("P1DT12H", "dayTimeDuration")),
        (typed("-P14M", "yearMonthDuration"), typed("-P1Y2M", "yearMonthDuration")),
        (within(typed("1.5", "decimal")), within(typed("1.50", "decimal"))),
        (within(within(typed("1E0", "double"))), within(within(typed("1.0", "double")))),
    ],
    ids=lambda quad: str(quad.object),
)
def test_rewritten(ours, theirs):
    """The same value written otherwise is rewritten: neither missing nor extra."""
    found = compare("http://x/g", [line(theirs)], [line(ours)])

    assert found.rewritten == ((line(ours), line(theirs)),)
    assert (found.missing, found.extra, found.agrees) == ((), (), True)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (typed("2017-01-26", "date"), typed("2017-01-27", "date")),
        (typed("2017-01-26", "date"), typed("2017-01-26Z", "date")),
        (typed("0044-03-15", "date"), typed("-0044-03-15", "date")),
        (typed("2017", "gYear"), typed("20170", "gYear")),
        (typed("2017", "gYear"), typed("2017.0", "gYear")),
        (typed("2017-08", "gYearMonth"), typed("2017-80", "gYearMonth")),
        (typed("1", "integer"), typed("1.0", "decimal")),
        (typed("1.1", "decimal"), typed("1.01", "decimal")),
        (typed("1.5", "decimal"), typed("1.5", "double")),
        (typed("1.123456789012345678901234567890", "decimal"), typed("1.123456789012346", "decimal")),
        (typed("1e30", "double"), typed("1e31", "double")),
        (typed("0.30000000000000004", "double"), typed("0.3", "double")),
        (typed("0.0", "double"), typed("-0.0", "double")),
        (typed("INF", "double"), typed("-INF", "double")),
        (typed("INF", "double"), typed("inf", "double")),
        (typed("NaN", "float"), typed("nan", "float")),
        (typed("1e2", "decimal"), typed("100", "decimal")),
        (typed("16777217", "float"), typed("16777218", "float")),
        # Between two floats, and a little more than a double can tell.
        (typed("16777217", "float"), typed("16777217.0000000000000001", "float")),
        (typed("16777219", "float"), typed("16777218.9999999999999999", "float")),
        (typed("2017-08-31T12:00:00.5", "dateTime"), typed("2017-08-31T12:00:00.05", "dateTime")),
        (typed("2017-08-31T12:00:00.123456789", "dateTime"), typed("2017-08-31T12:00:00.123456", "dateTime")),
        (typed("2017-08-31T12:00:00", "dateTime"), typed("2017-08-31T12:00:00Z", "dateTime")),
        (typed("2017-08-31T12:00:00+09:00", "dateTime"), typed("2017-08-31T12:00:00-09:00", "dateTime")),
        (typed("2017-08-31T24:00:00", "dateTime"), typed("2017-08-31T00:00:00", "dateTime")),
        (typed("2017-02-30T24:00:00", "dateTime"), typed("2017-03-02T00:00:00", "dateTime")),
        (typed("2017-02-30T24:00:00", "dateTime"), typed("2017-02-30T00:00:00", "dateTime")),
        (typed("2017-08-31T24:00:00.5", "dateTime"), typed("2017-09-01T00:00:00.5", "dateTime")),
        (typed("0" * 5000 + "1", "gYear"), typed("0" * 5000 + "2", "gYear")),
        (typed("12:00:10", "time"), typed("12:00:1", "time")),
        (typed("P1M", "duration"), typed("PT1M", "duration")),
        (typed("P1M", "duration"), typed("P30D", "duration")),
        (typed("P1D", "duration"), typed("-P1D", "duration")),
        (typed("-PT1.50S", "dayTimeDuration"), typed("-PT0.5S", "dayTimeDuration")),
        (typed("PT1.5S", "dayTimeDuration"), typed("PT1.05S", "dayTimeDuration")),
        (typed("P1Y", "duration"), typed("12", "duration")),
        (typed("P" + "1" * 5000 + "D", "duration"), typed("P" + "1" * 4999 + "2D", "duration")),
        (typed("P", "duration"), typed("PT", "duration")),
        (typed("1e1" + "0" * 30, "float"), typed("1.0", "float")),
        (directed(BaseDirection.RTL), directed(BaseDirection.LTR)),
        (directed(BaseDirection.RTL), directed(None)),
        (directed(BaseDirection.RTL), directed(BaseDirection.RTL, "fa")),
        (within(typed("1.5", "decimal")), within(typed("1.51", "decimal"))),
        (within(typed("1.5", "decimal")), typed("1.5", "decimal")),
        (within(directed(BaseDirection.RTL)), within(directed(None))),
    ],
    ids=lambda quad: str(quad.object)[:60],
)
def test_another_value_is_not_rewritten(ours, theirs):
    """Another value in the same place is one triple missing and one too many."""
    found = compare("http://x/g", [line(theirs)], [line(ours)])

    assert (found.missing, found.extra, found.rewritten) == ((line(ours),), (line(theirs),), ())
    assert not found.agrees


@pytest.mark.parametrize(
    "quad",
    [
        Quad(BlankNode(), P, S),
        Quad(S, P, BlankNode()),
        within(Quad(S, P, BlankNode())),
        within(within(Quad(BlankNode(), P, S))),
    ],
    ids=["subject", "object", "term", "nested"],
)
def test_blank_nodes(quad):
    """Triples with blank nodes are told, for no update can name them."""
    found = compare("http://x/g", [line(quad)], [])

    assert (found.blank, found.count, found.extra, found.agrees) == (True, 1, (), False)


def test_what_looks_like_a_blank_node():
    """A text that reads like one is none."""
    text = line(within(Quad(S, P, Literal("_:b"))))

    assert compare("http://x/g", [text], []) == Difference("http://x/g", 1, extra=(text,))


@pytest.mark.parametrize("kind", ["oxigraph", "rdf4j", "virtuoso"])
def test_triple_terms(kind):
    """Triples about triple terms are read back, missed and found too many, however the store gives its triples."""
    here, there = within(within(typed("a b", "string"))), within(directed(BaseDirection.RTL))
    release = Release("a" * 64, {G.value: frozenset(map(line, (here, within(here))))})
    with storing(kind) as fake:
        fake.store.extend(Quad(*quad.triple, G) for quad in (here, there))
        (found,) = survey(to(fake), PROFILES[kind], release).graphs

    assert (found.missing, found.extra) == ((line(within(here)),), (line(there),))


@pytest.fixture(params=["oxigraph", "virtuoso"])
def fake(request):
    """A store with a default graph of its own, and one with the union."""
    with storing(request.param) as fake:
        yield fake, PROFILES[request.param]


def test_survey(fake):
    """Each graph is compared; what is there beside the release's graphs is not looked at."""
    fake, profile = fake
    fake.store.extend([*quads(G, 1, 2, 4), *quads(NamedNode("http://x/foreign"), 9)])
    if not profile.union:
        fake.store.extend(Quad(q.subject, q.predicate, q.object) for q in quads(G, 1, 2, 4))

    found = survey(to(fake), profile, RELEASE)

    g, h = found.graphs
    assert (g.graph, g.count, g.missing, g.extra) == (
        G.value,
        3,
        (line(quads(G, 3)[0]),),
        (line(quads(G, 4)[0]),),
    )
    assert (h.graph, h.count, len(h.missing), h.extra) == (H.value, 0, 3, ())
    assert (found.receipt, found.default, found.agrees) == (None, (), False)

    fake.store.extend([*quads(G, 3), *quads(H, 1, 2, 3)])
    fake.store.remove(quads(G, 4)[0])
    again = survey(to(fake), profile, RELEASE)
    assert all(difference.agrees for difference in again.graphs)
    assert again.agrees is profile.union
    assert again.default == (() if profile.union else (line(quads(G, 3)[0]),))


def test_default_graph_that_is_no_union():
    """A store that ought to show the union and does not is found out."""
    with storing("oxigraph") as fake:
        fake.store.extend([*quads(G, 1, 2, 3), *quads(H, 1, 2, 3)])
        found = survey(to(fake), PROFILES["virtuoso"], RELEASE)

    assert found.default
    assert not found.agrees


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso", "rdf4j"])
def test_portions(kind):
    """Graphs are read in answers of limited size, many small ones together and a large one in pages."""
    names = [NamedNode(f"http://x/g{number}") for number in range(5)]
    sizes = dict(zip((name.value for name in names), (1, 25, 3, 10, 4), strict=True))
    row = PROFILES[kind]._replace(rows=10)
    with storing(kind) as fake:
        for name in names:
            fake.store.extend(quads(name, *range(sizes[name.value])))
        store, asked = to(fake), [name.value for name in (*names, G)]
        read = {name: set(found) for name, found in contents(store, row, asked, {})}
        assert counts(store, row, asked) == sizes

    assert read == {name: {line(q) for q in quads(G, *range(sizes[name]))} for name in sizes}


def test_pages_that_overlap():
    """Where pages overlap, as those of Virtuoso do, a large graph is read in shares, halved where they are too large."""
    row, asked = PROFILES["virtuoso"]._replace(rows=10, lanes=1), []
    with storing("virtuoso") as fake:
        fake.store.extend(quads(G, *range(95)))
        store = to(fake)
        honest = store.body

        def overlapping(text, *media):
            asked.append(text)
            return honest(re.sub("OFFSET [0-9]+", "OFFSET 0", text), *media)

        store.body = overlapping
        ((_, found),) = contents(store, row, [G.value], {})

    assert set(found) == {line(q) for q in quads(G, *range(95))}
    assert any("MD5" in text for text in asked)


@pytest.mark.parametrize("kind", ["oxigraph", "fuseki"])
def test_an_answer_that_was_cut(kind):
    """An answer of which the server left out rows is no content, however well the rest agrees."""
    wanted = Release("a" * 64, {G.value: frozenset(map(line, quads(G, 1, 2)))})
    with storing("oxigraph") as fake:
        fake.store.extend([*quads(G, *range(52)), *quads(None, *range(52))])
        store = to(fake)
        honest, rows = store.body, store.select
        if kind == "oxigraph":
            store.body = lambda text, *media: b"\n".join(
                row
                for row in honest(text, *media).split(b"\n")
                if b"http://x/p" not in row or b"/1>" in row or b"/2>" in row
            )
        else:
            store.select = lambda text: few(rows(text))
        with pytest.raises(UkjapanError, match="2 triples read of 52"):
            survey(store, PROFILES[kind], wanted)


def few(rows):
    """``rows`` without those of triples that are not wanted."""
    kept = [row for row in rows.rows if len(row) != 4 or row[3].value in ("http://x/1", "http://x/2")]
    return rows._replace(rows=kept)


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_an_empty_page_of_a_large_graph(kind, monkeypatch):
    """A page of which nothing came is not taken for what was wanted."""
    monkeypatch.setattr("ukjapan_graph.loading.reading.LINES", 5)
    with storing(kind) as fake:
        fake.store.extend(quads(G, *range(30)))
        store = to(fake)
        body = store.body
        store.body = lambda text, *media: body(
            text.replace("OFFSET 10", "OFFSET 1000") if "MD5" not in text else "CONSTRUCT {} {}", *media
        )
        with pytest.raises(UkjapanError, match="triples read of 30"):
            list(
                contents(
                    store,
                    PROFILES[kind]._replace(rows=10, lanes=1),
                    [G.value],
                    {G.value: frozenset(map(line, quads(G, *range(30))))},
                )
            )


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_changed_while_read(kind):
    """A large graph that is not what it is counted to be is not believed."""
    with storing(kind) as fake:
        fake.store.extend(quads(G, *range(30)))
        store = to(fake)
        honest, store.select = store.select, lambda text: added(honest(text), fake, text)
        with pytest.raises(UkjapanError, match="30 triples read of 31"):
            list(contents(store, PROFILES[kind]._replace(rows=10, lanes=1), [G.value], {}))


def added(rows, fake, text):
    """``rows``; after the last page of a graph somebody adds a triple to it."""
    if "OFFSET 20" in text or "COUNT" in text:
        fake.store.extend(quads(G, 31))
    return rows


@pytest.mark.parametrize("count", ["many", "9" * 5000, ""])
def test_a_count_that_is_none(count):
    """A store that answers with no number, or with one of thousands of digits, makes no sense, and is told so."""
    store = Store("http://x/", lambda text, *media: json_rows(count))

    with pytest.raises(RemoteError, match="breaks off or is none"):
        counts(store, PROFILES["virtuoso"], ["http://x/g"])


def test_an_empty_default_graph():
    """Where the default graph is empty, one look says so, and every graph is told as not seen there."""
    asked = []
    with storing("oxigraph") as fake:
        fake.store.extend([*quads(G, 1, 2, 3), *quads(H, 1, 2, 3)])
        store = to(fake)
        body = store.body
        store.body = lambda text, *media: asked.append(text) or body(text, *media)
        found = survey(store, PROFILES["oxigraph"], RELEASE)

    assert set(found.hidden) == {G.value, H.value}
    assert {line.rpartition(" ")[2] for line in found.default} <= {f"<http://x/{n}>" for n in (1, 2, 3)}
    assert found.default
    assert not any("NOT EXISTS" in text for text in asked)

"""From differences to requests: whatever a store holds, it then holds the release, and nobody else loses anything."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from ukjapan_graph.answering.engines import Embedded
from ukjapan_graph.loading import piecewise, receipts
from ukjapan_graph.loading.contents import Release, line
from ukjapan_graph.loading.messages import loading, unloading
from ukjapan_graph.loading.operations import REGISTER
from ukjapan_graph.loading.profiles import PROFILES, site
from ukjapan_graph.loading.receipts import GRAPH, Receipt
from ukjapan_graph.loading.survey import Survey, compare

P, FOREIGN = NamedNode("http://x/p"), NamedNode("http://x/foreign")
GRAPHS = [NamedNode(f"http://x/g{number}") for number in range(3)]
NUMBERS = st.frozensets(st.integers(0, 9))
CONTENT = st.tuples(NUMBERS, NUMBERS, NUMBERS)

ROWS = {
    "whole, own default graph": PROFILES["oxigraph"],
    "whole, own default graph, staged": PROFILES["oxigraph"]._replace(portion=300, uncut=300),
    "whole, own default graph, in portions": PROFILES["oxigraph"]._replace(portion=300),
    "whole, union": PROFILES["rdf4j"],
    "whole, union, staged": PROFILES["rdf4j"]._replace(portion=300),
    "piece by piece": PROFILES["virtuoso"]._replace(inline=3),
    "piece by piece in portions": PROFILES["virtuoso"]._replace(inline=8, portion=1200),
    "piece by piece, updates only": PROFILES["qlever"]._replace(inline=5),
}


def quad(number, graph):
    """The quad of a number."""
    return Quad(NamedNode(f"http://x/{number}"), P, NamedNode("http://x/o"), graph)


def release(content):
    """A release of three graphs with these numbers in them; a graph without numbers is not in it."""
    graphs = {g.value: frozenset(line(quad(n, g)) for n in ns) for g, ns in zip(GRAPHS, content, strict=True)}
    digest = hashlib.sha256(repr([sorted(numbers) for numbers in content]).encode()).hexdigest()
    return Release(digest, {name: lines for name, lines in graphs.items() if lines})


def receipt(of):
    """The receipt of a release."""
    return Receipt(of.hash, of.size, tuple(of.graphs))


def survey(store, row, wanted):
    """What a survey of ``store`` finds: it knows the graphs of an older release only where the store names them."""
    left, unfinished, words = receipts.left(Embedded(store))
    names = sorted({*wanted.graphs, *(left.graphs if left else ()), *unfinished})
    present = {n: set(map(line, store.quads_for_pattern(None, None, None, NamedNode(n)))) for n in names}
    graphs = tuple(compare(n, present[n], wanted.graphs.get(n, ())) for n in names)
    seen = {line(q) for q in store.quads_for_pattern(None, None, None, DefaultGraph())}
    hidden = {} if row.union else {n: present[n] - seen for n in wanted.graphs if present[n] - seen}
    sample = tuple(sorted(frozenset().union(*hidden.values())))[:2]
    return Survey(left, graphs, sample, tuple(hidden), unfinished, words)


def apply(store, message):
    """Do what a server does."""
    if message.media == "application/sparql-update":
        store.update(message.body.decode())
    elif message.media == "application/n-quads":
        store.load(message.body, format=RdfFormat.N_QUADS)
    else:
        store.load(
            message.body, format=RdfFormat.from_media_type(message.media), to_graph=NamedNode(message.graph)
        )


def plan(store, row, wanted):
    """All the messages."""
    found, left = survey(store, row, wanted), staged(store)
    return list(loading(site("http://h/x", row), found, wanted, receipt(wanted), left))


def staged(store):
    """The staging graphs that the store names."""
    return [q.object.value for q in store.quads_for_pattern(None, None, None, NamedNode(REGISTER))]


def load(store, row, wanted, times=1):
    """Send all the messages, none of which is empty; gives their number."""
    messages = plan(store, row, wanted)
    for message in messages:
        assert 0 < len(message.body) == len(message.made)
        for _ in range(times):
            apply(store, message)
    return len(messages)


def apply_all(store, messages):
    """Do what a server does with all of them."""
    for message in messages:
        apply(store, message)


def check(store, row, wanted):
    """The store holds the release, its receipt, what is not ours, and nothing else."""
    content = {n.value: set() for n in store.named_graphs()}
    for q in store:
        if q.graph_name != DefaultGraph():
            content[q.graph_name.value].add(line(q))
    foreign = content.pop(FOREIGN.value)
    assert foreign == {line(quad(99, FOREIGN))}
    assert content.pop(GRAPH) == receipt(wanted).triples()
    assert {name: lines for name, lines in content.items() if lines} == wanted.graphs
    default = {line(q) for q in store.quads_for_pattern(None, None, None, DefaultGraph())}
    assert default == {line(quad(98, None))} | (
        frozenset() if row.union else frozenset().union(*wanted.graphs.values())
    )


def spoil(store, wanted, content):
    """Somebody adds and takes away in our graphs; in the default graph nobody can tell theirs from ours."""
    for graph, numbers in zip(GRAPHS, content, strict=True):
        if graph.value in wanted.graphs:
            store.extend(quad(n, graph) for n in numbers)
            lost = quad(min(numbers, default=0), graph)
            if line(lost) in wanted.graphs[graph.value]:
                store.remove(lost)


@pytest.mark.parametrize("name", ROWS)
@given(old=CONTENT, new=CONTENT, spoilt=CONTENT, times=st.sampled_from([1, 2]))
@settings(max_examples=60, deadline=None)
def test_any_store_comes_to_hold_the_release(name, old, new, spoilt, times):
    """From an empty store to a release, to another, and after somebody wrote in it; each message once or twice."""
    row, store = ROWS[name], Store()
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])

    load(store, row, release(old), times)
    check(store, row, release(old))
    load(store, row, release(new), times)
    check(store, row, release(new))
    assert load(store, row, release(new)) == 0
    spoil(store, release(new), spoilt)
    load(store, row, release(new), times)
    check(store, row, release(new))


@pytest.mark.parametrize("name", ROWS)
@given(old=CONTENT, new=CONTENT, stop=st.integers(0, 8), spoilt=CONTENT)
@settings(max_examples=60, deadline=None)
def test_stopped_anywhere(name, old, new, stop, spoilt):
    """A load that stops after any message leaves the old release or the new one, and the next run completes it."""
    row, store = ROWS[name], Store()
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    load(store, row, release(old))
    for message in plan(store, row, release(new))[:stop]:
        apply(store, message)

    ours = (*GRAPHS, NamedNode(GRAPH))
    now = {g.value: {line(q) for q in store.quads_for_pattern(None, None, None, g)} for g in ours}
    assert any(
        now == {**{g.value: set() for g in ours}, **one.graphs, GRAPH: receipt(one).triples()}
        for one in (release(old), release(new))
    )

    # What was staged meets another state of the store.
    spoil(store, release(new), spoilt)
    load(store, row, release(new))
    check(store, row, release(new))


@pytest.mark.parametrize("name", ROWS)
@given(contents=st.tuples(CONTENT, CONTENT, CONTENT), stop=st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_another_release_after_a_load_that_was_stopped(name, contents, stop):
    """Whatever a load that was stopped left, the load of another release takes out; so does unloading."""
    row, old, stopped, wanted = ROWS[name], *map(release, contents)
    for first in (None, old):
        store = Store()
        store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
        if first:
            load(store, row, first)
        for message in plan(store, row, stopped)[:stop]:
            apply(store, message)
        copy = Store()
        copy.extend(store)

        load(store, row, wanted)
        check(store, row, wanted)

        known = [difference.graph for difference in survey(copy, row, wanted).graphs]
        for message in unloading(site("http://h/x", row), known, staged(copy), 0):
            apply(copy, message)
        assert set(copy) == {quad(99, FOREIGN), quad(98, DefaultGraph())}


@pytest.mark.parametrize("name", ROWS)
@given(contents=st.tuples(CONTENT, CONTENT, CONTENT, CONTENT), stops=st.tuples(*[st.integers(0, 9)] * 2))
@settings(max_examples=60, deadline=None)
def test_stopped_twice(name, contents, stops):
    """Nothing stays of two loads that were stopped one after the other, in the default graph neither."""
    row, old, *stopped, wanted = ROWS[name], *map(release, contents)
    for first in (None, old):
        store = Store()
        store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
        if first:
            load(store, row, first)
        for one, stop in zip(stopped, stops, strict=True):
            for message in plan(store, row, one)[:stop]:
                apply(store, message)
        load(store, row, wanted)
        check(store, row, wanted)


@pytest.mark.parametrize("name", ROWS)
@given(contents=st.tuples(CONTENT, CONTENT, CONTENT), order=st.lists(st.booleans(), max_size=40))
@settings(max_examples=60, deadline=None)
def test_two_releases_at_once(name, contents, order):
    """Whatever two loads at once come to, reading back shows it: in the end there is one release, and no more."""
    row, old, ours, theirs = ROWS[name], *map(release, contents)
    for first in (None, old):
        store = Store()
        store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
        if first:
            load(store, row, first)
        todo = [plan(store, row, ours), plan(store, row, theirs)]
        for turn in order:
            if todo[turn]:
                apply(store, todo[turn].pop(0))
        apply_all(store, todo[0] + todo[1])

        for _ in range(3):
            if not load(store, row, theirs):
                break
        check(store, row, theirs)


def test_a_receipt_is_never_there_with_half_a_release():
    """Where each operation stands alone, unloading takes the receipt first, and keeps on record what is still there."""
    row, store, wanted = ROWS["piece by piece"], Store(), release((range(3), range(3), range(3)))
    load(store, row, wanted)
    messages = list(unloading(site("http://h/x", row), list(wanted.graphs), (), 9))

    assert len(messages) > 2
    for message in messages[:-1]:
        apply(store, message)
        whole = all(any(store.quads_for_pattern(None, None, None, graph)) for graph in GRAPHS)
        left = receipts.left(Embedded(store))
        assert whole or left.receipt is None
        assert left.unfinished == tuple(wanted.graphs)
    apply(store, messages[-1])
    assert not list(store)


@pytest.mark.parametrize("name", ROWS)
def test_blank_nodes_are_taken_out(name):
    """A graph with blank nodes in it is emptied and filled again."""
    from pyoxigraph import BlankNode

    row, store, wanted = ROWS[name], Store(), release(((1, 2), (), ()))
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph()), Quad(BlankNode(), P, P, GRAPHS[0])])
    store.extend(
        quad(n, graph) for n in (1, 7) for graph in (GRAPHS[0], *([] if row.union else [DefaultGraph()]))
    )

    load(store, row, wanted)

    check(store, row, wanted)


@pytest.mark.parametrize("name", ROWS)
def test_unloading(name):
    """Unloading takes out our graphs, receipt, staging, and our triples in the default graph; and no more."""
    row, store, wanted = ROWS[name], Store(), release(((1, 2), (2, 3), ()))
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph()), quad(5, NamedNode("urn:staged"))])
    load(store, row, wanted)

    for message in unloading(site("http://h/x", row), list(wanted.graphs), ["urn:staged"], wanted.size):
        apply(store, message)

    assert set(store) == {quad(99, FOREIGN), quad(98, DefaultGraph())}


def test_staging_is_named_and_dropped():
    """What is too large for one request is staged in graphs that are on record, and all of them go again."""
    row, store, wanted = (
        ROWS["whole, own default graph, staged"],
        Store(),
        release((range(30), range(30), ())),
    )
    load(store, row, release(((), (), ())))  # an empty release, to be replaced
    messages = plan(store, row, wanted)

    for message in messages[:-1]:
        apply(store, message)
    named = {q.object for q in store.quads_for_pattern(None, None, None, NamedNode(REGISTER))}
    assert len(messages) > 10
    assert {NamedNode(REGISTER), NamedNode(GRAPH), *named} == set(store.named_graphs())

    apply(store, messages[-1])
    assert {g.value for g in store.named_graphs()} == {GRAPH, *wanted.graphs}


def test_first_load_in_portions():
    """A first load that is too large for one request goes by whole graphs, without staging, the receipt last."""
    row, store = ROWS["whole, own default graph"]._replace(portion=2500), Store()
    wanted = release((range(10), range(10), range(12)))
    messages = plan(store, row, wanted)
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])

    assert len(messages) >= 3
    for message in messages:
        assert not any(store.quads_for_pattern(None, None, None, NamedNode(GRAPH)))
        apply(store, message)
        for graph in GRAPHS:
            there = {line(q) for q in store.quads_for_pattern(None, None, None, graph)}
            assert there in (set(), wanted.graphs[graph.value])
    check(store, row, wanted)


def test_a_large_graph_goes_as_it_is():
    """Where quads are added as a whole, a graph larger than a portion takes one request, and nothing is staged."""
    row, store = PROFILES["oxigraph"]._replace(portion=3000, uncut=40_000), Store()
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    wanted = release((range(10), range(300), range(1000)))
    messages = plan(store, row, wanted)

    (large,) = [m for m in messages if m.media == "application/n-quads" and m.body.count(b"/g1> .") == 300]
    assert len(large.body) > row.portion
    staged = [m for m in messages if "stage" in m.about]
    assert staged  # the third graph, which is larger than both
    assert all(b"/g1>" not in m.body for m in staged)
    load(store, row, wanted)
    check(store, row, wanted)


def test_what_is_extra_is_staged_too():
    """Also what many triples are to be taken out of takes requests no larger than a portion, but for the last."""
    row, store = PROFILES["oxigraph"]._replace(portion=3000), Store()
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    load(store, row, release((range(200, 400), range(200, 400), ())))
    wanted = release((range(350, 351), (), range(400, 600)))
    messages = plan(store, row, wanted)

    assert len(messages) > 10
    assert all(len(m.body) <= row.portion for m in messages)
    apply_all(store, messages)
    check(store, row, wanted)


def test_what_a_stopped_load_staged_is_cleared_away():
    """The next load drops the staging graphs of another release that was stopped, even where nothing differs."""
    row, store, none = ROWS["whole, own default graph, staged"], Store(), release(((), (), ()))
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    stopped, wanted = release((range(30), (), ())), release(((1,), (), ()))
    load(store, row, none)
    for message in plan(store, row, stopped)[:-1]:
        apply(store, message)
    left = [
        q
        for q in store
        if q.graph_name != DefaultGraph() and q.graph_name.value in (REGISTER, *staged(store))
    ]
    assert len(left) > 30

    load(store, row, wanted)
    check(store, row, wanted)

    store.extend(left)
    load(store, row, wanted)
    check(store, row, wanted)


def test_few_changes_of_many_bytes():
    """However few changes there are, no request is larger than a portion."""
    row, store = PROFILES["virtuoso"]._replace(portion=20_000), Store()
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    for letter in "ab":
        long = {f'<http://x/{n}> <http://x/p> "{letter * 3000}"' for n in range(8)}
        wanted = Release(letter * 64, {GRAPHS[0].value: frozenset(long)})
        messages = plan(store, row, wanted)
        assert all(len(m.body) <= row.portion for m in messages)
        apply_all(store, messages)
        check(store, row, wanted)


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.union])
def test_noted_twice(name):
    """What a load noted before it was stopped is not added to what the next one notes."""
    row, store, wanted = ROWS[name], Store(), release((range(20), (), range(9)))
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    load(store, row, release((range(40), range(9), ())))
    found, left = survey(store, row, wanted), staged(store)
    earlier = receipt(wanted)._replace(time="2026-11-23T00:00:00Z")
    for message in list(loading(site("http://h/x", row), found, wanted, earlier, left))[:-2]:
        if "note" in message.about or "stag" in message.about:
            apply(store, message)

    load(store, row, wanted)
    check(store, row, wanted)


def test_requests_are_small():
    """No request is larger than a portion, and no update holds more triples than the store takes."""
    old, new = (release((range(n, 40 + n),) * 3) for n in (0, 20))
    for row in (ROWS["piece by piece in portions"], ROWS["piece by piece, updates only"]):
        store = Store()
        for wanted in (old, new):
            messages = plan(store, row, wanted)
            assert all(len(m.body) <= row.portion for m in messages if m.graph)
            assert all(m.body.count(b" .\n") <= row.inline for m in messages if not m.graph)
            apply_all(store, messages)


@pytest.mark.parametrize("name", ROWS)
def test_a_first_load_has_no_half_graphs(name):
    """A graph is there or not, however many requests it takes."""
    row, store, wanted = ROWS[name], Store(), release((range(40), range(3), range(60)))
    for message in plan(store, row, wanted):
        apply(store, message)
        for graph in GRAPHS:
            there = {line(q) for q in store.quads_for_pattern(None, None, None, graph)}
            assert there in (set(), wanted.graphs[graph.value])
    assert survey(store, row, wanted).agrees


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.union])
@given(old=CONTENT, new=CONTENT)
@settings(max_examples=60, deadline=None)
def test_noted_changes_are_out_of_sight(name, old, new):
    """Until changes are carried out, plain patterns find the old release, after that the new one."""
    row, store, seen = ROWS[name], Store(), []
    load(store, row, release(old))
    facts = {r: frozenset().union(*release(r).graphs.values()) for r in (old, new)}
    for message in plan(store, row, release(new)):
        apply(store, message)
        rows = store.query(f"SELECT ?s ?o {{ ?s <{P.value}> ?o }}", use_default_graph_as_union=True)
        seen.append({f"{s} {P} {o}" for s, o in rows})
    assert seen == sorted(seen, key=lambda found: found == facts[new])
    assert all(found in (facts[old], facts[new]) for found in seen)


@pytest.mark.parametrize("name", [name for name in ROWS if name.startswith("piece")])
def test_more_than_one_operation_takes(name, monkeypatch):
    """What is too much for one operation goes by whole graphs, and no receipt is there meanwhile."""
    monkeypatch.setattr(piecewise, "_AT_ONCE", 25)
    row, store = ROWS[name], Store()
    old, new = release((range(10), range(30), ())), release((range(5, 15), range(40, 80), range(3)))
    store.extend([quad(99, FOREIGN), quad(98, DefaultGraph())])
    load(store, row, old)
    for message in plan(store, row, new):
        apply(store, message)
        now = [frozenset(map(line, store.quads_for_pattern(None, None, None, graph))) for graph in GRAPHS]
        for graph, there in zip(GRAPHS, now, strict=True):
            assert there in [one.graphs.get(graph.value, frozenset()) for one in (old, new)]
        left = receipts.left(Embedded(store)).receipt
        if left:
            whole = old if left.hash == old.hash else new
            assert dict(zip((g.value for g in GRAPHS), now, strict=True)) == {
                **{g.value: frozenset() for g in GRAPHS},
                **whole.graphs,
            }
    check(store, row, new)

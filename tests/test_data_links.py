"""Mapping sets as quads, and the identity file."""

from pyoxigraph import Literal, NamedNode, Quad

from release import rows, short, store
from small_links import ENTITIES, FIRST, PARADE, REGATTA, REJECTED, text, write
from small_project import make, put
from ukjapan_graph import resources
from ukjapan_graph.data import build, links, sources, sssom
from ukjapan_graph.namespaces import expand

PATH = "graph/links/wikidata.sssom.tsv"


def quads(*given):
    """What the set of the rows ``given`` becomes, in short names."""
    read, findings = sssom.parse(text(*given).encode(), PATH)
    assert findings == []
    made = links.quads([read])
    assert {quad.graph_name for quad in made} == {links.LINKS}
    return {(short(q.subject), short(q.predicate), short(q.object)) for q in made}


def test_an_accepted_mapping_is_a_link_and_a_node():
    """The link is a plain triple; the node says who made it, why and how surely, in the terms of SSSOM."""
    node = "mapping:wikidata-event-regatta-Q4"
    assert quads(REGATTA) == {
        ("event:regatta", "skos:exactMatch", "wd:Q4"),
        (node, "rdf:type", "ukj:Mapping"),
        (node, "owl:annotatedSource", "event:regatta"),
        (node, "owl:annotatedProperty", "skos:exactMatch"),
        (node, "owl:annotatedTarget", "wd:Q4"),
        (node, "sssom:mapping_justification", "semapv:LexicalMatching"),
        (node, "sssom:object_label", "regatta"),
        (node, "sssom:object_source", "dataset:wikidata"),
        (node, "sssom:confidence", "0.9"),
        (node, "pav:authoredBy", "<https://w3id.org/ukjapan/project>"),
        (node, "ukj:authorType", "prov:Person"),
        (node, "dcterms:created", "2004-02-03"),
        (node, "rdfs:comment", "The names agree."),
    }


def test_a_rejected_mapping_is_a_node_only():
    """What does not hold is no triple, and no node of a class whose annotated triple OWL tools would assert."""
    made = quads(REJECTED)
    node = "mapping:wikidata-event-regatta-Q5"
    assert {s for s, _, _ in made} == {node}
    assert (node, "sssom:predicate_modifier", "sssom:NegatedPredicate") in made
    assert (node, "rdf:type", "owl:Axiom") not in made


def test_literals_are_canonical():
    """A whole number is a decimal with a point, the reason is English."""
    read, _ = sssom.parse(text(PARADE | {"confidence": "1"}).encode(), PATH)
    made = {quad.predicate.value: quad.object for quad in links.quads([read])}
    assert made[expand("sssom:confidence")] == Literal("1.0", datatype=NamedNode(expand("xsd:decimal")))
    assert made[expand("rdfs:comment")] == Literal("The names agree.", language="en")


def test_names_of_nodes():
    """What a name cannot hold becomes a hyphen; a slash at the end goes."""
    read, _ = sssom.parse(
        text(*(PARADE | {"object_id": f"wd:{x}"} for x in ("1861060/", "A_(b)"))).encode(), PATH
    )
    assert [links.node_of(read, row).rpartition("/")[2] for row in read.rows] == [
        "wikidata-event-parade-1861060",
        "wikidata-event-parade-A_-b",
    ]


def test_candidates_are_in_no_graph(tmp_path):
    """A candidate is judged but said nowhere."""
    root = make(tmp_path)
    put(root, "graph/entities/events.ttl", ENTITIES)
    write(root, PARADE, REJECTED)
    before = sources.read_all(root)
    write(root, REGATTA, candidates=True)
    assert sources.read_all(root) == before
    assert before[1] == []
    assert sources.Locator(root).find("mapping:wikidata-event-parade-Q3") == (PATH, FIRST)
    assert sources.locate("mapping:wikidata-event-regatta-Q4", root) is None


def test_identity_is_of_things_alone():
    """owl:sameAs is said where an exact match joins a thing of certain kinds to a graph of things."""

    def link(subject, match, target, graph="links"):
        return Quad(
            *(NamedNode(expand(x)) for x in (subject, f"skos:{match}Match", target, f"graph:{graph}"))
        )

    made = links.same_as(
        [
            link("state:japan", "exact", "wd:Q17"),
            link("state:japan", "exact", "eurovoc:1524"),
            link("state:japan", "close", "wd:Q1"),
            link("topic:disarmament", "exact", "wd:Q331662"),
            link("person:ada", "exact", "wd:Q2", "entities"),
        ]
    )
    assert made == (
        b"<https://w3id.org/ukjapan/id/state/japan> <http://www.w3.org/2002/07/owl#sameAs> "
        b"<http://www.wikidata.org/entity/Q17> .\n"
    )


def test_the_identity_file_is_made_and_checked(tmp_path):
    """The build writes it beside the release, finds it stale or missing, and makes none where there is nothing."""
    root = make(tmp_path)
    path = root / links.SAME_AS
    build.write_release(root)
    assert not path.exists()
    put(root, "graph/entities/states.ttl", 'state:eastport a ukj:State ; skos:prefLabel "Eastport"@en .')
    write(root, REGATTA | {"subject_id": "state:eastport", "subject_label": "Eastport"})
    content = root / "graph/links/wikidata.sssom.tsv"
    content.write_text(
        content.read_text(encoding="utf-8").replace(
            "#  ukj:", "#  state: https://w3id.org/ukjapan/id/state/\n#  ukj:"
        ),
        encoding="utf-8",
    )
    built = build.write_release(root)
    assert path.read_bytes().count(b"sameAs") == 1
    assert b"sameAs" not in built
    assert build.is_fresh(root)
    path.write_bytes(b"")
    (finding,) = build.stale(root, built)
    assert (finding.path, finding.line, finding.check) == (links.SAME_AS, 1, "release-fresh")
    path.unlink()
    (finding,) = build.stale(root, built)
    assert "is not there; run: ukjapan build" in finding.message


def test_the_release_holds_the_links_and_no_identity():
    """Every accepted mapping of the release has its triple, every rejected one has none, and none is owl:sameAs."""
    nodes = rows(
        "SELECT ?s ?p ?o (BOUND(?not) AS ?rejected) { GRAPH graph:links { ?m owl:annotatedSource ?s ; "
        "owl:annotatedProperty ?p ; owl:annotatedTarget ?o } OPTIONAL { ?m sssom:predicate_modifier ?not } }"
    )
    assert len(nodes) > 300
    there = {quad.triple for quad in store().quads_for_pattern(None, None, None, links.LINKS)}
    for subject, predicate, target, rejected in nodes:
        assert any((t.subject, t.predicate, t.object) == (subject, predicate, target) for t in there) == (
            rejected.value == "false"
        )
    assert rows("SELECT ?s { ?s owl:sameAs ?o }") == []
    same = (resources.root() / links.SAME_AS).read_text(encoding="utf-8")
    assert (
        "/person/liz-truss> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q272201>"
        in same
    )


def test_nobody_becomes_a_concept():
    """No person, state, place, organisation or office is a skos:Concept by anything in the release."""
    found = rows("SELECT DISTINCT ?s { ?s a skos:Concept }")
    assert {row[0].value.split("/")[-2] for row in found} & set(links.IDENTIFIED) == set()

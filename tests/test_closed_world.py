"""Names that nobody defined, terms that nobody explains or uses."""

import pytest

from judged_project import TERMS, change, make, term
from small_project import FIRST_LINE, put
from ukjapan_graph.data import build
from ukjapan_graph.data.sources import formatted_files
from ukjapan_graph.judging import closed_world
from ukjapan_graph.judging.closed_world import Use
from ukjapan_graph.namespaces import expand


@pytest.fixture
def root(tmp_path):
    """A small project without faults."""
    return make(tmp_path)


def undefined(root):
    """File, line and name of each finding about a name."""
    quads = build.assemble(root)[0]
    uses = [
        *closed_world.uses_in_rdf(root, formatted_files(root)),
        *closed_world.uses_in_queries(root),
    ]
    found = closed_world.undefined(uses, closed_world.defined(root, quads))
    assert {finding.check for finding in found} <= {"terms:defined"}
    return [finding[:3] for finding in found]


def test_everything_is_defined(root):
    """In a project without faults every name is known: terms, things, graphs, shapes, queries."""
    assert undefined(root) == []


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("graph/entities/more.ttl", "\nevent:green a ukj:Raft .", ["ukj:Raft"]),
        ("graph/entities/more.ttl", "\nevent:green ukj:carries event:blue .", ["event:green"]),
        ("graph/entities/more.ttl", "\nevent:blue ukj:caries 1 .", ["ukj:caries"]),
        ("graph/entities/more.ttl", "\nevent:blue skos:preflabel 1 .", ["skos:preflabel"]),
        ("graph/entities/more.ttl", '\nevent:blue ukj:start "1"^^xsd:int3 .', ["xsd:int3"]),
        (
            "graph/entities/more.ttl", "\nevent:blue a <https://w3id.org/ukjapan/boat> .",
            ["<https://w3id.org/ukjapan/boat>"],
        ),
        (
            "ontology/shapes/more.ttl", "\nshape:Raft a sh:NodeShap ; sh:property shape:Raft-oar .",
            ["sh:NodeShap", "shape:Raft-oar"],
        ),
        (
            "ontology/alignments/more.ttl", "\nukj:Boat rdfs:subClassOf <http://www.w3.org/ns/org#Bote> .",
            ["<http://www.w3.org/ns/org#Bote>"],
        ),
    ],
)  # fmt: skip
def test_a_name_that_is_not_defined(root, name, body, expected):
    """A name of ours, or of a known vocabulary, that nobody defines is found where it stands."""
    put(root, name, body)
    assert sorted(undefined(root)) == [(name, FIRST_LINE + 1, focus) for focus in expected]


def test_versions_are_names_that_the_ontology_gives(root):
    """The IRIs of this version and of the one before are defined by being given; any other is not."""
    iri = "https://w3id.org/ukjapan/ns"
    versions = (
        f"<{iri}> owl:versionIRI <{iri}/2> ; owl:priorVersion <{iri}/1> ; owl:incompatibleWith <{iri}/0> ."
    )
    put(root, "ontology/more.ttl", versions)
    assert undefined(root) == [("ontology/more.ttl", FIRST_LINE, f"<{iri}/0>")]


def test_names_of_others_are_left_alone(root):
    """What lies in no known vocabulary is nobody's business here."""
    put(root, "graph/entities/more.ttl", "event:blue rdfs:seeAlso <https://example.org/blue> .")
    assert undefined(root) == []


def test_names_in_queries_checks_and_rules(root):
    """Queries, checks and rules may use only what is defined; namespaces alone are no names."""
    change(root, "queries/carried.rq", "ukj:carries", "ukj:caries")
    change(root, "queries/checks/self-carrying.rq", "?focus = ?value", "STRSTARTS(STR(ukj:), skos:labl)")
    change(
        root,
        "ontology/rules/subclass.rq",
        "rdfs:subClassOf ?class",
        "<http://www.w3.org/2002/07/owl#thing> ?class",
    )
    (root / "queries/broken.rq").write_text('SELECT "', encoding="utf-8")
    uses = closed_world.uses_in_queries(root)
    quads = build.assemble(root)[0]
    found = closed_world.undefined(uses, closed_world.defined(root, quads))
    assert [finding[:3] for finding in found] == [
        ("ontology/rules/subclass.rq", 2, "owl:thing"),
        ("queries/carried.rq", 9, "ukj:caries"),
        ("queries/checks/self-carrying.rq", 9, "skos:labl"),
    ]  # fmt: skip


def test_a_name_is_reported_once_a_file():
    """Of several uses in one file the first is reported."""
    iri = expand("event:green")
    uses = [Use(iri, "a.ttl", 3), Use(iri, "a.ttl", 9), Use(iri, "b.ttl", 5)]
    assert [finding[:2] for finding in closed_world.undefined(uses, set())] == [("a.ttl", 3), ("b.ttl", 5)]


def test_a_type_that_only_follows_defines_nothing(root):
    """A thing of which no file gives a class is not defined, even where the build entails one."""
    put(root, "graph/entities/more.ttl", "event:green ukj:carries event:blue .")
    path = root / "ontology/rules/carriers.rq"
    text = "CONSTRUCT { ?a a ukj:Boat } WHERE { ?a ukj:carries ?b }\n"
    path.write_text(f"PREFIX ukj: <https://w3id.org/ukjapan/ns#>\n{text}", encoding="utf-8")
    assert [focus for _, _, focus in undefined(root)] == ["event:green"]


def unexplained(root):
    """Name, rule and value of each finding about a term."""
    found = closed_world.unexplained(build.assemble(root)[0])
    return [(finding.focus, finding.check, finding.value) for finding in found]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('rdfs:label "boat"@en ; ', "", "label"),
        ('"boat"@en', '"boat"', "label"),
        ('"boat"@en', '"boat"@en , "ship"@en', "label"),
        ('skos:definition "What is called a boat."@en ;', "", "definition"),
        ('"What is called a boat."@en', '"What floats."@en , "What sinks."@en', "definition"),
        ("dcterms:source passage:log.S1 ; ", "", "source"),
        ("rdfs:isDefinedBy <https://w3id.org/ukjapan/ns>", "rdfs:isDefinedBy passage:log.S1", "defined-by"),
    ],
)
def test_a_term_that_lacks_something(root, old, new, rule):
    """A term has one English label and definition, a source, and the ontology that defines it."""
    assert unexplained(root) == []
    boat = term("ukj:Boat", "Class", "boat")
    change(root, "ontology/terms.ttl", boat, boat.replace(old, new))
    assert unexplained(root) == [("ukj:Boat", f"terms:{rule}", "")]


def test_labels_of_terms_differ(root):
    """Two classes, or two properties, may not share a label; a class and a property may."""
    change(root, "ontology/terms.ttl", '"ferry"@en', '"Carries"@en')
    assert unexplained(root) == []
    change(root, "ontology/terms.ttl", '"Carries"@en', '"Boat"@en')
    assert unexplained(root) == [("ukj:Boat", "terms:label", "boat"), ("ukj:Ferry", "terms:label", "boat")]


def test_terms_that_are_not_used(root):
    """A term that occurs in the ontology alone is found; a datum, a class above, or a query is a use."""
    quads = build.assemble(root)[0]
    assert closed_world.unused(quads, []) == []
    put(root, "ontology/more.ttl", term("ukj:sinks", "DatatypeProperty", "sinks"))
    quads = build.assemble(root)[0]
    assert [f[2:4] for f in closed_world.unused(quads, [])] == [("ukj:sinks", "terms:used")]
    assert closed_world.unused(quads, [Use(expand("ukj:sinks"), "queries/a.rq", 1)]) == []


def test_terms_are_classes_and_properties_of_ours(root):
    """Terms of others that the ontology declares are not ours to explain."""
    put(root, "ontology/more.ttl", "skos:prefLabel a owl:AnnotationProperty .")
    ontology = [q for q in build.assemble(root)[0] if q.graph_name.value == expand("graph:ontology")]
    found = closed_world.terms(ontology)
    assert len(found) == TERMS.count("isDefinedBy")
    assert found[expand("ukj:carries")] == "ObjectProperty"

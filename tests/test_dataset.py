"""The dataset described: every count is counted again, by other means, from the release."""

from __future__ import annotations

import re
from functools import cache

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from rdflib import DCAT, DCTERMS, FOAF, VOID

from commands import ukjapan
from release import rows, short, store
from small_project import HEADER, make, put
from ukjapan_graph import resources
from ukjapan_graph.data import build, canonical, dataset
from ukjapan_graph.data.entailment import entail
from ukjapan_graph.data.rules import read_rules
from ukjapan_graph.formats import GRAPH_FORMATS
from ukjapan_graph.namespaces import PREFIXES, expand, sparql_prologue

SMALL = """
graph:dataset { dataset:ukjapan-graph a void:Dataset ; void:uriSpace "https://w3id.org/ukjapan/id/" ;
  dcterms:license <https://example.org/licence> . }
graph:ontology {
  <https://w3id.org/ukjapan/ns> a owl:Ontology ; owl:versionInfo "0.0.1" ;
    owl:versionIRI <https://w3id.org/ukjapan/ns/0.0.1> .
  ukj:carries a owl:ObjectProperty .
}
graph:documents { document:log a ukj:Document . }
passage:log.S1 { event:blue a ukj:Boat ; ukj:carries event:red . }
passage:log.S2 { event:blue ukj:carries event:red , event:green . event:red a ukj:Boat . }
reading:log.S2 { event:green a ukj:Boat . }
"""


def small(text=SMALL):
    """What the build adds to a small dataset, as prefixed names and values."""
    quads = list(parse((HEADER + text).encode(), format=RdfFormat.TRIG))
    return {(short(q.subject), short(q.predicate), short(q.object)) for q in dataset.counted(quads)}


def test_a_small_dataset_is_counted():
    """Counts are of the merge, in which a triple of two graphs counts once; graphs of passages go together."""
    made = small()
    whole = {(p, o) for s, p, o in made if s == "dataset:ukjapan-graph"}
    assert {(p, o) for p, o in whole if o.isdigit()} == {
        ("void:triples", "10"), ("void:distinctSubjects", "6"), ("void:distinctObjects", "8"),
        ("void:entities", "4"), ("void:properties", "4"), ("void:classes", "4"),
    }  # fmt: skip
    assert {("dcat:version", "0.0.1"), ("dcterms:source", "document:log")} < whole
    assert {o for p, o in whole if p == "void:subset"} == {
        "dataset:graph-ontology", "dataset:graph-documents", "dataset:passages", "dataset:readings",
    }  # fmt: skip
    assert {(o) for s, p, o in made if (s, p) == ("dataset:passages", "void:triples")} == {"4"}
    (about,) = [o for s, p, o in made if (s, p) == ("dataset:passages", "dcterms:description")]
    assert about == (
        "The merge of 2 named graphs, one for each of the passages that state something; "
        "together they hold 5 quads."
    )
    assert {
        ("dataset:property-carries", "void:triples", "2"),
        ("dataset:class-Boat", "void:entities", "3"),
    } < made


def test_what_is_not_described_is_not_counted():
    """Without a description of the dataset the build adds nothing."""
    assert (
        small(SMALL.replace("dataset:ukjapan-graph a void:Dataset", "dataset:other a void:Dataset")) == set()
    )


def test_a_count_does_not_count_itself():
    """Counts stay the same when they are counted again together with what was made before."""
    quads = list(parse((HEADER + SMALL).encode(), format=RdfFormat.TRIG))
    made = dataset.counted(quads)
    assert set(dataset.counted([*quads, *made])) == set(made)


@cache
def counted_store() -> Store:
    """The release without its description."""
    rest = Store()
    rest.extend(quad for quad in store() if quad.graph_name != dataset.GRAPH)
    return rest


def count(what: str, where: str) -> int:
    """How many distinct ``what`` match ``where``, by SPARQL over the union of the graphs counted."""
    query = f"{sparql_prologue()} SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT {what} {{ {where} }} }}"
    return int(next(iter(counted_store().query(query, use_default_graph_as_union=True)))[0].value)


def lines() -> list[tuple[str, str, str]]:
    """The triples of the graphs counted, as the release file spells them, each once.

    Stores are not asked: Oxigraph takes two integers of one value and different types for one term.
    """
    text = resources.release_file().read_text(encoding="utf-8")
    split = (re.fullmatch(r"(<[^>]*>) (<[^>]*>) (.*) (<[^>]*>) [.]", line) for line in text.splitlines())
    return sorted({match.groups()[:3] for match in split if match[4] != str(dataset.GRAPH)})


def test_the_whole_counted_again():
    """Each count of the whole is that of the release file's lines, the description left out."""
    found = lines()
    space = "<https://w3id.org/ukjapan/id/"
    expected = {
        "triples": len(found),
        "distinctSubjects": len({s for s, _, _ in found}),
        "distinctObjects": len({o for _, _, o in found}),
        "properties": len({p for _, p, _ in found}),
        "classes": len({o for _, p, o in found if p.endswith("#type>")}),
        "entities": len({s for s, _, _ in found if s.startswith(space)}),
    }
    said = rows("SELECT ?p ?n { dataset:ukjapan-graph ?p ?n FILTER(isNumeric(?n)) }")
    assert {short(p).removeprefix("void:"): int(n.value) for p, n in said} == expected


def test_graphs_counted_again():
    """Each named graph that is no passage or reading has its quads; no graph is left out but this one."""
    said = rows("SELECT ?g ?n { dataset:ukjapan-graph sd:namedGraph ?x . ?x sd:name ?g ; void:triples ?n }")
    graphs = {
        g.value: len(list(counted_store().quads_for_pattern(None, None, None, g)))
        for g in counted_store().named_graphs()
    }
    kinds = ("/passage/", "/reading/")
    assert {row[0].value: int(row[1].value) for row in said} == {
        iri: number for iri, number in graphs.items() if not any(kind in iri for kind in kinds)
    }
    for kind in kinds:
        family = f"dataset:{kind.strip('/')}s"
        ((number, about),) = rows(f"SELECT ?n ?d {{ {family} void:triples ?n ; dcterms:description ?d }}")
        members = [iri for iri in graphs if kind in iri]
        where = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(CONTAINS(STR(?g), "{kind}"))'
        assert int(number.value) == count("?s ?p ?o", where)
        assert list(map(int, re.findall(r"\d+", about.value))) == [
            len(members),
            sum(graphs[m] for m in members),
        ]


@pytest.mark.parametrize(
    ("link", "term", "counted", "pattern", "counted_in"),
    [
        ("classPartition", "class", "entities", "?s a {}", "?s"),
        ("propertyPartition", "property", "triples", "?s {} ?o", "?s ?o"),
    ],
)
def test_partitions_counted_again(link, term, counted, pattern, counted_in):
    """Each class and property of the ontology that is used has one partition, with its true count."""
    found = rows(
        f"SELECT ?t ?n {{ dataset:ukjapan-graph void:{link} ?x . ?x void:{term} ?t ; void:{counted} ?n }}"
    )
    used = rows(f"SELECT DISTINCT ?t {{ {pattern.format('?t')} FILTER(STRSTARTS(STR(?t), STR(ukj:))) }}")
    assert sorted(row[0].value for row in found) == sorted(row[0].value for row in used) != []
    for name, number in found:
        assert int(number.value) == count(counted_in, pattern.format(short(name)))


def test_the_description_is_that_of_the_ontology():
    """Licence, creator, publisher, sources and version are those that the ontology gives."""
    for there, here in (
        ("dcterms:license", "dcterms:license"), ("dcterms:creator", "dcterms:creator"),
        ("dcterms:publisher", "dcterms:publisher"), ("dcterms:source", "dcterms:source"),
        ("owl:versionInfo", "dcat:version"), ("owl:versionIRI", "dcterms:conformsTo"),
    ):  # fmt: skip
        given = rows(f"SELECT ?v {{ <https://w3id.org/ukjapan/ns> {there} ?v }} ORDER BY ?v")
        assert given
        assert rows(f"SELECT ?v {{ dataset:ukjapan-graph {here} ?v }} ORDER BY ?v") == given


def test_vocabularies_and_files():
    """Each namespace in use is a vocabulary of the dataset, each format that export writes a file of it."""
    used = {
        row[0].value.rpartition("#")[0] or row[0].value.rpartition("/")[0]
        for row in rows("SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } FILTER(?g != graph:dataset) }")
    }
    said = {
        row[0].value.rstrip("#/") for row in rows("SELECT ?v { dataset:ukjapan-graph void:vocabulary ?v }")
    }
    assert used <= said
    files = rows(
        "SELECT ?f ?m { dataset:ukjapan-graph dcat:distribution ?f ; void:dataDump ?f . ?f dcat:mediaType ?m }"
    )
    assert {
        (row[0].value.rpartition("ukjapan-graph")[2], row[1].value.partition("media-types/")[2])
        for row in files
    } == {(form.suffix, form.media_type) for form in GRAPH_FORMATS.values()}
    assert len(rows("SELECT ?f { dataset:ukjapan-graph void:feature ?f }")) == len(GRAPH_FORMATS)


def test_its_terms_exist():
    """Every term of VoID, DCAT, Dublin Core and FOAF in the description is one of theirs."""
    vocabularies = {str(v): v for v in (VOID, DCAT, DCTERMS, FOAF)}
    later = {PREFIXES["dcat"] + "version"}  # new in DCAT 3; rdflib knows DCAT 2
    terms = {row[0].value for row in rows("SELECT DISTINCT ?p { GRAPH graph:dataset { ?s ?p ?o } }")}
    terms |= {row[0].value for row in rows("SELECT DISTINCT ?c { GRAPH graph:dataset { ?s a ?c } }")}
    for term in terms - later:
        space = term[: max(term.rfind("/"), term.rfind("#")) + 1]
        assert space not in vocabularies or term in vocabularies[space], term
    assert expand("void:triples") in terms


def test_a_change_of_the_data_makes_the_description_stale(tmp_path):
    """The counts are part of the release: where the data grows, the release file is no longer fresh."""
    root = make(tmp_path)
    put(root, "graph/dataset.ttl", "dataset:ukjapan-graph a void:Dataset .")
    before = build.write_release(root).decode()
    assert f"<{dataset.DATASET.value}> <{expand('void:triples')}>" in before
    assert build.is_fresh(root)
    put(root, "graph/entities/more.ttl", "event:fair a ukj:Event .")
    assert not build.is_fresh(root)
    changed = set(build.write_release(root).decode().splitlines()) - set(before.splitlines())
    assert any(expand("void:triples") in line and dataset.DATASET.value in line for line in changed)


def test_it_can_be_exported():
    """``ukjapan export --graph dataset`` writes the description alone."""
    ran = ukjapan("export", "--graph", "dataset", "--format", "nquads")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(list(store().quads_for_pattern(None, None, None, dataset.GRAPH)))


def test_nothing_follows_from_it():
    """The description is no premise: with it or without it the same is entailed."""
    quads = [
        q for q in canonical.parse(resources.release_file()) if q.graph_name.value != expand("graph:entailed")
    ]
    rules = read_rules(resources.root())
    without = [quad for quad in quads if quad.graph_name != dataset.GRAPH]
    assert entail(quads, rules) == entail(without, rules)


def test_it_stays_small():
    """It costs ``ukjapan ask``, which reads the release, a few hundred quads."""
    assert len(list(store().quads_for_pattern(None, None, None, dataset.GRAPH))) < 1000
    assert NamedNode(PREFIXES["graph"] + "dataset") == dataset.GRAPH

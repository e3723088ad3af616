"""The report in the words of SHACL."""

import rdflib
from pyoxigraph import Literal
from rdflib import RDF, SH

from ukjapan_graph.findings import Finding
from ukjapan_graph.judging.shacl_report import REPORT, turtle
from ukjapan_graph.judging.verdicts import Breach, Report, found, from_finding, report
from ukjapan_graph.namespaces import PREFIXES, expand

SHAPE = found(
    Breach(
        expand("event:blue"), expand("ukj:carries"), Literal("mail"), "shape:Boat-carries", "carry boats",
        "warning", PREFIXES["sh"] + "ClassConstraintComponent",
    ),
    ("graph/entities/boats.ttl", 3),
)  # fmt: skip
CHECK = found(
    Breach(expand("event:red"), "", None, "check:self-carrying", "no boat carries itself"), ("a.ttl", 1)
)
FILE = from_finding(Finding("queries/what is.rq", 2, "what is", "query:shape", "no LIMIT"))


def graph(*verdicts, unjudged=()):
    """The report as an rdflib graph."""
    text = turtle(report(list(verdicts))._replace(unjudged=unjudged))
    return rdflib.Graph().parse(data=text, format="turtle")


def result(data):
    """The only result in a report, as a mapping from local name to text."""
    (node,) = data.objects(rdflib.URIRef(REPORT), SH.result)
    return {str(p).rpartition("#")[2]: str(o) for p, o in data.predicate_objects(node)}


def test_a_report_without_findings_conforms():
    """Nothing found is a report that conforms; parts left out are not."""
    data = graph()
    assert (rdflib.URIRef(REPORT), RDF.type, SH.ValidationReport) in data
    assert data.value(rdflib.URIRef(REPORT), SH.conforms).toPython() is True
    assert graph(unjudged=("shapes",)).value(rdflib.URIRef(REPORT), SH.conforms).toPython() is False


def test_a_result_of_a_shape():
    """A breach of a shape has all that SHACL gives it: node, path, value, severity, shape, component."""
    assert result(graph(SHAPE)) == {
        "focusNode": expand("event:blue"),
        "resultMessage": "carry boats",
        "resultPath": expand("ukj:carries"),
        "resultSeverity": str(SH.Warning),
        "sourceConstraintComponent": str(SH.ClassConstraintComponent),
        "sourceShape": expand("shape:Boat-carries"),
        "type": str(SH.ValidationResult),
        "value": "mail",
    }


def test_a_result_of_a_check_and_of_a_file():
    """A row of a check and a finding about a file are results too, with IRIs for check and file."""
    base = "https://w3id.org/ukjapan/"
    assert result(graph(CHECK))["sourceShape"] == base + "check/self-carrying"
    assert result(graph(FILE))["focusNode"] == base + "queries/what%20is.rq"
    assert result(graph(FILE))["sourceShape"] == base + "check/query%3Ashape"


def test_there_are_no_blank_nodes_and_the_text_is_always_the_same():
    """Results are named by their place in the report, so that the text depends on the findings alone."""
    texts = {turtle(report(order)) for order in ([SHAPE, CHECK, FILE], [FILE, CHECK, SHAPE])}
    assert len(texts) == 1
    data = rdflib.Graph().parse(data=texts.pop(), format="turtle")
    assert [node for triple in data for node in triple if isinstance(node, rdflib.BNode)] == []
    assert {str(node) for node in data.subjects(RDF.type, SH.ValidationResult)} == {
        f"{REPORT}/{number}" for number in (1, 2, 3)
    }


def test_a_report_satisfies_the_shapes_of_shacl():
    """The report has what SHACL section 3.6 asks of every result."""
    data = graph(SHAPE, CHECK, FILE)
    for node in data.subjects(RDF.type, SH.ValidationResult):
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(data.objects(node, needed))) == 1


def test_an_empty_report_is_turtle():
    """A report of nothing is a document all the same."""
    assert "sh:conforms true" in turtle(Report(()))

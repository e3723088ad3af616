"""The shapes, each constraint by cases in ``tests/shapes/<Shape>/``: the file name is the verdict.

``valid.<why>.ttl`` must satisfy its node shape. ``invalid.<why>.ttl`` must not, and what is found must be
what ``invalid.<why>.findings.txt`` beside it holds. A new case is a new file; after a change on purpose:

    python -m tests.test_shapes --approve
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, RDFS, SH

from ukjapan_graph import resources
from ukjapan_graph.data import canonical
from ukjapan_graph.data.turtle import RDF_TYPE, Writer
from ukjapan_graph.errors import SourceError, UkjapanError
from ukjapan_graph.judging import shapes
from ukjapan_graph.namespaces import PREFIXES, expand, shorten

CASES = Path(__file__).parent / "shapes"
#: Parameters of the constraint components of SHACL Core that the shapes use.
PARAMETERS = {
    "class": "Class",
    "datatype": "Datatype",
    "hasValue": "HasValue",
    "languageIn": "LanguageIn",
    "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals",
    "maxCount": "MaxCount",
    "maxInclusive": "MaxInclusive",
    "minCount": "MinCount",
    "minInclusive": "MinInclusive",
    "node": "Node",
    "or": "Or",
    "pattern": "Pattern",
    "qualifiedMinCount": "QualifiedMinCount",
    "uniqueLang": "UniqueLang",
}
#: What else a shape may say.
BESIDE = {"message", "path", "property", "qualifiedValueShape", "severity", "targetClass", "targetSubjectsOf"}


@cache
def all_shapes() -> rdflib.Graph:
    """The shapes of the project, parsed once."""
    return shapes.read_shapes(resources.root())


@cache
def broader_classes() -> dict[NamedNode, set[NamedNode]]:
    """Each class of the ontology with all classes above it."""
    above: dict[NamedNode, set[NamedNode]] = {}
    for path in sorted((resources.root() / "ontology").glob("*.ttl")):
        for quad in canonical.parse(path):
            if quad.predicate.value == PREFIXES["rdfs"] + "subClassOf":
                above.setdefault(quad.subject, set()).add(quad.object)

    def climb(node: NamedNode) -> set[NamedNode]:
        return {node}.union(*(climb(broader) for broader in above.get(node, ())))

    return {node: climb(node) for node in above}


@cache
def only(name: str) -> rdflib.Graph:
    """The node shape called ``name`` with all that it refers to."""
    whole, part = all_shapes(), rdflib.Graph(bind_namespaces="none")
    waiting, seen = [rdflib.URIRef(PREFIXES["shape"] + name)], set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in whole.triples((node, None, None)):
            part.add(triple)
            waiting.append(triple[2])
    return part


def judged(path: Path) -> list[tuple[str, str, str, str, str]]:
    """What the node shape of the folder finds in the case ``path``: focus, shape, constraint, value, message.

    As in the build, things of a class are of each broader class too.
    """
    quads = canonical.parse(path)
    typed = [quad for quad in quads if quad.predicate.value == RDF_TYPE]
    closed = [
        Quad(quad.subject, quad.predicate, broader)
        for quad in typed
        for broader in broader_classes().get(quad.object, ())
    ]
    breaches = shapes.breaches(shapes.as_graph([*quads, *closed]), only(path.parent.name))
    return sorted(
        (
            shorten(b.focus),
            b.judge,
            b.component.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent"),
            "" if b.value is None else Writer().term(b.value),
            b.message,
        )
        for b in breaches
    )


def cases(kind: str) -> list[Path]:
    """The case files whose verdict is ``kind``, sorted."""
    return sorted(CASES.glob(f"*/{kind}.*.ttl"))


def approved(path: Path) -> Path:
    """The file of approved findings beside the invalid case ``path``."""
    return path.with_suffix(".findings.txt")


def as_text(found: list[tuple[str, ...]]) -> str:
    """Findings as they are approved: a line each."""
    return "".join(" | ".join(parts) + "\n" for parts in found)


def name_of(path: Path) -> str:
    """A case as it is called in test reports."""
    return f"{path.parent.name}/{path.stem}"


def targeted() -> list[str]:
    """Names of the node shapes that have a target, sorted; the others are helpers of these."""
    found = {s for p in (SH.targetClass, SH.targetSubjectsOf) for s in all_shapes().subjects(p)}
    return sorted(shorten(str(node)).removeprefix("shape:") for node in found)


def constraints() -> set[tuple[str, str, str]]:
    """Every constraint as (node shape, shape, component) in short names."""
    graph, found = all_shapes(), set()
    for name in targeted():
        node = rdflib.URIRef(PREFIXES["shape"] + name)
        for shape in (node, *graph.objects(node, SH.property)):
            for parameter, component in PARAMETERS.items():
                if (shape, SH[parameter], None) in graph:
                    found.add((name, shorten(str(shape)), component))
    return found


@pytest.mark.parametrize("path", cases("valid"), ids=name_of)
def test_valid_case(path):
    """Nothing is found in a valid case, and there is something in it to judge."""
    assert judged(path) == []
    assert focus_nodes(path), "the case has no node that the shape looks at"


@pytest.mark.parametrize("path", cases("invalid"), ids=name_of)
def test_invalid_case(path):
    """What is found in an invalid case is what was approved."""
    expected = approved(path).read_text(encoding="utf-8")
    assert expected, "nothing was approved: an invalid case has findings"
    assert expected == as_text(judged(path)), "if on purpose: python -m tests.test_shapes --approve"


def focus_nodes(path: Path) -> set:
    """The nodes of a case that its shape has for targets."""
    shape = rdflib.URIRef(PREFIXES["shape"] + path.parent.name)
    classes = {str(node) for node in all_shapes().objects(shape, SH.targetClass)}
    properties = {str(node) for node in all_shapes().objects(shape, SH.targetSubjectsOf)}
    return {
        quad.subject
        for quad in canonical.parse(path)
        if quad.predicate.value in properties
        or (
            quad.predicate.value == RDF_TYPE
            and classes & {c.value for c in {quad.object, *broader_classes().get(quad.object, ())}}
        )
    }


def test_every_constraint_has_an_invalid_case():
    """Each constraint of each shape, component by component, is seen to fail in some case."""
    seen = {
        (path.parent.name, *line.split(" | ")[1:3])
        for path in cases("invalid")
        for line in approved(path).read_text(encoding="utf-8").splitlines()
    }
    assert sorted(constraints() - seen) == []


def test_every_shape_has_a_valid_case():
    """Each node shape with a target has a valid case, and each folder of cases its shape."""
    assert targeted() == sorted({path.parent.name for path in cases("valid")})
    assert targeted() == sorted(path.name for path in CASES.iterdir())


def test_every_file_is_a_case():
    """No file lies among the cases that nothing runs."""
    known = {*cases("valid"), *cases("invalid"), *map(approved, cases("invalid"))}
    assert sorted(set(CASES.glob("*/*")) - known) == []


def test_shapes_are_named_and_speak():
    """No blank nodes; each constraint is known here, and has one English message and one severity."""
    graph = all_shapes()
    assert [t for t in graph for term in t if isinstance(term, rdflib.BNode)] == []
    said = {str(p).removeprefix(str(SH)) for p in graph.predicates() if str(p).startswith(str(SH))}
    assert said - PARAMETERS.keys() - BESIDE == set()
    for _, shape, _ in constraints():
        node = rdflib.URIRef(expand(shape))
        messages, severities = list(graph.objects(node, SH.message)), list(graph.objects(node, SH.severity))
        assert [message.language for message in messages] == ["en"], shape
        assert len(severities) == 1, shape


def test_property_shapes_are_named_after_their_path():
    """A property shape is called after its node shape and its path, and belongs to that one."""
    graph = all_shapes()
    for owner, node in graph.subject_objects(SH.property):
        path = shorten(str(graph.value(node, SH.path))).partition(":")[2]
        if (owner, SH.targetClass, None) in graph or (owner, SH.targetSubjectsOf, None) in graph:
            assert str(node) == f"{owner}-{path}"


def test_shapes_agree_with_the_ontology():
    """A value's class in a shape is the property's range, or narrower; so is its datatype.

    Every datatype is narrower than rdfs:Literal, the range of dates: OWL 2 knows no xsd:date.
    """
    ranges = {
        quad.subject.value: quad.object
        for path in sorted((resources.root() / "ontology").glob("*.ttl"))
        for quad in canonical.parse(path)
        if quad.predicate.value == PREFIXES["rdfs"] + "range"
    }
    graph = all_shapes()
    for node in graph.subjects(RDF.type, SH.PropertyShape):
        due = ranges.get(str(graph.value(node, SH.path)))
        for wanted in (SH["class"], SH.datatype) if due else ():
            given = graph.value(node, wanted)
            if given is not None:
                known = broader_classes().get(NamedNode(str(given)), set()) | {NamedNode(str(given))}
                known |= {NamedNode(str(RDFS.Literal))} if wanted == SH.datatype else set()
                assert due in known, f"{shorten(str(node))}: {given} is not in the range {due}"


def test_every_property_has_a_shape():
    """Each property of the ontology, or one above it, is the path of some property shape."""
    paths = {str(path) for path in all_shapes().objects(None, SH.path)}
    above: dict[str, str] = {}
    ours = set()
    for path in sorted((resources.root() / "ontology").glob("*.ttl")):
        for quad in canonical.parse(path):
            if quad.predicate.value == PREFIXES["rdfs"] + "subPropertyOf":
                above[quad.subject.value] = quad.object.value
            if quad.predicate.value == RDF_TYPE and quad.object.value.endswith("Property"):
                ours.add(quad.subject.value)
    missing = []
    for term in sorted(term for term in ours if term.startswith(PREFIXES["ukj"])):
        line = [term]
        while line[-1] in above:
            line.append(above[line[-1]])
        if not paths & set(line):
            missing.append(shorten(term))
    assert missing == []


def test_literals_are_judged_as_written(capfd):
    """``01`` stays ``01`` and what is no date stays what it is, without a word on standard error."""
    integer, date = NamedNode(PREFIXES["xsd"] + "integer"), NamedNode(PREFIXES["xsd"] + "date")
    values = [
        Literal("01", datatype=integer),
        Literal("1903-02-30", datatype=date),
        Literal("quay", language="en"),
        Literal("quay"),
        NamedNode(PREFIXES["ukj"] + "quay"),
    ]
    node = NamedNode(PREFIXES["ukj"] + "boat")
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ukj: <https://w3id.org/ukjapan/ns#> .\n"
        "ukj:s a sh:NodeShape ; sh:targetNode ukj:boat ; sh:property ukj:p .\n"
        'ukj:p sh:path ukj:has ; sh:hasValue ukj:all ; sh:pattern "^$" ; sh:message "no" .'
    )
    shape = rdflib.Graph().parse(data=text, format="turtle")
    data = shapes.as_graph(Quad(node, NamedNode(PREFIXES["ukj"] + "has"), value) for value in values)
    found = shapes.breaches(data, shape)
    assert {b.value for b in found if b.value is not None} == set(values)
    assert {b.severity for b in found} == {"violation"}
    assert capfd.readouterr() == ("", "")


def test_shapes_that_cannot_be_read(tmp_path):
    """A file of shapes that does not parse is an error with file and line."""
    path = tmp_path / "ontology/shapes/boats.ttl"
    path.parent.mkdir(parents=True)
    path.write_text("\nshape:Boat", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        shapes.read_shapes(tmp_path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_shapes_that_make_no_sense():
    """What pySHACL refuses is an error of this project, not a traceback."""
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:property <urn:nothing> ."
    )
    with pytest.raises(UkjapanError, match="urn:nothing"):
        shapes.breaches(rdflib.Graph(), rdflib.Graph().parse(data=text, format="turtle"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_shapes_satisfy_the_shapes_of_shacl():
    """The shapes are well-formed by the standard's own shapes (SHACL, appendix C)."""
    import pyshacl

    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=all_shapes(), meta_shacl=True)
    assert conforms, text


def approve() -> None:
    """Write down what is found now in every invalid case."""
    for path in cases("invalid"):
        approved(path).write_text(as_text(judged(path)), encoding="utf-8")
    print(f"{len(cases('invalid'))} cases approved; read the difference before you keep it", file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:] != ["--approve"]:
        sys.exit("usage: python -m tests.test_shapes --approve")
    approve()

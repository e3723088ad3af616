"""Small graphs that provoke: the file name in ``tests/provocations/`` begins with the verdict.

    inconsistent.<why>.trig            HermiT finds a clash
    unsatisfiable.<why>.trig           nothing clashes, but a class of the case can have no member
    nonconforming.<check>.<why>.trig   HermiT has nothing to say, but the check or shape of that name finds it
    entails.<rule>.<why>.trig          facts follow by that rule, and HermiT proves them
    entails-not.<why>.trig             the facts named follow neither by rules nor by HermiT

Beside each stands what is expected: the clashing statements, what makes a class empty, the findings, the facts.
A new case is a new file; after a change on purpose (facts that must not follow are written by hand):

    python -m tests.test_provocations --approve
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ukjapan_graph import resources
from ukjapan_graph.answering.derivation import derive
from ukjapan_graph.data import canonical
from ukjapan_graph.data.entailment import ENTAILED, entail
from ukjapan_graph.data.rules import as_data, read_rules
from ukjapan_graph.data.turtle import RDF_TYPE, Writer
from ukjapan_graph.judging import checks, shapes
from ukjapan_graph.namespaces import PREFIXES, THINGS, expand, is_ours, shorten
from ukjapan_graph.reasoning.judgement import Judgement, judge_each
from ukjapan_graph.reasoning.telling import Finding, tell

CASES = Path(__file__).parent / "provocations"
ONTOLOGY = NamedNode(PREFIXES["graph"] + "ontology")


@cache
def terms() -> tuple[Quad, ...]:
    """The ontology, its rules, and nothing else."""
    quads = [
        Quad(*quad.triple, ONTOLOGY)
        for path in sorted((resources.root() / "ontology").glob("*.ttl"))
        for quad in canonical.parse(path)
    ]
    return (*quads, *as_data(read_rules(resources.root())))


@cache
def dataset(path: Path) -> tuple[Quad, ...]:
    """The ontology with the case ``path``, and what the rules entail."""
    quads = [*terms(), *canonical.parse(path)]
    return (*quads, *entail(quads, read_rules(resources.root())))


@cache
def store(path: Path) -> Store:
    """:func:`dataset` as a store."""
    found = Store()
    found.extend(dataset(path))
    return found


@cache
def judgements() -> dict[Path | None, Judgement]:
    """HermiT's judgement of each case that clashes, and, under None, of all others as one; in two processes."""
    clashing = [*cases("inconsistent"), *cases("unsatisfiable")]
    halves: list[list[Path | None]] = [
        [None, *clashing[: len(clashing) // 3]],
        [*clashing[len(clashing) // 3 :]],
    ]
    with ThreadPoolExecutor(2) as pool:
        judged = list(pool.map(lambda some: judge_each(map(judged_of, some), seconds=300), halves))
    return dict(zip([*halves[0], *halves[1]], [*judged[0], *judged[1]], strict=True))


def judged_of(path: Path | None) -> list[Quad]:
    """:func:`bare` of a case; for None, of all that do not clash, each with names of its own for its things."""
    if path:
        return bare(path)
    shared = {quad.subject for quad in terms()}

    def renamed(term: object, case: Path) -> object:
        is_own = isinstance(term, NamedNode) and term.value.startswith(THINGS) and term not in shared
        return NamedNode(term.value + mark(case)) if is_own else term

    return [
        Quad(renamed(quad.subject, case), quad.predicate, renamed(quad.object, case), quad.graph_name)
        for case in sound()
        for quad in bare(case)
    ]


def sound() -> list[Path]:
    """The cases in which nothing clashes, sorted."""
    return sorted(path for verdict in ("nonconforming", "entails", "entails-not") for path in cases(verdict))


def mark(case: Path) -> str:
    """What the names of a case's things end with where it is judged with others."""
    return f"-in-case-{sound().index(case)}-"


def bare(path: Path) -> list[Quad]:
    """:func:`dataset` without what has no say in logic: annotations of the ontology, prefixes and rules.

    Nothing follows from them (OWL 2 Direct Semantics, 2.3), and most of the ontology is words.
    """
    return [
        quad
        for quad in dataset(path)
        if quad.graph_name != ONTOLOGY
        or not (quad.predicate in words() or quad.predicate.value in OTHER_WORDS)
    ]


@cache
def words() -> set[NamedNode]:
    """The annotation properties."""
    kind = NamedNode(expand("owl:AnnotationProperty"))
    return {quad.subject for quad in terms() if quad.object == kind}


def cases(verdict: str = "*") -> list[Path]:
    """The cases with this verdict, sorted."""
    return sorted(CASES.glob(f"{verdict}.*.trig"))


def approved(path: Path) -> Path:
    """The file beside a case that says what is expected."""
    return path.with_suffix(".expected.txt")


def clash(path: Path) -> str:
    """The clashes of a case: a statement a line with where it stands, an empty line between clashes."""
    told = tell(store(path), judgements()[path])
    return "\n".join(map(reasons, told.clashes))


def emptiness(path: Path) -> str:
    """The empty classes of a case, each with what makes it so."""
    told = tell(store(path), judgements()[path])
    return "\n".join(f"{finding.about}:\n{reasons(finding)}" for finding in told.unsatisfiable)


def reasons(finding: Finding) -> str:
    """The statements of a finding, each with where it stands, a line each."""
    return "".join(f"{r.sentence} ({', '.join(w.name for w in r.where)})\n" for r in finding.reasons)


def findings(path: Path) -> str:
    """What the check or shape that the file is named after finds."""
    name = path.name.split(".")[1]
    breaches = list(checks.run(c, store(path)) if (c := check(name)) else shape_breaches(path, name))
    rows = {
        (shorten(b.focus), shorten(b.path) if b.path else "", Writer().term(b.value) if b.value else "")
        for b in breaches
    }
    return "".join(" | ".join(row).rstrip(" |") + "\n" for row in sorted(rows))


def check(name: str) -> checks.Check | None:
    """The check called ``name``; None where no check is."""
    path = resources.root() / "queries" / "checks" / f"{name}.rq"
    return checks.read_check(path) if path.is_file() else None


@cache
def all_shapes():
    """The project's shapes."""
    return shapes.read_shapes(resources.root())


def shape_breaches(path: Path, name: str) -> list:
    """What the shape called ``name`` finds in a case."""
    found = shapes.breaches(shapes.as_graph(dataset(path)), all_shapes())
    return [breach for breach in found if breach.judge == f"shape:{name}"]


def made(path: Path) -> str:
    """The facts of a case that follow by the rule that the file is named after, a line each."""
    name = path.name.split(".")[1]
    mine = {quad.subject for quad in canonical.parse(path)} | {q.object for q in canonical.parse(path)}
    found = {
        triple
        for quad in store(path).quads_for_pattern(None, None, None, ENTAILED)
        if (triple := quad.triple).subject in mine and derive(store(path), triple).rule == name
    }
    return "".join(sorted(" ".join(Writer().term(term) for term in triple) + "\n" for triple in found))


EXPECTED = {"inconsistent": clash, "unsatisfiable": emptiness, "nonconforming": findings, "entails": made}


def name_of(path: Path) -> str:
    """A file as it is called in test reports."""
    return path.stem


@pytest.mark.parametrize("path", [p for v in EXPECTED for p in cases(v)], ids=name_of)
def test_verdict(path):
    """The verdict is that of the file's name, for the reason that was approved."""
    expected = approved(path).read_text(encoding="utf-8")
    assert expected, "nothing was approved"
    assert expected == EXPECTED[path.name.split(".")[0]](path), "python -m tests.test_provocations --approve"


@pytest.mark.parametrize("path", sound(), ids=name_of)
def test_all_else_is_sound(path):
    """Nothing clashes in a case of another verdict, and HermiT proves just what the rules make of it."""
    found = judgements()[None]
    told = [*(axiom for clash in found.clashes for axiom in clash), *found.unruled, *found.unproved]
    assert [str(one) for one in told if mark(path) in str(one)] == []


def test_the_sound_cases_were_judged():
    """All that does not clash was judged as one: consistent, with facts that follow, from every case."""
    found = judgements()[None]
    assert (found.clashes, found.unsatisfiable, found.unruled, found.unproved) == ((), (), (), ())
    assert found.agreed > 200


@pytest.mark.parametrize("path", cases("entails-not"), ids=name_of)
def test_what_must_not_follow(path):
    """What is only inferred, said or planned entails nothing: the facts named, on things of the case, are not there."""
    told = approved(path).read_text(encoding="utf-8")
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    facts = list(parse(prefixes + told.replace("\n", " .\n"), format=RdfFormat.TURTLE))
    assert len(facts) == len(told.splitlines()) > 0
    case = list(canonical.parse(path))
    for subject, predicate, thing, _ in facts:
        assert subject in {quad.subject for quad in case}
        assert list(store(path).quads_for_pattern(subject, predicate, thing, None)) == []


def test_every_file_is_a_case_or_what_is_expected_of_one():
    """Nothing else lies in the folder, and each verdict is one of five."""
    known = {path for verdict in (*EXPECTED, "entails-not") for path in cases(verdict)}
    assert set(CASES.iterdir()) == known | set(map(approved, known))


def test_every_kind_of_axiom_is_provoked():
    """Each class that is disjoint with others, and each characteristic and chain, has a case that needs it."""
    told = "".join(approved(path).read_text(encoding="utf-8") for path in cases("inconsistent"))
    data = Store()
    data.extend(terms())
    label = {q.subject: q.object.value for q in data.quads_for_pattern(None, LABEL, None, None)}
    missing = {
        shorten(term.value)
        for q in data.quads_for_pattern(None, NamedNode(expand("owl:disjointWith")), None, None)
        for term in (q.subject, q.object)
        if not any(words in told for words in (f"classes {label[term]} and ", f" and {label[term]} ("))
    }
    for name, words in CHARACTERISTICS.items():
        for quad in data.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(expand(name)), None):
            said = [form.format(label[quad.subject]) for form in words]
            if is_ours(quad.subject.value) and not any(sentence in told for sentence in said):
                missing.add(f"{name} {shorten(quad.subject.value)}")
    assert missing == set()
    chains = data.quads_for_pattern(None, NamedNode(expand("owl:propertyChainAxiom")), None, None)
    provoked = {path.name.split(".")[1] for path in cases("entails")}
    assert {quad.object.value.rpartition("/")[2].removesuffix("-1") for quad in chains} <= provoked
    assert {rule.name for rule in read_rules(resources.root())} <= provoked


OTHER_WORDS = {PREFIXES["rdfs"] + name for name in ("label", "isDefinedBy", "comment")}
LABEL = NamedNode(expand("rdfs:label"))
CHARACTERISTICS = {
    "owl:FunctionalProperty": ("a thing has at most one “{}”", "a thing has at most one value of “{}”"),
    "owl:AsymmetricProperty": ("“{}” never holds both ways",),
    "owl:IrreflexiveProperty": ("nothing has itself as its “{}”",),
}


def approve() -> None:
    """Write what is found now beside every case that is not written by hand."""
    for verdict, found in EXPECTED.items():
        for path in cases(verdict):
            approved(path).write_text(found(path), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--approve"]:
        sys.exit("usage: python -m tests.test_provocations --approve")
    approve()

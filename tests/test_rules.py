"""Rules: their form, and the way into a release and back."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Variable
from pyoxigraph import parse as read_rdf

from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.data import rules
from ukjapan_graph.data.canonical import text
from ukjapan_graph.data.entailment import ENTAILED, premises
from ukjapan_graph.errors import SourceError
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.resources import release_path, root

PREFIX = "PREFIX ukj: <https://w3id.org/ukjapan/ns#>\n"


def named(name):
    return NamedNode(expand(name))


def test_a_rule_is_read_with_its_patterns():
    """Head and body are triples of names and variables; the comment before them says the rule in words."""
    read = rules.parse(
        f"# One.\n# Two.\n\n{PREFIX}CONSTRUCT {{ ?a a ukj:B . }}\n"
        "WHERE { ?a ukj:c ?b , <http://x/> ; a ?b . ?b ?p ?a }\n",
        "made-up",
    )
    a, b, p, kind = Variable("a"), Variable("b"), Variable("p"), named("rdf:type")
    assert read.name == "made-up"
    assert read.about == "One. Two."
    assert read.head == (a, kind, named("ukj:B"))
    assert read.body == (
        (a, named("ukj:c"), b),
        (a, named("ukj:c"), NamedNode("http://x/")),
        (a, kind, b),
        (b, p, a),
    )


@pytest.mark.parametrize(
    ("query", "reason", "line"),
    [
        ("SELECT ?a WHERE { ?a ukj:b ?c }", "expected CONSTRUCT", 2),
        ("CONSTRUCT { ?a ukj:b ?c }", "expected WHERE", 2),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b ?c", "expected }", 3),
        ("CONSTRUCT { ?a ukj:b ?c ; ukj:d ?c }\nWHERE { ?a ukj:b ?c }", "not 2", 2),
        ("CONSTRUCT { }\nWHERE { ?a ukj:b ?c }", "not 0", 2),
        ("CONSTRUCT { ?a ukj:b ?d }\nWHERE { ?a ukj:b ?c }", "is not in the WHERE", 2),
        ("CONSTRUCT { ?a ukj:b [] }\nWHERE { ?a ukj:b ?c }", "expected one name", 2),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b+ ?c }", "expected one name", 3),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b }", "three terms", 3),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a }", "three terms", 3),
        (
            "CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b ?c BIND(IRI('x') AS ?d) }",
            "names and variables only",
            3,
        ),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b ?c FILTER(?a != ?c) }", "names and variables only", 3),
        (
            "CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b ?c . OPTIONAL { ?c ukj:b ?a } }",
            "names and variables only",
            3,
        ),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b ?c , 'x' }", "names and variables only", 3),
        ("CONSTRUCT { ?a nobody:b ?c }\nWHERE { ?a ukj:b ?c }", "not declared", 2),
        ("CONSTRUCT { ?a ukj:b ?c }\nWHERE { ?a ukj:b ?c } LIMIT 1", "ends with its WHERE", 3),
        ("", "expected CONSTRUCT", 1),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(query, reason, line):
    """Anything that invents, chooses or counts is no rule; the error has file and line."""
    with pytest.raises(SourceError, match=reason) as caught:
        rules.parse(PREFIX + query, "made-up", "ontology/rules/made-up.rq")
    assert (caught.value.path, caught.value.line) == ("ontology/rules/made-up.rq", line)


def test_rules_come_back_from_their_data():
    """What a release holds of the rules gives the same rules again."""
    own = rules.read_rules(root())
    release = rules.as_data(own)
    assert len(own) >= 14
    assert rules.from_data(release) == own
    assert list(read_rdf(text(release, ".nq").encode(), format=RdfFormat.N_QUADS))


def test_every_rule_says_itself_in_words():
    """Each rule has a sentence that ends, and its data name it under its own prefix."""
    for rule in rules.read_rules(root()):
        assert rule.about.endswith("."), rule.name
        assert {q.subject.value for q in rules.as_data([rule])} == {PREFIXES["rule"] + rule.name}


def test_a_file_that_is_not_text_is_refused(tmp_path: Path):
    """A rule that is not UTF-8 is an error with its file."""
    folder = tmp_path / "ontology" / "rules"
    folder.mkdir(parents=True)
    (folder / "bad.rq").write_bytes(b"\xff")
    with pytest.raises(SourceError, match=r"bad\.rq"):
        rules.read_rules(tmp_path)


def test_another_engine_makes_the_same():
    """rdflib, running the rules once over all there is, finds every entailed fact again and nothing new.

    Days aside, which no rule makes.
    """
    quads = list(open_store(release_path()))
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in premises(quads)), format="nt")
    made = rdflib.Graph()
    entailed = "".join(f"{quad.triple} .\n" for quad in quads if quad.graph_name == ENTAILED)
    made.parse(data=entailed, format="nt")
    whole = graph + made
    found = {triple for rule in rules.read_rules(root()) for triple in whole.query(rule.text)}
    days = {rdflib.URIRef(expand(name)) for name in ("ukj:earliest", "ukj:latest")}

    assert found <= set(whole)
    assert {triple for triple in set(made) - found if triple[1] not in days} == set()
    assert len(found) > 2500

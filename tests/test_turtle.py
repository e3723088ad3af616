"""The layout of canonical Turtle."""

import random
from pathlib import Path

from small_project import HEADER
from ukjapan_graph.data.canonical import parse_bytes
from ukjapan_graph.data.turtle import Writer, natural


def written(body):
    """Canonical text of the Turtle ``body``, with the prefixes it uses."""
    writer = Writer()
    writer.triples(parse_bytes((HEADER + body).encode(), Path("x.ttl")))
    return writer.text()


def shown(body):
    """As above, without the prefixes."""
    return written(body).split("\n\n", 1)[1]


def test_layout_of_turtle():
    """Types stand beside the subject; each property, and each of several objects, has a line of its own."""
    body = """ukj:b ukj:z 1 ; a owl:Class ; skos:prefLabel "b"@ja, "b"@EN ;
    rdfs:seeAlso <http://example.org/> .
    event:e10 ukj:date "2004-02-29"^^xsd:date ; ukj:n 2 . event:e2 ukj:follows event:e1 ."""
    assert (
        shown(body)
        == """event:e2 ukj:follows event:e1 .

event:e10
  ukj:date "2004-02-29"^^xsd:date ;
  ukj:n 2 .

ukj:b a owl:Class ;
  rdfs:seeAlso <http://example.org/> ;
  skos:prefLabel
    "b"@en ,
    "b"@ja ;
  ukj:z 1 .
"""
    )


def test_one_new_object_changes_one_line():
    """A further object of a list adds its own line and touches no other."""
    before = shown("event:a ukj:follows event:b, event:c .").split("\n")
    after = shown("event:a ukj:follows event:b, event:c, event:bb .").split("\n")
    assert [line for line in after if line not in before] == ["    event:bb ,"]
    assert [line for line in before if line not in after] == []


def test_ontology_comes_first():
    """The node of the ontology stands before all terms, whatever its IRI."""
    body = "area:a a ukj:Area . <https://w3id.org/ukjapan/ns> a owl:Ontology ."
    assert shown(body).startswith("<https://w3id.org/ukjapan/ns> a owl:Ontology .\n\narea:a")


def test_only_prefixes_in_use_are_declared():
    """The prefix lines are those that the text uses, datatypes included, sorted."""
    text = written('event:a ukj:date "2004"^^xsd:gYear .')
    assert [line.split()[1] for line in text.split("\n") if line.startswith("@prefix")] == [
        "event:",
        "ukj:",
        "xsd:",
    ]


def test_numbers_in_names_count_as_numbers():
    """Natural order puts SC2 before SC10, and still tells leading zeros apart."""
    names = ["SC10", "SC2", "SC02", "SC", "a1b2", "a1b", "SC2.10", "SC2.9"]
    mixed = random.Random(4).sample(names, len(names))
    assert sorted(mixed, key=natural) == ["SC", "SC02", "SC2", "SC2.9", "SC2.10", "SC10", "a1b", "a1b2"]


def test_blocks_are_indented_in_their_graph():
    """A graph is a block, its content set in by two spaces."""
    writer = Writer()
    writer.triples(
        parse_bytes((HEADER + "event:b ukj:n 1 ; ukj:m event:a, event:c .").encode(), Path("x.ttl")),
        graph="http://example.org/g",
    )
    assert writer.text("# Head\n").split("\n\n")[::2] == [
        "# Head",
        """<http://example.org/g> {
  event:b
    ukj:m
      event:a ,
      event:c ;
    ukj:n 1 .
}
""",
    ]

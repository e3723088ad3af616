"""Shapes as sentences, and which term they are about."""

from paged_project import index, own
from ukjapan_graph.namespaces import expand
from ukjapan_graph.publishing.phrases import plain
from ukjapan_graph.publishing.shapes_in_words import groups, uses

SHAPES = index(
    'shape:Boat a sh:NodeShape ; sh:targetClass ukj:Boat ; sh:targetSubjectsOf ukj:tows ; sh:pattern "^x" ;\n'
    '  sh:message "name it x"@en ; sh:property shape:Boat-tows .\n'
    "shape:Boat-tows sh:path ukj:tows ; sh:maxCount 1 ; sh:class ukj:Raft ; sh:severity sh:Warning .\n"
    "shape:Helper a sh:NodeShape ; sh:class ukj:Boat ."
)


def test_a_shape_says_what_it_looks_at_and_what_it_asks() -> None:
    """Targets in words, then its own rule, then those of its properties; a helper has no group."""
    (group,) = groups(SHAPES)
    assert plain(group.targets) == "every ukj:Boat and whatever has ukj:tows"
    assert [plain(rule.words) for rule in group.rules] == [
        "The thing itself matches ^x",
        "Has at most one ukj:tows, which is of the class ukj:Raft",
    ]
    assert [(rule.message, rule.warning) for rule in group.rules] == [("name it x", False), ("", True)]


def test_what_is_switched_off_is_not_told() -> None:
    """Neither a shape nor one of its properties."""
    shapes = index(
        "shape:A a sh:NodeShape ; sh:targetClass ukj:A ; sh:property shape:A-p , shape:A-q .\n"
        "shape:A-p sh:path ukj:p ; sh:minCount 1 ; sh:deactivated true . shape:A-q sh:path ukj:q ; sh:minCount 1 .\n"
        "shape:B a sh:NodeShape ; sh:targetClass ukj:B ; sh:nodeKind sh:IRI ; sh:deactivated true ."
    )
    (group,) = groups(shapes)
    assert [plain(rule.words) for rule in group.rules] == ["Has at least one ukj:q"]


def test_a_property_shape_with_a_target_is_told() -> None:
    """It needs no node shape above it."""
    (group,) = groups(
        index("shape:P a sh:PropertyShape ; sh:targetClass ukj:A ; sh:path ukj:p ; sh:minCount 1 .")
    )
    assert (plain(group.targets), [plain(rule.words) for rule in group.rules]) == (
        "every ukj:A",
        ["Has at least one ukj:p"],
    )


def test_rules_are_found_by_target_and_by_property() -> None:
    """A class has the rules of its shape, a property those about its values; a class of values has none."""
    by_term = uses(groups(SHAPES))
    assert len(by_term[expand("ukj:Boat")]) == 2
    assert len(by_term[expand("ukj:tows")]) == 2
    assert expand("ukj:Raft") not in by_term


def test_every_shape_of_ours_is_told() -> None:
    """Each property shape that a shape with a target has is a rule, with a message."""
    shapes = own().shapes
    found = [rule for group in groups(shapes) for rule in group.rules]
    with_target = {g.iri for g in groups(shapes)}
    wanted = {p for iri in with_target for p in shapes.iris(iri, "sh:property")}
    assert wanted <= {rule.iri for rule in found}
    assert [rule.iri for rule in found if not rule.message] == []

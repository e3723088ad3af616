"""No term without an example, and no example that is not so.

An example (``skos:example``) is a triple as Turtle writes it, in a plain string, or a sentence in English.
Triples must stand in the graph, and whatever a sentence names by prefixed name must be there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from ukjapan_graph.data.literals import normal
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.findings import Finding
from ukjapan_graph.judging.closed_world import ontology_of, terms
from ukjapan_graph.namespaces import PREFIXES, TERMS, expand, is_ours, kind_of, shorten

_EXAMPLE = PREFIXES["skos"] + "example"
_TURTLE_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
_NAME = re.compile(rf"(?<![\w:/.-])(?:{'|'.join(PREFIXES)}):[A-Za-z0-9_](?:[\w.-]*[\w-])?")
_NAMED_BY = (TERMS + "predicate", TERMS + "object")


def unshown(quads: Collection[Quad], outside: Collection[Quad] = ()) -> list[Finding]:
    """Terms of the ontology without a true example. The findings have no place.

    A term that nothing in ``quads`` uses, nor any silence or inference names, may be shown by ``outside``
    facts.

    A property is shown by a triple that has it, a class by a triple that gives it as type. A term that no
    datum uses (it is there so that its lack can be asked for) is shown by a sentence that names a silence
    or an inference about it.
    """
    examples: dict[str, list[Literal]] = defaultdict(list)
    asked: dict[str, set[str]] = defaultdict(set)
    used, names, triples = set(), set(), set()
    for quad in quads:
        names.add(quad.subject.value)
        used.add(quad.object.value if quad.predicate.value == RDF_TYPE else quad.predicate.value)
        triples.add(quad.triple)
        if quad.predicate.value == _EXAMPLE:
            examples[quad.subject.value].append(quad.object)
        elif quad.predicate.value in _NAMED_BY and kind_of(quad.subject.value) in ("silence", "inference"):
            asked[getattr(quad.object, "value", "")].add(quad.subject.value)
    for quad in outside:
        names.add(quad.subject.value)
        triples.add(quad.triple)
        term = quad.object.value if quad.predicate.value == RDF_TYPE else quad.predicate.value
        if term not in asked:
            used.add(term)
    return sorted(
        Finding("", 0, shorten(term), "terms:example", message, value)
        for term in terms(ontology_of(quads))
        for message, value in _faults(term, examples[term], triples, names, asked[term], term in used)
    )


def _faults(
    term: str,
    examples: list[Literal],
    triples: set[Triple],
    names: set[str],
    asked: set[str],
    is_used: bool,
) -> Iterator[tuple[str, str]]:
    if not examples:
        yield 'has no example; give a triple of the graph that shows it: skos:example "…"', ""
        return
    shown = wrong = False
    for example in examples:
        if getattr(example, "language", None) == "en":
            named = {expand(name) or "" for name in _NAME.findall(example.value)}
            for name in sorted(name for name in named - names if is_ours(name)):
                wrong = True
                yield f"has an example that names {shorten(name)}, which is not there; mend it", example.value
            shown |= not is_used and bool(named & asked)
            continue
        triple = _triple(example)
        if triple is None:
            wrong = True
            text = "has an example that is neither one triple in Turtle nor tagged @en; mend it"
            yield text, getattr(example, "value", str(example))
        elif triple not in triples:
            wrong = True
            yield "has an example that no graph holds; take a triple that is there", example.value
        else:
            shown |= term == (
                triple.object.value if triple.predicate.value == RDF_TYPE else triple.predicate.value
            )
    if shown or wrong:
        return
    if is_used:
        yield "has no example that shows it; give a triple that has it as property or as class", ""
    else:
        yield "is used by no datum; name in its example a silence or an inference about it", ""


def _triple(example: object) -> Triple | None:
    """The one triple that ``example`` is, its literals in canonical form; None where it is anything else."""
    if not isinstance(example, Literal) or example.language:
        return None
    try:
        found = list(parse(f"{_TURTLE_HEAD}{example.value} .".encode(), format=RdfFormat.TURTLE))
    except SyntaxError:
        return None
    return normal(Quad(*found[0].triple)).triple if len(found) == 1 else None

"""What stands on each page: the context that its template is filled from."""

from __future__ import annotations

from shlex import join
from typing import NamedTuple

from ukjapan_graph.data.turtle import natural
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.publishing import axioms, diagram, examples, front, links, shapes_in_words, use
from ukjapan_graph.publishing.closed_lists import closed_lists
from ukjapan_graph.publishing.diagram_plan import GROUPS
from ukjapan_graph.publishing.kinds_of_answer import answers
from ukjapan_graph.publishing.material import Index, Material
from ukjapan_graph.publishing.neighbours import TIES, neighbours
from ukjapan_graph.publishing.passages import documents
from ukjapan_graph.publishing.terms import KINDS, Term, foreign_terms, terms
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery

PLURALS = {
    "class": "Classes",
    "object property": "Object properties",
    "data property": "Data properties",
    "annotation property": "Annotation properties",
}


class Page(NamedTuple):
    """A page: the file it is written to, its title, its description, and what its template needs."""

    file: str
    title: str
    description: str
    context: dict[str, object]


class Branch(NamedTuple):
    """A class in the tree of classes, with those right below it."""

    term: Term
    below: list[Branch]


def pages(material: Material) -> tuple[list[Page], links.Links, dict[str, object]]:
    """Every page in the order of the navigation, the links between them, and what all of them share."""
    graph, ontology = material.graph, material.ontology
    all_terms = terms(material)
    groups = shapes_in_words.groups(material.shapes)
    lists, open_lists = closed_lists(graph)
    docs = documents(graph, ontology)
    named = {query.name: PREFIXES["query"] + query.name for query in material.queries}
    kinds = {kind: [term for term in all_terms if term.kind == kind] for kind in KINDS.values()}
    values = [value for one in lists for value in one.values]
    head = front.head(ontology)
    told = {iri for doc in docs for iri in (doc.iri, *(passage.iri for passage in doc.passages))}
    all_links = links.Links(
        {term.iri for term in all_terms},
        {iri for one in lists for iri in (one.iri, *(value.iri for value in one.values))},
        {group.iri for group in groups} | {rule.iri for group in groups for rule in group.rules},
        told | set(named.values()),
    )
    shared: dict[str, object] = {
        "head": head,
        "kinds": kinds,
        "section": front.section,
        "plural": PLURALS,
        "query_iri": named,
        "summaries": {query.name: query.summary for query in material.queries},
        "prefixes": PREFIXES,
        "label": graph.label,
        "called": graph.called,
    }
    # A property shape that several shapes share stands in each, with its anchor in the first.
    homes = {group.iri: "" for group in groups}
    for group in groups:
        for rule in group.rules:
            homes.setdefault(rule.iri, group.iri)
    about = "classes, properties, lists, shapes, rules and saved queries"
    found = [
        Page(links.INDEX, head.title, head.description or f"The terms of the ontology: {about}.", {
            "counts": front.counts(material, all_terms, groups, len(values)),
            "drawings": diagram.draw(ontology),
            "groups": GROUPS,
            "answers": answers(graph, all_terms),
            "address": front.address(graph),
            "documents": docs,
            "tree": tree(ontology, kinds["class"]),
            "subjects": subjects(material, all_terms),
            "examples": {term.iri: term_examples(graph, term) for term in all_terms},
            "constraints": shapes_in_words.uses(groups),
            "ties": TIES,
            "foreign": foreign_terms(ontology),
            "class_count": len(kinds["class"]),
            "use_in_words": use.in_words,
        }),
        Page(links.LISTS, "Closed lists", "The values that forces, phases, statuses and the like can take.", {
            "lists": lists, "open_lists": open_lists,
        }),
        Page(links.SHAPES, "Shapes and checks", "Every constraint on the data, in plain words.", {
            "shape_groups": groups, "homes": homes, "files": material.shape_files, "checks": material.checks,
        }),
        Page(links.RULES, "Entailment rules", "What the build concludes from what is stated, and how.", {
            "rules": [(rule, *words_and_code(rule.text)) for rule in material.rules],
            "ns": PREFIXES["ukj"],
            "chained": [term for term in all_terms if term.chains],
        }),
        Page(links.QUERIES, "Saved queries", "Every saved question about the documents, with its SPARQL.", {
            "queries": [(query, ask_line(query)) for query in material.queries], "tags": tags(material),
            "outside": material.outside, "federated": material.federated,
        }),
        Page(links.PASSAGES, "Documents and passages", "Where each passage stands, and what it says in our words.", {
            "documents": docs,
        }),
        Page(links.ALIGNMENTS, "Alignments", "How the terms stand to those of neighbouring vocabularies.", {
            "neighbours": neighbours(material.alignments), "ties": TIES,
        }),
    ]  # fmt: skip
    return found, all_links, shared


def term_examples(graph: Index, term: Term) -> list[examples.Example]:
    """Examples of ``term`` in use."""
    if term.kind == "class":
        return examples.of_class(graph, term.iri)
    return examples.of_property(graph, term.iri)


def tree(ontology: Index, classes: list[Term]) -> list[Branch]:
    """The classes, each below those right above it; what is in a circle or below nothing of ours stands on top."""
    known = {term.iri: term for term in classes}
    inner = {iri for iri in known if set(ontology.iris(iri, "rdfs:subClassOf")) & set(known)}
    circular = {iri for iri in known if iri in axioms.ancestors(ontology, iri)}

    def branch(iri: str) -> Branch:
        below = ontology.subjects("rdfs:subClassOf", iri)
        lower = sorted((one for one in below if one in known and one not in circular), key=natural)
        return Branch(known[iri], [branch(one) for one in lower])

    return [branch(iri) for iri in known if iri not in inner or iri in circular]


def subjects(material: Material, all_terms: list[Term]) -> list[tuple[str, list[Term], list[Term]]]:
    """The files of the ontology with the classes and the properties that each defines."""
    found = []
    for stem, iris in material.subjects.items():
        own = [term for term in all_terms if term.iri in iris]
        if own:
            classes = [term for term in own if term.kind == "class"]
            found.append((stem, classes, [term for term in own if term.kind != "class"]))
    return found


def tags(material: Material) -> list[tuple[str, list[str]]]:
    """Each tag of the saved queries with the names of its queries."""
    found: dict[str, list[str]] = {}
    for query in material.queries:
        for tag in query.tags or ("other",):
            found.setdefault(tag, []).append(query.name)
    return sorted(found.items())


def ask_line(query: SavedQuery) -> str:
    """What to type to ask ``query`` with its defaults."""
    typed = ((f"--{p.name}", _typed(p)) for p in query.parameters)
    return join(["ukjapan", "ask", query.name, *(word for pair in typed for word in pair)])


def _typed(parameter: Parameter) -> str:
    """The default as short as it can be typed: a kind of thing is known from its parameter, where it has one."""
    kind, _, slug = parameter.default.partition(":")
    return slug if slug and kind == parameter.type else parameter.default


def words_and_code(text: str) -> tuple[str, str]:
    """The comment at the head of a rule or check, and the SPARQL below it without its prefix lines."""
    lines = text.splitlines()
    said = [
        line.lstrip("#+ ").strip() for line in lines if line.startswith("#") and not line.startswith("#+")
    ]
    code = [line for line in lines if not line.startswith(("#", "PREFIX "))]
    return " ".join(said), "\n".join(code).strip("\n")

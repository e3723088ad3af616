"""Looking for things by name in a SPARQL endpoint.

Names are asked for as they stand, in each of a few languages and without one: the one search that every store
does fast. What the store knows of the things found is asked for after that, as far as it is evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import LimitError, RemoteError
from ukjapan_graph.linking.alike.catalogue import Thing
from ukjapan_graph.linking.alike.evidence import Found
from ukjapan_graph.linking.alike.names import plain
from ukjapan_graph.remote.access import Access

#: Things here that are asked for at once, and things there.
BATCH, DETAILS = 10, 40
#: The most things there that one name may have; a name that has more tells nobody apart.
COMMON = 50
#: The most rows of an answer, and bytes.
_ROWS, _BYTES = 20_000, 32 * 1024 * 1024
_NAMING = "rdfs:label skos:prefLabel skos:altLabel foaf:name schema:name <http://schema.org/name>"
_KINDS = "rdf:type <http://www.wikidata.org/prop/direct/P31>"
_NOTES = "schema:description <http://schema.org/description> skos:definition rdfs:comment"
_LANGUAGES = ("en", "mul", "ja", "")  # mul: what Wikidata calls a thing in all languages at once


class StoreAsked:
    """The SPARQL endpoint at ``access``.

    :param related: IRIs there that a thing found may be tied to
    """

    batch = BATCH

    def __init__(self, access: Access, *, seconds: float, related: Iterable[str] = ()) -> None:
        self._access = access
        self._engine = Remote(access, seconds=seconds, size=_BYTES)
        self._related = sorted(related)

    def check(self) -> None:
        """Raise unless a SPARQL endpoint answers.

        :raises RemoteError: nobody answers, or something else does
        :raises LimitError: it takes too long
        """
        self._engine.ask("ASK {}")

    def find(self, things: Sequence[Thing]) -> dict[str, list[Found]]:
        """What is called like each of ``things``, by their identifiers.

        :raises RemoteError: there is no answer, or one that makes no sense
        :raises LimitError: it takes too long, is too large, or the server gave only a part
        """
        names: dict[str, set[str]] = defaultdict(set)
        for thing in things:
            for called in thing.names:
                if called.source != "document":
                    names[called.text].add(thing.id)
        if not names:
            return {thing.id: [] for thing in things}
        values = sorted(
            str(Literal(text, language=language) if language else Literal(text))
            for text in names
            for language in _LANGUAGES
        )
        rows = self._rows(
            "SELECT DISTINCT ?name ?found WHERE {\n"
            f"  VALUES ?name {{ {' '.join(values)} }}\n"
            f"  VALUES ?naming {{ {_NAMING} }}\n"
            "  ?found ?naming ?name .\n  FILTER(ISIRI(?found))\n"
            "} ORDER BY ?name ?found",
            "name", "found",
        )  # fmt: skip
        there: dict[str, set[str]] = defaultdict(set)
        for text, node in rows:
            there[text.value].add(node.value)
        wanted = sorted({iri for iris in there.values() if len(iris) <= COMMON for iri in iris})
        known: dict[str, Found] = {}
        for start in range(0, len(wanted), DETAILS):
            known |= self._details(wanted[start : start + DETAILS])
        found: dict[str, dict[str, Found]] = {thing.id: {} for thing in things}
        for text, iris in there.items():
            for key in names[text]:
                # Of a name that too many have, one is told, so that whoever reads sees it.
                found[key] |= {iri: known[iri] for iri in iris if iri in known}
                if len(iris) > COMMON:
                    found[key][""] = Found("", (text,), note=str(len(iris)))
        return {key: [rows[iri] for iri in sorted(rows)] for key, rows in found.items()}

    def _details(self, iris: Sequence[str]) -> dict[str, Found]:
        nodes = " ".join(str(NamedNode(iri)) for iri in iris)
        related = " ".join(str(NamedNode(iri)) for iri in self._related)
        languages = ", ".join(f'"{language}"' for language in _LANGUAGES)
        tied = (
            f'UNION {{ VALUES ?value {{ {related} }} ?found ?any ?value BIND("related" AS ?part) }}'
            if related
            else ""
        )
        rows = self._rows(
            "SELECT DISTINCT ?found ?part ?value WHERE {\n"
            f"  VALUES ?found {{ {nodes} }}\n"
            f'  {{ VALUES ?p {{ {_NAMING} }} ?found ?p ?value BIND("label" AS ?part) '
            f"FILTER(LANG(?value) IN ({languages})) }}\n"
            f'  UNION {{ VALUES ?p {{ {_KINDS} }} ?found ?p ?value BIND("class" AS ?part) }}\n'
            f'  UNION {{ VALUES ?p {{ {_NOTES} }} ?found ?p ?value BIND("note" AS ?part) '
            'FILTER(LANG(?value) IN ("en", "")) }\n'
            '  UNION { ?found ?any ?value BIND("date" AS ?part) FILTER(DATATYPE(?value) IN '
            "(xsd:date, xsd:dateTime, xsd:gYear, xsd:gYearMonth)) }\n"
            f"  {tied}\n}} ORDER BY ?found ?part ?value",
            "found", "part", "value",
        )  # fmt: skip
        parts: dict[str, dict[str, list]] = {iri: defaultdict(list) for iri in iris}
        for node, part, value in rows:
            if node.value not in parts:
                raise RemoteError(
                    self._access.address, f"the answer is about {node}, which was not asked for"
                )
            parts[node.value][part.value].append(value)
        return {iri: _found(iri, told) for iri, told in parts.items()}

    def _rows(self, text: str, *columns: str) -> list[tuple]:
        """The rows of the SELECT ``text``, a term under each of ``columns``; that of ``found`` is an IRI."""
        answer = self._engine.select(f"{text} LIMIT {_ROWS}")
        if len(answer.rows) >= _ROWS:
            reason = f"stopped after {_ROWS:,} rows: too many things there have these names, or too much is said of them"
            raise LimitError(f"{self._access.address}: {reason}; look for fewer things at once")
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        for row in rows:
            if any(row.get(name) is None for name in columns) or not isinstance(row["found"], NamedNode):
                raise RemoteError(self._access.address, f"the answer has a row without {', '.join(columns)}")
        return [tuple(row[name] for name in columns) for row in rows]


def _found(iri: str, told: dict[str, list]) -> Found:
    labels = sorted(told["label"], key=lambda term: (_rank(term), term.value))
    return Found(
        iri,
        tuple(dict.fromkeys(plain(term.value) for term in labels)),
        tuple(term.value for term in told["class"]),
        tuple(term.value for term in told["date"]),
        frozenset(term.value for term in told["related"]),
        plain(next((term.value for term in told["note"]), "")),
    )


def _rank(term: object) -> int:
    language = getattr(term, "language", None) or ""
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)

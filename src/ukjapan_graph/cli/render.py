"""Answers on paper: rows as a table, Markdown, CSV, TSV or JSON; triples in the RDF formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, serialize

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.engines import Rows
from ukjapan_graph.namespaces import PREFIXES

ROW_FORMATS = ("table", "markdown", "csv", "tsv", "json")
GRAPH_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
HUMAN = ("table", "markdown")

_GAP = 2
_NARROWEST = 8
_XSD_STRING = PREFIXES["xsd"] + "string"


def write(text: str, form: str = "table") -> None:
    """Put ``text`` on standard output: as UTF-8, byte for byte, unless it is for a person's terminal."""
    if form in HUMAN:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def terminal_width() -> int:
    """Columns to fit a table into: COLUMNS where set, else the terminal's; 0 (no limit) where there is none."""
    if not (os.environ.get("COLUMNS") or sys.stdout.isatty()):
        return 0
    import shutil

    return shutil.get_terminal_size().columns


def rows(store: Store, answer: Rows, form: str, *, ids: bool = False, width: int = 0) -> str:
    """``answer`` in the row format ``form``.

    Table and Markdown show things by label, or with ``ids`` by prefixed name, and an unbound cell as a
    dash. CSV and TSV follow SPARQL 1.1 Query Results CSV and TSV Formats, with prefixed names in place
    of IRIs if ``ids``; JSON follows SPARQL 1.1 Query Results JSON Format, always with full IRIs.

    :param width: columns to wrap a table to; 0 for as wide as it is
    """
    if form == "json":
        return _json(answer)
    if form == "csv":
        value = labels.short if ids else _csv_value
        lines = [
            answer.columns,
            *(["" if term is None else value(term) for term in row] for row in answer.rows),
        ]
        return "".join(",".join(map(csv_field, line)) + "\r\n" for line in lines)
    if form == "tsv":
        lines = [
            [f"?{name}" for name in answer.columns],
            *([_tsv(term, ids) for term in row] for row in answer.rows),
        ]
        return "".join("\t".join(line) + "\n" for line in lines)
    show: Callable = labels.short if ids else lambda term: labels.label(store, term)
    cells = [[_one_line(show(term)) for term in row] for row in answer.rows]
    return markdown(answer.columns, cells) if form == "markdown" else table(answer.columns, cells, width)


def table(header: Sequence[str], cells: Sequence[Sequence[str]], width: int = 0) -> str:
    """A plain table, columns two spaces apart; wrapped to ``width`` columns unless that is 0.

    In a wrapped table a row shows only where it differs from the one above, from the first cell that does.
    """
    cells = _without_repeats(cells) if width else cells
    natural = [max(map(measure, column)) for column in zip(header, *cells, strict=True)]
    widths = _fit(natural, width)
    wrapped = [
        [wrap(cell, limit) for cell, limit in zip(row, widths, strict=True)] for row in [header, *cells]
    ]
    loose = any(len(cell) > 1 for row in wrapped[1:] for cell in row)
    text = ""
    for row in wrapped:
        height = max(map(len, row), default=1)
        lines = [[*cell, *[""] * (height - len(cell))] for cell in row]
        text += "\n" if loose and text and row[0] != [""] else ""
        text += "".join(_line(parts, widths) for parts in zip(*lines, strict=True))
    return text


def _without_repeats(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """``cells`` with nothing in place of what a row has in common with the one above, from the left."""
    kept = []
    for above, row in zip([(), *cells], cells, strict=False):
        same = next((n for n, (a, b) in enumerate(zip(above, row, strict=False)) if a != b), len(row) - 1)
        kept.append(["" if above and n < same else cell for n, cell in enumerate(row)])
    return kept


def markdown(header: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A Markdown table (GitHub's form), with the signs that Markdown reads escaped."""
    lines = [header, ["---"] * len(header), *([escape(cell) for cell in row] for row in cells)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def escape(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in text)


def triples(found: Sequence[Triple], form: str) -> str:
    """``found`` in the RDF format ``form``, in the default graph where it has named graphs."""
    formats = {
        "turtle": RdfFormat.TURTLE,
        "trig": RdfFormat.TRIG,
        "nquads": RdfFormat.N_QUADS,
        "ntriples": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
    }
    used = {node.value for triple in found for node in triple if isinstance(node, NamedNode)}
    prefixes = {p: iri for p, iri in PREFIXES.items() if any(value.startswith(iri) for value in used)}
    return serialize(found, format=formats[form], prefixes=prefixes).decode()


def measure(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns, broken at spaces, or inside a word too long."""
    if measure(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(joined) <= width:
            lines[-1] = joined
            continue
        lines += [""] if lines[-1] else []
        for character in word:
            if lines[-1] and measure(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines


def _fit(natural: list[int], width: int) -> list[int]:
    """Widths of columns: as wide as they are, or the widest cut down alike until all fit in ``width``."""
    room = width - _GAP * (len(natural) - 1)
    if not width or sum(natural) <= room or room < _NARROWEST * len(natural):
        return natural
    cap = max(natural)
    while sum(min(w, cap) for w in natural) > room and cap > _NARROWEST:
        cap -= 1
    return [min(w, cap) for w in natural]


def _line(parts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (part + " " * (width - measure(part) + _GAP) for part, width in zip(parts, widths, strict=True))
    return "".join(padded).rstrip() + "\n"


def _one_line(text: str) -> str:
    """``text`` without line breaks or anything else that could move a terminal's cursor."""
    if text.isprintable():
        return text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _csv_value(term: object) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def csv_field(text: str) -> str:
    if any(c in text for c in '",\r\n'):
        text = text.replace('"', '""')
        return f'"{text}"'
    return text


def _tsv(term: object, ids: bool) -> str:
    if term is None:
        return ""
    return labels.short(term) if ids and isinstance(term, NamedNode) else str(term)


def _json(answer: Rows) -> str:
    import json

    bindings = [
        {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    results = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(results, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: object) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    found = {"type": "literal", "value": term.value}
    return found if term.datatype.value == _XSD_STRING else found | {"datatype": term.datatype.value}

"""The rules for a saved query's file, each kept by a check that names the file and the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from ukjapan_graph.errors import ParameterError, QuerySyntaxError, SourceError, UsageError
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import KINDS, PREFIXES, expand, kind_of
from ukjapan_graph.querying.binding import LITERAL_TYPES, NAME_TYPES, Block, blocks, literal
from ukjapan_graph.querying.queries import header_keys, lines_above, mapping, read_query, split
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery
from ukjapan_graph.querying.services import Block as ServiceBlock
from ukjapan_graph.querying.services import outer_group, service_blocks
from ukjapan_graph.querying.tokens import Token, declared_prefixes, is_word, place, tokenise, used_prefixes

#: Options of ``ukjapan ask`` itself, which no parameter may be called.
RESERVED = frozenset(
    {
        "ca",
        "endpoint",
        "external",
        "format",
        "help",
        "ids",
        "list",
        "release",
        "timeout",
        "user",
        "version",
        "view",
    }
)

_QUERY_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_PARAMETER_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LINE = re.compile(r"line (\d+)")
_AT = re.compile(r"error at (\d+):(\d+)")

Trouble = tuple[int, str, str]  # line in the file (0: the header as a whole), rule, what to mend


class _File(NamedTuple):
    """A query with what the rules look at."""

    query: SavedQuery
    header: list[str]
    tokens: list[Token]
    blocks: list[Block]
    offset: int
    services: dict[str, str]

    def line(self, token: Token) -> int:
        """Line of ``token`` in the file."""
        return place(self.query.text, token.start)[0] + self.offset

    def header_line(self, key: str) -> int:
        """Line of ``key:`` in the header; 1 where it cannot be seen."""
        known = (i for i, line in enumerate(self.header, 1) if line.strip().startswith(f"{key}:"))
        return next(known, 1)


def problems(path: Path, *, base: Path | None = None) -> list[Finding]:
    """What is wrong with the saved query in the file ``path``, sorted by line; empty when in order.

    Findings name the file relative to ``base``, or as given.
    """
    path = Path(path)
    shown = path.relative_to(base).as_posix() if base else path.as_posix()
    try:
        found = list(_troubles(path))
    except SourceError as error:
        found = [(error.line or 1, "header", error.reason)]
    except QuerySyntaxError as error:
        found = [(error.line + lines_above(path), "syntax", error.reason)]
    return sorted(Finding(shown, line, path.stem, f"query:{rule}", text) for line, rule, text in found)


def _troubles(path: Path) -> Iterator[Trouble]:
    query, header = read_query(path), split(path)[0]
    asked = mapping(path, header_keys(path, header), "services")
    file = _File(query, header, tokenise(query.text), blocks(query.text), lines_above(path), asked)
    for rule in RULES:
        yield from rule(file)


def names(file: _File) -> Iterator[Trouble]:
    """Names can be typed after ``ask`` and as options of it, and are no option already."""
    if not _QUERY_NAME.match(file.query.name):
        yield 1, "names", "name the file in lower-case words joined by hyphens"
    for parameter in file.query.parameters:
        line = file.header_line(parameter.name)
        if not _PARAMETER_NAME.match(parameter.name) or parameter.name in RESERVED:
            yield line, "names", f"parameter {parameter.name}: use another name, in lower case"
        if parameter.type not in (*NAME_TYPES, *LITERAL_TYPES):
            yield line, "names", f"parameter {parameter.name}: there is no type {parameter.type!r}"


def notes(file: _File) -> Iterator[Trouble]:
    """The summary is a question; parameters and columns say what they are."""
    if not file.query.summary.endswith("?"):
        yield file.header_line("summary"), "notes", "the summary is a question: end it with a question mark"
    for parameter in file.query.parameters:
        if not parameter.about:
            line = file.header_line(parameter.name)
            yield line, "notes", f"parameter {parameter.name}: say what it is with about: …"
    for name, note in file.query.columns:
        if not note:
            yield file.header_line(name), "notes", f"column {name}: say what it holds"


def defaults(file: _File) -> Iterator[Trouble]:
    """Each parameter is one ``VALUES ?name { default }``, alike wherever it is repeated."""
    for parameter in file.query.parameters:
        line = file.header_line(parameter.name)
        found = [block for block in file.blocks if block.name == parameter.name]
        if not found:
            yield line, "defaults", f"parameter {parameter.name}: no VALUES ?{parameter.name} {{ … }} below"
        try:
            default = _term(parameter)
        except ParameterError as error:
            yield line, "defaults", f"parameter {parameter.name}: the default {error}"
            continue
        for block in found:
            if _values(file, block) != [default]:
                text = f"VALUES ?{parameter.name} must hold the header's default and no more: {default}"
                yield file.line(block.variable), "defaults", text


def shape(file: _File) -> Iterator[Trouble]:
    """A SELECT of named columns in a stated order, whole, and asked of this dataset alone."""
    depth, ordered = 0, False
    for before, token in zip([None, *file.tokens], file.tokens, strict=False):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "mark" else 0
        ordered = ordered or (depth == 0 and is_word(token, "ORDER"))
        if is_word(token, "LIMIT", "OFFSET"):
            yield file.line(token), "shape", f"no {token.text.upper()}: an answer is whole"
        if is_word(token, "FROM") or (is_word(token, "SERVICE") and not file.services):
            yield file.line(token), "shape", f"no {token.text.upper()}: ask this dataset alone"
        if token.text == "*" and before is not None and is_word(before, "SELECT", "DISTINCT", "REDUCED"):
            yield file.line(token), "shape", "no SELECT *: name the columns"
    if not ordered:
        yield file.offset + 1, "shape", "add ORDER BY after the last brace, so that rows have one order"


def columns(file: _File) -> Iterator[Trouble]:
    """The projected variables are the header's columns, in its order."""
    text = file.query.text
    declared = {name.text[:-1] for name, _ in declared_prefixes(file.tokens)}
    used = [prefix for prefix in used_prefixes(file.tokens) if prefix not in declared]
    for block in reversed(_services(file)):
        # Only parsed here, and asked of nobody: what the service would answer is a group like any other.
        text = f"{text[: block.start]}{text[block.inside[0] - 1 :]}"
    # A missing prefix is reported by its own rule; here it must not hide the columns.
    missing = "".join(f"PREFIX {prefix}: <{PREFIXES.get(prefix, 'urn:x:')}> " for prefix in used)
    try:
        solutions = Store().query(missing + text)
    except SyntaxError as error:
        at = _AT.match(str(error))
        line = int(at[1]) if at else 1
        yield line + file.offset, "syntax", f"not SPARQL here: {' '.join(str(error).split())[:120]}"
        return
    variables = getattr(solutions, "variables", None)
    if variables is None:
        yield file.offset + 1, "shape", "must be a SELECT"
        return
    found, told = [variable.value for variable in variables], [name for name, _ in file.query.columns]
    if found != told:
        line = file.header_line("columns")
        yield line, "columns", f"the header's columns are {told}, the query's {found}; make them one"


def prefixes(file: _File) -> Iterator[Trouble]:
    """PREFIX lines are sorted, used, complete, and those of the project's table."""
    declared, used = declared_prefixes(file.tokens), used_prefixes(file.tokens)
    known = [name.text[:-1] for name, _ in declared]
    for i, (name, iri) in enumerate(declared):
        line, prefix = file.line(name), name.text[:-1]
        if known[:i] and prefix <= known[i - 1]:
            yield line, "prefixes", f"PREFIX {prefix}: stands out of order; sort the lines, each prefix once"
        if prefix not in used:
            yield line, "prefixes", f"PREFIX {prefix}: is not used; take the line out"
        if PREFIXES.get(prefix, iri if file.services else None) != iri:
            told = f"is <{PREFIXES[prefix]}>" if prefix in PREFIXES else "is not in the project's table"
            yield line, "prefixes", f"PREFIX {prefix}: {told}"
    for prefix, token in used.items():
        if prefix not in known:
            yield file.line(token), "prefixes", f"prefix {prefix}: is used but has no PREFIX line"


def services(file: _File) -> Iterator[Trouble]:
    """The neighbours that the header names are those that the text asks, each in a way that can be sent on."""
    try:
        found = service_blocks(file.query.text) if file.services else []
    except QuerySyntaxError as error:
        yield error.line + file.offset, "services", error.reason
        return
    except UsageError as error:
        at = _LINE.search(str(error))
        yield int(at[1]) + file.offset if at else 1, "services", str(error).split("\n")[0].partition(": ")[2]
        return
    told = set(file.services.values())
    for block in found:
        yield from _narrowed(file, block)
        if block.service not in told:
            text = f"the text asks <{block.service}>, which the header's services do not name"
            yield block.line + file.offset, "services", text
    for name, address in file.services.items():
        if address not in {block.service for block in found}:
            yield (
                file.header_line(name),
                "services",
                f"the header names {name} ({address}), which the text does not ask",
            )


def _narrowed(file: _File, block: ServiceBlock) -> Iterator[Trouble]:
    """Of a block that shares something with what is before it, a part goes along, so that not all is asked."""
    before, inside = (
        {token.text[1:] for token in file.tokens if token.kind == "variable" and start <= token.start < end}
        for start, end in ((outer_group(file.query.text)[0], block.start), block.inside)
    )
    if (shared := before & inside) and not shared & set(block.leading):
        names = ", ".join(f"?{name}" for name in sorted(shared))
        text = f"begin the block with a triple about {names}; as it is, the service is asked for everything"
        yield block.line + file.offset, "services", text


def _services(file: _File) -> list:
    try:
        return service_blocks(file.query.text) if file.services else []
    except UsageError:
        return []


def _term(parameter: Parameter) -> object:
    """The term that a parameter's default is, as far as the file alone can tell."""
    if parameter.type in LITERAL_TYPES:
        return literal(parameter.type, parameter.default)
    iri = expand(parameter.default)
    if iri is None:
        raise ParameterError(f"{parameter.default!r} is not a prefixed name such as instrument:acsa")
    if parameter.type in KINDS and kind_of(iri) != parameter.type:
        raise ParameterError(f"{parameter.default!r} is not of the kind {parameter.type}")
    if parameter.type == "entity" and not kind_of(iri):
        raise ParameterError(f"{parameter.default!r} is not one of the project's things")
    return NamedNode(iri)


def _values(file: _File, block: Block) -> list:
    """The terms in the braces of ``block``; empty where they cannot be read."""
    head = "".join(f"PREFIX {name.text} <{iri}> " for name, iri in declared_prefixes(file.tokens))
    inside = file.query.text[block.start : block.end]
    try:
        return [row[0] for row in Store().query(f"{head} SELECT ?v {{ VALUES ?v {{ {inside} \n}} }}")]
    except SyntaxError:
        return []


RULES: tuple[Callable[[_File], Iterator[Trouble]], ...] = (
    names,
    notes,
    defaults,
    shape,
    columns,
    prefixes,
    services,
)

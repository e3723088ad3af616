"""The second engine: rdflib, slower and independent, so that an answer never rests on one implementation.

It is here to compare with (``ukjapan queries test``), and for people whose code speaks rdflib.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import rdflib

from ukjapan_graph.answering.engines import Engine, Rows, explain, prepare
from ukjapan_graph.errors import SourceError, UkjapanError
from ukjapan_graph.querying.tokens import tokenise

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\\[uU])|.)", re.DOTALL)
_DELIMITERS = {'"': r"\"", "'": r"\'", "\\": r"\\", "\n": r"\n", "\r": r"\r"}


class RdflibEngine(Engine):
    """An :class:`~ukjapan_graph.answering.engines.Engine` on an rdflib dataset whose default graph is the union.

    Terms go in and out as pyoxigraph's, so that rows compare equal between engines. ``SERVICE`` is always
    refused: rdflib drops some spellings of it without a word and answers nothing.
    """

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset

    @classmethod
    def open(cls, path: str | Path, *beside: str | Path) -> RdflibEngine:
        """An engine on the release file ``path`` (N-Quads), and the files ``beside`` it.

        :raises SourceError: a file is missing, or is not N-Quads
        """
        dataset = rdflib.Dataset(default_union=True)
        for file in (path, *beside):
            cls._load(dataset, file)
        return cls(dataset)

    @staticmethod
    def _load(dataset: rdflib.Dataset, path: str | Path) -> None:
        try:
            with _as_we_need_it(), open(path, "rb") as lines:  # noqa: PTH123
                dataset.parse(file=lines, format="nquads")
        except FileNotFoundError:
            raise SourceError(path, "there is no release file; make it with: ukjapan build") from None
        except OSError as error:
            raise SourceError(path, f"cannot be read: {error.strerror}") from error
        except rdflib.exceptions.ParserError as error:
            raise SourceError(path, f"is not N-Quads: {error}") from error

    def select(self, text: str) -> Rows:
        with self._answer(text, "SELECT") as result:
            columns = tuple(str(variable) for variable in result.vars)
            rows = [tuple(_term(row.get(variable)) for variable in result.vars) for row in result.bindings]
        return Rows(columns, rows)

    def ask(self, text: str) -> bool:
        with self._answer(text, "ASK") as result:
            return bool(result.askAnswer)

    def construct(self, text: str) -> list[pyoxigraph.Triple]:
        with self._answer(text, "CONSTRUCT", "DESCRIBE") as result:
            triples = {pyoxigraph.Triple(*map(_term, triple)) for triple in result.graph}
        return sorted(triples, key=str)

    @contextmanager
    def _answer(self, text: str, *forms: str) -> Iterator[rdflib.query.Result]:
        full, added = prepare(text, forms)
        try:
            # The standard is stricter than rdflib's parser: what the first engine refuses, so does this one.
            pyoxigraph.Store().query(full)
        except SyntaxError as error:
            raise explain(error, text, added) from None
        try:
            with _as_we_need_it():
                yield self.dataset.query(_as_rdflib_reads(full))
        except UkjapanError:
            raise
        except Exception as error:
            raise UkjapanError(f"rdflib cannot run this query: {type(error).__name__}: {error}") from error


@contextmanager
def _as_we_need_it() -> Iterator[None]:
    """Keep rdflib from rewriting literals (``01`` to ``1``, ``Z`` dropped) here, and only here.

    Warnings by which rdflib's own parts complain of each other are not passed on.
    """
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _as_rdflib_reads(text: str) -> str:
    r"""``text`` without comments, and with strings so escaped that rdflib reads what the standard says.

    rdflib replaces every ``\uXXXX`` in the whole text before it looks for strings, so that one in a comment
    could end it, one for a quote would end its string, and ``\\u0041`` would lose its backslash.
    """
    parts, end = [], 0
    for token in tokenise(text):
        parts.append(" " if token.start > end else "")
        parts.append(_string(token.text) if token.kind == "string" else token.text)
        end = token.start + len(token.text)
    return "".join(parts)


def _string(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        if code := match[1] or match[2]:
            character = chr(int(code, 16))
            return _DELIMITERS.get(character, character)
        if match[3]:
            # Eight digits: rdflib would take four digits and four hexadecimal letters after them for one.
            return rf"\\\U{ord(match[3][1]):08X}"
        return match[0]

    return _ESCAPED.sub(escape, text)


def _term(
    term: rdflib.term.Node | None,
) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | None:
    """The same term as pyoxigraph writes it: language tags in lower case."""
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        if term.language:
            return pyoxigraph.Literal(str(term), language=term.language.lower())
        datatype = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
        return pyoxigraph.Literal(str(term), datatype=datatype)
    if isinstance(term, rdflib.BNode):
        return pyoxigraph.BlankNode(str(term))
    return pyoxigraph.NamedNode(str(term))

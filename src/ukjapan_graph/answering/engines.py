"""One way to ask SPARQL of the dataset, whoever answers: the embedded engine here, others beside it.

An engine sees the union of all named graphs as its default graph. It answers from the dataset alone:
``SERVICE`` is refused unless the address is on the engine's own list, and ``FROM`` and updates always,
because engines fetch what those name from anywhere, loopback included.
"""

from __future__ import annotations

import re
from collections import namedtuple

from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, Triple

from ukjapan_graph.errors import QuerySyntaxError, SourceError, UsageError
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying.tokens import (
    Token,
    declared_prefixes,
    is_word,
    syntax_error,
    tokenise,
    used_prefixes,
)

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from pyoxigraph import BlankNode, Literal, NamedNode

    Term = NamedNode | BlankNode | Literal | Triple

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_AT = r"(?s)error at (\d+):(\d+): expected (.*)"
_WORD = r"[A-Z]+|\W"


class Rows(namedtuple("Rows", "columns rows")):
    """The answer to a SELECT.

    :ivar columns: variable names without ``?``, a tuple in the order of the query
    :ivar rows: a list of one tuple of terms a row, in the order of the query; None where unbound
    """

    __slots__ = ()


def rows_of(solutions: QuerySolutions) -> Rows:
    """All that is left of ``solutions``, which must not be used again.

    They must go in the thread where they came; an error on the way, which keeps what it saw, does not keep them.

    :raises SyntaxError: they were read from a text, and it breaks off
    :raises ValueError: likewise, or they are no rows but the answer to an ASK
    """
    try:
        if not isinstance(solutions, QuerySolutions):
            raise ValueError("yes or no in place of rows")
        return Rows(tuple(v.value for v in solutions.variables), list(map(tuple, solutions)))
    finally:
        del solutions


class Engine:
    """Whoever answers SPARQL.

    Every method raises :class:`QuerySyntaxError` for text that does not parse and :class:`UsageError` for
    another form of query than its own, an update, ``FROM``, or ``SERVICE`` to an address not allowed.
    """

    def select(self, text: str) -> Rows:
        """The rows of a SELECT."""
        raise NotImplementedError

    def ask(self, text: str) -> bool:
        """The answer to an ASK."""
        raise NotImplementedError

    def construct(self, text: str) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once, sorted by their N-Triples text."""
        raise NotImplementedError


class Embedded(Engine):
    """The engine in this process: a pyoxigraph store.

    :param services: the addresses that ``SERVICE <address>`` may name, compared whole
    :param merged: whether the store's own default graph already is the merge of its named graphs
    """

    def __init__(self, store: Store, *, services: Iterable[str] = (), merged: bool = False) -> None:
        self.store = store
        self.services = frozenset(services)
        self._merged = merged

    @classmethod
    def open(cls, path: str | Path, *, services: Iterable[str] = ()) -> Embedded:
        """An engine on the release file ``path``.

        :raises SourceError: see :func:`open_store`
        """
        return cls(open_store(path), services=services)

    @classmethod
    def of_merge(cls, store: Store, *, services: Iterable[str] = ()) -> Embedded:
        """An engine on a copy of ``store`` whose default graph is the RDF merge of its named graphs.

        Oxigraph's own union shows a triple once for each graph that holds it; the merge shows it once, as
        the standard says (SPARQL 1.1 Query, 13.1). The copy takes time, so saved questions do without
        and say ``DISTINCT``; for a query that anybody may write it is worth it.
        """
        whole = Store()
        whole.extend(store)
        whole.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in store)
        return cls(whole, services=services, merged=True)

    def select(self, text: str) -> Rows:
        return rows_of(self.answer(text, "SELECT"))

    def ask(self, text: str) -> bool:
        return bool(self.answer(text, "ASK"))

    def construct(self, text: str) -> list[Triple]:
        return sorted(set(self.answer(text, "CONSTRUCT", "DESCRIBE")), key=str)

    def answer(self, text: str, *forms: str) -> object:
        """pyoxigraph's own answer to a query of one of ``forms``, for those who write it out at once."""
        full, added = prepare(text, forms, self.services)
        try:
            return self.store.query(full, use_default_graph_as_union=not self._merged)
        except SyntaxError as error:
            raise explain(error, text, added) from None


def open_store(path: str | Path, *beside: str | Path) -> Store:
    """The release file ``path`` (N-Quads), and the files ``beside`` it, as a store in memory.

    :raises SourceError: a file is missing, or is not N-Quads
    """
    store = Store()
    _load(store, path, "release file")
    for file in beside:
        _load(store, file, "file of outside facts")
    return store


def _load(store: Store, path: str | Path, what: str) -> None:
    try:
        store.load(path=str(path), format=RdfFormat.N_QUADS)
    except FileNotFoundError:
        raise SourceError(path, f"there is no {what}; make it with: ukjapan build") from None
    except SyntaxError as error:
        raise SourceError(path, f"is not N-Quads: {error.msg}", line=error.lineno) from error
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from error


def query_form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE: what kind of answer ``text`` asks for.

    :raises QuerySyntaxError: it is none of them
    """
    return _form(tokenise(text), text)[0]


def prepare(
    text: str,
    forms: tuple[str, ...],
    services: frozenset[str] = frozenset(),
    graphs: Container[str] | None = None,
) -> tuple[str, int]:
    """``text`` ready for an engine, and the number of lines put before it.

    Those lines declare the prefixes of the project's table that ``text`` does not declare itself.

    :param graphs: None to refuse ``FROM``; else whoever calls has seen to the graphs that it names
    :raises QuerySyntaxError: the text has no query form, or a prefix that nobody declares
    :raises UsageError: it is not one of ``forms``, or holds an update, ``FROM``, or ``SERVICE`` to an address
        not in ``services``
    """
    tokens = tokenise(text)
    form, start = _form(tokens, text)
    if form not in forms:
        article = "an" if form == "ASK" else "a"
        raise UsageError(f"this is {article} {form} query; {' or '.join(forms)} is wanted here")
    for i, token in enumerate(tokens):
        if is_word(token, "SERVICE"):
            _check_service(tokens[i + 1 : i + 3], token, text, services)
        if graphs is None and is_word(token, "FROM") and i > start:
            raise _refused("FROM is refused: every query sees all graphs; use GRAPH <…> { … }", text, token)
    declared = {name.text[:-1] for name, _ in declared_prefixes(tokens)}
    for prefix, token in used_prefixes(tokens).items():
        if prefix not in declared and prefix not in PREFIXES:
            raise syntax_error(f"the prefix {prefix}: is not declared; add a PREFIX line for it", text, token)
    missing = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items() if prefix not in declared]
    return "".join([*missing, text]), len(missing)


def explain(error: SyntaxError, text: str, added: int = 0) -> QuerySyntaxError:
    """pyoxigraph's ``error`` on ``text`` with ``added`` lines before it, in words for the text's author."""
    match = re.search(_AT, str(error))
    if not match:
        return QuerySyntaxError(str(error), text, 1, 1)
    line, column, expected = max(int(match[1]) - added, 1), int(match[2]), match[3]
    # The parser reports the furthest place it reached and all it would have taken there, mostly noise.
    if "IRI parsing failed" in expected:
        reason = "this is not an IRI"
    elif "The SELECT contains" in expected:
        reason = "the SELECT holds a variable that is neither bound nor grouped by"
    else:
        word = expected.strip('"')
        hint = f"; expected {word}" if word != "OPTIONAL" and re.fullmatch(_WORD, word) else ""
        reason = f"not SPARQL here or just before{hint}"
    return QuerySyntaxError(reason, text, line, column)


def _form(tokens: list[Token], text: str) -> tuple[str, int]:
    """The form of the query and the place of its word among ``tokens``."""
    for i, token in enumerate(tokens):
        if is_word(token, *FORMS):
            return token.text.upper(), i
        if is_word(token, *_UPDATES):
            raise _refused("an update is refused: the release file changes only by building it", text, token)
        if token.kind == "mark":
            raise syntax_error("this is not an IRI", text, token)
        if token.kind == "word" and not is_word(token, "PREFIX", "BASE"):
            raise syntax_error(f"expected one of {', '.join(FORMS)}", text, token)
    raise QuerySyntaxError(f"nothing is asked: write one of {', '.join(FORMS)}", text, 1, 1)


def _check_service(after: list[Token], service: Token, text: str, services: frozenset[str]) -> None:
    """Refuse ``SERVICE`` unless the tokens after it are an address in ``services``."""
    target = after[1] if len(after) > 1 and is_word(after[0], "SILENT") else after[0] if after else service
    if target.kind != "iri" or target.text[1:-1] not in services:
        allowed = (
            f"allowed here: {', '.join(sorted(services))}" if services else "this engine asks nobody else"
        )
        raise _refused(f"SERVICE {target.text} is refused; {allowed}", text, target)


def _refused(reason: str, text: str, token: Token) -> UsageError:
    """A refusal that says where."""
    return UsageError(str(syntax_error(reason, text, token)))

"""A saved question, asked: values bound, rows fetched, and what to say where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering import names, questions
from ukjapan_graph.answering.engines import Embedded, Engine, Rows
from ukjapan_graph.errors import AmbiguousNameError, ParameterError, UkjapanError, UnknownNameError
from ukjapan_graph.namespaces import PREFIXES
from ukjapan_graph.querying import binding
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery

_XSD = PREFIXES["xsd"]


class Answer:
    """The rows of one question.

    :ivar query: the question
    :ivar parameters: the terms it was asked for, by parameter; those left out had their defaults
    :ivar result: the rows as RDF terms
    """

    __slots__ = ("_rows", "_store", "parameters", "query", "result")

    def __init__(self, store: Store, query: SavedQuery, parameters: Mapping, result: Rows) -> None:
        self._store, self._rows = store, None
        self.query, self.parameters, self.result = query, dict(parameters), result

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names, in order."""
        return self.result.columns

    @property
    def rows(self) -> list[tuple]:
        """One tuple a row, each cell as Python has it; see :func:`python_value`."""
        if self._rows is None:
            self._rows = [tuple(python_value(self._store, term) for term in row) for row in self.result.rows]
        return self._rows

    @property
    def silence(self) -> str:
        """What an answer without rows means, as a sentence; "" where there are rows."""
        if self.result.rows:
            return ""
        text = self.query.silence
        return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")

    def __len__(self) -> int:
        return len(self.result.rows)

    def __iter__(self) -> Iterator[tuple]:
        return iter(self.rows)

    def to_pandas(self) -> object:
        """The rows as a ``pandas.DataFrame``.

        :raises UkjapanError: pandas is not installed
        """
        try:
            import pandas
        except ImportError:
            raise UkjapanError(
                "pandas is not installed; install it with: pip install 'ukjapan-graph[pandas]'"
            ) from None
        return pandas.DataFrame(self.rows, columns=list(self.columns))


def ask(store: Store, name: str, values: Mapping[str, object], *, engine: Engine | None = None) -> Answer:
    """The answer to the saved question ``name`` for the given ``values`` of its parameters.

    :param values: what a person types (``"acsa"``, ``"2017-08-31"``), or an entity, a date, an integer
    :param engine: who answers; by default the embedded engine on ``store``
    :raises UnknownNameError: there is no such question
    :raises ParameterError: no such parameter, or a value that is not of its type or is not known
    """
    query = questions.read(store, name)
    terms = bound_terms(store, query, values)
    rows = (engine or Embedded(store)).select(binding.bind(query.text, terms))
    return Answer(store, query, terms, rows)


def bound_terms(
    store: Store, query: SavedQuery, values: Mapping[str, object]
) -> dict[str, NamedNode | Literal]:
    """The term of each of ``values`` for the parameters of ``query``.

    :raises ParameterError: as in :func:`ask`
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    terms = {}
    for name, value in values.items():
        if name not in known:
            from difflib import get_close_matches

            nearest = get_close_matches(name, known, cutoff=0.5)
            hint = f" Did you mean {nearest[0]}?" if nearest else ""
            takes = ", ".join(known) or "none"
            raise ParameterError(f"{query.name} has no parameter {name!r}.{hint} It takes: {takes}")
        terms[name] = parameter_term(store, known[name], value)
    return terms


def parameter_term(store: Store, parameter: Parameter, value: object) -> NamedNode | Literal:
    """The term that ``value`` is for ``parameter``.

    :raises ParameterError: it is not of the parameter's type, or not the name of exactly one thing
    """
    text = getattr(value, "iri", value)
    try:
        if parameter.type in binding.LITERAL_TYPES:
            return binding.literal(parameter.type, text)
        if not isinstance(text, str):
            raise ParameterError(f"{value!r} is not a name")
        if parameter.type == "term":
            return names.find_term(store, text)
        return names.find(store, text, parameter.type)
    except (ParameterError, UnknownNameError, AmbiguousNameError) as error:
        raise ParameterError(f"{parameter.name}: {error}") from error


def python_value(store: Store, term: object) -> object:
    """``term`` as Python has it.

    An IRI is an :class:`~ukjapan_graph.answering.names.Entity`, an ``xsd:date`` a ``date``, an ``xsd:integer`` an
    ``int``, an ``xsd:decimal`` a ``Decimal``, an ``xsd:boolean`` a ``bool``; every other literal (a year or
    month included, since Python has no such type) is its text, and an unbound cell None.
    """
    if isinstance(term, NamedNode):
        return names.entity(store, term)
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    local = term.datatype.value.removeprefix(_XSD)
    if local == "integer":
        return int(term.value)
    if local == "boolean":
        return term.value in ("true", "1")
    if local == "decimal":
        from decimal import Decimal

        return Decimal(term.value)
    if local == "date" and len(term.value) == 10:
        from datetime import date

        return date.fromisoformat(term.value)
    return term.value

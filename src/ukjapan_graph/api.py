"""The knowledge graph as a Python object."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store, Triple

from ukjapan_graph.answering import answers, names, questions
from ukjapan_graph.answering.answers import Answer
from ukjapan_graph.answering.describe import Description
from ukjapan_graph.answering.engines import Embedded, Engine, Rows, query_form
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.answering.views import CORPUS, open_view
from ukjapan_graph.answering.why import Explanation
from ukjapan_graph.errors import UsageError
from ukjapan_graph.querying.saved_query import SavedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ukjapan_graph.linking.neighbours.federated import NeighboursAnswer
    from ukjapan_graph.linking.outside.lines import Line
    from ukjapan_graph.remote.access import Access


class KnowledgeGraph:
    """The release file in memory, and what can be asked of it.

    >>> graph = KnowledgeGraph.open()
    >>> for row in graph.ask("builds-on", instrument="acsa"):
    ...     print(*row, sep=" | ")

    :ivar store: the dataset, a pyoxigraph store whose named graphs are the passages
    :ivar endpoint: who answers questions and SPARQL in its place; None for the store itself
    """

    def __init__(self, store: Store, endpoint: Engine | None = None) -> None:
        self.store, self.endpoint = store, endpoint

    @cached_property
    def _merge(self) -> Engine:
        return self.endpoint or Embedded.of_merge(self.store)

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        view: str = CORPUS,
        external: str | Path | None = None,
        endpoint: str | Access | None = None,
        seconds: float = 60.0,
    ) -> KnowledgeGraph:
        """The graph in the release file ``path``; by default the one that comes with the package.

        The ``view`` is "corpus", what the documents say, or "world", what the sources in the file
        ``external`` of outside facts say, too; see :mod:`ukjapan_graph.answering.views`.

        With the address of a SPARQL ``endpoint``, questions and SPARQL are answered there; what questions
        there are, and what names and labels mean, still comes from the release file.

        :param endpoint: an address, with credentials from the environment or netrc, or an ``Access``
        :param seconds: the most that an answer of the endpoint may take
        :raises SourceError: a file is missing, or is not N-Quads
        :raises UsageError: the address is none, there is no such view, or one is asked of an endpoint
        :raises UkjapanError: the endpoint does not hold this release, or hides it in named graphs
        :raises RemoteError: the endpoint does not answer
        """
        store = open_view(view, path, external)
        if endpoint is None:
            return cls(store)
        if view != CORPUS:
            raise UsageError("an endpoint shows what was loaded there; a view is of the files here")
        from ukjapan_graph.answering import presence
        from ukjapan_graph.answering.remote_engine import Remote
        from ukjapan_graph.remote.access import access

        known = access(endpoint) if isinstance(endpoint, str) else endpoint
        engine = Remote(known, seconds=seconds)
        presence.require(engine, store, known.address)
        return cls(store, engine)

    def queries(self) -> list[SavedQuery]:
        """The saved questions, sorted by name."""
        return questions.read_all(self.store)

    def ask(self, name: str, /, **parameters: object) -> Answer:
        """The answer to a saved question; see :func:`ukjapan_graph.answering.answers.ask`."""
        return answers.ask(self.store, name, parameters, engine=self.endpoint)

    def ask_neighbours(
        self,
        name: str,
        /,
        *,
        live: bool = False,
        services: Mapping[str, str] | None = None,
        seconds: float = 60.0,
    ) -> NeighboursAnswer:
        """The answer to a saved question that neighbours answer in part: by their recorded answers, or by them.

        With an endpoint, the question goes there as it stands, and the endpoint asks the neighbours.

        :param live: ask the neighbours now, those that the question names and no others
        :param services: with ``live``, for some services another address at which they are asked in fact
        :param seconds: the most that one answer of a neighbour may take
        :returns: the rows, and the recording they come from; None where they come from the neighbours
        :raises UnknownNameError: there is no such question
        :raises SourceError: nothing is recorded for it, or the answer to another question
        :raises RemoteError: a neighbour does not answer in full; the message says which and what lacks
        :raises LimitError: the same, for a limit of time, size or rows
        :raises UsageError: ``services`` without ``live``, or with an address that the question does not ask
        """
        from ukjapan_graph.linking.neighbours import federated
        from ukjapan_graph.resources import root

        found = federated.find(root(), name)
        if services and not live:
            raise UsageError("services are for live answers; add live=True")
        if self.endpoint is not None:
            if live:
                raise UsageError("an endpoint asks the neighbours itself; leave live out")
            return federated.NeighboursAnswer(federated.elsewhere(found, self.endpoint), None)
        engine = Embedded(self.store)
        if live:
            rows = federated.live(found, engine, dict(services or {}), seconds=seconds, size=federated.SIZE)
            return federated.NeighboursAnswer(rows, None)
        return federated.from_recording(found, engine)

    def sparql(self, text: str) -> Rows | bool | list[Triple]:
        """The answer to a SPARQL query: rows of terms for SELECT, a truth for ASK, else triples.

        Prefixes of the project's table need no PREFIX line. Plain patterns see all named graphs.

        :raises QuerySyntaxError: the text does not parse
        :raises UsageError: it is an update, or names another source (``SERVICE``, ``FROM``)
        """
        engine, form = self._merge, query_form(text)
        if form == "SELECT":
            return engine.select(text)
        return engine.ask(text) if form == "ASK" else engine.construct(text)

    def entity(self, name: str) -> Entity:
        """The thing called ``name``: slug, prefixed name, IRI, label, or a name a document uses.

        :raises UnknownNameError: nothing is called that; carries the nearest names
        :raises AmbiguousNameError: several things are; carries them
        """
        return names.entity(self.store, names.find(self.store, name))

    def describe(self, name: str | Entity) -> Description:
        """What each passage says of the thing called ``name``.

        :raises UnknownNameError: as in :meth:`entity`
        :raises AmbiguousNameError: as in :meth:`entity`
        """
        from ukjapan_graph.answering.describe import describe

        return describe(self.store, names.find(self.store, _typed(name)))

    def audit(self) -> list[Line]:
        """What the documents say, set against outside facts; see :func:`ukjapan_graph.linking.outside.audit.audit`.

        :raises UsageError: the graph was not opened with ``view="world"``
        """
        from ukjapan_graph.linking.outside.audit import audit

        return audit(self.store)

    def why(
        self,
        subject: str | Entity | None = None,
        predicate: str | Entity | None = None,
        object: str | Entity | None = None,
    ) -> Explanation:
        """What a fact rests on; of the three, at least two. See :func:`ukjapan_graph.answering.why.explain`."""
        from ukjapan_graph.answering.why import explain

        return explain(self.store, *(_typed(part) for part in (subject, predicate, object)))


def _typed(name: str | Entity | None) -> str:
    """``name`` as a person would type it."""
    return name.iri if isinstance(name, Entity) else name or ""

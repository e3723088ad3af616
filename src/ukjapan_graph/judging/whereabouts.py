"""Where a breach stands: the file and line of the fact that is wrong, or of the thing it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad

from ukjapan_graph.data import places
from ukjapan_graph.data.sources import Locator, Source, source_files
from ukjapan_graph.files import read_bytes
from ukjapan_graph.judging.verdicts import Breach

Place = tuple[str, int]


class Whereabouts:
    """Finds the place of each breach; reads the files once, when first asked.

    :param quads: the facts, each in its graph
    :param drafts: files to look in before those of the project, with the IRI of their graph
    """

    def __init__(self, root: Path, quads: Iterable[Quad], drafts: Iterable[Source] = ()) -> None:
        self._root, self._quads, self._drafts = root, quads, list(drafts)
        self._locator = Locator(root)
        self._subjects: dict[tuple[str, str], Place] = {}
        self._graphs: dict[tuple, list[str]] = defaultdict(list)

    def of(self, breach: Breach) -> Place:
        """Path and line where the focus of ``breach`` has the offending value, or, where there is none, the
        property; else where it is described; ("", 0) where no file names it."""
        if not self._subjects:
            self._read()
        here = self._graphs.get((breach.focus, breach.path, breach.value), ())
        keys = [(graph, breach.focus) for graph in here]
        found = [self._subjects[key] for key in keys if key in self._subjects]
        return min(found) if found else self.of_name(breach.focus)

    def of_name(self, iri: str) -> Place:
        """Path and line where ``iri`` is described; ("", 0) where no file names it."""
        if not self._subjects:
            self._read()
        # A draft describes the thing anew; it goes before the project's own description.
        drafts = {source.path for source in self._drafts}
        found = [p for (_, name), p in self._subjects.items() if name == iri and p[0] in drafts]
        return min(found) if found else self._locator.find(iri) or ("", 0)

    def _read(self) -> None:
        for source in (*self._drafts, *source_files(self._root)):
            content = read_bytes(self._root / source.path).decode(errors="replace")
            for iri, line, role, graph, _ in places.occurrences(content):
                if role == places.SUBJECT:
                    self._subjects.setdefault((source.graph or graph, iri), (source.path, line))
        for quad in self._quads:
            for value in (quad.object, None):
                self._graphs[quad.subject.value, quad.predicate.value, value].append(quad.graph_name.value)

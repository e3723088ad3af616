"""The judge of evidence: do the passages stand in the documents, and is every passage accounted for?

Verification compares the record of each document with its raw text, or, without the texts, with itself.
Coverage asks the opposite question: which passages does nothing in the graph rest on?
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad

from ukjapan_graph.data import canonical, places
from ukjapan_graph.data.sources import source_files
from ukjapan_graph.documents import kinds
from ukjapan_graph.documents.comparing import text_faults
from ukjapan_graph.documents.drafting import units_of
from ukjapan_graph.documents.record import UKJ, Record, read_record
from ukjapan_graph.documents.text import read_raw
from ukjapan_graph.documents.verifying import Fault, inner_faults
from ukjapan_graph.errors import UnknownNameError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import shorten


class DocumentFile(NamedTuple):
    """The file of one document: its path relative to the root, its quads, and what they record."""

    path: str
    quads: list[Quad]
    record: Record


class Coverage(NamedTuple):
    """How much of a document the graph rests on.

    :ivar document: slug of the document; "total" for all of them
    :ivar units: number of its passages
    :ivar kinds: number of passages by kind, in the order of :data:`kinds.KINDS`; their sum is less than
        ``units`` where a passage has no known kind
    :ivar cited: passages of text or metadata that something rests on
    :ivar uncited: those that nothing rests on
    """

    document: str
    units: int
    kinds: tuple[int, ...]
    cited: int
    uncited: int


def document_files(root: Path, names: Iterable[str] = ()) -> list[DocumentFile]:
    """The documents called ``names`` (slug, or ``document:slug``), or all, sorted by path.

    :raises UnknownNameError: no file records a document of that name
    :raises SourceError: a file cannot be read, or does not record a document
    """
    found = []
    for source in source_files(root):
        if not source.graph:
            quads = canonical.parse(root / source.path)
            found.append(DocumentFile(source.path, quads, read_record(quads, source.path)))
    wanted = {name.removeprefix("document:") for name in names}
    known = sorted(file.record.slug for file in found)
    for name in sorted(wanted - set(known)):
        see = f"Known: {', '.join(known)}." if known else "There is none yet: start one with draft --new."
        raise UnknownNameError("document", name, get_close_matches(name, known), see=see)
    return [file for file in found if not wanted or file.record.slug in wanted]


def check_document(file: DocumentFile, root: Path, folder: Path | None) -> list[Finding]:
    """What is wrong with the passages and mentions of one document, sorted by line.

    :param folder: where the raw documents are; None to look at the record alone
    :raises SourceError: the raw text cannot be read, or its units not numbered
    """
    record = file.record
    if folder is None:
        return locate_faults(inner_faults(record), file, root)
    path = folder / record.file_name
    if not path.is_file():
        message = f"{record.file_name} is not in the documents' folder; put it there or mend ukj:fileName"
        return locate_faults([*inner_faults(record), Fault(record.iri, "document-text", message)], file, root)
    raw = read_raw(path)
    faults = inner_faults(record, len(raw.text))
    return locate_faults(faults + text_faults(file.quads, record, raw, units_of(record, raw)), file, root)


def coverage(quads: Iterable[Quad]) -> list[Coverage]:
    """Coverage of each document in ``quads`` (the whole dataset), sorted by document, and in total."""
    view = _View(quads)
    rows = []
    for document in sorted(set(view.documents.values())):
        passages = [p for p, owner in view.documents.items() if owner == document]
        rows.append(_row(document.rpartition("/")[2], passages, view))
    return [*rows, _row("total", list(view.documents), view)]


def coverage_faults(quads: Iterable[Quad]) -> list[Fault]:
    """Passages that carry a claim but no fact, or carry facts but no claim; sorted by IRI."""
    view = _View(quads)
    faults = []
    for passage in sorted(view.documents):
        kind = view.kinds.get(passage, "")
        name = shorten(passage)
        if kind not in kinds.KINDS:
            message = f"has no kind of passage; give it a ukj:passageKind ({', '.join(kinds.KINDS)})"
            faults.append(Fault(passage, "passage-kind", message, kind))
        elif kind in kinds.CITED_KINDS and not view.is_cited(passage):
            message = (
                f"nothing rests on it; state what it says in {name} {{ … }}, name it as the premise of an "
                "inference, or, if it carries no claim, change its ukj:passageKind"
            )
            faults.append(Fault(passage, "passage-cited", message, kind))
        elif kind not in kinds.CITED_KINDS and (passage in view.stating or passage in view.mentioning):
            has = "facts" if passage in view.stating else "mentions"
            message = f"is of a kind without claims but has {has}; remove them or mend its ukj:passageKind"
            faults.append(Fault(passage, "passage-cited", message, kind))
    return faults


def locate_faults(faults: Iterable[Fault], file: DocumentFile, root: Path) -> list[Finding]:
    """``faults`` as findings, sorted, each at the line of ``file`` where its node is first a subject."""
    lines: dict[str, int] = {}
    content = read_bytes(root / file.path).decode(errors="replace")
    for found in places.occurrences(content):
        if found.role == places.SUBJECT:
            lines.setdefault(found.iri, found.line)
    return sorted(
        Finding(file.path, lines.get(f.focus, 0), shorten(f.focus), f.check, f.message, f.value)
        for f in faults
    )


class _View:
    """What coverage needs of a dataset.

    :ivar documents: document of each passage
    :ivar kinds: last segment of the kind of each passage
    :ivar stating: passages whose graph, or reading, holds a triple
    :ivar mentioning: passages with mentions
    :ivar supporting: passages that an inference or silence names
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.documents: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.mentioning: set[str] = set()
        self.supporting: set[str] = set()
        graphs: set[str] = set()
        readings: dict[str, str] = {}
        for subject, predicate, value, graph in quads:
            graphs.add(getattr(graph, "value", ""))
            match predicate.value.removeprefix(UKJ):
                case "inDocument":
                    self.documents[subject.value] = value.value
                case "passageKind":
                    self.kinds[subject.value] = value.value.rpartition("/")[2]
                case "readingOf":
                    readings[subject.value] = value.value
                case "inPassage":
                    self.mentioning.add(value.value)
                case "premise" | "nearestPassage":
                    self.supporting.add(value.value)
        self.stating = {readings.get(graph, graph) for graph in graphs}

    def is_cited(self, passage: str) -> bool:
        """Whether anything rests on ``passage``; for metadata a mention is enough."""
        named = passage in self.mentioning and self.kinds.get(passage) == kinds.METADATA
        return passage in self.stating or passage in self.supporting or named


def _row(name: str, passages: list[str], view: _View) -> Coverage:
    counts = Counter(view.kinds.get(passage, "") for passage in passages)
    due = [passage for passage in passages if view.kinds.get(passage) in kinds.CITED_KINDS]
    cited = sum(view.is_cited(passage) for passage in due)
    return Coverage(name, len(passages), tuple(counts[k] for k in kinds.KINDS), cited, len(due) - cited)

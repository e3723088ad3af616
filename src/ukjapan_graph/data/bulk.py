"""What bulk loaders eat: N-Triples graph by graph with a manifest, and gzip that is the same each time.

A folder for Virtuoso's ``ld_dir`` has for each graph a file ``NAME.nt.gz`` and beside it ``NAME.nt.graph``,
whose one line is the IRI of the graph it goes into. ``manifest.tsv`` lists file, graph, number of triples and
SHA-256 of the triples before compression, for any other loader and for whoever checks.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable

from pyoxigraph import Quad

from ukjapan_graph.data.canonical import text
from ukjapan_graph.data.turtle import natural
from ukjapan_graph.namespaces import shorten

MANIFEST = "manifest.tsv"
_PLAIN = re.compile(r"[^A-Za-z0-9]+")


def folder(quads: Iterable[Quad]) -> dict[str, bytes]:
    """The files, by name, that hold ``quads`` (each in a named graph); the same quads give the same bytes."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, []).append(Quad(quad.subject, quad.predicate, quad.object))
    files, lines = {}, ["file\tgraph\ttriples\tsha256\n"]
    for number, graph in enumerate(sorted(graphs, key=natural), 1):
        stem = f"{number:04}-{_PLAIN.sub('-', shorten(graph)).strip('-')}.nt"
        name = f"{stem}.gz"
        content = text(graphs[graph], ".nq").encode()
        files[name] = compressed(content)
        files[f"{stem}.graph"] = f"{graph}\n".encode()
        digest = hashlib.sha256(content).hexdigest()
        count = content.count(b"\n")
        lines.append(f"{name}\t{graph}\t{count}\t{digest}\n")
    return files | {MANIFEST: "".join(lines).encode()}


def compressed(data: bytes) -> bytes:
    """``data`` as gzip (RFC 1952) without name or time, so that the same data give the same bytes."""
    return gzip.compress(data, compresslevel=9, mtime=0)

"""Putting source files in canonical form, and the prefix table into ``ontology/prefixes.ttl``."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from ukjapan_graph.data import canonical, links, sssom, sssom_text
from ukjapan_graph.data.build import first_difference
from ukjapan_graph.data.external_places import faults
from ukjapan_graph.data.sources import Source, external_files, formatted_files, read_one
from ukjapan_graph.data.turtle import RDF_TYPE, XSD
from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes, replace_file
from ukjapan_graph.findings import Finding
from ukjapan_graph.namespaces import BASE, PREFIXES, TERMS, expand

PREFIX_FILE = "ontology/prefixes.ttl"
_PREFIX_HEAD = "# The prefix table, for tools that read it from here (sh:prefixes). Written by: ukjapan fmt\n"


def prefix_table() -> str:
    """The text of ``ontology/prefixes.ttl``: the prefix table in the vocabulary of SHACL (section 5.2.1).

    The ontology declares each prefix by a node with a name, since blank nodes are not allowed.
    """
    ontology = NamedNode(TERMS.removesuffix("#"))
    quads = []
    for prefix, namespace in PREFIXES.items():
        node = NamedNode(f"{BASE}prefix/{prefix}")
        for subject, predicate, value in (
            (ontology, "sh:declare", node),
            (node, RDF_TYPE, NamedNode(PREFIXES["sh"] + "PrefixDeclaration")),
            (node, "sh:prefix", Literal(prefix)),
            (node, "sh:namespace", Literal(namespace, datatype=NamedNode(XSD + "anyURI"))),
        ):
            quads.append(Quad(subject, NamedNode(expand(predicate) or predicate), value))
    return canonical.text(quads, ".ttl", head=_PREFIX_HEAD)


def files_to_format(root: Path) -> list[str]:
    """Relative paths, sorted, of all files kept in canonical form, the prefix table among them."""
    sets = {*links.mapping_files(root), *links.mapping_files(root, candidates=True)}
    return sorted({PREFIX_FILE, *formatted_files(root), *sets})


def format_file(path: Path, root: Path, *, check: bool = False) -> tuple[bool, list[Finding]]:
    """Put ``path`` in canonical form; with ``check`` only say what would change.

    Findings name the file relative to ``root`` where it lies below it. A file that cannot be read, or whose
    comments would be lost, is left alone.

    :returns: whether the file was rewritten, and what is wrong with it
    :raises SourceError: the file cannot be written
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    if path.name.endswith(sssom.SUFFIX):
        found, faults = sssom.parse(read_bytes(path), name)
        return (False, faults) if faults else _written(path, name, sssom_text.text(found), check=check)
    try:
        wanted = prefix_table() if name == PREFIX_FILE else canonical.formatted(path)
    except SourceError as error:
        exact = _out_of_place(root, name) if error.line is None and path.suffix == ".trig" else []
        return False, exact or [Finding(name, error.line or 0, "", "readable", error.reason)]
    return _written(path, name, wanted, check=check)


def _written(path: Path, name: str, wanted: str, *, check: bool) -> tuple[bool, list[Finding]]:
    present = read_bytes(path) if path.exists() or name != PREFIX_FILE else b""
    if present == wanted.encode():
        return False, []
    if not check:
        replace_file(path, wanted.encode())
        return True, []
    line, there, should = first_difference(present.decode(errors="backslashreplace"), wanted)
    message = "is not in canonical form; run: ukjapan fmt"
    return False, [Finding(name, line, "", "canonical", message, f"has {there}, should have {should}")]


def _out_of_place(root: Path, name: str) -> list[Finding]:
    """What is out of place in the TriG file ``name``, with its lines."""
    if name in external_files(root):
        data = read_bytes(root / name)
        return faults(canonical.parse_bytes(data, root / name), name, data.decode())
    return read_one(root, Source(name, ""))[1]

"""``ukjapan export``: the graph, or some of its named graphs, in another format; or its pages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ukjapan_graph.data.export import export, graph_notes, in_graphs, named_graphs, read_release
from ukjapan_graph.errors import DONE
from ukjapan_graph.files import replace_file
from ukjapan_graph.formats import GRAPH_FORMATS, graph_format
from ukjapan_graph.namespaces import shorten


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    if argv[:1] == ["docs"]:
        from ukjapan_graph.cli import export_docs

        return export_docs.run(argv[1:])
    args = _parser().parse_args(argv)
    form = graph_format(args.format or (args.output and args.output.suffix) or "nquads")
    release = read_release(args.root)
    quads = in_graphs(release, args.graph)
    if args.list_graphs:
        notes = graph_notes(release)
        for iri, count in named_graphs(quads).items():
            print(f"{shorten(iri)}\t{count}\t{notes.get(iri, '')}")
        return DONE
    data = export(quads, form)
    if args.output:
        replace_file(args.output, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    if not form.quads:
        print(f"{form.name} holds no named graphs: which passage says what is not in it", file=sys.stderr)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ukjapan export",
        description="Write the graph, or some of its named graphs, in another format.",
        epilog="ukjapan export docs writes the ontology's pages as HTML; see: ukjapan export docs --help",
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join(GRAPH_FORMATS)} (default: by the suffix of --output, else nquads)",
    )
    parser.add_argument(
        "--graph",
        action="append",
        default=[],
        metavar="NAME",
        help="only this graph (repeat for more): graph:entities, passage:<document>.<unit>, or for short "
        "dataset, documents, entities, entailed, inferences, ontology, queries, silences, tensions; all "
        "passages, all readings: passages, readings",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write to FILE (default: standard output)"
    )
    parser.add_argument(
        "--list-graphs", action="store_true", help="list graphs: name, number of quads, what for"
    )
    parser.add_argument(
        "--root", type=Path, metavar="FOLDER", help="project folder (default: this project's)"
    )
    return parser

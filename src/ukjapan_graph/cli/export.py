"""``ukjapan export``: the graph, or some of its named graphs, in another format; or its pages."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from pyoxigraph import Quad

from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.data.bulk import compressed, folder
from ukjapan_graph.data.encodings import ENCODINGS
from ukjapan_graph.data.export import export, graph_notes, in_graphs, named_graphs, read_release
from ukjapan_graph.errors import DONE, SourceError, UsageError
from ukjapan_graph.files import replace_file
from ukjapan_graph.formats import GRAPH_FORMATS, graph_format
from ukjapan_graph.namespaces import shorten


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    if argv[:1] == ["docs"]:
        from ukjapan_graph.cli import export_docs

        return export_docs.run(argv[1:])
    args = _parser().parse_args(argv)
    if args.bulk and (args.format or args.output or args.statements):
        raise UsageError("--bulk has files and a format of its own; leave out the other options")
    if args.statements and args.format:
        raise UsageError("--statements has a format of its own; leave out --format")
    zipped = args.output is not None and args.output.suffix == ".gz"
    suffix = args.output and (args.output.with_suffix("") if zipped else args.output).suffix
    form = graph_format(args.format or (not args.statements and suffix) or "nquads")
    release = read_release(args.root)
    quads = in_graphs(release, args.graph)
    if args.list_graphs:
        notes = graph_notes(release)
        for iri, count in named_graphs(quads).items():
            print(f"{shorten(iri)}\t{count}\t{notes.get(iri, '')}")
        return DONE
    if args.bulk:
        return _bulk(quads, args.bulk)
    data = ENCODINGS[args.statements](quads).encode() if args.statements else export(quads, form)
    data = compressed(data) if zipped else data
    if args.output:
        replace_file(args.output, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    if not form.quads:
        print(f"{form.name} holds no named graphs: which passage says what is not in it", file=sys.stderr)
    return DONE


def _bulk(quads: list[Quad], target: Path) -> int:
    """Write the files for bulk loaders into the folder ``target``, the manifest last."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is not an empty folder; name one that is, or a new one")
    fresh = not target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(target, f"cannot be made: {error.strerror}") from error
    files = folder(quads)
    try:
        for name, data in files.items():
            replace_file(target / name, data)
    except BaseException:
        # A loader would take what is there for all of it, and the next export refuse the folder.
        for name in files:
            (target / name).unlink(missing_ok=True)
        if fresh:
            with contextlib.suppress(OSError):
                target.rmdir()
        raise
    print(f"{len(files)} files in {target}", file=sys.stderr)
    return DONE


def _parser() -> Parser:
    parser = Parser(
        "export",
        "Write the graph, or some of its named graphs, in another format.",
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
        "--output",
        type=Path,
        metavar="FILE",
        help="write to FILE (default: standard output); a name that ends in .gz is compressed",
    )
    parser.add_argument(
        "--bulk",
        type=Path,
        metavar="FOLDER",
        help="write what bulk loaders eat: for each graph a file of N-Triples (gzip) with its .graph file, as "
        "Virtuoso's ld_dir wants them, and a manifest",
    )
    parser.add_argument(
        "--statements",
        choices=tuple(ENCODINGS),
        metavar="|".join(ENCODINGS),
        help="say in another way which graph states what: rdf:Statement nodes or RDF 1.2 reifiers (N-Triples), "
        "or nanopublications (TriG)",
    )
    parser.add_argument(
        "--list-graphs", action="store_true", help="list graphs: name, number of quads, what for"
    )
    parser.root_option()
    return parser

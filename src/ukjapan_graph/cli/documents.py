"""``ukjapan documents``: draft passages from the documents, check them, and count what rests on them."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import ArgumentTypeError, Namespace
from pathlib import Path

from ukjapan_graph.cli import render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.data import canonical, places
from ukjapan_graph.documents import comparing, drafting, layouts
from ukjapan_graph.documents.record import read_record
from ukjapan_graph.documents.text import read_raw
from ukjapan_graph.errors import DONE, FINDINGS, FindingsError, SourceError, UnknownNameError, UsageError
from ukjapan_graph.files import read_bytes, replace_file
from ukjapan_graph.findings import Finding
from ukjapan_graph.judging.evidence import (
    DocumentFile,
    check_document,
    coverage,
    coverage_faults,
    document_files,
    locate_faults,
)
from ukjapan_graph.namespaces import shorten
from ukjapan_graph.resources import root as default_root

FOLDER_VARIABLE = "UKJAPAN_DOCUMENTS"
_ABOUT = {
    "draft": "write the addresses, ranges and fingerprints of passages and mentions from the raw documents",
    "check": "compare the passages and mentions with the raw documents",
    "coverage": "count the passages on which something in the graph rests",
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    verb, *rest = argv or [""]
    if verb in _ABOUT:
        return {"draft": _draft, "check": _check, "coverage": _coverage}[verb](rest)
    if not verb or verb.startswith("-"):
        parser = Parser("documents", _overview(), usage="ukjapan documents {draft,check,coverage} …")
        parser.parse_args(argv)
        parser.error("say what to do: draft, check or coverage")
    from difflib import get_close_matches

    nearest = get_close_matches(verb, _ABOUT, cutoff=0.5)
    raise UnknownNameError("verb of documents", verb, nearest, see="See: ukjapan documents --help")


def _overview() -> str:
    return " ".join(f"{verb}: {about}." for verb, about in _ABOUT.items())


# draft


def _draft(argv: list[str]) -> int:
    options = _draft_parser().parse_args(argv)
    root = (options.root or default_root()).resolve()
    if options.new:
        file, folder = _new_file(options, root)
        files = [file]
    else:
        folder = _folder(options, required=True)
        files = document_files(root, options.documents)
    findings = [finding for file in files for finding in _draft_file(file, root, folder, options)]
    return _report(findings)


def _draft_file(file: DocumentFile, root: Path, folder: Path, options: Namespace) -> list[Finding]:
    record, path = file.record, root / file.path
    raw = read_raw(_raw_path(folder, record.file_name))
    units = drafting.units_of(record, raw)
    changed = [] if options.accept_changes else comparing.changed(record, raw, units)
    if changed:
        print(f"{file.path}: left as it was", file=sys.stderr)
        return locate_faults(changed, file, root)
    present = canonical.decode(read_bytes(path), path) if path.exists() else ""
    stray = places.stray_comment(present)
    if stray:
        reason = "a comment below the head would be lost; move it to the top or into rdfs:comment"
        raise SourceError(path, reason, line=stray)
    quads = drafting.drafted(file.quads, record, raw, units)
    text = canonical.text(quads, path.suffix, head=places.head(present), path=path)
    if text != present:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())
    state = "written" if text != present else "unchanged"
    counts = f"{len(units)} passages, {len(record.mentions)} mentions"
    print(f"{file.path}: {counts}, {state}", file=sys.stderr)
    return locate_faults(comparing.unplaced(record, raw, units), file, root)


def _raw_path(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise SourceError(path, "is not there; put the raw text there, or mend ukj:fileName of its document")
    return path


def _new_file(options: Namespace, root: Path) -> tuple[DocumentFile, Path]:
    """The file in which a document begins, with nothing in it but what the call says."""
    slug, raw = options.new, options.file
    if options.documents or not (raw and options.layout and options.short_title):
        raise UsageError(
            "--new SLUG takes no DOC but needs --file RAW, --layout LAYOUT and --short-title TITLE"
        )
    if not _SLUG.fullmatch(slug):
        raise UsageError(f"{slug!r} is no slug; use lower-case letters, digits and single hyphens")
    if any(file.record.slug == slug for file in document_files(root)):
        raise UsageError(f"there is a document {slug} already; draft it with: ukjapan documents draft {slug}")
    if not raw.is_file():
        raise SourceError(raw, "is no file; give --file the raw text of the document")
    # The year in a slug tells documents apart; in a file name the date before it does.
    name = f"{options.date}-{re.sub(r'-[0-9]{4}$', '', slug)}" if options.date else f"undated-{slug}"
    path = f"graph/documents/{name}.trig"
    if (root / path).exists():
        raise UsageError(f"{path} is there already; give the document another slug or --date")
    quads = drafting.new_document(slug, raw.name, options.layout, options.short_title)
    return DocumentFile(path, quads, read_record(quads, path)), raw.resolve().parent


def _draft_parser() -> Parser:
    parser = Parser(
        "documents draft",
        "Read the raw documents and write, for each, what the reader knows: the addresses, ranges, "
        "fingerprints and labels of its passages and the ranges of its mentions. All else is kept.",
    )
    _shared_options(parser, folder=True)
    parser.add_argument(
        "--accept-changes",
        action="store_true",
        help="write passages whose words have changed too; compare them with their glosses and facts first",
    )
    new = parser.add_argument_group("a new document")
    new.add_argument("--new", metavar="SLUG", help="start the document called SLUG")
    new.add_argument("--file", type=Path, metavar="RAW", help="its raw text")
    new.add_argument("--layout", metavar="LAYOUT", help=f"one of {', '.join(layouts.LAYOUTS)}")
    new.add_argument("--short-title", metavar="TITLE", help='how to cite it: "Press release of 4 July 2013"')
    new.add_argument("--date", type=_date, metavar="DATE", help="its date (YYYY-MM-DD), for the file's name")
    return parser


def _date(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", text):
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2013-07-04")
    return text


# check


def _check(argv: list[str]) -> int:
    parser = Parser(
        "documents check",
        "Compare each passage and mention with the raw documents: ranges, fingerprints, units without a "
        "passage, names that do not stand where they should. Without the documents, compare the record "
        "with itself.",
    )
    _shared_options(parser, folder=True)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    options = parser.parse_args(argv)
    root = (options.root or default_root()).resolve()
    folder = _folder(options, required=False)
    files = document_files(root, options.documents)
    findings = [finding for file in files for finding in check_document(file, root, folder)]
    if folder is None:
        note = f"the texts were not at hand, so nothing was compared with them; {_how_to_give_it()}"
        print(note, file=sys.stderr)
    passages = [passage for file in files for passage in file.record.passages]
    mentions = [mention for file in files for mention in file.record.mentions]
    counts = {"documents": files, "passages": passages, "mentions": mentions, "findings": findings}
    print(", ".join(f"{name}: {len(found)}" for name, found in counts.items()), file=sys.stderr)
    if options.format == "text":
        return _report(findings)
    found = [finding._asdict() for finding in findings]
    render.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "json")
    return FINDINGS if findings else DONE


def _report(findings: list[Finding]) -> int:
    for finding in findings:
        print(finding)
    return FINDINGS if findings else DONE


def _shared_options(parser: Parser, *, folder: bool) -> None:
    if folder:
        parser.add_argument("documents", nargs="*", metavar="DOC", help="slugs of documents (default: all)")
        about = f"folder of the raw documents (default: the environment variable {FOLDER_VARIABLE})"
        parser.add_argument("--documents", dest="folder", type=Path, metavar="FOLDER", help=about)
    parser.root_option()


def _folder(options: Namespace, *, required: bool) -> Path | None:
    given = options.folder or os.environ.get(FOLDER_VARIABLE)
    if not given:
        if required:
            raise UsageError(f"the raw documents are needed; {_how_to_give_it()}")
        return None
    if not Path(given).is_dir():
        raise UsageError(f"{given} is no folder; {_how_to_give_it()}")
    return Path(given)


def _how_to_give_it() -> str:
    return f"name their folder with --documents FOLDER or in {FOLDER_VARIABLE}"


# coverage


def _coverage(argv: list[str]) -> int:
    from pyoxigraph import Literal, Store

    from ukjapan_graph.answering.engines import Rows
    from ukjapan_graph.data.sources import Locator, read_all
    from ukjapan_graph.documents.kinds import KINDS

    parser = Parser(
        "documents coverage",
        "Count the passages of each document by kind, and those of text and metadata on which a fact, a "
        "reading, an inference or a silence rests. A passage left out is a finding, and so is a fact in a "
        "passage that carries no claim.",
    )
    _shared_options(parser, folder=False)
    parser.add_argument("--format", choices=render.ROW_FORMATS, default="table", help="default: table")
    options = parser.parse_args(argv)
    root = (options.root or default_root()).resolve()
    quads, wrong = read_all(root)
    if wrong:
        raise FindingsError(wrong)
    columns = ("document", "units", *KINDS, "cited", "uncited")
    rows = [tuple(map(Literal, (r.document, r.units, *r.kinds, r.cited, r.uncited))) for r in coverage(quads)]
    render.write(render.rows(Store(), Rows(columns, rows), options.format), options.format)
    sys.stdout.flush()
    locator = Locator(root)
    faults = coverage_faults(quads)
    for fault in faults:
        path, line = locator.find(fault.focus) or ("", 0)
        print(
            Finding(path, line, shorten(fault.focus), fault.check, fault.message, fault.value),
            file=sys.stderr,
        )
    return FINDINGS if faults else DONE

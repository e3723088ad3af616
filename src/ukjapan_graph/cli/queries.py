"""``ukjapan queries``: the saved questions themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from ukjapan_graph.answering import questions
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.cli import remote, render
from ukjapan_graph.cli.listing import federated, listing
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.progress import bar
from ukjapan_graph.errors import DONE, FINDINGS, SourceError, UnknownNameError
from ukjapan_graph.resources import external_path, release_path, root

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.answering.query_tests import Bench
    from ukjapan_graph.answering.remote_engine import Remote

VERBS = ("list", "show", "test")
#: The folders of questions for the world view, and for neighbours; and of their frozen answers.
EXTERNAL, FEDERATED = "external", "federated"


def run(argv: list[str]) -> int:
    """List, show or test the saved questions."""
    options = _parser().parse_args(argv)
    if options.verb not in VERBS:
        from difflib import get_close_matches

        nearest = get_close_matches(options.verb, VERBS, cutoff=0.5)
        raise UnknownNameError("verb of queries", options.verb, nearest, see="See: ukjapan queries --help")
    return {"list": _list, "show": _show, "test": _test}[options.verb](options)


def _parser() -> Parser:
    parser = Parser(
        "queries",
        "The saved questions. list: names and what they ask. show NAME: the file, header and SPARQL. "
        "test [NAME…]: check the files, run them on two engines, and compare with the frozen answers; where "
        "neighbours answer in part, from what is recorded of them.",
    )
    parser.add_argument("verb", nargs="?", default="list", metavar="list|show|test", help="default: list")
    parser.add_argument("names", nargs="*", metavar="NAME", help="saved questions (default: all)")
    parser.add_argument("--tag", help="list only questions with this tag")
    parser.add_argument("--queries", type=Path, metavar="FOLDER", help="folder of the query files")
    parser.add_argument("--expected", type=Path, metavar="FOLDER", help="folder of the frozen answers")
    parser.release_option()
    about = "file of outside facts (default: the one that comes with the package, where --release is)"
    parser.add_argument("--external", metavar="FILE", help=about)
    parser.add_argument("--endpoint", metavar="URL", help="test: compare with this SPARQL endpoint's answers")
    about = "test: most that the endpoint may take for one answer (default: 60)"
    parser.add_argument("--timeout", type=remote.seconds_option, default=60.0, metavar="SECONDS", help=about)
    remote.access_options(parser)
    return parser


def _list(options: object) -> int:
    if options.names:
        _parser().error("list takes no names; use --tag, or show NAME")
    store = open_store(options.release or release_path())
    found = questions.read_all(store)
    beside = [] if options.release else questions.beside(store)
    asked = [] if options.release else federated()
    tags = sorted({tag for query in [*found, *beside, *asked] for tag in query.tags})
    if options.tag is not None and options.tag not in tags:
        from difflib import get_close_matches

        nearest = get_close_matches(options.tag, tags, cutoff=0.5)
        raise UnknownNameError("tag", options.tag, nearest, see=f"Known: {', '.join(tags)}.")
    chosen = (
        [query for query in some if options.tag in (None, *query.tags)] for some in (found, beside, asked)
    )
    render.write(listing(*chosen))
    return DONE


def _show(options: object) -> int:
    if not options.names:
        _parser().error("show needs a name: ukjapan queries show NAME")
    paths = _paths(options)
    texts = [path.read_bytes().decode(errors="replace") for path in paths]
    render.write("\n".join(texts))
    return DONE


def _test(options: object) -> int:
    from ukjapan_graph.answering.query_tests import Bench

    paths = _paths(options)
    expected = options.expected or root() / "tests" / "expected"
    release, endpoint = options.release or release_path(), _endpoint(options)
    corpus = Bench(release, expected, endpoint)
    world = Bench(release, expected / EXTERNAL, beside=[options.external or external_path()])
    try:
        count = _findings(paths, corpus, world, expected)
    finally:
        bar("", 0, 0)
    print(f"{len(paths)} queries, {count} findings", file=sys.stderr)
    return FINDINGS if count else DONE


def _findings(paths: list[Path], corpus: Bench, world: Bench, expected: Path) -> int:
    """Print what is wrong with the questions in ``paths``, and tell how much it is."""
    count = 0
    for done, path in enumerate(paths, 1):
        bar(path.stem, done, len(paths))
        folder = path.parent.name
        if folder in (EXTERNAL, FEDERATED) and corpus.endpoint:
            bar("", 0, 0)
            whose = "the world view" if folder == EXTERNAL else "neighbours"
            print(f"note: {path.stem} is for {whose} and not asked of an endpoint", file=sys.stderr)
            continue
        if folder == FEDERATED:
            from ukjapan_graph.linking.neighbours import federated_tests

            findings = federated_tests.check(path, corpus.embedded, expected / FEDERATED)
        else:
            findings = (world if folder == EXTERNAL else corpus).test(path)
        for finding in findings:
            count += 1
            bar("", 0, 0)
            print(finding)
    return count


def _endpoint(options: object) -> Remote | None:
    """The endpoint to test instead of the second engine; None where none is given."""
    if options.endpoint is None:
        return None
    return remote.engine(options.endpoint, limit=options.timeout, user=options.user, authority=options.ca)


def _paths(options: object) -> list[Path]:
    """The files asked for, sorted by name."""
    folder = options.queries or root() / "queries"
    places = ("*.rq", f"{EXTERNAL}/*.rq", f"{FEDERATED}/*.rq")
    known = {path.stem: path for path in sorted(path for place in places for path in folder.glob(place))}
    for name in options.names:
        if name not in known:
            from difflib import get_close_matches

            nearest = get_close_matches(name, known, cutoff=0.5)
            raise UnknownNameError("saved query", name, nearest, see="List them with: ukjapan queries")
    if not known:
        raise SourceError(folder, "holds no saved queries (*.rq)")
    return [known[name] for name in sorted(set(options.names))] if options.names else list(known.values())

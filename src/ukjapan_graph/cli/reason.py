"""``ukjapan reason``: whether anything contradicts anything, and whether what follows is what the rules make."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pyoxigraph import Store

from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.cli import render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.progress import bar
from ukjapan_graph.cli.prose import Page, as_json, join
from ukjapan_graph.data.entailment import ENTAILED
from ukjapan_graph.errors import DONE, FINDINGS, FindingsError
from ukjapan_graph.judging.drafts import overlaid, read_drafts
from ukjapan_graph.reasoning.judgement import judge
from ukjapan_graph.reasoning.telling import Told, is_dl, tell
from ukjapan_graph.reasoning.view import view
from ukjapan_graph.resources import release_file
from ukjapan_graph.resources import root as default_root

_UNRULED = "This follows, but no rule makes it: write down the class or link, or a rule"
_UNPROVED = "A rule makes this, but it does not follow: mend the rule, or add the axiom"
_MOST_SHOWN = 20


def run(argv: list[str]) -> int:
    """Run the command with the arguments after its name; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.files and options.release:
        parser.error("drafts are judged with the project's sources; leave out --release, or FILES")
    if options.timeout is not None and options.timeout <= 0:
        parser.error("--timeout is a number of seconds above 0")
    store = _store(options)
    if options.view:
        render.write(view(quad for quad in store if quad.graph_name != ENTAILED), "ntriples")
        return DONE
    try:
        told = tell(store, judge(store, seconds=options.timeout, progress=bar))
    finally:
        bar("", 0, 0)
    if options.format == "json":
        render.write(as_json(told), "json")
    else:
        render.write(page(told, Page(markdown=options.format == "markdown")))
    return DONE if told.sound else FINDINGS


def page(told: Told, page: Page) -> str:
    """What was found, as text or Markdown."""
    state = "Consistent" if told.consistent else "Not consistent"
    page.title(f"{state}: {told.size['axioms']:,} axioms on {told.size['individuals']:,} things")
    for finding in (*told.clashes, *told.unsatisfiable):
        page.section(finding.about[0].upper() + finding.about[1:])
        for reason in finding.reasons:
            page.item(f"{reason.sentence} ({join(reason.where)})")
    for heading, facts in ((_UNRULED, told.unruled), (_UNPROVED, told.unproved)):
        if facts:
            page.section(heading)
        for fact in facts[:_MOST_SHOWN]:
            page.item(str(fact))
        if len(facts) > _MOST_SHOWN:
            page.item(f"and {len(facts) - _MOST_SHOWN} more; --format json has them all")
    for profile, outside in told.profiles.items():
        if outside and not is_dl(told):
            page.section(f"Outside {profile}")
            for violation in outside:
                page.item(violation)
    if told.consistent:
        page.section("Proved")
        for line in _proved(told):
            page.item(line)
    return page.text()


def _proved(told: Told) -> list[str]:
    lines = []
    if not told.unsatisfiable:
        lines.append(f"Each of the {told.size['classes']} classes can have members.")
    if not (told.unruled or told.unproved):
        lines.append(
            f"What follows is what the rules make: {told.agreed:,} types and links, by HermiT and by the rules. "
            f"The rules make {told.beyond:,} labels and days besides, on which OWL has no say."
        )
    if is_dl(told):
        others = [
            f"all but {len(outside)} axioms are {name}" for name, outside in told.profiles.items() if outside
        ]
        lines.append("; ".join(["All is OWL 2 DL", *others]) + ".")
    return lines


def _store(options: Namespace) -> Store:
    """The dataset to judge: a release file, or the project's sources with drafts among them."""
    root = (options.root or default_root()).resolve()
    if not options.files:
        return open_store(options.release or release_file(root))
    drafts = read_drafts(root, options.files)
    unreadable = [finding for finding in drafts.findings if finding.check == "readable"]
    if unreadable:
        raise FindingsError(unreadable)
    store = Store()
    store.extend(overlaid(root, drafts))
    return store


def _parser() -> Parser:
    parser = Parser(
        "reason",
        "Prove, with the OWL reasoner HermiT, that the ontology and the whole graph are consistent, that every "
        "class can have members, that what follows from what is stated is what the rules of the build make, and "
        "that all of it is OWL 2 DL. What clashes is told as a smallest set of statements, with passages and "
        "axioms. With FILES (Turtle or TriG), judge those drafts as if they were part of the project.",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES", help="drafts (default: the release)")
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="default: text"
    )
    about = (
        "print what the reasoner reads, one OWL 2 DL ontology in N-Triples (for Protégé, ROBOT …), and stop"
    )
    parser.add_argument("--view", action="store_true", help=about)
    parser.add_argument("--timeout", type=float, metavar="SECONDS", help="stop after SECONDS (exit code 4)")
    parser.root_option()
    parser.release_option()
    return parser

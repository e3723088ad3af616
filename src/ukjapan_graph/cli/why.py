"""``ukjapan why``: the passages behind a fact."""

from __future__ import annotations

from ukjapan_graph.answering.derivation import Derivation
from ukjapan_graph.answering.engines import open_store
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.answering.why import Explanation, Ground, explain, understand
from ukjapan_graph.cli import render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.prose import Page, as_json, inference_lines, join, silence_line
from ukjapan_graph.errors import DONE
from ukjapan_graph.resources import release_path

_HEADINGS = {
    "stated": "Stated by",
    "entailed": "Entailed",
    "inferred": "Inferred, not asserted",
    "held": "Kept by the project, on no passage's word",
}


def run(argv: list[str]) -> int:
    """Explain the fact, or the facts of the pattern, in ``argv``."""
    parser = Parser(
        "why",
        "The passages behind a fact: who states it, what it follows from, or that nobody says it. "
        "Give subject, predicate and object, or two of them; _ stands for any.",
    )
    parser.add_argument("part", nargs="+", help="name of a thing or property, or the text of a literal")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    parser.release_option()
    options = parser.parse_args(argv)
    if len(options.part) not in (2, 3):
        parser.error(
            f"{len(options.part)} parts are given; a fact has three: put a name with spaces in quotes"
        )
    store = open_store(options.release or release_path())
    parts = options.part if len(options.part) == 3 else understand(store, *options.part)
    explanation = explain(store, *parts)
    if options.format == "json":
        render.write(as_json(explanation), "json")
    else:
        render.write(page(explanation, Page(markdown=options.format == "markdown")))
    return DONE


def page(e: Explanation, page: Page) -> str:
    """``e`` as text or Markdown."""
    page.title(" → ".join(_part(part) for part in e.asked))
    exact = None not in e.asked
    for status, heading in _HEADINGS.items():
        found = [ground for ground in e.grounds if ground.status == status]
        if found:
            page.section(heading)
        for ground in found:
            page.item(*_ground(ground, exact))
    if e.nearby:
        page.section("Passages that speak of both")
        for passage in e.nearby:
            page.item(passage.label)
    if e.inferences:
        page.section("Proposed by an inference, not asserted")
        for inference in e.inferences:
            page.item(*inference_lines(inference))
    if e.silences or not (e.grounds or e.inferences):
        page.section("The documents do not say")
        for silence in e.silences:
            page.item(silence_line(silence))
        if not e.silences:
            page.item("Nothing in the dataset states or proposes it.")
    return page.text()


def _part(part: Entity | str | None) -> str:
    return "anything" if part is None else part.label if isinstance(part, Entity) else part


def _ground(ground: Ground, exact: bool) -> list[str]:
    """The fact unless it is the one asked for, where it is, and what is to be read there."""
    in_passage = ground.graph.kind in ("passage", "reading")
    lines = [] if exact else [str(ground.fact)]
    lines.append(ground.graph.label if in_passage else ground.reason)
    if ground.gloss:
        lines.append(ground.gloss)
    if in_passage and ground.reason:
        lines.append(f"because: {ground.reason}")
    if ground.derivation:
        lines += derivation_lines(ground.derivation)
    return lines


def derivation_lines(derivation: Derivation, depth: int = 0) -> list[str]:
    """What ``derivation`` rests on, a line each with where it stands; what follows itself, with its own.

    That a class is a class goes without saying.
    """
    lines = []
    for premise in derivation.premises:
        mark = "from: " + "… " * depth
        if premise.derivation:
            lines.append(f"{mark}{premise.fact}, since: {premise.derivation.words}")
            lines += derivation_lines(premise.derivation, depth + 1)
        elif getattr(premise.fact.object, "name", "") != "owl:Class":
            lines.append(f"{mark}{premise.fact} ({join(premise.where)})")
    return lines

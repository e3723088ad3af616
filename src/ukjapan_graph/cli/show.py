"""``ukjapan show``: what each passage says of a thing."""

from __future__ import annotations

from ukjapan_graph.answering import names
from ukjapan_graph.answering.describe import (
    Description,
    Outside,
    Passage,
    Statement,
    describe,
    quads_about,
)
from ukjapan_graph.answering.views import open_view
from ukjapan_graph.cli import render
from ukjapan_graph.cli.parsing import Parser
from ukjapan_graph.cli.prose import Page, as_json, fact_line, inference_lines, join, silence_line
from ukjapan_graph.errors import DONE


def run(argv: list[str]) -> int:
    """Show the thing named in ``argv``."""
    parser = Parser("show", "What each passage says of a thing, and what none says.")
    parser.add_argument("entity", help="slug, prefixed name, IRI, label, or a name a document uses")
    parser.add_argument("--format", choices=("text", "json", "turtle", "markdown"), default="text")
    parser.release_option()
    parser.view_options()
    options = parser.parse_args(argv)
    store = open_view(options.view, options.release, options.external)
    node = names.find(store, options.entity)
    if options.format == "turtle":
        found = sorted({quad.triple for quad in quads_about(store, node)}, key=str)
        render.write(render.triples(found, "turtle"), "turtle")
        return DONE
    description = describe(store, node)
    if options.format == "json":
        render.write(as_json(description), "json")
        return DONE
    render.write(page(description, Page(markdown=options.format == "markdown")))
    return DONE


def page(d: Description, page: Page) -> str:
    """``d`` as text or Markdown."""
    page.title(f"{d.entity.label} ({d.entity.name})")
    if d.types:
        page.line(f"Type: {join(d.types)}")
    for note in d.notes:
        page.line(f"Note: {note}")
    if d.copy:
        page.line(f"Read it at: {d.copy}")
    if d.identity:
        page.section("Identity")
        for fact in d.identity:
            page.item(fact_line(fact, d.entity))
    if d.names:
        page.section("Names in the documents")
        for used in d.names:
            page.item(f"“{used.name}”: {join(used.passages)}")
    for passage in d.passages:
        _passage(page, passage, d)
    if d.entailed:
        page.section("Follows by the ontology and its rules")
        for fact in d.entailed:
            page.item(fact_line(fact, d.entity))
    if d.inferences:
        page.section("Inferred, not asserted")
        for inference in d.inferences:
            page.item(*inference_lines(inference))
    if d.silences:
        page.section("The documents do not say")
        for silence in d.silences:
            page.item(silence_line(silence))
    if not (d.passages or d.entailed or d.inferences or d.silences):
        page.section("The documents do not say")
        page.item("No passage says anything of it.")
    if d.links:
        page.section("Elsewhere")
        for link in d.links:
            page.item(str(link))
    return page.text()


def _passage(page: Page, passage: Passage | Outside, d: Description) -> None:
    page.section(f"{passage.passage.label}: {passage.status}")
    if isinstance(passage, Outside):
        page.line(passage.address)
    if passage.reason:
        page.line(f"Because: {passage.reason}")
    for statement in passage.statements:
        page.item(_statement(statement))
    for fact in passage.facts:
        page.item(fact_line(fact, d.entity))


def _statement(statement: Statement) -> str:
    whose = join(statement.holders)
    how = "; ".join(part for part in (statement.force, whose) if part)
    return f"{statement.gloss or statement.name.label}{f' [{how}]' if how else ''}"

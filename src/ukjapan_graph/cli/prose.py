"""Descriptions and explanations on paper: text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterable

from ukjapan_graph.answering.grounds import Fact, Inference, Silence
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.cli import render


class Page:
    """A page of titles, lines and items, written as text wrapped to the terminal, or as Markdown."""

    def __init__(self, *, markdown: bool = False) -> None:
        self._markdown = markdown
        self._width = 0 if markdown else render.terminal_width()
        self._parts: list[str] = []
        self._listing = False

    def title(self, text: str) -> None:
        """The name of the page."""
        self._add("# " if self._markdown else "", text, "")

    def section(self, text: str) -> None:
        """The heading of what follows."""
        self._parts.append("\n")
        self._add("## " if self._markdown else "", text, "")
        self._listing = False

    def line(self, text: str) -> None:
        """A paragraph of its own."""
        self._parts.append("\n" if self._markdown else "")
        self._add("", text, "")
        self._listing = False

    def item(self, text: str, *more: str) -> None:
        """An item of a list, and lines below it."""
        if self._markdown and not self._listing:
            self._parts.append("\n")
        self._listing = True
        self._add("- " if self._markdown else "  ", text, "  " if self._markdown else "    ")
        for below in more:
            self._add("  - " if self._markdown else "    ", below, "    ")

    def text(self) -> str:
        """The whole page."""
        return "".join(self._parts)

    def _add(self, mark: str, text: str, indent: str) -> None:
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        if self._markdown:
            self._parts.append(f"{mark}{render.escape(text)}\n")
            return
        room = self._width - max(len(mark), len(indent))
        lines = render.wrap(text, room) if self._width and room >= 20 else [text]
        self._parts += [f"{indent if i else mark}{line}\n" for i, line in enumerate(lines)]


def join(things: Iterable[Entity]) -> str:
    """The labels of ``things``, one after another."""
    return "; ".join(thing.label for thing in things)


def fact_line(fact: Fact, about: Entity) -> str:
    """``fact`` for a page about one thing, which need not name it again as a subject."""
    thing = fact.object.label if isinstance(fact.object, Entity) else fact.object
    if fact.subject == about:
        return f"{fact.predicate.label}: {thing}"
    return f"{fact.subject.label} → {fact.predicate.label} → {thing}"


def inference_lines(inference: Inference) -> list[str]:
    """``inference`` in three lines: the fact with its grade, why, and on what."""
    lines = [f"{inference.fact} (inferred, {inference.grade})"]
    if inference.reason:
        lines.append(f"because: {inference.reason}")
    if inference.premises:
        lines.append(f"from: {join(inference.premises)}")
    return lines


def silence_line(silence: Silence) -> str:
    """``silence`` in one line, with where to look."""
    near = f" (nearest: {join(silence.nearest)})" if silence.nearest else ""
    return f"{silence.gloss}{near}"


def as_json(record: object) -> str:
    """A record as JSON: its fields by name, things as IRI, name and label."""
    import json

    return json.dumps(plain(record), ensure_ascii=False, indent=2) + "\n"


def plain(value: object) -> object:
    """``value`` as JSON has it: records as objects, things as IRI, name and label."""
    if hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, tuple | list) else value

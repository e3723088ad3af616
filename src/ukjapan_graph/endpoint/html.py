"""Pages for people: plain HTML without scripts, with one style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pyoxigraph import Literal, NamedNode, Store

from ukjapan_graph.answering import labels
from ukjapan_graph.answering.describe import Description
from ukjapan_graph.answering.grounds import Fact
from ukjapan_graph.answering.names import Entity
from ukjapan_graph.namespaces import BASE, PREFIXES, TERMS
from ukjapan_graph.querying.saved_query import SavedQuery

_DEFINITION = NamedNode(PREFIXES["skos"] + "definition")

STYLE = """:root{color-scheme:light dark;--line:#8886;--faint:#8882}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
nav a{margin-right:1rem}h1{line-height:1.2}h2{margin-top:2rem;border-bottom:1px solid var(--line)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--line)}code,pre,textarea{font-family:ui-monospace,monospace;font-size:.9rem}
pre{background:var(--faint);padding:.6rem;overflow-x:auto}textarea{width:100%;box-sizing:border-box}
label{display:block;margin:.5rem 0}small{color:#595959}.scroll{overflow-x:auto}
"""


def page(title: str, *parts: str) -> bytes:
    """A whole page; ``parts`` are HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        '<link rel="stylesheet" href="/style.css">\n</head>\n<body>\n'
        '<nav aria-label="Site"><a href="/">Start</a> <a href="/queries">Questions</a> <a href="/sparql">SPARQL</a> '
        '<a href="/openapi.json">OpenAPI</a> <a href="/.well-known/void">VoID</a></nav>\n'
        f"<main>\n<h1>{escape(title)}</h1>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    ).encode()


def listing(queries: Iterable[SavedQuery]) -> str:
    """Links to the saved queries."""
    rows = "".join(f'<li><a href="/queries/{q.name}">{escape(q.summary)}</a></li>\n' for q in queries)
    return f"<ul>\n{rows}</ul>\n"


def question(query: SavedQuery, values: dict[str, str]) -> str:
    """The form of a saved query, with what is asked for filled in."""
    fields = "".join(
        f"<label>{escape(p.about or p.name)} "
        f'<input name="{escape(p.name)}" value="{escape(values.get(p.name, p.default))}"></label>\n'
        for p in query.parameters
    )
    form = f'<form action="/queries/{query.name}">\n{fields}<button>Ask</button>\n</form>\n' if fields else ""
    about = f"<p>{escape(query.description)}</p>\n" if query.description else ""
    return f"{about}{form}"


def table(store: Store, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows of terms; things are linked to their pages."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_term(store, term)}</td>" for term in row) + "</tr>\n" for row in rows
    )
    return f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'


def silence(query: SavedQuery) -> str:
    """What an answer without rows means."""
    return f"<p>{escape(query.silence)}</p>\n"


def terms(store: Store, found: Iterable[NamedNode]) -> str:
    """Terms of the ontology, each with an anchor of its own and its definition."""
    rows = "".join(
        f'<dt id="{escape(node.value.partition("#")[2])}"><a href="{escape(path_of(node.value))}">'
        f"<code>{escape(labels.short(node))}</code></a></dt><dd>{escape(labels.text(store, node, _DEFINITION))}</dd>\n"
        for node in found
    )
    return f"<dl>\n{rows}</dl>\n"


def query_form(text: str) -> str:
    """A form for a SPARQL query of one's own."""
    return (
        '<form action="/sparql">\n<label for="query">Query (prefixes of this project need no PREFIX line)</label>\n'
        f'<textarea id="query" name="query" rows="12">{escape(text)}</textarea>\n'
        '<input type="hidden" name="format" value="json">\n<button>Ask</button>\n</form>\n'
    )


def description(found: Description) -> str:
    """What the dataset knows of one thing."""
    parts = [f"<p><code>{escape(found.entity.iri)}</code></p>\n"]
    if found.types:
        parts.append(f"<p>{', '.join(map(_link, found.types))}</p>\n")
    parts += [f"<p>{escape(note)}</p>\n" for note in found.notes]
    if found.copy:
        parts.append(f'<p>Read it at <a href="{escape(found.copy)}">{escape(found.copy)}</a></p>\n')
    if found.names:
        rows = "".join(
            f"<li>{escape(used.name)} <small>{', '.join(map(_link, used.passages))}</small></li>\n"
            for used in found.names
        )
        parts.append(f"<h2>Called</h2>\n<ul>\n{rows}</ul>\n")
    parts += _facts("What it is", found.identity)
    for passage in found.passages:
        parts.append(f"<h2>{_link(passage.passage)} <small>{escape(passage.status)}</small></h2>\n<ul>\n")
        parts += [f"<li>{_fact(fact)}</li>\n" for fact in passage.facts]
        parts += [
            f"<li>{escape(s.gloss)} <small>{escape(s.force)}</small></li>\n" for s in passage.statements
        ]
        parts.append("</ul>\n")
    parts += _facts("What follows", found.entailed)
    if found.inferences:
        rows = "".join(
            f"<li>{_fact(i.fact)} <small>inferred, {escape(i.grade)}</small><br>{escape(i.reason)}</li>\n"
            for i in found.inferences
        )
        parts.append(f"<h2>Proposed by inference, not asserted</h2>\n<ul>\n{rows}</ul>\n")
    if found.silences:
        rows = "".join(f"<li>{escape(s.gloss)}</li>\n" for s in found.silences)
        parts.append(f"<h2>The documents do not say</h2>\n<ul>\n{rows}</ul>\n")
    if links := [link for link in found.links if not link.rejected]:
        rows = "".join(f'<li><a href="{escape(x.iri)}">{escape(str(x))}</a></li>\n' for x in links)
        parts.append(f"<h2>Elsewhere</h2>\n<ul>\n{rows}</ul>\n")
    return "".join(parts)


def path_of(iri: str) -> str:
    """Where this server answers for one of our IRIs; "" for any other."""
    if iri.startswith(TERMS):
        return f"/ns/{iri[len(TERMS) :]}"
    return f"/{iri[len(BASE) :]}" if iri.startswith(BASE + "id/") else ""


def _facts(heading: str, facts: Sequence[Fact]) -> list[str]:
    if not facts:
        return []
    return [f"<h2>{heading}</h2>\n<ul>\n", *(f"<li>{_fact(fact)}</li>\n" for fact in facts), "</ul>\n"]


def _fact(fact: Fact) -> str:
    thing = _link(fact.object) if isinstance(fact.object, Entity) else escape(str(fact.object))
    return f"{_link(fact.subject)} → {_link(fact.predicate)} → {thing}"


def _link(thing: Entity) -> str:
    path = path_of(thing.iri)
    return f'<a href="{escape(path)}">{escape(thing.label)}</a>' if path else escape(thing.label)


def _term(store: Store, term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return _link(Entity(term.value, labels.short(term), labels.label(store, term)))
    if isinstance(term, Literal) and term.language:
        return f'<span lang="{escape(term.language)}">{escape(term.value)}</span>'
    return escape(getattr(term, "value", str(term)))

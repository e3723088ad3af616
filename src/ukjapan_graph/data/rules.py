"""Rules of entailment: each lets one triple follow from a pattern of triples, and from nothing else.

A rule is a SPARQL CONSTRUCT in ``ontology/rules/`` kept to what Datalog can say: one triple in its head, a
basic graph pattern (SPARQL 1.1 Query, 5.1) in its body, and no variable in the head that the body lacks.
So a rule makes nothing new, rules in any order come to one end, and a fact that a rule made can be led back
to the triples that it was made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store, Variable

from ukjapan_graph.data.canonical import decode
from ukjapan_graph.data.turtle import RDF_TYPE
from ukjapan_graph.errors import QuerySyntaxError, SourceError
from ukjapan_graph.files import read_bytes
from ukjapan_graph.namespaces import PREFIXES, expand
from ukjapan_graph.querying.tokens import Token, declared_prefixes, syntax_error, tokenise

Pattern = tuple[NamedNode | Variable, NamedNode | Variable, NamedNode | Variable]

_ONTOLOGY = NamedNode(PREFIXES["graph"] + "ontology")
_A = NamedNode(RDF_TYPE)
_CONSTRUCT = NamedNode(expand("sh:construct"))


class Rule(NamedTuple):
    """What follows from what.

    :ivar name: the stem of the rule's file
    :ivar about: the rule in a sentence: the comment at the head of the file
    :ivar head: the triple that follows
    :ivar body: the triples that it follows from, in the order of the text
    :ivar text: the whole SPARQL text
    """

    name: str
    about: str
    head: Pattern
    body: tuple[Pattern, ...]
    text: str


def read_rules(root: Path) -> list[Rule]:
    """The rules in ``ontology/rules/`` below ``root``, sorted by name.

    :raises SourceError: a file that cannot be read, is not UTF-8, or holds no rule
    """
    files = sorted((root / "ontology" / "rules").glob("*.rq"))
    return [parse(decode(read_bytes(p), p), p.stem, p.relative_to(root).as_posix()) for p in files]


def parse(text: str, name: str, path: str = "") -> Rule:
    """The rule called ``name`` that ``text`` holds; ``path`` is for messages.

    :raises SourceError: the text is no SPARQL of the form said above; with its line
    """
    try:
        return _parse(text, name)
    except QuerySyntaxError as error:
        reason = (
            f"at column {error.column}: {error.reason}; a rule has the form CONSTRUCT {{ … }} WHERE {{ … }}"
        )
        raise SourceError(path or name, reason, line=error.line) from None


def as_data(rules: Iterable[Rule]) -> list[Quad]:
    """``rules`` in ``graph:ontology``, as SHACL rules (SHACL Advanced Features, 8.5), so that whoever has the
    release can run them again."""
    return [quad for rule in rules for quad in _quads(rule)]


def from_data(quads: Iterable[Quad]) -> list[Rule]:
    """The rules that a release carries: the way back from :func:`as_data`.

    :param quads: at least those with the property sh:construct
    """
    texts = {q.subject.value.rpartition("/")[2]: q.object.value for q in quads if q.predicate == _CONSTRUCT}
    return [parse(texts[name], name) for name in sorted(texts)]


def carried_by(store: Store) -> list[Rule]:
    """The rules that the release in ``store`` carries, sorted by name; none where it carries none.

    :raises SourceError: one is not written as rules are
    """
    return from_data(store.quads_for_pattern(None, _CONSTRUCT, None, None))


def _quads(rule: Rule) -> Iterator[Quad]:
    node = NamedNode(PREFIXES["rule"] + rule.name)
    yield Quad(node, _A, NamedNode(expand("sh:SPARQLRule")), _ONTOLOGY)
    for name, value in (
        ("skos:prefLabel", Literal(rule.name.replace("-", " "), language="en")),
        ("skos:definition", Literal(rule.about, language="en")),
        ("sh:construct", Literal(rule.text)),
    ):
        yield Quad(node, NamedNode(expand(name)), value, _ONTOLOGY)


def _parse(text: str, name: str) -> Rule:
    tokens = tokenise(text)
    prefixes = {token.text[:-1]: iri for token, iri in declared_prefixes(tokens)}
    tokens = tokens[3 * len(prefixes) :]
    head, rest = _block(tokens, "CONSTRUCT", text)
    body, rest = _block(rest, "WHERE", text)
    if rest:
        raise syntax_error("a rule ends with its WHERE", text, rest[0])
    made, of = (tuple(_patterns(part, prefixes, text)) for part in (head, body))
    if len(made) != 1:
        raise syntax_error(f"one triple follows from a rule, not {len(made)}", text, tokens[0])
    bound = {term for pattern in of for term in pattern}
    for token, term in zip(head, made[0], strict=False):
        if isinstance(term, Variable) and term not in bound:
            raise syntax_error(f"{term} follows from nothing: it is not in the WHERE", text, token)
    about = " ".join(line.lstrip("# ") for line in text.partition("\n\n")[0].splitlines() if line[:1] == "#")
    return Rule(name, about, made[0], of, text)


def _block(tokens: list[Token], word: str, text: str) -> tuple[list[Token], list[Token]]:
    """The tokens inside the braces after ``word``, and those after them."""
    end = Token("mark", "", len(text.rstrip()) - 1)
    for token, wanted in zip([*tokens[:2], end, end], (word, "{"), strict=False):
        if token.text.upper() != wanted:
            raise syntax_error(f"expected {wanted}", text, token)
    close = next((i for i, token in enumerate(tokens) if token.text == "}"), None)
    if close is None:
        raise syntax_error("expected }", text, end)
    for token in tokens[2:close]:
        if token.text in "{(":
            raise syntax_error("a rule joins names and variables only", text, token)
    return tokens[2:close], tokens[close + 1 :]


def _patterns(tokens: list[Token], prefixes: dict[str, str], text: str) -> Iterator[Pattern]:
    """The triples of a block: statements end with a point, ``;`` keeps the subject, ``,`` the verb too."""
    for statement in _split(tokens, "."):
        subject, rest = statement[0], statement[1:]
        for part in _split(rest, ";"):
            for thing in _split(part[1:], ","):
                if len(thing) != 1:
                    raise syntax_error("expected one name or variable here", text, thing[0])
                yield tuple(_term(token, prefixes, text) for token in (subject, part[0], thing[0]))
            if len(part) < 2:
                raise syntax_error("a triple has three terms", text, part[0])
        if not rest:
            raise syntax_error("a triple has three terms", text, subject)


def _split(tokens: list[Token], mark: str) -> list[list[Token]]:
    """The runs of ``tokens`` between marks; empty runs left out."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == mark:
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _term(token: Token, prefixes: dict[str, str], text: str) -> NamedNode | Variable:
    if token.kind == "variable":
        return Variable(token.text[1:])
    if token.kind == "iri":
        return NamedNode(token.text[1:-1])
    if token.text == "a":
        return _A
    prefix, _, local = token.text.partition(":")
    if token.kind == "name" and prefix in prefixes:
        return NamedNode(prefixes[prefix] + local)
    why = "its prefix is not declared" if token.kind == "name" else "a rule joins names and variables only"
    raise syntax_error(why, text, token)

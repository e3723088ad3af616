"""The parts of a SPARQL text that other services are to answer (SPARQL 1.1 Federated Query, 2).

Only what can be sent on without changing what the query means is read: a ``SERVICE <address> { … }`` with a
fixed address, as an element of the query's outermost group or as all that an ``OPTIONAL`` of that group
holds. What stands before it in the group is evaluated first, so a ``FILTER`` or ``MINUS`` must come after the
last service: it holds for the whole group, and would drop rows whose variables are still to come.
"""

from __future__ import annotations

from collections import namedtuple

from ukjapan_graph.errors import UsageError
from ukjapan_graph.querying.tokens import Token, is_word, syntax_error, tokenise

Block = namedtuple("Block", "service start inside end optional variables line")
Block.__doc__ = """A part for another service: the address ``service``; ``start`` and ``end`` of the whole block
(``SERVICE`` to its last brace) and ``inside`` (start, end) of what its braces hold, as code points of the text;
``optional`` (start, end) of the ``OPTIONAL { … }`` around it, or None; the names of its ``variables``, sorted;
and its ``line``, counted from 1."""


def outer_group(text: str) -> tuple[int, int]:
    """Start and end of what the braces of the query's outermost group hold.

    :raises QuerySyntaxError: the text has no such group, or its braces do not match
    """
    tokens = tokenise(text)
    return _outer(tokens, _pairs(tokens, text), text)


def service_blocks(text: str) -> list[Block]:
    """The parts of ``text`` for other services, in order; none where it is asked of this dataset alone.

    :raises QuerySyntaxError: the text's braces do not match
    :raises UsageError: a ``SERVICE`` that is not of the form described above, or is ``SILENT``
    """
    tokens = tokenise(text)
    places = [i for i, token in enumerate(tokens) if is_word(token, "SERVICE")]
    if not places:
        return []
    pairs = _pairs(tokens, text)
    start, _ = _outer(tokens, pairs, text)
    found = [_block(tokens, i, pairs, start, text) for i in places]
    last = found[-1].start
    for i, token in enumerate(tokens):
        if (
            start <= token.start < last
            and is_word(token, "FILTER", "MINUS")
            and _depth(tokens, i, start) == 0
        ):
            _refuse(
                f"put {token.text.upper()} after the last SERVICE: it is about the whole group", text, token
            )
    return found


def _block(tokens: list[Token], i: int, pairs: dict[int, int], start: int, text: str) -> Block:
    word, target = tokens[i], tokens[min(i + 1, len(tokens) - 1)]
    if is_word(target, "SILENT"):
        _refuse(
            "SERVICE SILENT is refused: it gives fewer rows without a word; leave SILENT out", text, target
        )
    if target.kind != "iri":
        _refuse("name the service by its whole address: SERVICE <https://…> { … }", text, target)
    if i + 2 >= len(tokens) or tokens[i + 2].text != "{":
        _refuse("a brace must follow the address: SERVICE <…> { … }", text, target)
    close = pairs[i + 2]
    inner = tokens[i + 3 : close]
    for token in inner:
        if is_word(token, "SERVICE"):
            _refuse("a service cannot be sent to another one; put the two side by side", text, token)
    optional = None
    depth = _depth(tokens, i, start)
    if depth == 1 and tokens[i - 1].text == "{" and is_word(tokens[i - 2], "OPTIONAL"):
        if pairs[i - 1] != close + 1:
            _refuse("in an OPTIONAL for a service nothing else may stand", text, word)
        optional = tokens[i - 2].start, tokens[close + 1].start + 1
    elif depth:
        _refuse("put SERVICE in the outermost group, or alone in an OPTIONAL of it", text, word)
    variables = tuple(sorted({token.text[1:] for token in inner if token.kind == "variable"}))
    line = text.count("\n", 0, word.start) + 1
    inside = tokens[i + 2].start + 1, tokens[close].start
    return Block(target.text[1:-1], word.start, inside, tokens[close].start + 1, optional, variables, line)


def _outer(tokens: list[Token], pairs: dict[int, int], text: str) -> tuple[int, int]:
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        # A CONSTRUCT's template has braces too, and they come before WHERE.
        if token.text == "{" and not (before is not None and is_word(before, "CONSTRUCT")):
            return token.start + 1, tokens[pairs[i]].start
    raise syntax_error("the query has no group: { … }", text, tokens[-1] if tokens else Token("mark", "", 0))


def _pairs(tokens: list[Token], text: str) -> dict[int, int]:
    """Place among ``tokens`` of each opening brace, and of the one that closes it."""
    pairs, open_ = {}, []
    for i, token in enumerate(tokens):
        if token.kind == "mark" and token.text == "{":
            open_.append(i)
        elif token.kind == "mark" and token.text == "}":
            if not open_:
                raise syntax_error("this brace closes nothing", text, token)
            pairs[open_.pop()] = i
    if open_:
        raise syntax_error("this brace is not closed", text, tokens[open_[-1]])
    return pairs


def _depth(tokens: list[Token], i: int, start: int) -> int:
    """How many braces of the group that starts at ``start`` are open before token number ``i``."""
    inner = [token for token in tokens[:i] if token.start >= start and token.kind == "mark"]
    return sum({"{": 1, "}": -1}.get(token.text, 0) for token in inner)


def _refuse(reason: str, text: str, token: Token) -> None:
    raise UsageError(str(syntax_error(reason, text, token)))

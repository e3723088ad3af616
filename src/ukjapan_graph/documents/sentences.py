"""Where one sentence ends and the next begins, in English prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ukjapan_graph.documents.text import trimmed

OPENING, CLOSING = "\"'“‘«([*_", "\"'”’»)]*_"
_END = re.compile(rf"[.?!…][{re.escape(CLOSING)}]*\s+(?=[{re.escape(OPENING)}]*[^\W_])")
_LAST_TOKEN = re.compile(rf"[^\s{re.escape(OPENING)}]+\Z")
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_LABEL = re.compile(r"\s*\(?\d{1,3}\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]\Z")

# With a full stop, these end no sentence …
_BEFORE_NAMES = frozenset(
    (
        "adm", "brig", "capt", "cdr", "cf", "cmdr", "col", "dr", "e.g", "gen", "hon", "i.e", "lt",
        "mr", "mrs", "ms", "prof", "rt", "sgt", "st", "viz", "vs",
    )
)  # fmt: skip
# … nor do these before a number. All others ("etc.", "Ltd.") end one where the next word has a capital.
_BEFORE_NUMBERS = frozenset(
    ("art", "arts", "ch", "fig", "no", "nos", "p", "para", "paras", "pp", "sec", "vol")
)
# No sentence or paragraph can stop at one of these.
_UNFINISHED = frozenset(
    (
        "a", "an", "and", "as", "at", "between", "by", "for", "from", "her", "his", "into", "its", "nor",
        "of", "or", "our", "that", "the", "their", "to", "upon", "which", "with",
    )
)  # fmt: skip


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the sentences in ``text[start:end]``, without white space around them.

    A sentence ends at a full stop, question mark, exclamation mark or ellipsis, with any closing quotes and
    brackets after it, where white space follows and then a capital or a digit, perhaps after opening quotes;
    but not after a title ("Mr."), an initial, the label of a clause ("12.") or "No." before a number.
    """
    cuts = [start, *_cuts(text, start, end), end]
    ranges = (trimmed(text, a, b) for a, b in pairwise(cuts))
    return [(a, b) for a, b in ranges if a < b]


def is_open(text: str) -> bool:
    """Whether ``text`` stops without a mark that could end a sentence or a clause."""
    return not text.rstrip().rstrip(CLOSING).endswith((".", "?", "!", "…", ":", ";"))


def goes_on(before: str, after: str) -> bool:
    """Whether a break between ``before`` and ``after`` falls inside a sentence.

    It does where ``before`` is open and either ``after`` begins in lower case or the last word of ``before``
    is one that nothing stops at: an article, conjunction, possessive or common preposition.
    """
    if not is_open(before):
        return False
    last = _LAST_WORD.search(before)
    return after[:1].islower() or (last is not None and last[1] in _UNFINISHED)


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    begun = start
    for match in _END.finditer(text, start, end):
        following = text[match.end() : end].lstrip(OPENING)[:1]
        mark = text[match.start()]
        if not following.islower() and (mark != "." or _stops(text[begun : match.start()], following)):
            begun = match.end()
            yield begun


def _stops(before: str, following: str) -> bool:
    """Whether a full stop after ``before`` ends the sentence, not just an abbreviation."""
    token = _LAST_TOKEN.search(before)
    word = token.group() if token else ""
    if _LABEL.match(before) or _INITIALS.match(word) or word.lower() in _BEFORE_NAMES:
        return False
    return not (following.isdigit() and word.lower() in _BEFORE_NUMBERS)

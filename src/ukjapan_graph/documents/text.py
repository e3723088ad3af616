"""Raw text: characters as they lie in the file, and fingerprints that survive a new line break.

Positions are Unicode code points of the decoded file, counted from 0, with nothing normalised: no line
ending is translated and no byte order mark removed. Ranges are half open, ``[start, end)``. This is the
text position selector of the W3C Web Annotation Data Model (4.2.5).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from ukjapan_graph.errors import SourceError
from ukjapan_graph.files import read_bytes

LINE_BREAK = re.compile(r"\r\n|\n|\r")
# A byte order mark is no text, but it counts as a character of the file.
_BLANK = re.compile(r"[\s\ufeff]*")
_SPACES = re.compile(r"\s+")


class RawText(NamedTuple):
    """A document as it lies in its file.

    :ivar text: the decoded characters, from which every position is counted
    :ivar fingerprint: SHA-256 of the file's bytes, in hexadecimal
    """

    text: str
    fingerprint: str


class Line(NamedTuple):
    """A line without its break: its range in the text, and its number, from 1."""

    start: int
    end: int
    number: int


def read_raw(path: Path) -> RawText:
    """The text of the file ``path``.

    :raises SourceError: not there, not readable, or not UTF-8; with the line of the first bad byte
    """
    data = read_bytes(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(LINE_BREAK.findall(data[: error.start].decode("utf-8"))) + 1
        reason = f"byte 0x{data[error.start]:02X} is not UTF-8; save the document in UTF-8 and draft it again"
        raise SourceError(path, reason, line=line) from error
    return RawText(text, hashlib.sha256(data).hexdigest())


def lines(text: str) -> list[Line]:
    """The lines of ``text``, broken at LF, CR or CR LF and nowhere else (a form feed breaks no line)."""
    found, start = [], 0
    for match in LINE_BREAK.finditer(text):
        found.append(Line(start, match.start(), len(found) + 1))
        start = match.end()
    return [*found, Line(start, len(text), len(found) + 1)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range ``[start, end)`` without white space (no-break space included) at either end."""
    match = _BLANK.match(text, start, end)
    start = match.end() if match else start
    return start, start + len(text[start:end].rstrip())


def collapsed(text: str) -> str:
    """``text`` in NFC, each run of Unicode white space as one space, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fingerprint(text: str) -> str:
    """SHA-256, in hexadecimal, of the UTF-8 of :func:`collapsed` text."""
    return hashlib.sha256(collapsed(text).encode("utf-8")).hexdigest()

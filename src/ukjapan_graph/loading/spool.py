"""Lines that are too many to hold in memory: sorted, each once, in one temporary file that goes when it is dropped.

A :class:`Spool` is the file, :class:`Lines` a run of lines in it. Lines are text without line breaks; they are
in the order of their code points, which is the order of their bytes in UTF-8.
"""

from __future__ import annotations

import heapq
import tempfile
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

from ukjapan_graph.errors import UkjapanError

#: Lines that may be held at once, and bytes of them.
LINES, BYTES = 50_000, 8_000_000

_BLOCK = 1 << 18  # bytes to read at once


class Lines(Collection[str]):
    """Lines in a spool, sorted, each once; as a collection of texts.

    :ivar size: bytes in UTF-8, with a line break after each
    """

    def __init__(self, spool: Spool, offset: int, size: int, count: int) -> None:
        self._spool, self._offset, self.size, self._count = spool, offset, size, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        for block in self.blocks():
            for line in block[:-1].split(b"\n"):
                yield line.decode()

    def __contains__(self, text: object) -> bool:
        return any(text == line for line in self)

    def text(self) -> str:
        """All lines, each with its line break."""
        return self._spool.read(self._offset, self.size).decode()

    def blocks(self) -> Iterator[bytes]:
        """All lines in UTF-8, each with its line break, many at a time."""
        rest, at, end = b"", self._offset, self._offset + self.size
        while at < end:
            block = rest + self._spool.read(at, min(_BLOCK, end - at))
            at += len(block) - len(rest)
            whole = block.rindex(b"\n") + 1 if b"\n" in block else 0
            if whole:
                yield block[:whole]
            rest = block[whole:]

    def portions(self, size: int) -> Iterator[Lines]:
        """As :func:`by_size`."""
        start, length, count = self._offset, 0, 0
        for line in self:
            more = len(line.encode()) + 1
            if count and length + more + 2 * (count + 1) > size:
                yield Lines(self._spool, start, length, count)
                start, length, count = start + length, 0, 0
            length, count = length + more, count + 1
        if count:
            yield Lines(self._spool, start, length, count)


class Spool:
    """A temporary file of lines; it is gone when nobody refers to it any more."""

    def __init__(self) -> None:
        try:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        except OSError as error:
            raise _no_room(error) from error
        self._lock, self._end = threading.Lock(), 0
        weakref.finalize(self, self._file.close)

    def read(self, offset: int, size: int) -> bytes:
        """``size`` bytes from ``offset`` on."""
        with self._lock:
            self._file.seek(offset)
            return self._file.read(size)

    def keep(self, lines: Iterable[str]) -> Lines:
        """Write down ``lines``, which are sorted."""
        offset, size, count = self._end, 0, 0
        for _, batch in groupby(enumerate(lines), lambda pair: pair[0] // 1000):
            block = [line for _, line in batch]
            size += self._write("\n".join(block).encode() + b"\n", offset + size)
            count += len(block)
        return Lines(self, offset, size, count)

    def _write(self, data: bytes, offset: int) -> int:
        with self._lock:
            self._file.seek(offset)
            rest = memoryview(data)
            try:
                while rest:
                    rest = rest[self._file.write(rest) :]
            except OSError as error:
                raise _no_room(error) from error
            self._end = offset + len(data)
        return len(data)


def _no_room(error: OSError) -> UkjapanError:
    return UkjapanError(
        f"the folder for temporary files cannot be written: {error.strerror or error}; make room there, or name "
        "another with TMPDIR"
    )


class Sorter:
    """Lines of several names, added in any order, each as often as one likes."""

    def __init__(self) -> None:
        self._spool, self._runs = Spool(), {}
        self._fresh: dict[str, list[str]] = {}
        self._held = 0

    def add(self, name: str, line: str) -> None:
        """Add ``line`` to those of ``name``."""
        if name in self._fresh:
            self._fresh[name].append(line)
        else:
            self._fresh[name] = [line]
        self._held += len(line)
        if self._held > BYTES:
            self._put_away()

    def lines(self) -> Mapping[str, Lines]:
        """By name, in order, its lines: sorted, each once."""
        if not self._runs:
            kept = {name: self._spool.keep(sorted(set(self._fresh[name]))) for name in sorted(self._fresh)}
        else:
            self._put_away()
            # A spool of its own, so that the runs are gone when they are merged.
            whole = Spool()
            kept = {name: whole.keep(_merged(self._runs.pop(name))) for name in sorted(self._runs)}
        self._fresh, self._held = {}, 0
        return kept

    def _put_away(self) -> None:
        for name, lines in self._fresh.items():
            self._runs.setdefault(name, []).append(self._spool.keep(sorted(lines)))
        self._fresh, self._held = {}, 0


def bytes_of(lines: Collection[str]) -> int:
    """Bytes of ``lines`` in UTF-8, with a line break after each."""
    return lines.size if isinstance(lines, Lines) else sum(len(line.encode()) + 1 for line in lines)


def text_of(lines: Collection[str], end: str) -> str:
    """``lines``, sorted, with ``end`` after each."""
    if isinstance(lines, Lines):
        return lines.text().replace("\n", end)
    return "".join(f"{line}{end}" for line in sorted(lines))


def pieces_of(lines: Collection[str], end: str) -> Iterator[bytes]:
    """As :func:`text_of`, in UTF-8, and where there are many of them in pieces."""
    if isinstance(lines, Lines):
        yield from (block.replace(b"\n", end.encode()) for block in lines.blocks())
    else:
        yield text_of(lines, end).encode()


def by_size(lines: Collection[str], size: int) -> Iterator[Collection[str]]:
    """``lines`` in portions of ``size`` bytes at most as N-Triples, or of one line that is longer."""
    if bytes_of(lines) + 2 * len(lines) <= size:
        yield lines
    elif isinstance(lines, Lines):
        yield from lines.portions(size)
    else:
        yield from Spool().keep(sorted(lines)).portions(size)


def differences(ours: Collection[str], theirs: Collection[str]) -> tuple[list[str], list[str]]:
    """The lines that are only in ``ours``, and those only in ``theirs``, sorted."""
    if max(len(ours), len(theirs)) <= LINES:
        one, other = frozenset(ours), frozenset(theirs)
        return sorted(one - other), sorted(other - one)
    only: tuple[list[str], list[str]] = [], []
    marked = heapq.merge(((line, 0) for line in _in_order(ours)), ((line, 1) for line in _in_order(theirs)))
    for line, found in groupby(marked, lambda pair: pair[0]):
        sides = {side for _, side in found}
        if len(sides) == 1:
            only[sides.pop()].append(line)
    return only


def _in_order(lines: Collection[str]) -> Iterable[str]:
    return lines if isinstance(lines, Lines) else sorted(lines)


def _merged(runs: list[Lines]) -> Iterator[str]:
    lines = runs[0] if len(runs) == 1 else heapq.merge(*runs)
    return (line for line, _ in groupby(lines))

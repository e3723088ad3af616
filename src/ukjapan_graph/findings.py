"""One type for whatever a judge finds: shapes, checks, evidence, formatting, files."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong, and how to mend it.

    Findings sort by place, so that a report reads in the order of the files.

    :ivar path: file the finding is about, relative to the project's root, or "" where only a node is known
    :ivar line: line in that file, counted from 1; 0 where unknown
    :ivar focus: the node or name that is wrong (a prefixed name where there is one)
    :ivar check: name of the shape, check or rule that found it
    :ivar message: what is wrong and what to do about it
    :ivar value: the offending value, or ""
    """

    path: str
    line: int
    focus: str
    check: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        parts = [part for part in (place, self.focus) if part]
        value = f" ({self.value})" if self.value else ""
        return f"{': '.join(parts)}: {self.message}{value} [{self.check}]"

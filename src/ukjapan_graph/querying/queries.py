"""Saved questions: one ``.rq`` file each, with a header that says what it asks.

The header is YAML in ``#+`` comment lines, a superset of grlc's, so that the file stays plain SPARQL and
runs as it lies, with its defaults::

    #+ summary: Which agreements build on an instrument?
    #+ description: One or two sentences.
    #+ tags: [chains]
    #+ questions: [CQ31]
    #+ params:
    #+   instrument: {type: instrument, default: "instrument:acsa", about: "what is built on"}
    #+ columns:
    #+   what: what builds on it
    #+ silence: No document says that anything builds on it.
"""

from __future__ import annotations

from pathlib import Path

from ukjapan_graph.errors import SourceError
from ukjapan_graph.querying.saved_query import Parameter, SavedQuery

MARK = "#+"


def read_folder(folder: Path) -> list[SavedQuery]:
    """The saved queries in ``folder`` itself (not below it), sorted by name.

    :raises SourceError: the first file that cannot be read, as in :func:`read_query`
    """
    return [read_query(path) for path in sorted(Path(folder).glob("*.rq"), key=lambda path: path.stem)]


def read_query(path: Path) -> SavedQuery:
    """The saved query in the file ``path``.

    :raises SourceError: the file cannot be read, or its header is missing, is not YAML, or lacks a summary,
        columns or a sentence for silence; a parameter lacks its type or default
    """
    path = Path(path)
    header, text = split(path)
    keys = header_keys(path, header)
    parameters = mapping(path, keys, "params")
    for name, parameter in parameters.items():
        if not isinstance(parameter, dict) or not {"type", "default"} <= parameter.keys():
            line = next((n for n, words in enumerate(header, 1) if f"{name}:" in words), 1)
            message = f"parameter {name} needs a type and a default: {name}: {{type: …, default: …}}"
            raise SourceError(path, message, line=line)
    for key in ("summary", "columns", "silence"):
        if not keys.get(key):
            raise SourceError(path, f"the header has no {key}; add a line '#+ {key}: …'", line=1)
    return SavedQuery(
        name=path.stem,
        summary=string(path, keys, "summary"),
        description=string(path, keys, "description"),
        tags=strings(path, keys, "tags"),
        questions=strings(path, keys, "questions"),
        parameters=tuple(
            Parameter(name, str(p["type"]), str(p["default"]), str(p.get("about", "")))
            for name, p in parameters.items()
        ),
        columns=tuple((name, str(note)) for name, note in mapping(path, keys, "columns").items()),
        silence=string(path, keys, "silence"),
        text=text,
    )


def split(path: Path) -> tuple[list[str], str]:
    """The header lines of ``path`` without their mark, and the SPARQL below them.

    :raises SourceError: the file cannot be read as UTF-8
    """
    header, below = _parts(path)
    return header, "\n".join(below).strip("\n") + "\n"


def lines_above(path: Path) -> int:
    """How many lines of the file ``path`` stand above its SPARQL; raises as :func:`split`."""
    header, below = _parts(path)
    return len(header) + next((number for number, line in enumerate(below) if line), 0)


def _parts(path: Path) -> tuple[list[str], list[str]]:
    try:
        lines = path.read_bytes().decode().split("\n")
    except UnicodeDecodeError as error:
        raise SourceError(path, f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}") from error
    length = next((i for i, line in enumerate(lines) if not line.startswith(MARK)), len(lines))
    return [line[len(MARK) :].removeprefix(" ") for line in lines[:length]], lines[length:]


def header_keys(path: Path, header: list[str]) -> dict:
    """What the YAML ``header`` of ``path`` says; every scalar is a string, as written.

    :raises SourceError: there is no header, it is not YAML, or it is not a mapping, with its line
    """
    import yaml

    if not header:
        raise SourceError(path, "has no header; start it with lines '#+ summary: …', '#+ columns: …'", line=1)
    try:
        keys = yaml.load("\n".join(header), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        raise SourceError(
            path, f"the header is not YAML: {problem}; put text with a colon in quotes", line=line
        ) from error
    if not isinstance(keys, dict):
        raise SourceError(path, "the header is not a list of 'key: value' lines", line=1)
    return keys


def string(path: Path, keys: dict, key: str) -> str:
    """The text under ``key``, on one line; "" where there is none.

    :raises SourceError: it is not text
    """
    value = keys.get(key, "")
    if not isinstance(value, str):
        raise SourceError(path, f"{key} in the header must be text", line=1)
    return " ".join(value.split())


def strings(path: Path, keys: dict, key: str) -> tuple[str, ...]:
    """The texts under ``key``.

    :raises SourceError: it is not a list of texts
    """
    value = keys.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SourceError(path, f"{key} in the header must be a list: [one, two]", line=1)
    return tuple(value)


def mapping(path: Path, keys: dict, key: str) -> dict:
    """The mapping under ``key``.

    :raises SourceError: it is not a mapping
    """
    value = keys.get(key) or {}
    if not isinstance(value, dict):
        raise SourceError(path, f"{key} in the header must be lines of 'name: …' below it", line=1)
    return value

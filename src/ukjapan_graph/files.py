"""Writing files so that nothing half-written is ever left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from ukjapan_graph.errors import SourceError


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Make ``data``, or its pieces, the whole content of ``path``, all at once or not at all.

    The bytes go to a new file beside ``path``, which then takes its name; a reader sees the old content
    or the new, and a failure leaves the old. A link is followed; what is no regular file (``/dev/null``,
    a pipe) is written to as it stands.

    :raises SourceError: the folder is missing or may not be written, ``path`` is a folder, the disk is full
    """
    if path.exists() and not path.is_file():
        _write_through(path, data)
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _write(beside, data)
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def replace_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make ``files`` (content by name) the whole content of the folder ``path``, all at once or not at all.

    They go to a new folder beside ``path``, which then takes its name; whatever the old folder held is
    removed. A link is followed. A failure leaves the old folder as it was.

    :raises SourceError: the folder above is missing or may not be written, the disk is full
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    before = target.with_name(f".{target.name}.{os.getpid()}.old")
    try:
        beside.mkdir()
        for name, data in files.items():
            (beside / name).write_bytes(data)
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
            target.replace(before)
        try:
            beside.replace(target)
        except BaseException:
            if before.exists():
                before.replace(target)
            raise
    except OSError as error:
        raise SourceError(
            path,
            f"cannot be written: {error.strerror or error}; name a folder within one that is there and writable",
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if target.exists():
            shutil.rmtree(before, ignore_errors=True)


def read_bytes(path: Path) -> bytes:
    """Content of ``path``.

    :raises SourceError: there is no such file, it is a folder, or it may not be read
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from error


def _write(path: Path, data: bytes | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)


def _write_through(path: Path, data: bytes | Iterable[bytes]) -> None:
    try:
        _write(path, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> SourceError:
    return SourceError(
        path,
        f"cannot be written: {error.strerror or error}; name a file in a folder that is there and writable",
    )

"""Arguments of a command: argparse, with its complaints as errors of this package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ukjapan_graph.errors import UsageError

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO


class Parser(argparse.ArgumentParser):
    """An argument parser without abbreviations; it raises :class:`UsageError` and suggests what was meant."""

    def __init__(self, command: str, description: str, **more: object) -> None:
        self._helping = False
        super().__init__(prog=f"ukjapan {command}", description=description, allow_abbrev=False, **more)

    def _get_formatter(self) -> argparse.HelpFormatter:
        # Left to itself, argparse asks for the terminal's width (and loads shutil) for every option added.
        return self.formatter_class(prog=self.prog, width=_width() if self._helping else 80)

    def format_help(self) -> str:
        """The help text, as wide as the terminal."""
        self._helping = True
        return super().format_help()

    def print_help(self, file: TextIO | None = None) -> None:
        """Write the help text; what cannot be written is an error here, and not passed over."""
        (file or sys.stdout).write(self.format_help())

    def root_option(self, about: str = "project folder (default: this project's)") -> None:
        """Add ``--root``, a folder that is there."""
        self.add_argument("--root", type=folder, metavar="FOLDER", help=about)

    def release_option(self, *, beside_root: bool = False) -> None:
        """Add ``--release``, which every command on the dataset has.

        :param beside_root: whether the command has ``--root`` too, whose release is then meant
        """
        own = "that of --root" if beside_root else "the one that comes with the package"
        about = f"release file to ask (default: {own})"
        self.add_argument("--release", metavar="FILE", help=about)

    def view_options(self) -> None:
        """Add ``--view`` and ``--external``, which every command has that can look outside."""
        about = "what to look into: corpus (the documents) or world (outside sources too; default: corpus)"
        self.add_argument("--view", default="corpus", metavar="VIEW", help=about)
        about = "file of outside facts, with --view world (default: the one that comes with the package)"
        self.add_argument("--external", metavar="FILE", help=about)

    def parse_args(self, args: Sequence[str] | None = None, namespace: object = None) -> argparse.Namespace:
        """As in argparse, but an unknown option names the nearest one."""
        found, extra = self.parse_known_args(args, namespace)
        if extra:
            option = extra[0].partition("=")[0]
            known = [name for action in self._actions for name in action.option_strings]
            self.error(
                f"there is no {'option' if option[:1] == '-' else 'place for'} {option}{hint(option, known)}"
            )
        return found

    def error(self, message: str) -> None:
        """Raise the complaint ``message``.

        :raises UsageError: always
        """
        raise UsageError(f"{message}\nSee: {self.prog} --help")


def folder(text: str) -> Path:
    """The folder ``text``, given as ``--root``.

    :raises UsageError: there is none; what is not there would have no fault
    """
    from pathlib import Path

    path = Path(text)
    if not path.is_dir():
        raise UsageError(
            f"--root: {text} is no folder; give that of a project, with graph/ and queries/ in it"
        )
    return path


def day(text: str) -> str:
    """``text``, given as ``--date``, which is a day.

    :raises UsageError: it is none
    """
    from datetime import date

    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"--date: {text!r} is no date like 2026-11-23")
    return text


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns - 2


def hint(name: str, known: Sequence[str]) -> str:
    """ " Did you mean …?" with what in ``known`` comes nearest to ``name``; "" where nothing does."""
    from difflib import get_close_matches

    nearest = get_close_matches(name, known, n=2, cutoff=0.5)
    return f". Did you mean {' or '.join(nearest)}?" if nearest else ""

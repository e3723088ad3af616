"""Options of every command that asks a server."""

from __future__ import annotations

from ukjapan_graph.errors import UkjapanError, UsageError

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from ukjapan_graph.answering.remote_engine import Remote
    from ukjapan_graph.cli.parsing import Parser


def access_options(parser: Parser) -> None:
    """Add ``--user`` and ``--ca`` to ``parser``."""
    parser.add_argument(
        "--user",
        default="",
        metavar="NAME",
        help="user at the server (default: UKJAPAN_USER, netrc). The password comes from UKJAPAN_PASSWORD, "
        "netrc or the terminal, a bearer token from UKJAPAN_TOKEN; neither is ever an option",
    )
    authority_option(parser)


def authority_option(parser: Parser) -> None:
    """Add ``--ca`` to ``parser``."""
    parser.add_argument(
        "--ca", default="", metavar="FILE", help="certificates (PEM) to trust in place of the system's"
    )


def engine(address: str, *, limit: float, user: str = "", authority: str = "") -> Remote:
    """The engine at ``address``, with the credentials at hand.

    :raises UsageError: not an address, or no password for ``user``
    :raises UkjapanError: SPARQLWrapper is not installed
    """
    from ukjapan_graph.remote.access import access

    known = access(address, user=user, authority=authority)
    try:
        from ukjapan_graph.answering.remote_engine import Remote
    except ImportError as error:
        raise UkjapanError(f"asking an endpoint needs {error.name}; install it with pip") from None
    return Remote(known, seconds=limit)


def heed_receipt(asked: Remote, path: str) -> None:
    """Say on standard error when a loader has left word that another release is there than the file ``path``.

    :raises UkjapanError: the word is that a load is going on: what has not come yet would read as not said
    """
    import hashlib
    import sys
    from pathlib import Path

    from ukjapan_graph.loading import receipts

    receipt, unfinished, _ = receipts.left(asked)
    if receipt is None and unfinished:
        raise UkjapanError(
            f"{asked.access.address}: a load is going on there, or was stopped, so that rows may be missing; "
            "wait for its end, or run again: ukjapan load run"
        )
    if receipt and receipt.hash != hashlib.sha256(Path(path).read_bytes()).hexdigest():
        sys.stderr.write(
            f"note: {asked.access.address} holds another release of the graph than the one at hand, whose "
            "questions and labels these are; load it with: ukjapan load run\n"
        )


def seconds(text: str) -> float:
    """The number of seconds that ``text`` is.

    :raises UsageError: it is none, or none that a person would wait
    """
    try:
        return seconds_option(text)
    except ValueError:
        raise UsageError(f"--timeout: {text!r} is no number of seconds") from None


def seconds_option(text: str) -> float:
    """As :func:`seconds`, for argparse, which makes its own error of a ``ValueError``."""
    value = float(text)
    if not 0 < value < 1e6:
        raise ValueError
    return value


seconds_option.__name__ = "number of seconds"

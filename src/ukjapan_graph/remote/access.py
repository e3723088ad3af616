"""Whom to talk to, and as whom: addresses, credentials, certificates, user agent.

Credentials come from the environment (``UKJAPAN_TOKEN``; ``UKJAPAN_USER`` and ``UKJAPAN_PASSWORD``), from the
netrc file, or are asked for at the terminal; never from an address, so that none stands in a shell's history.
They are sent to the one address they were found for, and every text that is shown passes :meth:`Access.redact`.
"""

from __future__ import annotations

import os
import ssl
import sys
from collections import namedtuple
from functools import cache
from urllib.parse import urlsplit

from ukjapan_graph.errors import SourceError, UsageError

_HIDDEN = "•••"


class Access(namedtuple("Access", "address user password token authority", defaults=("", "", "", ""))):
    """A server's address and the credentials for it; five strings, "" where there is none.

    :ivar address: http or https, without credentials
    :ivar user: for HTTP Basic or Digest, whichever the server asks for
    :ivar password: goes with ``user``
    :ivar token: a bearer token (RFC 6750); goes before ``user``
    :ivar authority: a file of certificates (PEM) to trust in place of the system's
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Access({self.address!r}, user={self.user!r})"

    def at(self, address: str) -> Access:
        """The same credentials for another address of the same server."""
        return self._replace(address=address)

    def redact(self, text: str) -> str:
        """``text`` with every secret in it hidden."""
        for secret in (self.password, self.token):
            text = text.replace(secret, _HIDDEN) if secret else text
        return text

    def tls(self) -> ssl.SSLContext:
        """Certificates are checked, always; without TLS, where there are none, nobody's are read or trusted.

        :raises SourceError: the file of certificates cannot be read
        """
        if self.address.startswith("http:") and not self.authority:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            return ssl.create_default_context(cafile=self.authority or None)
        except (OSError, ssl.SSLError) as error:
            raise SourceError(self.authority, f"holds no certificates to trust (PEM): {error}") from error


def access(address: str, *, user: str = "", authority: str = "") -> Access:
    """The access to ``address``, with the credentials that are at hand for it.

    The first that is there counts: ``UKJAPAN_TOKEN``; ``user`` (or ``UKJAPAN_USER``) with
    ``UKJAPAN_PASSWORD``, with its netrc password, or with one typed at the terminal; whatever netrc has for
    the host; nothing.

    :raises UsageError: not an address of the web, or it holds credentials; or no password for ``user``
    :raises SourceError: the netrc file cannot be read
    """
    address = checked(address)
    if token := os.environ.get("UKJAPAN_TOKEN", ""):
        if not (token.isascii() and token.isprintable() and " " not in token):
            # It goes into a header; the complaint must not repeat it.
            raise UsageError("UKJAPAN_TOKEN holds a line break, a space or a letter that no token has")
        return Access(address, token=token, authority=authority)
    user = user or os.environ.get("UKJAPAN_USER", "")
    password = os.environ.get("UKJAPAN_PASSWORD", "")
    if user and password:
        return Access(address, user, password, authority=authority)
    known = _netrc(urlsplit(address).hostname or "")
    if known and user in ("", known[0]):
        return Access(address, *known, authority=authority)
    return Access(address, user, _typed(user, address) if user else "", authority=authority)


def checked(address: str) -> str:
    """``address``, when it is one that can be asked.

    :raises UsageError: it is not http or https, names no host, holds credentials, a space or a fragment
    """
    try:
        parts = urlsplit(address)
        port_is_number = parts.port is None or parts.port >= 0
    except ValueError:
        parts, port_is_number = urlsplit(""), False
    if parts.username is not None or parts.password is not None:
        # The address is not repeated: it would put the password on the screen.
        raise UsageError(
            "leave user and password out of the address; set UKJAPAN_USER and UKJAPAN_PASSWORD, or use netrc"
        )
    odd = parts.fragment or not address.isascii() or not address.isprintable() or " " in address
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_number or odd:
        raise UsageError(f"{address!r} is no address of a server; it looks like http://host:port/path")
    return address


@cache
def agent() -> str:
    """The user agent: who is asking, in which version, and where to read about it."""
    from ukjapan_graph import __version__
    from ukjapan_graph.namespaces import BASE

    return f"ukjapan-graph/{__version__} (+{BASE})"


def _netrc(host: str) -> tuple[str, str] | None:
    """User and password that the netrc file (``$NETRC``, else ``~/.netrc``) has for ``host``."""
    import netrc

    try:
        found = netrc.netrc(os.environ.get("NETRC") or None).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError) as error:
        raise SourceError(os.environ.get("NETRC") or "~/.netrc", f"cannot be read: {error}") from None
    return (found[0], found[2] or "") if found and found[0] else None


def _typed(user: str, address: str) -> str:
    """The password of ``user``, from the terminal.

    :raises UsageError: there is no terminal to ask at
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"no password for {user}: set UKJAPAN_PASSWORD, or give netrc a line for the host")
    import getpass

    try:
        return getpass.getpass(f"Password of {user} at {urlsplit(address).netloc}: ")
    except EOFError:
        raise UsageError(f"no password for {user} was typed") from None

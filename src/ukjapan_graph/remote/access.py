"""Whom to talk to, and as whom: addresses, credentials, certificates, user agent.

Credentials come from the environment (``UKJAPAN_TOKEN``; ``UKJAPAN_USER`` and ``UKJAPAN_PASSWORD``), from the
netrc file, or are asked for at the terminal; never from an address, so that none stands in a shell's history.
They are sent to the one address they were found for, and every text that is shown passes :meth:`Access.redact`.
"""

from __future__ import annotations

import base64
import ipaddress
import os
import re
import ssl
import sys
from collections import namedtuple
from functools import cache
from urllib.parse import unquote, urlsplit

from ukjapan_graph.errors import SourceError, UsageError

_HIDDEN = "•••"
_PLAIN = re.compile("[0-9A-Za-z._~-]")
# With what stands for bytes that are no UTF-8 in arguments and variables.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Access(namedtuple("Access", "address user password token authority source", defaults=("",) * 5)):
    """A server's address and the credentials for it; six strings, "" where there is none.

    :ivar address: http or https, without credentials
    :ivar user: for HTTP Basic or Digest, whichever the server asks for
    :ivar password: goes with ``user``
    :ivar token: a bearer token (RFC 6750); goes before ``user``
    :ivar authority: a file of certificates (PEM) to trust in place of the system's
    :ivar source: where :func:`access` found the credentials: "environment", "netrc" or "terminal"
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Access({self.address!r}, user={self.user!r})"

    def at(self, address: str) -> Access:
        """The same credentials for another address of the same server."""
        return self._replace(address=address)

    def redact(self, text: str) -> str:
        """``text`` with every secret in it hidden, also where its letters are escaped."""
        for secret in self.secrets():
            text = re.sub(_escaped(secret), _HIDDEN, text)
        return text

    def secrets(self) -> list[str]:
        """What must not be shown, the longest first: of the server, and of the proxy before it."""
        parts = urlsplit(proxy(self.address))
        before = unquote(parts.username or ""), unquote(parts.password or "")
        found = {self.token}
        for user, password in ((self.user, self.password), before):
            if password:
                found |= {password, basic(user, password)}
        return sorted(found - {""}, key=len, reverse=True)

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

    :raises UsageError: not an address of the web, or it holds credentials; or no password for ``user``; or
        credentials that no header can hold
    :raises SourceError: the netrc file cannot be read
    """
    address = checked(address)
    if token := os.environ.get("UKJAPAN_TOKEN", ""):
        if not (token.isascii() and token.isprintable() and " " not in token):
            # It goes into a header; the complaint must not repeat it.
            raise UsageError("UKJAPAN_TOKEN holds a line break, a space or a letter that no token has")
        return Access(address, token=token, authority=authority, source="environment")
    user = _sendable("user", user or os.environ.get("UKJAPAN_USER", ""))
    password, source = os.environ.get("UKJAPAN_PASSWORD", ""), "environment"
    if not (user and password):
        known = _netrc(urlsplit(address).hostname or "")
        if known and user in ("", known[0]):
            user, password, source = _sendable("user", known[0]), known[1], "netrc"
        elif user:
            password, source = _typed(user, address), "terminal"
        else:
            return Access(address, authority=authority)
    return Access(address, user, _sendable("password", password), authority=authority, source=source)


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


def proxy(address: str) -> str:
    """The proxy that the environment (``http_proxy``, ``no_proxy`` …) has for ``address``, as a URL without a
    path; "" for none.

    :raises UsageError: the variable names no proxy that is spoken here
    """
    from urllib.request import getproxies, proxy_bypass

    goal = urlsplit(address)
    named = getproxies().get(goal.scheme, "")
    if not named or proxy_bypass(goal.netloc):
        return ""
    if "://" not in named:
        named = f"http://{named}"  # as curl reads it
    try:
        parts = urlsplit(named)
        host, port_is_number = parts.hostname or "", parts.port is None or parts.port > 0
        if ":" in host:
            ipaddress.ip_address(host)
    except ValueError:
        parts, host, port_is_number = urlsplit(""), "", False
    # Where a password holds one of these letters unescaped, it would be taken for something else, and shown.
    odd = parts.path not in ("", "/") or "?" in named or "#" in named or not re.fullmatch("[!-~]+", named)
    odd = odd or not re.fullmatch(r"[\w.:-]+", host) or _CONTROL.search(unquote(named))
    if parts.scheme not in ("http", "https") or not port_is_number or odd:
        # It is not repeated: it may hold a password.
        name = f"{goal.scheme}_proxy"
        raise UsageError(f"the variable {name} names no proxy that is spoken here: http://host:port")
    return f"{parts.scheme}://{parts.netloc}"


def basic(user: str, password: str) -> str:
    """What follows ``Basic`` in a header (RFC 7617), in UTF-8."""
    return base64.b64encode(f"{user}:{password}".encode("utf-8", "surrogatepass")).decode()


@cache
def agent() -> str:
    """The user agent: who is asking, in which version, and where to read about it."""
    from ukjapan_graph import __version__
    from ukjapan_graph.namespaces import BASE

    return f"ukjapan-graph/{__version__} (+{BASE})"


def _sendable(name: str, text: str) -> str:
    """``text``, when it may stand in a header.

    :raises UsageError: it may not
    """
    if _CONTROL.search(text):
        # The complaint must not repeat it.
        raise UsageError(f"the {name} holds a line break, another control character, or what is no UTF-8")
    return text


def _escaped(secret: str) -> str:
    """A pattern for ``secret``, whether its letters stand as they are or are escaped."""
    # What is never escaped (RFC 3986, 2.3) is taken as it is: a token may have thousands of it.
    return "".join(re.escape(c) if _PLAIN.match(c) else _letter(c) for c in secret)


def _letter(c: str) -> str:
    """A pattern for the letter ``c`` as addresses, JSON, web pages and exceptions write it."""
    from html.entities import codepoint2name

    bytes8, bytes16 = (c.encode(code, "surrogatepass") for code in ("utf-8", "utf-16-be"))
    ways = [
        "".join(rf"(?:%|\\x){byte:02x}" for byte in bytes8),
        "".join(rf"\\u{bytes16[at : at + 2].hex()}" for at in range(0, len(bytes16), 2)),
        f"&#(?:0*{ord(c)}|x0*{ord(c):x});",
        f"&{codepoint2name.get(ord(c), 'apos' if c == chr(39) else chr(0))};",
    ]
    same = [re.escape(c)]
    if c == " ":
        same.append(r"\+")
    if not c.isascii():  # in another encoding than the reader took it for
        same += [re.escape(bytes8.decode("latin-1")), "\ufffd"]
    return rf"\\?(?:{'|'.join(same)}|(?i:{'|'.join(ways)}))"


def _netrc(host: str) -> tuple[str, str] | None:
    """User and password that the netrc file (``$NETRC``, else ``~/.netrc``) has for ``host``."""
    import netrc

    try:
        found = netrc.netrc(os.environ.get("NETRC") or None).authenticators(host)
    except FileNotFoundError:
        return None
    except netrc.NetrcParseError as error:
        # What is said of a line repeats a word of it, which may be a password.
        reason = f"line {error.lineno} or the one before it makes no sense" if error.lineno else error.msg
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8"
    else:
        return (found[0], found[2] or "") if found and found[0] else None
    raise SourceError(os.environ.get("NETRC") or "~/.netrc", f"cannot be read: {reason}")


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

"""Credentials in the form that a server asks for: bearer at once (RFC 6750), else Digest (7616) or Basic (7617)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from ukjapan_graph.remote.access import Access, basic


class Proof:
    """What goes into ``Authorization``, for one connection: a challenge once learned serves for what follows."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._basic = False
        self._terms: dict[str, str] = {}  # of the last Digest challenge
        passwords = HTTPPasswordMgrWithDefaultRealm()
        # A header goes out in Latin-1, and comes in so; in it these are the bytes of UTF-8 (RFC 7616, 4).
        pair = (text.encode("utf-8", "surrogatepass") for text in (access.user, access.password))
        user, password = (octets.decode("latin-1") for octets in pair)
        passwords.add_password(None, access.address, user, password)
        self._digest = _Digest(passwords)

    def header(self, method: str, address: str) -> str | None:
        """The header's value for a request to ``address``; None where nothing is known, or wanted, yet."""
        if self._access.token:
            return f"Bearer {self._access.token}"
        if self._terms:
            # The body is left out: it would be taken for "auth-int", which is not offered.
            proof = self._digest.get_authorization(Request(address, method=method), self._terms)
            return f"Digest {proof}" if proof else None
        if self._basic:
            return f"Basic {basic(self._access.user, self._access.password)}"
        return None

    def learn(self, challenges: Sequence[str], *, fresh: bool = False) -> bool:
        """Whether these ``WWW-Authenticate`` headers are a reason to send the request again; Digest before Basic.

        :param fresh: whether what was refused was the answer to a challenge of a moment ago
        """
        if not self._access.user or self._access.token:
            return False
        found = parse_http_list(_after("Digest", challenges))
        terms = parse_keqv_list([part for part in found if part.partition("=")[2]])
        known = terms.get("algorithm", "MD5").upper() in _ALGORITHMS
        offered = "qop" not in terms or "auth" in map(str.strip, terms["qop"].split(","))
        if "qop" in terms:
            terms["qop"] = "auth"  # of those that are offered
        if known and offered and "realm" in terms and terms.get("nonce", "é").isascii():
            self._terms = terms
            return not fresh or terms.get("stale", "").lower() == "true"
        known, self._basic = self._basic, bool(_after("Basic", challenges))
        return self._basic and not known


_ALGORITHMS = {"MD5": hashlib.md5, "SHA": hashlib.sha1, "SHA-256": hashlib.sha256}


class _Digest(AbstractDigestAuthHandler):
    """Digest as the standard library does it, with the algorithm that RFC 7616 (3.3) recommends as well."""

    def __init__(self, passwords: HTTPPasswordMgrWithDefaultRealm) -> None:
        super().__init__(passwords)
        # A password is for all realms and paths of the one server that it was given for.
        self.passwd.find_user_password = lambda *_: next(iter(passwords.passwd[None].values()))

    def get_algorithm_impls(self, algorithm: str) -> tuple:
        made = _ALGORITHMS[algorithm.upper()]
        hashed = lambda text: made(text.encode("latin-1")).hexdigest()  # noqa: E731
        return hashed, lambda secret, data: hashed(f"{secret}:{data}")


def _after(scheme: str, challenges: Sequence[str]) -> str:
    """What follows the name of ``scheme`` in the first challenge that has it; "" where none has."""
    for challenge in challenges:
        if found := re.search(rf"(?i)(?:^|,)\s*{scheme}\s+(.+)", challenge):
            return found[1]
    return ""

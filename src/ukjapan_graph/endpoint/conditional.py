"""Whether a client has an answer already (RFC 9110, 13)."""

from __future__ import annotations

from collections.abc import Iterable

from ukjapan_graph.endpoint.outgoing import Response

#: Headers that tell of a body, which a 304 has not.
_OF_A_BODY = (b"content-type", b"content-length")


def if_changed(response: Response, headers: Iterable[tuple[bytes, bytes]]) -> Response:
    """304 in place of ``response`` where the client has it, as it says in a GET or HEAD (RFC 9110, 13.2.2 and 15.4.5).

    :param headers: of the request, the names in lower case
    """
    given = [header for header in headers if header[0] in (b"if-none-match", b"if-modified-since")]
    if not given or response.status != 200 or not _has(given, dict(response.headers)):
        return response
    kept = [header for header in response.headers if header[0] not in _OF_A_BODY]
    return Response(304, kept, b"")


def _has(given: list[tuple[bytes, bytes]], own: dict[bytes, bytes]) -> bool:
    tags = [value for name, value in given if name == b"if-none-match"]
    if tags:  # the date is not looked at then
        known = {tag.strip().removeprefix(b"W/") for tag in b",".join(tags).split(b",")}
        return b"etag" in own and (own[b"etag"] in known or b"*" in known)
    return b"last-modified" in own and not _is_later(own[b"last-modified"], given[0][1])


def _is_later(modified: bytes, since: bytes) -> bool:
    """Also where ``since`` is no date."""
    from email.utils import parsedate_to_datetime  # a megabyte, for what few ask

    try:
        dates = (parsedate_to_datetime(text.decode("latin-1")) for text in (modified, since))
        return next(dates) > next(dates)
    except (TypeError, ValueError):
        return True

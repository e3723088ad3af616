"""What went wrong, as clients read it: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "The request is wrong",
    404: "There is nothing here",
    405: "Not this method",
    406: "Not in this format",
    408: "Too slow",
    413: "The request is too long",
    414: "The address is too long",
    415: "Not this kind of body",
    429: "Too many requests at once",
    500: "The server failed",
    502: "Somebody else failed",
    503: "Not now",
    504: "Stopped by the time limit",
}


class Problem(Exception):
    """A request that is not answered as asked.

    :param status: of the HTTP response (RFC 9110, 15)
    :param detail: what is wrong, where, and how to mend it
    :param kind: a short name for programs: syntax, timeout …
    :param headers: of the response, beside the content type
    :param more: further members of the problem, such as line and column
    """

    def __init__(
        self, status: int, detail: str, kind: str = "", headers: dict[str, str] | None = None, **more: object
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind, self.headers, self.more = (
            status, detail, kind, headers or {}, more,
        )  # fmt: skip

    def body(self) -> bytes:
        """The problem as JSON text in UTF-8."""
        members = {"title": TITLES[self.status], "status": self.status, "detail": self.detail}
        if self.kind:
            members["type"] = f"https://w3id.org/ukjapan/problem/{self.kind}"
        text = json.dumps(members | self.more, ensure_ascii=False)
        return text.encode("utf-8", "replace") + b"\n"  # half a character may come from an address

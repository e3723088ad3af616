"""What can be looked for elsewhere, and in which ways; light, for the command line."""

from __future__ import annotations

#: Kinds of thing that others may want to find, in the order in which types are proposed; the others are about these.
ALL = (
    "person", "office", "organisation", "state", "place", "group", "instrument", "event", "series", "project",
    "prospect", "policy", "area", "topic", "document",
)  # fmt: skip
#: Of them, those that have names of their own, by which others call them too.
KINDS = ("person", "office", "organisation", "state", "place", "instrument")
#: Ways of asking: ``auto`` finds out.
WAYS = ("auto", "sparql", "reconcile")

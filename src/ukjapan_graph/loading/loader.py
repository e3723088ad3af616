"""One store, and all that can be done with a release there: plan, run, verify, status, unload.

Only the release's own graphs are touched, and those that a receipt names as an earlier release's; where the
default graph is not the union of the others, also the triples of those graphs there.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.errors import RemoteError, UkjapanError, UsageError
from ukjapan_graph.loading import messages, operations, profiles, receipts
from ukjapan_graph.loading.contents import Release
from ukjapan_graph.loading.lanes import Lanes, side_by_side
from ukjapan_graph.loading.reading import Store, counts
from ukjapan_graph.loading.receipts import Left, Receipt
from ukjapan_graph.loading.survey import Survey, survey
from ukjapan_graph.loading.transport import SECONDS, Message, Transport
from ukjapan_graph.remote import faults
from ukjapan_graph.remote.access import Access, agent
from ukjapan_graph.remote.connection import Answer

Progress = Callable[[str, int, int], None]
_ROUNDS = 3  # of sending and reading back, where somebody else writes meanwhile
_SIZE = 1 << 30  # bytes of one answer while reading back; there is a limit on rows as well
# What a store may well answer to a look at its address, which asks nothing: bad request, no such method, none of
# the formats.
_NO_QUERY = frozenset({400, 405, 406, 415, 422})
# The form for queries that many stores have there, behind a proxy that hides what they call themselves.
_STORES_PAGE = re.compile(rb"(?i)sparql|rdf|" + "|".join(profiles.PROFILES).encode())


class Plan(NamedTuple):
    """What loading would do: the store as it is, and the requests to send, in order."""

    survey: Survey
    messages: tuple[Message, ...]


class Loader:
    """A store at ``access.address``, open until closed (it is its own context manager).

    :param kind: the name of a profile, or ``auto`` to go by what the server says of itself
    :param seconds: the most that one request may take
    :param portion: the most bytes that one request may have; by default what the profile says
    :raises UsageError: the kind is not known, or cannot be told
    :raises RemoteError: nobody answers
    """

    def __init__(
        self,
        access: Access,
        kind: str = "auto",
        *,
        seconds: float = SECONDS,
        portion: int | None = None,
        progress: Progress = lambda *_: None,
    ) -> None:
        known = None if kind == "auto" else profiles.profile(kind)
        self._lanes = Lanes(lambda: Transport(access, seconds=seconds))
        self._progress = progress
        try:
            answer = self._lanes.do(Transport.look)
            known = known or _guess(access, answer)
            if portion is not None:
                known = known._replace(portion=portion, uncut=portion)
            self.site = profiles.site(access.address, known)
            self.time = receipts.server_time(answer.headers.get("Date"))
            self._store = Store(self.site.query, self._ask)
            self.engine = Remote(access.at(self.site.query), seconds=seconds, size=_SIZE)
        except BaseException:
            self._lanes.close()
            raise

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.close()

    def verify(self, release: Release) -> Survey:
        """The store against ``release``, by content; nothing is written.

        :raises RemoteError: as :class:`~ukjapan_graph.answering.remote_engine.Remote`, here and below
        :raises LimitError: likewise
        """
        read = lambda done, total: self._progress("reading", done, total)  # noqa: E731
        return survey(self._store, self.site.profile, release, read)

    def plan(self, release: Release) -> Plan:
        """What :meth:`run` would do now.

        :raises UkjapanError: plain patterns do not see the graphs of a store whose profile says that they do
        """
        found = self.verify(release)
        if self.site.profile.union and found.default:
            raise UkjapanError(
                f"{self.site.query}: plain patterns do not see the named graphs; switch on the union as default "
                f"graph in this {self.site.profile.name}, or give the --store that it is"
            )
        todo = messages.loading(self.site, found, release, self._receipt(release), self._staged())
        return Plan(found, tuple(todo))

    def run(self, release: Release) -> Plan:
        """Make the store hold ``release``; gives what was done, and the store as it is after that.

        Where nothing differs nothing is sent. What was done is checked by reading it back. Where somebody else
        loads the same release meanwhile, what is wrong is mended; where another one, it is whole in the end,
        and whoever finds the other's receipt gives way.

        :raises UkjapanError: what was read back is not what was sent, or another release was loaded meanwhile
        """
        wrong: list[str] = []  # the graphs under a receipt of ours that says too much
        try:
            for number in range(_ROUNDS):
                done = self.plan(release)
                if number:
                    self._give_way(release, done.survey.receipt)
                if not done.messages:
                    return done
                self.send_all(done.messages)
                after = self.verify(release)
                if after.agrees and not after.unfinished:
                    return Plan(after, done.messages)
                wrong = []
                self._give_way(release, after.receipt)
                if after.receipt is not None and not after.agrees:
                    wrong = [d.graph for d in after.graphs]
            if after.agrees:  # but another loader has begun
                return Plan(after, done.messages)
            count = sum(len(d.missing) + len(d.extra) for d in after.graphs)
            many = f"{count:,}" if count else "some"
            raise UkjapanError(
                f"{self.site.query}: sent, and yet {many} triples differ: somebody else writes there, or the store "
                "changes what it is given. Run again; then see: ukjapan load verify"
            )
        except UkjapanError:
            with contextlib.suppress(UkjapanError):
                if wrong and (there := self.receipt()) and there.hash == release.hash:
                    for message in operations.withdrawal(self.site, wrong):
                        self.send(message)
            raise

    def _give_way(self, release: Release, receipt: Receipt | None) -> None:
        # Of two loaders at once the one that came last goes on.
        if receipt is not None and receipt.hash != release.hash:
            raise UkjapanError(
                f"{self.site.query}: another loader has put the release sha256:{receipt.hash} there meanwhile; "
                "run again if yours is wanted"
            )

    def receipt(self) -> Receipt | None:
        """What a loader left in the store; None where there is nothing."""
        return self.left().receipt

    def left(self) -> Left:
        """All that loaders left in the store."""
        return receipts.left(self._store)

    def counts(self, release: Release) -> dict[str, int]:
        """How many triples there are in each graph of ``release``, or that a loader named, that is not empty."""
        receipt, unfinished, _ = self.left()
        known = {*release.graphs, *(receipt.graphs if receipt else ()), *unfinished}
        return counts(self._store, self.site.profile, sorted(known))

    def unload(self, release: Release) -> dict[str, int]:
        """Take the graphs of ``release`` and of the receipt out; gives their counts before."""
        before = self.counts(release)
        for message in messages.unloading(self.site, list(before), self._staged(), sum(before.values())):
            self.send(message)
        if left := self.counts(release):
            raise UkjapanError(
                f"{self.site.query}: {sum(left.values()):,} triples are still there; run unload again"
            )
        return before

    def send(self, message: Message, progress: Callable[[int], None] = lambda _: None) -> None:
        """Send ``message``; see :meth:`ukjapan_graph.loading.transport.Transport.send`."""
        self._lanes.do(lambda transport: transport.send(message, progress))

    def send_all(self, messages: Sequence[Message]) -> None:
        """Send ``messages`` in order; those that may be on their way together, on several connections at once.

        :raises UkjapanError: one was refused; those after it are not sent, but for a few beside it
        """
        total, sent = sum(message.triples for message in messages), 0

        def work(message: Message) -> int:
            self.send(message, lambda part: self._progress("sending", sent + part, total))
            return message.triples

        for beside, group in groupby(messages, lambda message: message.beside):
            for triples in side_by_side(work, group, self.site.profile.lanes if beside else 1):
                sent += triples
                self._progress("sending", sent, total)

    def _ask(self, text: str, *media: str) -> bytes:
        return self._lanes.do(lambda transport: transport.ask(self.site.query, text, *media))

    def _staged(self) -> list[str]:
        """The staging graphs of a load that was stopped, or is still going on."""
        rows = self._store.select(f"SELECT ?o {{ GRAPH <{operations.REGISTER}> {{ ?s ?p ?o }} }}").rows
        names = {term.value for (term,) in rows if isinstance(term, NamedNode)}
        return sorted(name for name in names if re.fullmatch(operations.STAGING + "[0-9a-f:]+", name))

    def _receipt(self, release: Release) -> Receipt:
        tool = agent().partition(" ")[0]
        return Receipt(release.hash, release.size, tuple(release.graphs), self.time, tool)


def _guess(access: Access, answer: Answer) -> profiles.Profile:
    """The kind of the store that gave ``answer``; where it does not say, a refusal counts for what it is."""
    said, status = faults.excerpt(access, answer.body), answer.status
    page = answer.good and answer.media in ("text/html", "application/xhtml+xml") and said
    answered = "" if answer.good and not page else f"HTTP {status}{': ' if said else ''}{said}"
    try:
        return profiles.guess(access.address, answer.headers.get("Server", ""), answered)
    except UsageError:
        if not answer.good and status not in _NO_QUERY:
            raise faults.refusal(access, status, answer.headers, answer.body) from None
        if page and not _STORES_PAGE.search(answer.body):
            raise RemoteError(access.address, f"a web page came, and no store's: {said}") from None
        raise


def read_release(path: str | Path) -> Release:
    """The release file ``path``; see :meth:`ukjapan_graph.loading.contents.Release.read`."""
    return Release.read(Path(path))

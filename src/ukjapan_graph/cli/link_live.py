"""``ukjapan link check --live``: the links and the federated questions put to the neighbours themselves."""

from __future__ import annotations

import sys

from ukjapan_graph.answering.engines import Embedded, open_store
from ukjapan_graph.answering.remote_engine import Remote
from ukjapan_graph.cli import link_ask, reporting
from ukjapan_graph.cli.progress import bar
from ukjapan_graph.errors import COULD_NOT_RUN, STOPPED, LimitError
from ukjapan_graph.judging.verdicts import from_finding, report
from ukjapan_graph.linking.neighbours import federated, live
from ukjapan_graph.remote.access import Access, checked
from ukjapan_graph.resources import release_file

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from pathlib import Path


def check(root: Path, options: object) -> int:
    """Check what is below ``root`` and write what is found; gives the exit code."""
    where = link_ask.services(options.service)
    live.allowed_only(live.services(federated.read_all(root)), where)
    engine = Embedded(open_store(options.release or release_file(options.root)))

    def select(service: str) -> object:
        access = Access(checked(where.get(service, service)), authority=options.ca)
        return Remote(access, seconds=options.timeout, size=federated.SIZE).as_it_stands

    def run(found: federated.FederatedQuery, recorder: object) -> None:
        here = {service: url for service, url in where.items() if service in found.services.values()}
        link_ask.asked_now(found, engine, options, here, recorder)

    try:
        links = live.check_links(root, select, bar)
    finally:
        bar("", 0, 0)
    questions = live.check_questions(root, engine, run)
    found = sorted([*links.findings, *questions.findings])
    code = reporting.write(report(list(map(from_finding, found))), options.format)
    failures = [*links.failures, *questions.failures]
    for line in [*links.notes, *questions.notes, *map(str, failures)]:
        print(line, file=sys.stderr)
    print(f"checked: {links.checked:,} links, {questions.checked} questions", file=sys.stderr)
    if not failures:
        return code
    return STOPPED if all(isinstance(error, LimitError) for error in failures) else COULD_NOT_RUN

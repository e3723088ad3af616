"""The process in which Java runs: a list of orders as JSON on standard input, of answers on standard output.

Order: ``whole`` and ``premises``, two ontologies as N-Triples (consistency is asked of the first, entailment of
the second), and ``profiles``, a list of those wanted.

Answer: ``size`` of the whole; ``profiles`` {name: violations}; ``clashes``, a list of clashing sets;
``unsatisfiable`` {class: clashing set}; ``entailments``, a list of triples, null where the ontology is not
consistent, since everything would follow.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

from ukjapan_graph.errors import UkjapanError
from ukjapan_graph.reasoning import java

#: First field of a line on standard error that tells how far the work is: name, steps done, steps in all.
STEP = "step"


def answer(order: dict, tell: Callable[[str], None]) -> dict:
    """The answer to ``order``, both as said above; ``tell`` is called with each step."""
    from ukjapan_graph.reasoning.hermit import Ontology

    tell("reading")
    whole = Ontology(order["whole"])
    tell("profiles")
    profiles = {name: whole.violations(name) for name in order["profiles"]}
    tell("consistency")
    found = {
        "size": whole.size(),
        "profiles": profiles,
        "clashes": [],
        "unsatisfiable": {},
        "entailments": None,
    }
    if not whole.is_consistent():
        tell("what clashes")
        return found | {"clashes": whole.clashes()}
    tell("classes")
    found["unsatisfiable"] = whole.unsatisfiable()
    tell("entailments")
    premises = whole if order["premises"] == order["whole"] else Ontology(order["premises"])
    return found | {"entailments": sorted(set(premises.entailments()))}


def serve() -> int:
    """Answer the orders on standard input; gives the exit code."""
    # What Java prints must not stand in the answer.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    orders, done = json.load(sys.stdin), 0

    def tell(step: str) -> None:
        nonlocal done
        print(STEP, step, done, 5 * len(orders), sep="\t", file=sys.stderr, flush=True)
        done += 1

    try:
        java.start()
        found = [answer(order, tell) for order in orders]
    except UkjapanError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    json.dump(found, out)
    out.close()
    return 0


if __name__ == "__main__":
    # A Java machine that is asked to leave politely may take its time.
    code = serve()
    sys.stdout.flush()
    os._exit(code)

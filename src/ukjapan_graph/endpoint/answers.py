"""The answers that workers give, by the names that :mod:`ukjapan_graph.endpoint.routes` gives them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ukjapan_graph.endpoint import linked, pages, questions, sparql
from ukjapan_graph.endpoint.evaluation import LATER
from ukjapan_graph.endpoint.problem import Problem
from ukjapan_graph.endpoint.reply import Reply, refusal
from ukjapan_graph.endpoint.request import Request
from ukjapan_graph.endpoint.service import Service


def _when_asked(module: str, name: str) -> Callable[[Service, Request], Reply]:
    """An answer whose module, and what that needs, is loaded by the first request for it."""

    def answer(service: Service, request: Request) -> Reply:
        try:
            found = import_module(f"ukjapan_graph.endpoint.reconciliation.{module}")
        except ModuleNotFoundError as error:
            detail = f"The server lacks {error.name}; install with: pip install 'ukjapan-graph[serve]'"
            raise Problem(503, detail, "not-installed") from None
        return getattr(found, name)(service, request)

    return answer


ANSWERS: dict[str, Callable[[Service, Request], Reply]] = {
    "front": pages.front,
    "style": pages.style,
    "query": sparql.query,
    "store": sparql.store,
    "dump": sparql.dump,
    "void": sparql.void,
    "index": questions.index,
    "ask": questions.ask,
    "silence": questions.silence,
    "openapi": questions.openapi_document,
    "thing": linked.thing,
    "page": linked.page,
    "data": linked.data,
    "terms": linked.terms,
    "term": linked.term,
    "reconcile": _when_asked("reconcile", "reconcile"),
    "propose": _when_asked("reconcile", "propose"),
    "suggest": _when_asked("suggest", "suggest"),
    "flyout": _when_asked("suggest", "flyout"),
    "preview": _when_asked("preview", "preview"),
    "features": _when_asked("preview", "features"),
}


def reply_to(service: Service, request: Request) -> Reply:
    """The answer to ``request``, or the refusal of it."""
    try:
        return ANSWERS[request.name](service, request)
    except Problem as problem:
        return refusal(problem)
    except MemoryError:
        return refusal(Problem(503, "The answer needs more memory than it may have", "memory", LATER))
    except Exception:
        return refusal(Problem(500, "The server failed; the fault is not in the request"))

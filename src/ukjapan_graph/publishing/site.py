"""The pages as files: templates filled, written all together or not at all.

The pages need nothing but themselves: no script, no font or picture from elsewhere, no style or handler in
the HTML, so that they work from a folder (``file:``) and under a strict Content Security Policy
(``default-src 'none'; style-src 'self'; img-src 'self'``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ukjapan_graph.errors import SourceError, UkjapanError
from ukjapan_graph.files import replace_folder
from ukjapan_graph.namespaces import shorten
from ukjapan_graph.publishing import links
from ukjapan_graph.publishing.material import read
from ukjapan_graph.publishing.pages import Page, pages, words_and_code

#: A folder that holds this file was written here, and its lines say what is in it.
LISTING = "written-by-ukjapan.txt"
_FIRST_LINE = "Written by: ukjapan export docs. It replaces this folder whole, so keep nothing of yours here."
_TEMPLATES = Path(__file__).parent / "templates"
_AS_THEY_ARE = ("icon.svg", "style.css")


def site(
    root: Path, *, progress: Callable[[str, int, int], None] = lambda what, done, of: None
) -> dict[str, bytes]:
    """The content of each file of the pages of the project below ``root``, by name; the same each time.

    ``progress`` is told what is being done, how many steps are, and how many there will be.

    :raises UkjapanError: Jinja or PyYAML is not installed
    :raises SourceError: a file of the project cannot be read
    """
    environment = _environment()
    progress("reading", 0, 10)
    material = read(root)
    progress("gathering", 2, 10)
    found, all_links, shared = pages(material)
    files = {name: (_TEMPLATES / name).read_bytes() for name in _AS_THEY_ARE}
    nav = [(page.file, page.title if page.file != links.INDEX else "Terms") for page in found]
    for number, page in enumerate(found):
        progress(page.file, 3 + number, 10)
        template = environment.get_template(page.file)
        text = template.render(page=page, nav=nav, **_tools(all_links, page), **shared, **page.context)
        files[page.file] = (text.rstrip("\n") + "\n").encode()
    names = "".join(f"{name}\n" for name in sorted([*files, LISTING]))
    files[LISTING] = f"{_FIRST_LINE}\n\n{names}".encode()
    return files


def write_site(folder: Path, files: dict[str, bytes]) -> None:
    """Make ``folder`` hold ``files`` and nothing else, all at once or not at all.

    :raises SourceError: the folder holds something that was not written here, or cannot be written
    """
    refuse_strange(folder)
    replace_folder(folder, files)


def refuse_strange(folder: Path) -> None:
    """Let pass what is not there, is empty, or was written by :func:`write_site`.

    :raises SourceError: anything else, which would be lost
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise SourceError(folder, "is not a folder; name another, or move it away")
    here = folder.resolve()
    if here == Path.cwd() or here in Path.cwd().parents:
        raise SourceError(folder, "is the folder you are in; name one of its own for the pages")
    try:
        inside = {path.name for path in folder.iterdir()}
        listing = (folder / LISTING).read_text(encoding="utf-8") if LISTING in inside else ""
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "its listing is not UTF-8"
        raise SourceError(folder, f"cannot be read: {reason}; name another folder") from error
    if inside and not listing.startswith(_FIRST_LINE):
        raise SourceError(
            folder, "holds files that this command did not write; name a new or an empty folder, or empty it"
        )
    strange = sorted(inside - set(listing.splitlines()))
    if strange:
        raise SourceError(
            folder, f"holds {strange[0]}, which this command did not write and would remove; move it away"
        )


def _environment() -> object:
    try:
        import jinja2
        import yaml  # noqa: F401 - the headers of saved queries
    except ModuleNotFoundError as error:
        raise UkjapanError(
            f"the pages need {error.name}; install it with: pip install 'ukjapan-graph[docs]'"
        ) from error
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _tools(all_links: links.Links, page: Page) -> dict[str, object]:
    """What the templates of one page can call."""
    return {
        "href": lambda iri: all_links.href(iri, page.file),
        "short": shorten,
        "anchor": links.anchor,
        "pieces": links.pieces,
        "words_and_code": words_and_code,
    }

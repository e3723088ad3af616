"""The pages as files: valid, whole, linked, safe, the same each time, and never over somebody's own files."""

import os
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from paged_project import HOSTILE, PAGES, make, own, own_pages
from ukjapan_graph import resources
from ukjapan_graph.errors import SourceError, UkjapanError
from ukjapan_graph.namespaces import expand, shorten
from ukjapan_graph.publishing import site
from ukjapan_graph.publishing.phrases import plain
from ukjapan_graph.publishing.terms import term_iris, terms
from ukjapan_graph.publishing.use import in_words

KANJI = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """What a page holds: ids, links, what it would fetch, headings, languages, visible text."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.ids, self.links, self.fetched, self.headings, self.attributes = [], [], [], [], []
        self.tags, self.text = [], []
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        """Note what the tag says."""
        values = dict(attrs)
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        self.fetched += [values[name] for name in ("src", "srcset", "data", "poster") if name in values]
        self.fetched += [values["href"]] if tag in ("link", "use", "image") else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []

    def handle_data(self, data):
        """Keep the text."""
        self.text.append(data)


@cache
def reader(data: bytes) -> Reader:
    """A page, read once."""
    return Reader(data)


def own_page(name: str) -> Reader:
    """A page of the project's own."""
    return reader(own_pages()[name])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages of a project that is out to break them."""
    return site.site(make(tmp_path_factory.mktemp("project")))


def test_these_are_all_pages() -> None:
    """No page goes untested."""
    assert sorted(name for name in own_pages() if name.endswith(".html")) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_valid_html(name: str, hostile: dict[str, bytes]) -> None:
    """Both projects' pages pass a strict HTML5 parser."""
    for pages in (own_pages(), hostile):
        html5lib.HTMLParser(strict=True).parse(pages[name].decode())


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str, hostile: dict[str, bytes]) -> None:
    """Each link inside the pages names a page that is there and an anchor on it."""
    for pages in (own_pages(), hostile):
        read = {page: reader(pages[page]) for page in PAGES}
        inside = [link for link in read[name].links if not link.startswith(("https://", "http://"))]
        assert inside
        for link in inside:
            file, _, fragment = link.partition("#")
            assert (file or name) in pages, link
            assert not fragment or unquote(fragment) in read[file or name].ids, link


@pytest.mark.parametrize("name", PAGES)
def test_anchors_are_unique(name: str, hostile: dict[str, bytes]) -> None:
    """No id occurs twice on a page, and none is blank, not even where shapes share a property shape."""
    for page in (own_page(name), reader(hostile[name])):
        assert len(page.ids) == len(set(page.ids)) and all(page.ids)


def test_every_term_has_the_anchor_that_its_iri_names() -> None:
    """``…/ns#State`` is ``index.html#State``, for each term in our namespace."""
    anchors = set(own_page("index.html").ids)
    wanted = {iri.partition("#")[2] for iri in term_iris(own().ontology)}
    assert len(wanted) > 190 and wanted <= anchors


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nothing_from_elsewhere(name: str) -> None:
    """No script, frame or form; what is fetched lies beside the page; no style or handler in a tag."""
    page = own_page(name)
    assert {"script", "style", "iframe", "object", "embed", "form", "base"} & set(page.tags) == set()
    assert set(page.fetched) == {"style.css", "icon.svg"}
    assert [a for a in page.attributes if a[1] == "style" or a[1].startswith("on")] == []
    assert b"url(" not in own_pages()["style.css"] and b"@import" not in own_pages()["style.css"]


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order(name: str) -> None:
    """One first heading, and no level is skipped on the way down."""
    levels = own_page(name).headings
    assert levels[0] == 1 and levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_landmarks_and_a_way_past_the_navigation(name: str) -> None:
    """Header, navigation, main text and footer; the first link skips to the text; the page's own is marked."""
    page = own_page(name)
    assert {"header", "nav", "main", "footer"} <= set(page.tags)
    assert page.links[0] == "#sec-main"
    assert ("html", "lang", "en") in page.attributes
    assert page.attributes.count(("a", "aria-current", "page")) == 1


def test_nothing_blank_is_shown() -> None:
    """No empty heading, item, definition or cell, and no word of Python's for nothing."""
    for name in PAGES:
        text = own_pages()[name].decode()
        for tag in ("h1", "h2", "h3", "li", "dt", "dd", "td", "p", "summary", "figcaption", "code"):
            assert re.search(rf"<{tag}(?: [^>]*)?>\s*</{tag}>", text) is None, (name, tag)
        assert (
            re.search(r"\bNone\b|undefined|Literal value|NamedNode", "".join(own_page(name).text)) is None
        ), name


def test_every_definition_constraint_and_query_is_on_the_pages() -> None:
    """Definitions, messages of shapes and checks, questions and glosses are all there, word for word."""
    told = {name: " ".join("".join(own_page(name).text).split()) for name in PAGES}
    read = own()
    aligned = {
        q.subject.value for file in read.alignments.values() for q in file.quads if "#" in q.subject.value
    }
    for page, words in (
        ("index.html", [read.ontology.text(iri, "skos:definition") for iri in term_iris(read.ontology)]),
        ("shapes.html", [q.object.value for q in read.shapes.facts("sh:message")]),
        ("shapes.html", [check.message for check in read.checks]),
        ("queries.html", [query.summary for query in read.queries]),
        ("passages.html", [read.graph.text(iri, "ukj:gloss") for iri in read.graph.things("ukj:Passage")]),
        ("rules.html", [rule.name for rule in read.rules]),
        ("alignments.html", [shorten(iri) for iri in aligned]),
    ):  # fmt: skip
        assert words
        assert [one for one in words if " ".join(one.split()) not in told[page]] == []


def test_the_page_of_queries_has_all_that_the_command_lists() -> None:
    """Those about the documents whole; those for the world view and for neighbours by name, with how to ask."""
    text = " ".join("".join(own_page("queries.html").text).split())
    folder = resources.root() / "queries"
    for path in [*folder.glob("*.rq"), *folder.glob("external/*.rq"), *folder.glob("federated/*.rq")]:
        assert path.stem in text, path
    assert "#sec-beyond" in own_page("queries.html").links
    assert "Who held an office on a day, according to outside sources?" in text


def test_the_page_of_rules_accounts_for_all_that_is_entailed() -> None:
    """Each property of ours in the entailed graph is concluded by a rule, or named among what the build adds."""
    text, read = "".join(own_page("rules.html").text), own()
    properties = {q.predicate.value for q in read.graph.inside(expand("graph:entailed"))}
    ours = {shorten(iri) for iri in properties if iri.startswith(expand("ukj:x")[:-1])}
    assert {"ukj:earliest", "ukj:signedBy", "ukj:restsOn"} <= ours
    general = {name for name in ours if not re.search(rf"{name}\b", text)}
    above = {shorten(q.object.value) for q in read.ontology.facts("rdfs:subPropertyOf")}
    assert general <= above  # what subproperty.rq concludes, which names no property


def test_text_is_text_whatever_it_holds(hostile: dict[str, bytes]) -> None:
    """Markup and quotes in labels, notes, titles, messages and patterns are shown, never obeyed."""
    for name in PAGES:
        page = reader(hostile[name])
        assert "script" not in page.tags, name
        assert b"<script" not in hostile[name]
    for name in ("index.html", "lists.html", "shapes.html", "alignments.html"):
        assert HOSTILE in "".join(reader(hostile[name]).text), name
    question = [value for _, name, value in reader(hostile["index.html"]).attributes if name == "title"]
    assert any("<script>" in value for value in question)
    links = reader(hostile["index.html"]).links
    assert [link for link in links if link.startswith("javascript")] == []
    assert "https://example.org/?a=1&b=%22%3E" in links


def test_a_label_without_a_language_is_not_given_one(hostile: dict[str, bytes]) -> None:
    """It is a further name; nothing is said of its language, and a term without a definition has no blank one."""
    text = " ".join("".join(reader(hostile["index.html"]).text).split())
    assert "Also calledtub" in text.replace("Also called ", "Also called")
    assert "(None)" not in text
    assert "deprecated: do not use it in new data" in text


def test_languages_are_marked(hostile: dict[str, bytes]) -> None:
    """What is not English says what it is."""
    page = hostile["index.html"].decode()
    assert '<span lang="ja">いかだ</span>' in page
    assert '<span lang="ja">木を組んだ舟</span>' in page


@pytest.mark.parametrize("name", PAGES)
def test_what_has_no_english_says_its_language_too(name: str, hostile: dict[str, bytes]) -> None:
    """Titles, names and definitions of documents, passages, lists and terms; code names its languages itself."""
    tree = html5lib.parse(hostile[name].decode(), namespaceHTMLElements=False)
    plain = [
        one.text for one in tree.iter() if one.text and KANJI.search(one.text) and one.get("lang") != "ja"
    ]
    plain += [one.tail for one in tree.iter() if one.tail and KANJI.search(one.tail)]
    assert [text for text in plain if not text.startswith('"')] == []
    words = {"passages.html": "航海日誌", "lists.html": "段階の表", "index.html": "櫂"}
    assert words.get(name, "") in hostile[name].decode()


def test_axioms_are_in_words(hostile: dict[str, bytes]) -> None:
    """A chain with its step backwards, a union, a restriction."""
    text = " ".join("".join(reader(hostile["index.html"]).text).split())
    assert "ukj:carries ∘ ukj:inDocument⁻ ∘ ukj:carries" in text
    assert "ukj:Boat or ukj:Raft" in text
    assert "whatever has at most 2 values of ukj:carries of the kind ukj:Boat" in text


def test_a_count_is_never_said_to_be_firmer_than_it_is() -> None:
    """Of the things and facts of each term, the page says which part is stated, and what the rest is."""
    tree = html5lib.parse(own_pages()["index.html"].decode(), namespaceHTMLElements=False)
    told = {
        section.get("id"): " ".join("".join(section.itertext()).split())
        for section in tree.iter("section")
        if section.get("class") == "term"
    }
    mixed = 0
    for term in terms(own()):
        words = plain(in_words(term.use, term.kind))
        mixed += 0 < term.use.stated < term.use.count
        assert ("stated" in words) == (term.use.stated > 0)
        assert f"In the data{words}" in told[term.anchor], term.name
    assert mixed > 20


def test_the_same_bytes_each_time() -> None:
    """Two processes with different hash seeds write the same pages."""
    code = (
        "import sys, hashlib, pathlib; from ukjapan_graph.publishing.site import site; "
        "files = site(pathlib.Path(sys.argv[1])); "
        "print(sorted((n, hashlib.sha256(d).hexdigest()) for n, d in files.items()))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code, resources.root()],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second != b""


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_stands_out_from_its_ground(mode: str) -> None:
    """Every colour of text has a contrast of 4.5 to every ground it stands on, lines in the picture 3."""
    style = own_pages()["style.css"].decode()
    blocks = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[0]))
    if mode == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[1]))

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(colours[one]), luminance(colours[other])))
        return (high + 0.05) / (low + 0.05)

    grounds = ("paper", "panel", "code", "mark")
    weak = [(t, g) for t in ("ink", "soft", "link") for g in grounds if contrast(t, g) < 4.5]
    weak += [(t, "code") for t in ("string", "keyword", "variable") if contrast(t, "code") < 4.5]
    groups = ("text", "said", "done", "who", "open")
    weak += [(group, "ink") for group in groups if contrast(f"{group}-fill", "ink") < 4.5]
    weak += [(group, "edge") for group in groups if contrast(f"{group}-edge", "panel") < 3]
    assert weak == []


def test_a_folder_is_written_whole_and_again(tmp_path: Path) -> None:
    """A new folder, an empty one and one written before: all get the same files, and nothing is left over."""
    files = {"index.html": b"1", site.LISTING: own_pages()[site.LISTING]}
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (tmp_path / "new", empty):
        site.write_site(folder, files)
        site.write_site(folder, {**files, "index.html": b"2"})
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {**files, "index.html": b"2"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "new"]


def test_somebodys_own_folder_is_left_alone(tmp_path: Path) -> None:
    """Files that this command did not write stay, and the message says what to do."""
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError, match="did not write; name a new or an empty folder"):
        site.write_site(tmp_path, own_pages())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_added_to_the_pages_is_not_lost(tmp_path: Path) -> None:
    """A folder of pages that holds one file more is not replaced."""
    folder = tmp_path / "pages"
    site.write_site(folder, own_pages())
    (folder / "CNAME").write_text("example.org", encoding="utf-8")
    with pytest.raises(SourceError, match="holds CNAME, which this command did not write"):
        site.write_site(folder, own_pages())
    assert (folder / "CNAME").exists()


def test_a_listing_that_is_not_ours_counts_for_nothing(tmp_path: Path) -> None:
    """A file of that name with other words, or bytes that are no text, does not open the folder."""
    for data in (b"whatever", b"\xff\xfe"):
        (tmp_path / site.LISTING).write_bytes(data)
        with pytest.raises(SourceError):
            site.refuse_strange(tmp_path)


def test_a_file_and_the_folder_one_is_in_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither can be replaced by a folder without harm."""
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(SourceError, match="is not a folder"):
        site.refuse_strange(file)
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    for folder in (Path(), Path(".."), tmp_path / "a"):
        with pytest.raises(SourceError, match="the folder you are in"):
            site.refuse_strange(folder)


def test_without_the_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jinja is only in an extra."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(UkjapanError, match=r"the pages need jinja2; install it with: pip install .*\[docs\]"):
        site.site(resources.root())


def test_progress_goes_from_start_to_end() -> None:
    """Steps are told in order and never beyond their number."""
    told = []
    site.site(resources.root(), progress=lambda what, done, of: told.append((done, of)))
    assert told == sorted(told) and told[0][0] == 0
    assert all(done < of for done, of in told)

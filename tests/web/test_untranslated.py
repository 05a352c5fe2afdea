"""Nothing on any page escapes the translators: with every message in brackets, what stands outside is no English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import flask_babel
import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.errors import DamagedArchiveError, LockedError, NewsdexError
from corpus.layout.page import _WHY
from indexer.search import ArchiveSearch
from web import origins
from web.i18n import SHIPPED
from web.notes import Told

ROOT = Path(__file__).parents[2]
_LATIN = re.compile(r"[A-Za-z]{2,}")
_MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧")
_NAMES = re.compile(r"\b(newsdex|CSV|CSL JSON|JSON Lines|BibTeX|RIS|Esc|Atom)\b")
"""What is called the same in every language."""
CONTENT = (
    "a[hreflang], bdi, code, pre, kbd, title, script, .published-at a, .headline, .snippet, .body, .title, "
    ".lines td, .related a"
)
"""Elements whose text is the archive's own, or a program's."""
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "aria-description", "aria-roledescription", "label")


class Bracketed:
    """A catalogue that marks each message."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


@pytest.fixture
def client(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The page in Russian, whose dates and names of languages have no Latin letter, its messages in brackets."""
    monkeypatch.setattr(flask_babel, "get_translations", Bracketed)
    return real_app.test_client()


def pieces(element: lxml.html.HtmlElement, own: set[object]) -> Iterator[str]:
    """The texts of a page in order, those of the archive's own left out."""
    if element in own or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from pieces(child, own)
        yield child.tail or ""


def english(tree: lxml.html.HtmlElement) -> list[str]:
    """Texts and attributes outside the brackets that hold Latin words."""
    found, depth = [], 0
    for text in pieces(tree, set(tree.cssselect(CONTENT))):
        outside = ""
        for letter in text:
            depth += {"⟦": 1, "⟧": -1}.get(letter, 0)
            outside += letter if not depth else " "
        outside = re.sub(r"⟧ [^:\n]*: $", "", outside)  # the name that a message is about: "Only Berlin: "
        if _LATIN.search(_NAMES.sub("", outside)):
            found.append(outside.strip())
    for name in ATTRIBUTES:
        for element in tree.xpath(f"//*[@{name}]"):
            value = element.get(name)
            if "Z3988" in element.get("class", "") or element.tag in ("link", "iframe"):
                continue
            told = value
            while _MESSAGE.search(told):
                told = _MESSAGE.sub("", told)
            if element.get("class", "").startswith("name") or element.xpath("self::*[@data-key] | ancestor::td"):
                continue  # a name's entity, an article's title
            if _LATIN.search(_NAMES.sub("", told.partition(":")[0])):  # behind the colon: what the label is about
                found.append(f"{name}={value}")
    return found


PAGES = (
    "/", "/?q=minister&stack=language&compare=Berlin&language=de&-source=MERA",
    "/?q=minister&view=kwic&bars=share", "/?q=minister&view=kwic&lines=after",
    "/?q=minister&view=compact&unit=stories&from=2023&to=2023&stack=category", "/?q=Xyzzy+minister&language=de",
    "/?q=mini*+%22two+words%22~3+=as+Gespr%C3%A4che+lukashenko~&any=1", "/?q=(a+AND&off=x", "/?offset=5000",
    "/?from=1950&to=1951", "/?facet_words.entity=xqz", "/?from=2024-02-30", "/?sort=x", "/?limit=-1",
    "/?off=1&cursor=x",
    "/facet/entity?order=label", "/facet/category", "/facet/entity?letter=B", "/facet/source?words=xqz", "/facet/x",
    "/entity/place:berlin-de", "/entity/nobody", "/help", "/nowhere", "/embed?q=minister&language=de", "/embed?q=Xyzzy",
    "/article/vv-2022-101/diff/vv-2024-150", "/article/ce-101/diff/vv-2024-150", "/article/x/diff/y",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_english_is_left(client: FlaskClient, path: str) -> None:
    answer = client.get(path + ("&" if "?" in path else "?") + "ui=ru")
    tree = lxml.html.document_fromstring(answer.get_data(as_text=True))
    for detail in tree.cssselect(".trouble main p[lang=en]"):
        detail.drop_tree()  # what the search side says of a fault, below the reader's own words
    assert english(tree) == []


def test_examples_are_the_readers_own(client: FlaskClient) -> None:
    tree = lxml.html.document_fromstring(client.get("/help?ui=ru").get_data(as_text=True))
    assert all(example.text_content()[0] == "⟦" for example in tree.cssselect(".help-table code"))


@pytest.mark.parametrize("code", SHIPPED)
def test_examples_of_the_help_are_read_as_they_stand(real_client: FlaskClient, code: str) -> None:
    tree = lxml.html.document_fromstring(real_client.get(f"/help?ui={code}").get_data(as_text=True))
    examples = tree.cssselect(".help-table a")
    assert len(examples) == 10
    for example in examples:
        answer = real_client.get("/api/v1/search", query_string={"q": example.text_content(), "limit": 1})
        assert answer.status_code == 200
        told = {note["code"] for note in answer.get_json()["notes"]}
        assert not told - {"pattern-limit", "taken-apart"}, (example.text_content(), told)
        assert example.get("href").partition("q=")[2]


def test_no_english_about_an_article(client: FlaskClient, an_article: str) -> None:
    """Fields, rules, reasons and notes that stand on the article's page, whatever reader it came by."""
    kinds: dict[tuple[str, ...], str] = {}
    for hit in client.get("/api/v1/search?limit=300").get_json()["hits"]:
        read = client.get(f"/api/v1/articles/{hit['id']}").get_json()["provenance"]
        kinds[read["reader"], *sorted({origin["rule"] for origin in read["fields"].values()})] = hit["id"]
    assert len(kinds) > 4
    for article_id in kinds.values():
        answer = client.get(f"/article/{article_id}?ui=ru&pos=1")
        tree = lxml.html.document_fromstring(answer.get_data(as_text=True))
        assert english(tree) == []
        assert "⟦generation" in tree.cssselect(".citation")[0].text_content()


def literals(path: str) -> str:
    """The texts of a source file, what is filled in shown as §."""
    found = []
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "§" for part in node.values)
            found.append("".join(parts))
    return "\n".join(found)


def test_notes_are_those_that_readers_make(client: FlaskClient) -> None:
    """Each pattern is a text of some reader: one that was reworded would go untranslated."""
    told = "\n".join(literals(str(path.relative_to(ROOT))) for path in sorted((ROOT / "corpus").rglob("*.py")))
    told += literals("indexer/pipeline/reading.py")
    with client:
        client.get("/help?ui=pl")
        for pattern in origins.notes():
            for part in re.split(r"%\(\w+\)s|; ", pattern):
                assert part.strip(" ();:") in told, pattern
        whys = set(origins.reasons()) - {"caption", "related", "share", "cookie", "subscribe", "a date"}
        assert not {why for why in whys if why not in told}
        assert set(_WHY.values()) <= whys


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("declared windows-1251, but it is UTF-8", "declared windows-1251, but it is UTF-8"),
        ("declared de, but the text is pl", "declared немецкий, but the text is польский"),
        ("21% of the text is in en: it is found in that language, too",
         "21% of the text is in английский: it is found in that language, too"),
        ("date left out: 'a (b): c' (time): not understood", "date not understood: 'a (b): c' (time)"),
        ("captured 2024-06-24T10:00", "saved from the web: 2024-06-24T10:00"),
    ],
)  # fmt: skip
def test_notes_keep_what_they_tell(client: FlaskClient, note: str, said: str) -> None:
    with client:
        client.get("/help?ui=ru")
        assert origins.Origins().note(note) == Told(f"⟦{said}⟧")
        assert origins.Origins().note("A new note.") == Told("A new note.", foreign=True)


def test_no_english_when_the_archive_is_away(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    errors = (DamagedArchiveError("x"), LockedError("x"), NewsdexError("x: told"), RuntimeError("x"))
    for number, error in enumerate(errors):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(ArchiveSearch, "search", fail)
        tree = lxml.html.document_fromstring(client.get(f"/?ui=ru&q=away{number}").get_data(as_text=True))
        for detail in tree.cssselect("main [lang=en]"):
            detail.drop_tree()
        assert english(tree) == []
        assert tree.cssselect("main .lead")

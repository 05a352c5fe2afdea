"""TEI (https://tei-c.org/guidelines/p5/): digitised texts; every division of the type article, or the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.markup import local_name, names, text_of
from corpus.readers import agency, xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.language import language_code
from corpus.readers.xmlfile import XML_LANG, find, find_all, text

_SILENT = names("note fw figure teiheader head byline dateline docdate")
_DIVISION = re.compile(r"div\d?")
_ARTICLE = re.compile(r"article|artikel", re.IGNORECASE)
_NEWS = re.compile(r"news|report|item|letter|announcement|obituary|review", re.IGNORECASE)
_FIRST_READINGS = ("sic", "orig", "abbr")
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad¬]\s*\n?\s+(?=[a-zà-ÿа-яёіў])")


class Tei:
    """Reads a TEI document or a corpus of them."""

    name = "tei"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head).lower() in ("tei", "tei.2", "teicorpus") else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        documents = [root] if local_name(root) != "teicorpus" else list(find_all(root, "TEI"))
        editions = [_Edition(document) for document in documents]
        parts = [(edition, part) for edition in editions for part in edition.parts]
        for number, (edition, part) in enumerate(parts, 1):
            draft = Draft(source, self.name, line=number if len(parts) > 1 else None, notes=[note] if note else [])
            _fill(draft, edition, part)
            yield draft.finish()


class _Edition:
    """A TEI document: its header, its parts that are articles, its language, the headings of its divisions."""

    def __init__(self, document: Any) -> None:
        self.head = find(document, "teiHeader")
        self.parts = _parts(document)
        idents = (node.get("ident") for node in find_all(document, "language") if node.get("ident"))
        self.language = document.get(XML_LANG) or next(idents, "")
        self._heads: dict[Any, str] = {}

    def section(self, part: Any) -> str:
        """The heading of the division around an article."""
        for up in part.iterancestors():
            if _DIVISION.fullmatch(local_name(up)):
                if up not in self._heads:
                    self._heads[up] = next((text(one) for one in up if local_name(one) == "head"), "").rstrip(" .:")
                if self._heads[up]:
                    return self._heads[up]
        return ""


def _parts(document: Any) -> list[Any]:
    """The outermost divisions that are articles and what else is news beside them, or the text as a whole."""
    divisions = [node for node in document.iter() if _DIVISION.fullmatch(local_name(node))]
    kept: set[Any] = set()
    for kind in (_ARTICLE, _NEWS):
        around = {up for node in kept for up in node.iterancestors()}
        for node in divisions:
            fits = kind.search(node.get("type") or "") and node not in around
            if fits and node not in kept and not any(up in kept for up in node.iterancestors()):
                kept.add(node)
    whole = find(document, "text")
    return [node for node in divisions if node in kept] or [whole if whole is not None else document]


def _fill(draft: Draft, edition: _Edition, part: Any) -> None:
    head = edition.head
    draft.set("title", text(find(part, "head")), "tei", path="head")
    if head is not None:
        _bibliography(draft, head, alone=len(edition.parts) == 1)
    for place, ways in ((part, ("dateline", "docDate", "date")), (head, ("sourceDesc", "publicationStmt", "creation"))):
        for way in ways:
            node = find(place, way) if place is not None else None
            date = node if node is None or local_name(node) == "date" else find(node, "date")
            date = date if date is not None else node if node is not None and way in ("docDate",) else None
            if date is not None:
                stamp = date.get("when") or date.get("when-iso") or date.get("notBefore") or text(date)
                draft.set_date(stamp, "tei", path=f"{way}/date")
    draft.set_authors([text(find(part, "byline"))] if find(part, "byline") is not None else [], "tei", path="byline")
    draft.set("section", edition.section(part), "tei", path="div/head")
    place = find(part, "dateline")
    draft.set("dateline", agency.dateline(text(place)) if place is not None else None, "tei", path="dateline")
    draft.set("language", language_code(part.get(XML_LANG) or edition.language), "tei", path="xml:lang")
    body = find(part, "body") if local_name(part) == "text" else part
    draft.set("body", _text(body if body is not None else part), "tei", path="text")


def _bibliography(draft: Draft, head: Any, *, alone: bool) -> None:
    """Title, authors and the paper: what the source was, before what the edition in TEI says of itself."""
    if alone:
        for way in (("analytic",), ("titleStmt",)):
            draft.set("title", text(find(head, *way, "title")), "tei", path=f"{way[0]}/title")
            authors = [text(node) for node in find_all(head, *way, "author")]
            draft.set_authors(authors, "tei", path=f"{way[0]}/author")
    titles = [node for node in find_all(head, "sourceDesc", "title") if text(node)]
    papers = [node for node in titles if (node.get("level") or "") in ("j", "s")]
    papers = papers or [node for node in titles if not node.get("level") and (node.get("type") or "main") == "main"]
    for node in papers:
        draft.set("source", text(node).rstrip(" ."), "tei", path="sourceDesc/title")
    draft.set("source", text(find(head, "publicationStmt", "publisher")), "tei", path="publisher")


def _text(body: Any) -> str:
    """The text of a part: each break a space, or nothing within a word; of two readings the edited one."""
    for node in list(body.iter()):
        if local_name(node) in ("lb", "pb", "cb") and node.get("break") == "no":
            node.tail = (node.tail or "").lstrip()
        elif local_name(node) in ("lb", "pb", "cb"):
            node.tail = f" {node.tail or ''}"
        elif local_name(node) == "choice" and len(node) > 1:
            for inner in [one for one in node if local_name(one) in _FIRST_READINGS]:
                node.remove(inner)
    return _PARTED.sub("", text_of(body, silent=_SILENT))

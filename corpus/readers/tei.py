"""TEI (https://tei-c.org/guidelines/p5/): digitised texts; every division of the type article, or the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, names, text_of
from corpus.readers import xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.xmlfile import XML_LANG, find, find_all, text

_SILENT = names("note fw figure teiheader head byline dateline docdate")
_ARTICLE = re.compile(r"article|news|report|item|letter", re.IGNORECASE)
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad¬]\s*\n?\s+(?=[a-zà-ÿа-яёіў])")


class Tei:
    """Reads a TEI document or a corpus of them."""

    name = "tei"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head).lower() in ("tei", "tei.2", "teicorpus") else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        documents = [root] if local_name(root) != "teicorpus" else list(find_all(root, "TEI"))
        parts = [(document, part) for document in documents for part in _parts(document)]
        for number, (document, part) in enumerate(parts, 1):
            draft = Draft(source, self.name, line=number if len(parts) > 1 else None, notes=[note] if note else [])
            _fill(draft, document, part, alone=len(parts) == 1)
            yield draft.finish()


def _parts(document: Any) -> list[Any]:
    """The divisions that are articles, or the text as a whole."""
    found = [
        node
        for name in ("div", "div1", "div2")
        for node in find_all(document, "text", name)
        if _ARTICLE.search(node.get("type") or "")
    ]
    outer = [node for node in found if not any(up in found for up in node.iterancestors())]
    whole = find(document, "text")
    return outer or [whole if whole is not None else document]


def _fill(draft: Draft, document: Any, part: Any, *, alone: bool) -> None:
    head = find(document, "teiHeader")
    draft.set("title", text(find(part, "head")), "tei", path="head")
    if head is not None:
        if alone:
            draft.set("title", text(find(head, "titleStmt", "title")), "tei", path="titleStmt/title")
            draft.set_authors(
                [text(node) for node in find_all(head, "titleStmt", "author")], "tei", path="titleStmt/author"
            )
        draft.set("source", text(find(head, "publicationStmt", "publisher")), "tei", path="publisher")
    for place, ways in ((part, ("dateline", "docDate", "date")), (head, ("sourceDesc", "publicationStmt", "creation"))):
        for way in ways:
            node = find(place, way) if place is not None else None
            date = node if node is None or local_name(node) == "date" else find(node, "date")
            date = date if date is not None else node if node is not None and way in ("docDate",) else None
            if date is not None:
                stamp = date.get("when") or date.get("when-iso") or date.get("notBefore") or text(date)
                draft.set_date(stamp, "tei", path=f"{way}/date")
    draft.set_authors([text(find(part, "byline"))] if find(part, "byline") is not None else [], "tei", path="byline")
    language = (
        part.get(XML_LANG)
        or document.get(XML_LANG)
        or next((node.get("ident") for node in find_all(document, "language") if node.get("ident")), "")
    )
    draft.set("language", base_code(language or ""), "tei", path="xml:lang")
    body = find(part, "body") if local_name(part) == "text" else part
    draft.set("body", _PARTED.sub("", text_of(body if body is not None else part, silent=_SILENT)), "tei", path="text")

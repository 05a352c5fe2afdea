"""NewsML 1.0 to 1.2 (https://iptc.org/std/NewsML/1.2/): every text among the items of an envelope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Dateline, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, looks_like_markup, text_of, text_of_markup
from corpus.readers import xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.nitf import fill_from_nitf
from corpus.readers.xmlfile import XML_LANG, find, find_all, text


class NewsMl1:
    """Reads the news items of a NewsML 1 document."""

    name = "newsml-1"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head) == "NewsML" else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        items = list(find_all(root, "NewsItem"))
        if not items:
            yield source.reject("no-text", "NewsML without a news item")
        for number, item in enumerate(items, 1):
            draft = Draft(source, self.name, line=number if len(items) > 1 else None, notes=[note] if note else [])
            _fill(draft, item, root)
            kinds = {(node.get("FormalName") or "").lower() for node in find_all(item, "MediaType")}
            if not draft.get("body") and kinds and not kinds & {"text", "complexdata", "compositedata"}:
                yield source.reject(
                    "not-news", f"a NewsML item of the type {', '.join(sorted(kinds))}, not text", line=draft.line
                )
            else:
                yield draft.finish()


def _fill(draft: Draft, item: Any, root: Any) -> None:
    draft.set("title", text(find(item, "NewsLines", "HeadLine")), "newsml-1", path="NewsLines/HeadLine")
    for path in (
        ("NewsManagement", "ThisRevisionCreated"),
        ("NewsManagement", "FirstCreated"),
        ("Identification", "DateId"),
    ):
        draft.set_date(text(find(item, *path)), "newsml-1", path="/".join(path))
    by = text(find(item, "NewsLines", "ByLine"))
    draft.set_authors([by], "newsml-1", path="NewsLines/ByLine")
    dateline = text(find(item, "NewsLines", "DateLine"))
    if dateline:
        draft.set(
            "dateline",
            Dateline(dateline.split(",")[0].split("(")[0].strip(" -–")),
            "newsml-1",
            path="NewsLines/DateLine",
        )
    language = find(item, "DescriptiveMetadata", "Language")
    tag = (language.get("FormalName") if language is not None else "") or item.get(XML_LANG) or root.get(XML_LANG) or ""
    draft.set("language", base_code(tag), "newsml-1", path="Language@FormalName")
    for node in find_all(item, "TopicOccurrence"):
        draft.set(
            "section",
            node.get("Topic", "").lstrip("#") if len(node.get("Topic", "")) > 4 else "",
            "newsml-1",
            path="TopicOccurrence",
        )
    for way in (
        ("AdministrativeMetadata", "Provider", "Party"),
        ("AdministrativeMetadata", "Source", "Party"),
        ("Identification", "ProviderId"),
    ):
        node = find(item, *way)
        draft.set(
            "source",
            (node.get("FormalName") or text(node)) if node is not None else "",
            "newsml-1",
            path="/".join(way),
        )
    _content(draft, item)


def _content(draft: Draft, item: Any) -> None:
    """The longest text among the content items: NITF, XHTML, or plain."""
    best = ""
    for data in find_all(item, "DataContent"):
        inner = next((node for node in data.iter() if local_name(node) == "nitf"), None)
        if inner is not None:
            fill_from_nitf(draft, inner)
            return
        body = next((node for node in data.iter() if local_name(node) in ("body", "body.content")), data)
        raw = "".join(data.itertext())
        found = text_of(body) if len(data) else text_of_markup(raw) if looks_like_markup(raw) else raw.strip()
        best = max(best, found, key=len)
    draft.set("body", best, "newsml-1", path="DataContent")

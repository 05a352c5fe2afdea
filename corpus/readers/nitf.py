"""NITF, the News Industry Text Format (https://iptc.org/std/NITF/3.6/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Dateline, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, names, text_of
from corpus.readers import xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.xmlfile import XML_LANG, find, text

_SILENT = names("media nitf-table style script object")


class Nitf:
    """Reads one NITF document."""

    name = "nitf"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head).lower() == "nitf" else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        draft = Draft(source, self.name, notes=[note] if note else [])
        fill_from_nitf(draft, root)
        yield draft.finish()


def fill_from_nitf(draft: Draft, root: Any) -> None:
    """Set what an NITF document says; NewsML wraps such documents and uses this too."""
    head = find(root, "body.head")
    draft.set("title", text(find(root, "hedline", "hl1")) or text(find(root, "hl1")), "nitf", path="hedline/hl1")
    draft.set("title", text(find(root, "head", "title")), "nitf", path="head/title")
    content = find(root, "body.content")
    abstract = text_of(find(root, "abstract")) if find(root, "abstract") is not None else ""
    draft.set("body", text_of(content, silent=_SILENT) if content is not None else "", "nitf", path="body.content")
    draft.set("body", abstract, "nitf", path="abstract")
    _date(draft, root)
    _people(draft, root)
    place = find(root, "dateline", "location") if head is not None else None
    where = find(place, "city") if place is not None else None
    name = text(where) or text(place)
    if name:
        draft.set("dateline", Dateline(name.strip(" ,.-–")), "nitf", path="dateline/location")
    published = find(root, "pubdata")
    if published is not None:
        draft.set("section", published.get("position.section") or "", "nitf", path="pubdata@position.section")
        draft.set("source", published.get("name") or "", "nitf", path="pubdata@name")
    holder = find(root, "doc.copyright")
    draft.set("source", (holder.get("holder") or "") if holder is not None else "", "nitf", path="doc.copyright@holder")
    draft.set("source", text(find(root, "distributor")), "nitf", path="distributor")
    language = next((node.get(XML_LANG) or node.get("lang") for node in root.iter() if _has_language(node)), "")
    draft.set("language", base_code(language), "nitf", path="xml:lang")
    _subjects(draft, root)


def _has_language(node: Any) -> bool:
    return isinstance(node.tag, str) and bool(
        node.get(XML_LANG) or (node.get("lang") and local_name(node) in ("body", "nitf"))
    )


def _date(draft: Draft, root: Any) -> None:
    for name in ("date.release", "date.issue", "story.date"):
        node = find(root, name)
        if node is not None:
            draft.set_date(node.get("norm") or text(node), "nitf", path=f"{name}@norm")
    published = find(root, "pubdata")
    if published is not None:
        draft.set_date(published.get("date.publication") or "", "nitf", path="pubdata@date.publication")


def _people(draft: Draft, root: Any) -> None:
    byline = find(root, "byline")
    if byline is None:
        return
    persons = [text(node) for node in byline.iter() if local_name(node) == "person"]
    draft.set_authors(persons or [text(byline)], "nitf", path="byline")


def _subjects(draft: Draft, root: Any) -> None:
    for node in root.iter():
        name = local_name(node)
        if name == "tobject.subject":
            label = node.get("tobject.subject.matter") or node.get("tobject.subject.type") or ""
            draft.set("section", label, "nitf", path="tobject.subject")
        elif name == "classifier" and "medtop" in (node.get("value") or ""):
            draft.set("category", f"medtop:{(node.get('value') or '')[-8:]}", "nitf", path="classifier")

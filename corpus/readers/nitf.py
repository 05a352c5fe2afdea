"""NITF, the News Industry Text Format (https://iptc.org/std/NITF/3.6/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, names, text_of
from corpus.readers import agency, xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.xmlfile import XML_LANG, find, find_all, text

_SILENT = names("media nitf-table style script object")
_NO_DESK = names("news data feature features alert bulletin text")


class Nitf:
    """Reads one NITF document."""

    name = "nitf"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head).lower() == "nitf" else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        draft = Draft(source, self.name, notes=[note] if note else [])
        data = find(root, "docdata")
        release = find(root, "date.release")
        status = (data.get("management-status") or "") if data is not None else ""
        until = (release.get("norm") or "") if release is not None else ""
        refusal = agency.refused(draft, status, until if "embargo" in status.lower() else "")
        if refusal:
            yield refusal
            return
        fill_from_nitf(draft, root)
        yield draft.finish()


def fill_from_nitf(draft: Draft, root: Any) -> None:
    """Set what an NITF document says; NewsML wraps such documents and uses this too."""
    draft.set("title", text(find(root, "hedline", "hl1")) or text(find(root, "hl1")), "nitf", path="hedline/hl1")
    draft.set("title", text(find(root, "head", "title")), "nitf", path="head/title")
    content = find(root, "body.content")
    body = agency.unescaped(text_of(content, silent=_SILENT)) if content is not None else ""
    draft.set("body", body, "nitf", path="body.content")
    abstract = find(root, "abstract")
    draft.set("body", text_of(abstract) if abstract is not None else "", "nitf", path="abstract")
    agency.without_sign_off(draft)
    _date(draft, root)
    draft.set_authors(_people(root), "nitf", path="byline")
    _dateline(draft, root)
    published = find(root, "pubdata")
    if published is not None:
        draft.set("section", published.get("position.section") or "", "nitf", path="pubdata@position.section")
        draft.set("source", published.get("name") or "", "nitf", path="pubdata@name")
    holder = find(root, "doc.copyright")
    draft.set("source", (holder.get("holder") or "") if holder is not None else "", "nitf", path="doc.copyright@holder")
    for way in (("distributor",), ("rights.owner",)):
        draft.set("source", text(find(root, *way)), "nitf", path=way[0])
    language = next((node.get(XML_LANG) or node.get("lang") for node in root.iter() if _has_language(node)), "")
    draft.set("language", base_code(language or root.get("baselang") or ""), "nitf", path="xml:lang")
    _subjects(draft, root)


def _has_language(node: Any) -> bool:
    return isinstance(node.tag, str) and bool(
        node.get(XML_LANG) or (node.get("lang") and local_name(node) in ("body", "nitf"))
    )


def _date(draft: Draft, root: Any) -> None:
    issued = find(root, "date.issue")
    draft.set_changed((issued.get("norm") or "") if issued is not None else "")
    for name in ("date.release", "date.issue", "story.date"):
        node = find(root, name)
        if node is not None:
            draft.set_date(node.get("norm") or text(node), "nitf", path=f"{name}@norm")
    published = find(root, "pubdata")
    if published is not None:
        draft.set_date(published.get("date.publication") or "", "nitf", path="pubdata@date.publication")


def _people(root: Any) -> list[str]:
    """The persons of each byline; a writer's title (`byttl`) is none."""
    found: list[str] = []
    for byline in find_all(root, "byline"):
        named = [text(node) for node in byline.iter() if local_name(node) == "person"]
        found += named or [text_of(byline, silent=names("byttl"))]
    return agency.persons(found)


def _dateline(draft: Draft, root: Any) -> None:
    line = find(root, "dateline")
    if line is None:
        return
    place = find(line, "location")
    city = find(place, "city") if place is not None else None
    agency.set_place(draft, (text(city) or text(place)).strip(" ,.-–"), "dateline/location")
    said = agency.dateline(text_of(line, silent=names("story.date")))
    if said and said.agency:
        draft.set("dateline", said, "nitf", path="dateline")
    agency.set_place(draft, said.place if said else "", "dateline")


def _subjects(draft: Draft, root: Any) -> None:
    for node in root.iter():
        name = local_name(node)
        if name == "tobject.subject":
            label = node.get("tobject.subject.matter") or node.get("tobject.subject.type") or ""
            draft.set("section", label, "nitf", path="tobject.subject")
            code = agency.topic(node.get("tobject.subject.refnum") or node.get("tobject.subject.code") or "")
            draft.set("category", code, "nitf", path="tobject.subject@tobject.subject.refnum")
        elif name == "classifier" and "medtop" in (node.get("value") or ""):
            draft.set("category", agency.topic(node.get("value")), "nitf", path="classifier")
    for node in find_all(root, "tobject"):
        kind = node.get("tobject.type") or ""
        draft.set("section", "" if kind.lower() in _NO_DESK else kind, "nitf", path="tobject@tobject.type")

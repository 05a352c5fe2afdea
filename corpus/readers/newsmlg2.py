"""NewsML-G2 (https://iptc.org/standards/newsml-g2/): news items, alone, in messages and in packages.

Of several versions of an item in one file the newest is read; items that their agency holds back or has withdrawn are
rejections.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, names, text_of
from corpus.readers import agency, xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.nitf import fill_from_nitf
from corpus.readers.xmlfile import XML_LANG, find, find_all, text

_ROOTS = names("newsitem newsmessage packageitem conceptitem knowledgeitem planningitem catalogitem")
_SHORT = 200
"""A text of a picture or a film shorter than this is a caption."""


class NewsMlG2:
    """Reads every text item of a NewsML-G2 document; other media and planning items are rejections."""

    name = "newsml-g2"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head).lower() in _ROOTS else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        items = [root] if local_name(root) == "newsitem" else list(find_all(root, "newsItem"))
        if not items:
            yield source.reject("not-news", _without_items(root))
        older = agency.newest([(item.get("guid") or "", item.get("version") or "") for item in items])
        for number, item in enumerate(items, 1):
            line = number if len(items) > 1 else None
            if number - 1 in older:
                yield agency.superseded(source, older[number - 1], line)
                continue
            yield from _read(item, source, line, [note] if note else [])


def _without_items(root: Any) -> str:
    named = [node.get("residref") or node.get("href") or "" for node in find_all(root, "itemRef")]
    if not named:
        return f"NewsML-G2 without a news item: {local_name(root)}"
    return f"a package that only names its {len(named)} items; read their own files: {', '.join(filter(None, named))}"


def _read(item: Any, source: Source, line: int | None, notes: list[str]) -> Iterator[Article | Rejection]:
    draft = Draft(source, NewsMlG2.name, line=line, notes=notes)
    status = find(item, "itemMeta", "pubStatus")
    code = (status.get("qcode") or status.get("uri") or "") if status is not None else ""
    refusal = agency.refused(draft, code, text(find(item, "itemMeta", "embargoed")))
    if refusal:
        yield refusal
        return
    kind = _class(item)
    tongues = _languages(item)
    for tongue in tongues or [""]:
        draft = Draft(source, NewsMlG2.name, line=line, notes=list(draft.notes))
        _fill(draft, item, tongue)
        if kind not in ("", "text", "composite") and len(draft.get("body", "")) < _SHORT:
            yield source.reject("not-news", f"a NewsML-G2 item of the class {kind}, not text", line=line)
        else:
            yield draft.finish()


def _class(item: Any) -> str:
    node = find(item, "itemMeta", "itemClass")
    return (
        (node.get("qcode") or node.get("uri") or "").rpartition(":")[2].rpartition("/")[2] if node is not None else ""
    )


def _languages(item: Any) -> list[str]:
    """The languages of an item that has its text in several; nothing for one that has it in one."""
    content = find(item, "contentSet")
    texts = [node for node in content if local_name(node) in ("inlinexml", "inlinedata")] if content is not None else []
    found = list(dict.fromkeys(base_code(node.get(XML_LANG) or "") for node in texts if text(node)))
    return found if len(found) > 1 and all(found) else []


def _in(nodes: Iterator[Any], tongue: str) -> list[Any]:
    """The elements in a language; all of them where none is told."""
    found = list(nodes)
    return [node for node in found if base_code(node.get(XML_LANG) or "") == tongue] or found if tongue else found


def _fill(draft: Draft, item: Any, tongue: str) -> None:
    content = find(item, "contentSet")
    headlines = _in(find_all(item, "contentMeta", "headline"), tongue)
    headlines.sort(key=lambda node: "sub" in (node.get("role") or "").lower())
    draft.set("title", text(headlines[0]) if headlines else "", "newsml-g2", path="contentMeta/headline")
    draft.set("title", text(find(item, "itemMeta", "title")), "newsml-g2", path="itemMeta/title")
    for path, stamps in (("itemMeta/firstCreated", "firstCreated"), ("itemMeta/versionCreated", "versionCreated")):
        node = find(item, "itemMeta", stamps)
        if stamps == "versionCreated" or node is None:
            draft.set_date(text(node), "newsml-g2", path=path)
        draft.set_changed(text(node) if stamps == "versionCreated" else "")
    for name in ("contentCreated", "contentModified"):
        draft.set_date(text(find(item, "contentMeta", name)), "newsml-g2", path=f"contentMeta/{name}")
    language = find(item, "contentMeta", "language")
    tag = tongue or (language.get("tag") if language is not None else "") or item.get(XML_LANG) or ""
    draft.set("language", base_code(tag), "newsml-g2", path="contentMeta/language@tag")
    _people(draft, item)
    _subjects(draft, item)
    guid = item.get("guid") or ""
    draft.set("url", guid if guid.startswith(("http://", "https://")) else "", "newsml-g2", path="newsItem@guid")
    if content is not None:
        _content(draft, _in(iter(content), tongue))
    described = _in(find_all(item, "contentMeta", "description"), tongue)
    draft.set("body", text(described[0]) if described else "", "newsml-g2", path="contentMeta/description")
    agency.without_sign_off(draft)
    _dateline(draft, item)


def _content(draft: Draft, renditions: list[Any]) -> None:
    """The longest rendition that is text."""
    best = ("contentSet", "")
    for node in renditions:
        name = local_name(node)
        if name == "inlinexml":
            inner = next((one for one in node.iter() if local_name(one) == "nitf"), None)
            if inner is not None:
                fill_from_nitf(draft, inner)
                return
            found = agency.body_of(node)
        elif name == "inlinedata":
            found = agency.plain("".join(node.itertext()))
        else:
            continue
        best = max(best, (f"contentSet/{name}", found), key=lambda pair: len(pair[1]))
    title, _, rest = best[1].partition("\n\n")
    told = rest if rest and " ".join(title.split()) == draft.get("title") else best[1]
    draft.set("body", told, "newsml-g2", path=best[0])


def _people(draft: Draft, item: Any) -> None:
    by = text(find(item, "contentMeta", "by"))
    creators = [_name(node) for node in find_all(item, "contentMeta", "creator")]
    draft.set_authors(agency.persons([by] if by else creators), "newsml-g2", path="by" if by else "creator")
    for path in (("contentMeta", "infoSource"), ("itemMeta", "provider"), ("rightsInfo", "copyrightHolder")):
        for node in find_all(item, *path):
            name = _name(node) or (node.get("literal") or node.get("qcode") or "").rpartition(":")[2]
            draft.set("source", name, "newsml-g2", path="/".join(path))


def _dateline(draft: Draft, item: Any) -> None:
    line = find(item, "contentMeta", "dateline")
    said = agency.dateline(text_of(line)) if line is not None else None
    if said and said.agency:
        draft.set("dateline", said, "newsml-g2", path="dateline")
    for node in find_all(item, "contentMeta", "located"):
        agency.set_place(draft, _name(node) or (node.get("literal") or ""), "located")
    agency.set_place(draft, said.place if said else "", "dateline")


def _name(node: Any) -> str:
    named = [one for one in node if local_name(one) == "name"]
    return text(named[0]) if named else ""


def _subjects(draft: Draft, item: Any) -> None:
    """The first Media Topic is the category, the first other named subject the section."""
    codes = [
        agency.topic(node.get("qcode") or node.get("uri") or node.get("literal") or "")
        for node in find_all(item, "contentMeta", "subject")
    ]
    codes.sort(key=lambda code: code.endswith("000000"))  # a topic of its own says more than a Subject Code's top term
    draft.set("category", next(filter(None, codes), ""), "newsml-g2", path="subject@qcode")
    for node in find_all(item, "contentMeta", "subject"):
        kind = (node.get("type") or "").rpartition(":")[2].lower()
        if kind not in ("person", "organisation", "geoarea", "poi", "object", "event"):
            draft.set("section", _name(node), "newsml-g2", path="subject/name")

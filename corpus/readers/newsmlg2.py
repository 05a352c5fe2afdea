"""NewsML-G2 (https://iptc.org/standards/newsml-g2/): news items, alone, in messages and in packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Dateline, Rejection
from corpus.languages import base_code
from corpus.markup import local_name, looks_like_markup, names, text_of, text_of_markup
from corpus.readers import xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.nitf import fill_from_nitf
from corpus.readers.xmlfile import XML_LANG, find, find_all, text

_ROOTS = names("newsitem newsmessage packageitem conceptitem knowledgeitem planningitem catalogitem")


class NewsMlG2:
    """Reads every text item of a NewsML-G2 document; other media and planning items are rejections."""

    name = "newsml-g2"

    def sniff(self, head: bytes, name: str) -> float:
        return 0.95 if xmlfile.root_name(head).lower() in _ROOTS else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        items = [root] if local_name(root) == "newsitem" else list(find_all(root, "newsItem"))
        if not items:
            yield source.reject("not-news", f"NewsML-G2 without a news item: {local_name(root)}")
        for number, item in enumerate(items, 1):
            line = number if len(items) > 1 else None
            kind = _class(item)
            draft = Draft(source, self.name, line=line, notes=[note] if note else [])
            _fill(draft, item)
            if kind not in ("", "text", "composite") and len(draft.get("body", "")) < 200:
                yield source.reject("not-news", f"a NewsML-G2 item of the class {kind}, not text", line=line)
            else:
                yield draft.finish()


def _class(item: Any) -> str:
    node = find(item, "itemMeta", "itemClass")
    return (
        (node.get("qcode") or node.get("uri") or "").rpartition(":")[2].rpartition("/")[2] if node is not None else ""
    )


def _fill(draft: Draft, item: Any) -> None:
    content = find(item, "contentSet")
    inner = next((node for node in content.iter() if local_name(node) == "nitf"), None) if content is not None else None
    headline = find(item, "contentMeta", "headline")
    draft.set("title", text(headline), "newsml-g2", path="contentMeta/headline")
    draft.set("title", text(find(item, "itemMeta", "title")), "newsml-g2", path="itemMeta/title")
    for path, stamps in (("itemMeta/firstCreated", "firstCreated"), ("itemMeta/versionCreated", "versionCreated")):
        node = find(item, "itemMeta", stamps)
        if stamps == "versionCreated" or node is None:
            draft.set_date(text(node), "newsml-g2", path=path)
    for name in ("contentCreated", "contentModified"):
        draft.set_date(text(find(item, "contentMeta", name)), "newsml-g2", path=f"contentMeta/{name}")
    language = find(item, "contentMeta", "language")
    tag = (language.get("tag") if language is not None else "") or item.get(XML_LANG) or ""
    draft.set("language", base_code(tag), "newsml-g2", path="contentMeta/language@tag")
    _people(draft, item)
    _subjects(draft, item)
    guid = item.get("guid") or ""
    draft.set("url", guid if guid.startswith(("http://", "https://")) else "", "newsml-g2", path="newsItem@guid")
    if inner is not None:
        fill_from_nitf(draft, inner)
    elif content is not None:
        path, body = _content(content)
        draft.set("body", body, "newsml-g2", path=path)
    draft.set("body", text(find(item, "contentMeta", "description")), "newsml-g2", path="contentMeta/description")


def _content(content: Any) -> tuple[str, str]:
    """Path and text of the longest rendition that is text."""
    best = ("contentSet", "")
    for node in content:
        name = local_name(node)
        if name == "inlinexml":
            body = next((one for one in node.iter() if local_name(one) == "body"), node)
            found = text_of(body)
        elif name == "inlinedata":
            raw = "".join(node.itertext())
            found = text_of_markup(raw) if looks_like_markup(raw) else raw.strip()
        else:
            continue
        if len(found) > len(best[1]):
            best = (f"contentSet/{name}", found)
    return best


def _people(draft: Draft, item: Any) -> None:
    creators = [_name(node) for node in find_all(item, "contentMeta", "creator")]
    by = text(find(item, "contentMeta", "by"))
    draft.set_authors([name for name in creators if name] or [by], "newsml-g2", path="creator")
    for path in (("contentMeta", "infoSource"), ("itemMeta", "provider"), ("rightsInfo", "copyrightHolder")):
        node = find(item, *path)
        name = _name(node) if node is not None else ""
        if not name and node is not None:
            name = (node.get("qcode") or node.get("literal") or "").rpartition(":")[2]
        draft.set("source", name, "newsml-g2", path="/".join(path))
    dateline = text(find(item, "contentMeta", "dateline"))
    place = next((_name(node) for node in find_all(item, "contentMeta", "located") if _name(node)), "")
    if place or dateline:
        draft.set("dateline", Dateline(place or dateline.split(",")[0].strip()), "newsml-g2", path="located")


def _name(node: Any) -> str:
    named = [one for one in node if local_name(one) == "name"]
    return text(named[0]) if named else ""


def _subjects(draft: Draft, item: Any) -> None:
    """The first Media Topic is the category, the first other named subject the section."""
    for node in find_all(item, "contentMeta", "subject"):
        code = node.get("qcode") or node.get("uri") or ""
        digits = code.rpartition(":")[2].rpartition("/")[2].removeprefix("medtop")
        if "medtop" in code.lower() and digits.isdigit() and len(digits) == 8:
            draft.set("category", f"medtop:{digits}", "newsml-g2", path="subject@qcode")
        kind = (node.get("type") or "").rpartition(":")[2].lower()
        if kind not in ("person", "organisation", "geoarea", "poi", "object", "event"):
            draft.set("section", _name(node), "newsml-g2", path="subject/name")

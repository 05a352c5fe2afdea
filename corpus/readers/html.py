"""Saved web pages: the body by trafilatura, the other fields from what the page says of itself (htmlmeta)."""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import trafilatura

from corpus.article import Article, Rejection, Stripped
from corpus.dates import find_dates
from corpus.encodings import Decoded, decode
from corpus.identity import host_of
from corpus.languages import base_code, pack_or_fallback
from corpus.layout import Page, byline_names, is_chrome_line
from corpus.layout import read_page as read_layout
from corpus.markup import local_name, names, parse_html, text_of, without_long_tags
from corpus.readers.base import Source, TooLargeError, too_large
from corpus.readers.byline import people
from corpus.readers.draft import Draft
from corpus.readers.headline import headline
from corpus.readers.htmlmeta import PageFacts, page_facts
from corpus.readers.language import running_text, tell_language
from corpus.readers.notnews import why_not_news
from corpus.readers.pagedate import set_date
from corpus.readers.settled import is_doubtful, settle, without_teasers
from corpus.readers.signed import signed_by
from corpus.readers.xmlfile import root_name

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".html.gz", ".htm.gz")
_HEAD = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.I)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|<\?xml[^>]{0,100}encoding=["']([\w.-]+)""", re.I
)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(?P<url>\S+)"
    r"(?:\s+saved date:\s*(?P<date>[^\n(]+))?",
    re.I,
)
"""What browsers, and SingleFile with the time too, write on top of a page that they save."""
_HTML_ROOTS = names(
    """html head body title meta link script style base div p article section main span table center h1 h2 a b font
    header nav"""
)
_RIGHTS = re.compile(
    r"\s*(?:©|\(c\)|copyright\b|版权所有|版權所有|all rights reserved\.?|alle rechte vorbehalten\.?|"
    r"tous droits réservés\.?|todos los derechos reservados\.?|(?<!\d)(?:19|20)\d\d(?!\d))\s*",
    re.I,
)
"""What a house writes around its name where it says whose the page is."""
MAX_STRIPPED = 1000
_MOST_TAGS = 300_000
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


class Html:
    """Reads `.html`, `.htm`, also gzipped; a page that is no article is rejected with the evidence."""

    name = "html"

    def sniff(self, head: bytes, name: str) -> float:
        if head.startswith(b"\x1f\x8b"):
            return 0.9 if name.lower().endswith(_SUFFIXES) else 0.0
        text = head.replace(b"\x00", b"")
        if text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"{", b"[")):
            return 0.0
        root = root_name(head).lower()
        if root and root not in _HTML_ROOTS and not re.search(rb"<!doctype\s+html|<html[\s>]", text[:4096], re.I):
            return 0.0
        if _HEAD.search(text[:4096]):
            return 0.85
        return 0.6 if name.lower().endswith(_SUFFIXES) else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        try:
            data = _unzipped(source)
        except (OSError, EOFError, zlib.error) as error:
            yield source.reject("damaged", f"the gzip file cannot be unpacked: {error}")
            return
        if not data.strip(b" \t\r\n\x00"):
            yield source.reject("no-text", "the file is empty")
            return
        yield read_page(decode(data, declared=declared_encoding(data), languages=source.options.languages), source)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes."""
    found = _CHARSET.search(data[:4096])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else None


def _unzipped(source: Source) -> bytes:
    data = source.data()
    if not data.startswith(b"\x1f\x8b"):
        return data
    limit = source.options.max_bytes
    with gzip.open(source.path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(too_large(limit))
    return data


def read_page(decoded: Decoded, source: Source, reader: str = Html.name) -> Article | Rejection:
    """The article of one page, already text; web archives and mail use this too."""
    if decoded.text.count("<") > _MOST_TAGS:
        return source.reject("too-large", f"a page of more than {_MOST_TAGS:,} tags is no page; split it")
    root = parse_html(decoded.text)
    if root is None:
        return source.reject("damaged", "no element of HTML could be read")
    source = _as_saved(decoded.text[:2000], source)
    base = source.url
    facts = page_facts(root, base)
    tag = next((facts.first(name) for name in ("html_lang", "language") if facts.first(name)), "").replace("_", "-")
    language = base_code(tag)
    blocks = body_blocks(without_long_tags(decoded.text))
    page_text = text_of(root)
    heading = next((text for name, text in blocks if name == "head"), "")
    title, rule, path = headline(facts, heading, page_text.split("\n"))
    evidence = why_not_news(root, facts, title, blocks, page_text)
    if evidence:
        return source.reject("not-news", evidence)
    draft = Draft(source, reader, notes=list(decoded.notes))
    draft.set("title", title, rule, path=path)
    doubtful = len(blocks) <= 1 or is_doubtful(blocks)
    shown = _shown(page_text, tag, title) if doubtful or not facts.found.get("published") else None
    if shown and len(blocks) <= 1 and len(shown.body) >= 2:
        draft.set("body", "\n\n".join(shown.body), "body-lines")
    elif shown and doubtful:
        blocks, left_out = settle(blocks, shown.body)
        blocks, teasers = without_teasers(blocks)
        lost = enumerate((*left_out, *teasers), 1)
        draft.stripped += [Stripped(number, text, "outside the article") for number, (_, text) in lost]
    _body(draft, facts, blocks, title, language)
    _address(draft, facts, base)
    set_date(draft, facts, page_text, tag, shown)
    _declared(draft, facts, title)
    if shown:
        _as_shown(draft, facts, shown)
    if not draft.get("authors"):
        told = language or tell_language("", draft.get("body", "")).code
        draft.set_authors(signed_by(root, pack_or_fallback(told)), "element", path="byline")
    if shown and shown.authors_field:
        draft.set_authors(shown.authors, shown.authors_field.rule)
    if language:
        draft.set("language", language, "element" if facts.first("html_lang") else "meta", path="html[lang]")
    if source.captured:
        draft.notes.append(f"captured {source.captured}")
    draft.stripped += _stripped(page_text, draft)
    return draft.finish()


def _declared(draft: Draft, facts: PageFacts, title: str) -> None:
    """Change, section, source and authors as the page's elements name them."""
    for value, _, _ in facts.found.get("changed", []):
        draft.set_changed(value)
    for value, rule, path in facts.found.get("section", []):
        if len(value) < 60 and not value.startswith(("http", "/")):
            draft.set("section", value, rule, path=path)
    for value, rule, path in facts.found.get("source", []):
        name = _RIGHTS.sub("", value).strip(" -–|,")
        if len(name) < 80 and not name.startswith(("http", "@")):
            draft.set("source", name, rule, path=path)
    draft.set("source", _house(facts.first("page_title"), title), "element", path="title")
    for given, rule, path in facts.authors:
        draft.set_authors(_people(given, draft.get("source"), host_of(draft.get("url"))), rule, path=path)


def _as_shown(draft: Draft, facts: PageFacts, shown: Page) -> None:
    """Section and source as the text of the page shows them, where no element names them."""
    if shown.section:
        draft.set("section", shown.section.value, shown.section.rule)
    if shown.house and not facts.first("source"):
        draft.values.pop("source", None)
        draft.set("source", shown.house.value, shown.house.rule)


def _as_saved(top: str, source: Source) -> Source:
    """The source with address and time of capture as the program that saved the page wrote them down."""
    saved = _SAVED_FROM.search(top)
    if saved is None:
        return source
    try:
        moment = datetime.strptime((saved["date"] or "").strip(), "%a %b %d %Y %H:%M:%S GMT%z").isoformat()
    except ValueError:
        moment = None
    return replace(source, url=source.url or saved["url"], captured=source.captured or moment)


def _shown(page_text: str, tag: str, title: str) -> Page | None:
    """What the page shows, read like a text dump: for the fields that its markup does not tell."""
    language = tag or tell_language("", running_text(page_text)).code
    return next(iter(read_layout(page_text, language, title=title)), None)


def body_blocks(text: str) -> list[tuple[str, str]]:
    """(element, text) of each paragraph, heading, list item, quote that trafilatura takes for the article's."""
    try:
        found = trafilatura.bare_extraction(text, fast=True, include_comments=False, include_tables=True)
    except (ValueError, RecursionError, AttributeError, TypeError, AssertionError):
        return []
    body: Any = getattr(found, "body", None)
    if body is None:
        return []
    blocks: list[tuple[str, str]] = []
    for node in body:
        name = local_name(node)
        if name in ("list", "table"):
            parts = [" ".join(" ".join(item.itertext()).split()) for item in node if isinstance(item.tag, str)]
            blocks += [(name, part) for part in parts if part]
        elif name not in ("graphic", "lb"):
            pieces = "".join(piece if piece else "" for piece in _with_breaks(node)).split("\n\n")
            blocks += [(name, " ".join(piece.split())) for piece in pieces if piece.strip()]
    return blocks


def _with_breaks(node: Any) -> Iterator[str]:
    """The text of an element with line breaks (`lb`) as ends of paragraphs."""
    yield node.text or ""
    for child in node:
        if local_name(child) == "lb":
            yield "\n\n"
        elif isinstance(child.tag, str):
            yield "\n\n" if local_name(child) == "p" else ""
            yield " ".join(child.itertext()) if local_name(child) in ("list", "item") else "".join(child.itertext())
        yield child.tail or ""


def _house(page_title: str, title: str) -> str:
    """The name of the house in `Headline | House`, when the rest of the title element is the headline."""
    rest = page_title[len(title) :] if title and page_title.casefold().startswith(title.casefold()) else ""
    parts = [part for part in re.split(r"\s+(?:[|–—·•»-]|::)\s+|[_|｜]", rest) if part.strip()]
    return parts[-1].strip(" |–—·•»_-") if parts and len(parts[-1]) <= 40 else ""


def _body(draft: Draft, facts: PageFacts, blocks: list[tuple[str, str]], title: str, language: str) -> None:
    kept: list[str] = []
    for number, (name, text) in enumerate(blocks):
        if name == "head" and number < 3 and text.casefold() in title.casefold():
            continue
        why = is_chrome_line(text, language) or (_head_line(text, language) if number < 6 else "")
        if why and len(text) < 200:
            draft.stripped.append(Stripped(number + 1, text, why))
        elif text not in kept[-1:]:
            kept.append(text)
    body = "\n\n".join(kept)
    given = facts.first("body")
    if len(given) > 200 and len(body) < 0.4 * len(given):
        draft.set("body", given, "json-ld", path="articleBody")
    draft.set("body", body, "trafilatura")


def _head_line(text: str, language: str) -> str:
    """A line of the head that trafilatura left in the body: nothing but a date, or nothing but a byline."""
    if len(text) > 90:
        return ""
    dates = find_dates(text, languages=(language,) if language else None)
    rest = len(text) - sum(found.end - found.start for found in dates)
    if dates and rest <= 25 and not text.endswith("."):
        return "date line"
    return "byline" if byline_names(text, pack_or_fallback(language)) else ""


def _address(draft: Draft, facts: PageFacts, base: str | None) -> None:
    for value, rule, path in facts.found.get("url", []):
        if value.startswith(("http://", "https://")):
            draft.set("url", value, rule, path=path)
    if base and base.startswith(("http://", "https://")):
        draft.set("url", base, "fetched from")


def _people(given: list[str], source: str | None, host: str | None) -> list[str]:
    """Author names without the house's own and long texts."""
    house = {_letters(source or ""), _letters((host or "").rpartition(".")[0].rpartition(".")[2])} - {""}
    names = (name for text in given for name in people(text))
    return [name for name in names if 1 < len(name) < 80 and _letters(name) not in house]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _stripped(page_text: str, draft: Draft) -> list[Stripped]:
    """Lines of the page's text (numbered as rendered) that stand neither in the body nor in another field."""
    body = " ".join(draft.get("body", "").split())
    title = draft.get("title", "")
    lost = (
        Stripped(number, line, "outside the article")
        for number, line in enumerate(page_text.split("\n"), 1)
        if line and " ".join(line.split()) not in body and line != title
    )
    return [item for _, item in zip(range(MAX_STRIPPED), lost, strict=False)]

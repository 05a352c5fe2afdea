"""Text dumps of pages: no markup but what a dumper left, read by `corpus.layout`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.article import Article, Origin, Rejection
from corpus.encodings import Decoded, decode
from corpus.languages import base_code, has_pack
from corpus.layout import Page, own_address, read_page
from corpus.markup import names
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.frontmatter import Front, front_of
from corpus.readers.language import running_text, tell_language
from corpus.readers.notnews import ONLY_A_TEASER, is_for_subscribers, why_page_is_no_news
from corpus.readers.record import article_from, guess_columns
from corpus.readers.repeats import repeated_lines

_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".dump")
_OTHER_SUFFIXES = names(
    """.xml .xsd .xsl .rdf .svg .yaml .yml .toml .ini .cfg .conf .py .js .mjs .ts .css .scss .java .c .h .cpp .go .rs
    .rb .php .sh .bat .sql .log .lock .ipynb .bib .tex .r .pl .po .pot .srt .vtt .ics .vcf .diff .patch
    .cdx .cdxj .idx .loc .aclj .m3u8 .mpd .m3u .pls .map"""
)
_CODES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_LINES, _MOST_SIGNS = 100_000, 20_000_000
_SAMPLE = 65_536
_MOST_CODES = 0.02
_LONG, _LEAST_WORDS = 200_000, 5
_LEGAL = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d\s*(?:[-–—]\s*(?:(?:19|20)?\d\d|\w+))?)?[\s,.]*(?P<name>[^\W\d_][^|.,©\n(]{1,50})",
    re.I,
)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{4}\b")
_EUROPEAN = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b.{0,14}\b(?:GMT|BST|CET|CEST|EET)\b")


class TextDump:
    """Reads plain text: one page, of one article or several."""

    name = "textdump"

    def sniff(self, head: bytes, name: str) -> float:
        if not is_text(head):
            return 0.0
        if name.lower().endswith(_SUFFIXES):
            return 0.5
        other = PurePosixPath(name.lower()).suffix in _OTHER_SUFFIXES or head.lstrip(b"\xef\xbb\xbf \r\n").startswith(
            b"<?xml"
        )
        return 0.0 if other else 0.2

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        data = source.data()
        if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
            yield source.reject("no-text", "the file is empty")
            return
        if len(data) > _LONG and data[:_LONG].isascii() and len(data[:_LONG].split()) < _LEAST_WORDS:
            yield source.reject("no-text", "a long run of signs without words")
            return
        if _turns_binary(data):
            reason = "text at its beginning, binary data behind it: cut out of another file"
            yield source.reject("unknown-format", reason)
            return
        repeated = repeated_lines(source.pile) if source.pile else frozenset()
        yield from read_text(decode(data, languages=source.options.languages), source, repeated)


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file is text in any encoding: hardly any control codes, or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        half = len(head) // 2
        sides = head[0 : 2 * half : 2], head[1 : 2 * half : 2]
        high, low = sorted(sides, key=lambda side: side.count(0) + side.count(4), reverse=True)
        latin, cyrillic = high.count(0) > 0.3 * half, high.count(0) + high.count(4) > 0.7 * half
        return (latin or cyrillic) and low.count(0) < 0.05 * half
    return len(_CODES.findall(head)) <= 0.002 * len(head)


def _turns_binary(data: bytes) -> bool:
    """Whether what begins as text goes on as something else, by its share of control codes."""
    if b"\x00" in data[:8192] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False  # UTF-16
    samples = (data[place : place + _SAMPLE] for place in range(0, len(data), max(_SAMPLE, len(data) // 4)))
    return any(len(_CODES.findall(sample)) > _MOST_CODES * len(sample) for sample in samples)


def read_text(
    decoded: Decoded,
    source: Source,
    repeated: frozenset[str] = frozenset(),
    reader: str = TextDump.name,
    title: str = "",
) -> Iterator[Article | Rejection]:
    """The articles of a page of text; other readers use this for what they find to be plain text.

    `title` is what they take for the article's title where the page itself leaves it open.
    """
    front = front_of(decoded.text)
    text = (
        decoded.text.split("\n", front.taken)[front.taken]
        if front.taken and decoded.text.count("\n") >= front.taken
        else ("" if front.taken else decoded.text)
    )
    most = f"{_MOST_SIGNS:,} signs" if len(text) > _MOST_SIGNS else f"{_MOST_LINES:,} lines"
    if len(text) > _MOST_SIGNS or text.count("\n") > _MOST_LINES:
        yield source.reject("too-large", f"a page of more than {most} is no page; split it")
        return
    columns = guess_columns(front.values)
    if columns.get("body") and front.kind == "front matter":
        yield article_from(front.values, source, reader, line=1, notes=decoded.notes)
        return
    declared = str(front.values.get(columns.get("language", ""), "")) or None
    language = tell_language("", running_text(text), declared=declared, languages=source.options.languages).code
    tag = declared if declared and base_code(declared) == language else _regional(language, decoded.text)
    own = own_address(text)
    slug = _slug(str(front.values.get(columns.get("url", ""), "") or source.url or "")) or (own.path if own else "")
    known = str(front.values.get(columns.get("title", ""), "") or title)
    pages = read_page(text, tag, repeated=repeated, slug=slug, offset=front.taken, title=known, address=own)
    if not pages:
        if len(text.split()) < 5:
            yield source.reject("no-text", "no text")
        else:
            yield source.reject("not-news", "no stretch of running text, only short lines")
        return
    evidence = why_page_is_no_news(pages[0]) if len(pages) == 1 and not front.values else None
    if evidence:
        yield source.reject("not-news", evidence)
        return
    house = _house(decoded.text)
    for number, page in enumerate(pages):
        draft = Draft(source, reader, notes=[*decoded.notes, *([front.note] if front.note else []), *page.notes])
        if number == 0:
            _front(draft, front, columns)
        _fill(draft, page, language if declared is None else declared)
        _origin(draft, page, house)
        draft.line = 1 if len(pages) == 1 else page.title.line if page.title else page.body_line
        yield draft.finish()


def _front(draft: Draft, front: Front, columns: dict[str, str]) -> None:
    """Front matter goes before what the page itself shows."""
    values: dict[str, Any] = {field: front.values[column] for field, column in columns.items() if front.values[column]}
    if not values:
        return
    read = article_from(
        {"body": "-", **{k: v for k, v in values.items() if k != "body"}}, draft.source_file, draft.reader
    )
    if isinstance(read, Rejection):
        return
    for name in ("id", "title", "published", "section", "category", "source", "url", "authors", "dateline"):
        if name in read.provenance.fields:
            draft.values[name] = getattr(read, name)
            draft.origins[name] = Origin(front.kind, front.lines.get(columns.get(name, "")), columns.get(name))
    if read.published:
        draft.values["precision"] = read.precision


def _fill(draft: Draft, page: Page, language: str) -> None:
    for name, found in (("title", page.title), ("section", page.section)):
        if found:
            draft.set(name, found.value, found.rule, line=found.line)
    if page.date and page.date_field and "published" not in draft.values:
        draft.values["precision"] = page.date.precision
        draft.set("published", page.date.iso, page.date_field.rule, line=page.date_field.line)
    draft.set("body", "\n\n".join(page.body), "body-lines", line=page.body_line)
    if page.authors_field:
        draft.set_authors(page.authors, page.authors_field.rule, line=page.authors_field.line)
    if page.dateline:
        draft.set("dateline", page.dateline, "dateline", line=page.body_line)
    if has_pack(language):  # a stranger is told by the body alone: menus and tables mislead
        draft.set("language", base_code(language), "identified")
    draft.stripped += page.stripped


def _origin(draft: Draft, page: Page, house: tuple[int, str] | None) -> None:
    """Whose page it is and where it was fetched; whether it is for subscribers alone."""
    if is_for_subscribers((*page.body[-2:], *(lost.text for lost in page.stripped))):
        draft.partial = True
        draft.notes.append(ONLY_A_TEASER)
    if page.house:
        draft.set("source", page.house.value, page.house.rule, line=page.house.line)
    if house:
        draft.set("source", house[1], "copyright line", line=house[0])
    elif page.dateline and page.dateline.agency:
        draft.set("source", page.dateline.agency, "agency of the dateline", line=page.body_line)
    address = draft.source_file.url
    if address and address.startswith(("http://", "https://")):
        draft.set("url", address, "fetched from")


def _regional(language: str, text: str) -> str:
    """`en-GB` for English pages whose numeric dates put the day first, or stand beside a European zone."""
    if language != "en":
        return language
    pairs = _SLASHED.findall(text)
    day_first = any(int(first) > 12 for first, _ in pairs) or _EUROPEAN.search(text)
    month_first = any(int(second) > 12 for _, second in pairs)
    return "en-GB" if day_first and not month_first else language


def _slug(url: str) -> str:
    """The words of an address's path."""
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _house(text: str) -> tuple[int, str] | None:
    """Line and name of the house in a copyright line at the page's end."""
    lines = text.split("\n")
    for number in range(len(lines) - 1, max(-1, len(lines) - 60), -1):
        found = _LEGAL.search(lines[number]) if len(lines[number]) < 300 else None
        if found:
            name = " ".join(found["name"].split()).strip(' .-–—"«»')
            name = re.sub(
                r"\s*(?:all rights.*|alle rechte.*|tous droits.*|все права.*|wszelkie.*|inc|ltd|llc|gmbh)\.?$",
                "",
                name,
                flags=re.I,
            )
            if 2 <= len(name) <= 40 and len(name.split()) <= 5:
                return number + 1, name.strip()
    return None

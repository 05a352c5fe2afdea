"""Digitised newspapers in ALTO (https://www.loc.gov/standards/alto/): one page a file, or the issue by its METS file.

A METS file beside its pages says which blocks make up which article. Without one, a page is one article. Words that
were parted at the end of a line are joined, and a note counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.article import Article, Rejection
from corpus.languages import base_code
from corpus.markup import local_name
from corpus.readers import xmlfile
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.xmlfile import BrokenXmlError, find_all, text

_ARTICLE = re.compile(r"^(?:article|news|text|obituary|letter|editorial|feuilleton|section)$", re.IGNORECASE)
_HEADING = re.compile(r"head|title", re.IGNORECASE)
_THREE_LETTERS = {
    "ger": "de", "deu": "de", "eng": "en", "fre": "fr", "fra": "fr", "rus": "ru", "pol": "pl", "spa": "es", "ita": "it",
    "por": "pt", "dut": "nl", "nld": "nl", "bel": "be", "ukr": "uk", "chi": "zh", "zho": "zh", "jpn": "ja", "ara": "ar",
}  # fmt: skip
_XLINK = "{http://www.w3.org/1999/xlink}href"


@dataclass(slots=True)
class Block:
    """A block of text with its words joined, the mean height of its lines and the count of joined words."""

    text: str
    height: float
    joined: int


@dataclass(slots=True)
class Pages:
    """Blocks by file id and block id."""

    blocks: dict[tuple[str, str], Block] = field(default_factory=dict)


class Alto:
    """Reads an ALTO page, or a METS file with the pages beside it."""

    name = "alto"

    def sniff(self, head: bytes, name: str) -> float:
        root = xmlfile.root_name(head).lower()
        return 0.95 if root in ("alto", "mets") else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        root, note = xmlfile.parse(source.data())
        notes = [note] if note else []
        if local_name(root) == "mets":
            yield from _issue(root, source, notes)
        else:
            yield _page(root, source, notes)


def _page(root: Any, source: Source, notes: list[str]) -> Article | Rejection:
    blocks = list(blocks_of(root).values())
    if not blocks:
        return source.reject("no-text", "an ALTO page without text")
    draft = Draft(source, Alto.name, notes=notes)
    _fill(draft, blocks, None)
    language = next((node.get("LANG") or node.get("language") for node in root.iter() if isinstance(node.tag, str)
                     and (node.get("LANG") or node.get("language"))), "")  # fmt: skip
    draft.set("language", _THREE_LETTERS.get(language, base_code(language)), "alto", path="TextBlock@LANG")
    return draft.finish()


def blocks_of(root: Any) -> dict[str, Block]:
    """The text blocks of a page by id, in the page's order."""
    found: dict[str, Block] = {}
    for number, node in enumerate(find_all(root, "TextBlock")):
        lines, heights, joined = [], [], 0
        for line in find_all(node, "TextLine"):
            words, parted = _line(line)
            joined += parted
            lines.append(words)
            heights.append(_number(line.get("HEIGHT")))
        whole = " ".join(part for part in lines if part)
        whole, more = re.subn(r"(?<=[^\W\d_])[-\u00ad\u2e17¬]\s(?=[a-zà-ÿа-яёіў])", "", whole)
        if whole:
            found[node.get("ID") or str(number)] = Block(whole, sum(heights) / max(1, len(heights)), joined + more)
    return found


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _line(line: Any) -> tuple[str, int]:
    """The words of a line; of a word parted at its end the whole stands here, and nothing in the next line."""
    words: list[str] = []
    parted = 0
    for node in line.iter():
        if local_name(node) != "string":
            continue
        part = node.get("SUBS_TYPE") or ""
        if part == "HypPart1" and node.get("SUBS_CONTENT"):
            words.append(node.get("SUBS_CONTENT"))
            parted += 1
        elif part != "HypPart2" or not node.get("SUBS_CONTENT"):
            words.append(node.get("CONTENT") or "")
    return " ".join(word for word in words if word), parted


def _fill(draft: Draft, blocks: list[Block], title: str | None) -> None:
    """Title and body from blocks; without a known title the first block of clearly larger letters is one."""
    if not title:
        usual = sorted(block.height for block in blocks)[len(blocks) // 2]
        first = next((block for block in blocks[:6] if len(block.text) < 200 and block.height > 1.3 * usual > 0), None)
        if first is not None:
            title = first.text
            blocks = [block for block in blocks if block is not first]
    draft.set("title", title or "", "alto", path="TextBlock")
    draft.set("body", "\n\n".join(block.text for block in blocks), "alto", path="TextBlock")
    joined = sum(block.joined for block in blocks)
    if joined:
        draft.notes.append(f"{joined} words parted at the end of a line were joined")


def _issue(root: Any, source: Source, notes: list[str]) -> Iterator[Article | Rejection]:
    """Every article that the logical structure of a METS file names."""
    pages = Pages()
    missing = _load(root, source, pages)
    for name in missing:
        yield source.reject("damaged", "a page that the METS file names cannot be read", member=name)
    facts = _facts(root)
    divisions = [node for node in find_all(root, "div") if _ARTICLE.match(node.get("TYPE") or "")]
    divisions = [
        node for node in divisions if not any(_ARTICLE.match(up.get("TYPE") or "") for up in node.iterancestors())
    ]
    if not divisions and not missing:
        yield source.reject("no-text", "a METS file without articles in its structure")
    for number, division in enumerate(divisions, 1):
        heading, blocks = _parts(division, pages)
        draft = Draft(source, Alto.name, line=number, notes=list(notes))
        _fill(draft, blocks, division.get("LABEL") or heading) if blocks or heading else None
        draft.set_date(facts.get("date", ""), "mets", path="dateIssued")
        draft.set("source", facts.get("title", ""), "mets", path="titleInfo/title")
        language = facts.get("language", "")
        draft.set("language", _THREE_LETTERS.get(language, base_code(language)), "mets", path="languageTerm")
        yield draft.finish()


def _load(root: Any, source: Source, pages: Pages) -> list[str]:
    """Read the ALTO pages beside a METS file; the names of those that cannot be read."""
    missing = []
    for node in find_all(root, "fileGrp", "file"):
        place = next((one.get(_XLINK) or "" for one in node.iter() if local_name(one) == "flocat"), "")
        if not place.lower().endswith(".xml"):
            continue
        way = PurePosixPath(place.removeprefix("file://").removeprefix("./"))
        path = source.path.parent / Path(*[part for part in way.parts if part not in ("..", "/")])
        try:
            if source.member or path.stat().st_size > source.options.max_bytes:
                raise OSError
            page, _ = xmlfile.parse(path.read_bytes())
        except (OSError, BrokenXmlError):
            missing.append(place)
            continue
        for name, block in blocks_of(page).items():
            pages.blocks[(node.get("ID") or "", name)] = block
    return missing


def _parts(division: Any, pages: Pages) -> tuple[str, list[Block]]:
    """Heading and blocks that the areas of a division point to, in order."""
    heading: list[str] = []
    blocks: list[Block] = []
    for area in (node for node in division.iter() if local_name(node) == "area"):
        block = pages.blocks.get((area.get("FILEID") or "", area.get("BEGIN") or ""))
        if block is None:
            continue
        above = [up.get("TYPE") or "" for up in area.iterancestors() if local_name(up) == "div"]
        if above and _HEADING.search(above[0]) and len(heading) < 3:
            heading.append(block.text)
        else:
            blocks.append(block)
    return " ".join(heading), blocks


def _facts(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, key in (("title", "title"), ("dateIssued", "date"), ("languageTerm", "language"), ("date", "date")):
        node = next((one for one in find_all(root, name) if text(one)), None)
        if node is not None:
            found.setdefault(key, text(node))
    return found

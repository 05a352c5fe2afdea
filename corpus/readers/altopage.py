"""The text blocks of an ALTO page (https://www.loc.gov/standards/alto/), and an article made of some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.markup import local_name
from corpus.readers.draft import Draft
from corpus.readers.language import language_code
from corpus.readers.xmlfile import find_all

_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2e17¬=]\s(?=[a-zà-ÿа-яёіў])")
_LARGER = 1.3
_MOST_TIMES = 20


@dataclass(slots=True)
class Block:
    """A block of text with its words joined, the mean height of its lines and the count of joined words."""

    text: str
    height: float
    joined: int


def blocks_of(root: Any) -> dict[str, Block]:
    """The text blocks of a page by id, in the page's order."""
    found: dict[str, Block] = {}
    for number, node in enumerate(find_all(root, "TextBlock")):
        block = _block([(line, list(line.iter())) for line in find_all(node, "TextLine")])
        if block is not None:
            found[node.get("ID") or str(number)] = block
    return found


class Words:
    """The words of a page in its order, for the text between two of them."""

    def __init__(self, root: Any) -> None:
        self._words: list[tuple[int, Any, Any]] = []
        """Number of the block, line, element."""
        self._places: dict[str, tuple[int, int]] = {}
        """Id of a word, line or block → numbers of its first and its last word."""
        for number, block in enumerate(find_all(root, "TextBlock")):
            first = len(self._words)
            for line in find_all(block, "TextLine"):
                start = len(self._words)
                for node in line.iter():
                    if local_name(node) in ("string", "hyp"):
                        self._places.setdefault(node.get("ID") or "", (len(self._words), len(self._words)))
                        self._words.append((number, line, node))
                self._places.setdefault(line.get("ID") or "", (start, len(self._words) - 1))
            self._places.setdefault(block.get("ID") or "", (first, len(self._words) - 1))
        self.left = _MOST_TIMES * len(self._words)
        """How many words may still be asked for: articles tell a word once, a hostile file a million times."""

    def between(self, begin: str, end: str) -> list[Block]:
        """The text from one element to another, by their ids, as a block for each block it stands in."""
        if not begin or begin not in self._places or end not in self._places or self.left <= 0:
            return []
        words = self._words[self._places[begin][0] : self._places[end][1] + 1]
        self.left -= len(words)
        blocks: dict[int, dict[Any, list[Any]]] = {}
        for number, line, node in words:
            blocks.setdefault(number, {}).setdefault(line, []).append(node)
        return [made for lines in blocks.values() if (made := _block(list(lines.items()))) is not None]


def _block(lines: list[tuple[Any, list[Any]]]) -> Block | None:
    """The block of some lines, each with those of its elements that are read; None for one without words."""
    texts, heights, joined = [], [], 0
    for line, nodes in lines:
        words, parted = _line(nodes)
        if words:
            joined += parted
            texts.append(words)
            heights.append(_number(line.get("HEIGHT")))
    whole, more = _PARTED.subn("", " ".join(texts))
    return Block(whole, sum(heights) / max(1, len(heights)), joined + more) if whole else None


def inner_ids(root: Any) -> Iterator[tuple[str, list[str]]]:
    """The id of each composed block and each line, with the ids of the text blocks that it holds or belongs to."""
    for node in find_all(root, "ComposedBlock"):
        if node.get("ID"):
            yield node.get("ID"), [block.get("ID") for block in find_all(node, "TextBlock") if block.get("ID")]
    for block in find_all(root, "TextBlock"):
        for line in find_all(block, "TextLine"):
            if line.get("ID") and block.get("ID"):
                yield line.get("ID"), [block.get("ID")]


def fill(draft: Draft, blocks: list[Block], title: str | None) -> None:
    """Title and body from blocks; without a known title the first block of clearly larger letters is one."""
    if not title and blocks:
        usual = sorted(block.height for block in blocks)[len(blocks) // 2]
        larger = (block for block in blocks[:6] if len(block.text) < 200 and block.height > _LARGER * usual > 0)
        first = next(larger, None)
        if first is not None:
            title = first.text
            blocks = [block for block in blocks if block is not first]
    draft.set("title", title or "", "alto", path="TextBlock")
    draft.set("body", "\n\n".join(block.text for block in blocks), "alto", path="TextBlock")
    joined = sum(block.joined for block in blocks)
    if joined:
        draft.notes.append(f"{joined} words parted at the end of a line were joined")


def language_of(root: Any) -> str:
    """The language that a page declares for its first block that has one, or nothing."""
    tags = (node.get("LANG") or node.get("language") for node in root.iter() if isinstance(node.tag, str))
    return language_code(next(filter(None, tags), ""))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _line(nodes: list[Any]) -> tuple[str, int]:
    """The words of a line; of a word parted at its end the whole stands here, and nothing in the next line."""
    words: list[str] = []
    parted, whole = 0, False
    for node in nodes:
        name = local_name(node)
        if name == "hyp" and words and not whole:
            words[-1] = words[-1].rstrip("-\u00ad¬") + "-"  # what follows in the next line is joined by `_PARTED`
        if name != "string":
            continue
        part = node.get("SUBS_TYPE") or ""
        whole = part == "HypPart1" and bool(node.get("SUBS_CONTENT"))
        if whole:
            words.append(node.get("SUBS_CONTENT"))
            parted += 1
        elif part != "HypPart2" or not node.get("SUBS_CONTENT"):
            words.append(node.get("CONTENT") or "")
    return " ".join(word for word in words if word), parted

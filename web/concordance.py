"""Keyword-in-context lines of several articles as one list, sorted by what stands before or after the word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from indexer.analysis.folding import fold
from indexer.results import Hit

Side = Literal["before", "after"]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """One place where the query was found: `at` is the place of its article among the hits of the page, from 1."""

    hit: Hit
    at: int
    left: str
    match: str
    right: str


def concordance(hits: tuple[Hit, ...], side: Side) -> list[Line]:
    """The lines of all hits, sorted by the words after the match, or by those before it, the nearest word first.

    Case and accents do not matter; lines with nothing on that side stand last, those with the same words in the order
    of the hits.
    """
    lines = [Line(hit, at, *line) for at, hit in enumerate(hits, 1) for line in hit.kwic]
    return sorted(lines, key=_after if side == "after" else _before)


def _after(line: Line) -> tuple[bool, list[str], list[str]]:
    words = _words(line.right)
    return not words, words, _words(line.match)


def _before(line: Line) -> tuple[bool, list[str], list[str]]:
    words = _words(line.left)[::-1]
    return not words, words, _words(line.match)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))

"""Keyword-in-context lines of all hits as one list, sorted by what stands before or after the word."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from indexer.analysis.folding import fold
from indexer.results import Hit

Side = Literal["before", "after"]
_WORD = re.compile(r"\w+")
MOST_ARTICLES, MOST_LINES, SECONDS = 1000, 5000, 2.0
"""What is read for one list at most; a list that ends before the hits do says so."""
AT_ONCE = 100
"""Hits fetched at a time; all of them are read, however long they took."""
A_PAGE = 100
"""Lines on a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One place where the query was found: `at` is the place of its article among the hits, from 1."""

    hit: Hit
    at: int
    left: str
    match: str
    right: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines in their order; `articles` is how many were read for them, `late` whether time ran out before a bound."""

    lines: tuple[Line, ...]
    articles: int
    late: bool = False


def concordance(hits: Iterable[Hit], side: Side, seconds: float = SECONDS) -> Concordance:
    """The lines of the first hits, sorted by the words after the match, or by those before it, the nearest word first.

    Case and accents do not matter; lines with nothing on that side stand last, those with the same words in the order
    of the hits. Hits are read until a bound is met: `MOST_ARTICLES`, `MOST_LINES` or `seconds`.
    """
    until = time.monotonic() + seconds
    lines: list[Line] = []
    articles, late = 0, False
    for articles, hit in enumerate(hits, 1):
        lines.extend(Line(hit, articles, *line) for line in hit.kwic)
        late = articles % AT_ONCE == 0 and time.monotonic() > until
        if late or articles >= MOST_ARTICLES or len(lines) >= MOST_LINES:
            break
    return Concordance(tuple(sorted(lines, key=_after if side == "after" else _before)), articles, late)


class Kept:
    """The last few lists, for those who leaf through them; safe to use from several threads."""

    def __init__(self, most: int = 4) -> None:
        self._lists: OrderedDict[object, Concordance] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most

    def get(self, name: object, make: Callable[[], Concordance]) -> Concordance:
        """The list of this name, made where nobody has made it; one that ran out of time is not kept."""
        with self._lock:
            known = self._lists.get(name)
        if known is None:
            known = make()
        with self._lock:
            if not known.late:
                self._lists[name] = known
                self._lists.move_to_end(name)
            while len(self._lists) > self._most:
                self._lists.popitem(last=False)
        return known


def _after(line: Line) -> tuple[bool, list[str], list[str]]:
    words = _words(line.right)
    return not words, words, _words(line.match)


def _before(line: Line) -> tuple[bool, list[str], list[str]]:
    words = _words(line.left)[::-1]
    return not words, words, _words(line.match)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))

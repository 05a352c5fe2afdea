"""Pieces of a text to show: sentence starts, the best window on some spans, cuts between words."""

from __future__ import annotations

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from corpus.yamlfile import kept_table

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'»”“’)\]]*\s+|(?<=[。！？])[」』”’）]*|\n+")
_SPACES = re.compile(r"[\s\x00-\x1f]")
_BEFORE_STOP = re.compile(r"[^\s(\[«„“\"']+\Z")
_BETWEEN = string.whitespace + "\u00a0\"'»”“’)]」』）"
MOST_SPANS = 2000
"""Spans of one text among which the best window is looked for."""


class Marked(Protocol):
    """A match at `start:end` of word number `word` of the query."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def word(self) -> int: ...


def one_line(text: str) -> str:
    """The text with each white-space character as one plain space, so that offsets stay."""
    return _SPACES.sub(" ", text)


def sentence_starts(text: str, first: int = 0, last: int | None = None) -> list[int]:
    """Offsets at which sentences and paragraphs begin, from `first`, which is taken for one, to `last`."""
    starts = [first]
    for match in _SENTENCE.finditer(text, first, len(text) if last is None else last):
        if match.end() < len(text) and not _goes_on(text, match.start(), match.end()):
            starts.append(match.end())
    return starts


def _goes_on(text: str, stop: int, following: int) -> bool:
    """Whether the full stop before `stop` ends no sentence: that of an ordinal, an initial or an abbreviation."""
    if stop == 0 or text[stop - 1] != "." or "\n" in text[stop:following]:
        return False
    if text[following].islower():
        return True
    word = _BEFORE_STOP.search(text, max(0, stop - 24), stop - 1)
    before = word.group().casefold() if word else ""
    if before.isdecimal():
        return len(before) < 3  # 12. Juni, XX.; the number of a year may well end a sentence
    return (len(before) == 1 and before.isalpha()) or before in _abbreviations()


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    languages = kept_table(Path(__file__).with_name("abbreviations.yaml"))
    return frozenset(word for words in languages.values() for word in words.split())


def best(text: str, spans: Sequence[Marked], length: int) -> tuple[int, int]:
    """Start and end of the window with the most different words, then the most matches, then the earliest."""
    if not spans:
        return 0, _end(text, 0, length)
    spans = spans[:MOST_SPANS]
    starts = sentence_starts(text, _well_before(text, spans[0].start, length), spans[-1].end)
    begins = [span.start for span in spans]
    top: tuple[float, int, int] = (-1.0, 0, 0)
    for i, span in enumerate(spans):
        start = _start(text, starts, span, length)
        stop = start + length
        inside = spans[bisect_left(begins, start) : bisect_left(begins, stop)]
        inside = [other for other in inside[:50] if other.end <= stop]
        words = len({other.word for other in inside})
        score = words * 1000 + min(len(inside), 20) * 10 - min(i, 200) * 0.01
        if score > top[0]:
            top = (score, start, stop)
    return top[1], _end(text, top[1], length)


def _well_before(text: str, at: int, length: int) -> int:
    """Where to look from for the beginning of the sentence of `at`: one further away than a window is of no use."""
    first = max(0, at - length)
    return len(text[:first].rstrip(_BETWEEN))


def _start(text: str, starts: Sequence[int], span: Marked, length: int) -> int:
    """Where a window on a span begins: at its sentence if that is near enough, else between two words before it."""
    sentence = starts[bisect_right(starts, span.start) - 1]
    if span.end - sentence <= length * 3 // 4:
        return sentence
    start = max(sentence, span.start - length // 3)
    return _boundary_after(text, start, span.start)


def _boundary_after(text: str, start: int, limit: int) -> int:
    """The first word start at or behind `start`; `start` itself in scripts without spaces."""
    if start == 0 or text[start - 1].isspace():
        return start
    space = re.compile(r"\s+").search(text, start, min(limit, start + 40))
    return space.end() if space else start


def _end(text: str, start: int, length: int) -> int:
    """The end of a window of at most `length` characters, between two words if it can be."""
    stop = start + length
    if stop >= len(text):
        return len(text.rstrip()) if start < len(text.rstrip()) else len(text)
    cut = max(text.rfind(space, start + length // 2, stop + 1) for space in (" ", "\n"))
    return cut if cut > start else stop


def around(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """Start and end of a piece with up to `width` characters on either side of `start:end`, cut between words."""
    first = _boundary_after(text, max(0, start - width), start)
    stop = end + width
    if stop >= len(text):
        return first, len(text)
    cut = max(text.rfind(space, end, stop + 1) for space in (" ", "\n"))
    return first, cut if cut > end else stop

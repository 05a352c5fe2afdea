"""Undoes what dumpers do to lines: paragraphs broken at a column (lynx, w3m, html2text), numbers before links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 50, 132
"""Columns at which tools break lines; a page with longer lines of running text is not broken."""
_LONG_WORD = 40
"""Addresses are not broken, so a line with one may stand out."""
_LEAST_FULL = 6
_BEYOND = 0.003
"""The share of lines that may be longer than the column."""
_REFERENCE = re.compile(r"\s*\d{1,4}\.\s+(?:[a-z]+:|[/#?])")
_ITEM = re.compile(r"\s*(?:[*+•·‣▪■●○◦▶►#]+|-(?=\s)|\d{1,4}[.)](?=\s)|\[\d{1,4}\](?=\S{0,40}$))")
_INSIDE = re.compile(r"[^.!?…:。\s]\s*$")
_LINK_NUMBER = re.compile(r"\[(\d{1,4})\] ?(?![(:])")
_LEAST_NUMBERS = 5


def unwrap(text: str) -> list[tuple[int, str]]:
    """(number, line) of a text, from 1; broken paragraphs are one line again, with their line ends inside it."""
    lines = text.split("\n")
    width = column_of(lines)
    if not width:
        return list(enumerate(lines, 1))
    found: list[tuple[int, str]] = []
    before = ""
    for number, line in enumerate(lines, 1):
        if before.strip() and goes_on(before, line, width):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        else:
            found.append((number, line))
        before = line
    return found


def column_of(lines: Sequence[str], most_beyond: float = _BEYOND) -> int:
    """The column at which all paragraphs were broken, or 0: lines fill it as far as the next word lets them.

    `most_beyond` is the share of lines that may be longer.
    """
    lengths = Counter(len(line.rstrip()) for line in lines if _counts(line))
    total = lengths.total()
    if not total:
        return 0
    width = beyond = 0
    for width in sorted(lengths, reverse=True):
        beyond += lengths[width]
        if beyond > most_beyond * total:
            break
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [(line, after.lstrip()[0]) for line, after in pairwise(lines) if goes_on(line, after, width)]
    near = sum(
        0.8 * width < len(line.rstrip()) <= width and _counts(line) and bool(after.strip()) and not _ITEM.match(after)
        for line, after in pairwise(lines)
    )
    inside = sum(bool(_INSIDE.search(line)) for line, _ in full)
    small, great = sum(first.islower() for _, first in full), sum(first.isupper() for _, first in full)
    running = inside >= 0.7 * len(full) and small >= 0.2 * (small + great)
    return width if len(full) >= _LEAST_FULL and len(full) >= 0.7 * near and running else 0


def _counts(line: str) -> bool:
    words = line.split()
    return len(words) > 3 and max(map(len, words)) < _LONG_WORD and not _REFERENCE.match(line)


def is_item(line: str) -> bool:
    """Whether a line begins with the mark of a list."""
    return bool(_ITEM.match(line))


def goes_on(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word did not fit on a line any more."""
    word = after.split(None, 1)[0] if after.strip() else ""
    return bool(word) and len(line.rstrip()) + 1 + len(word) > width and not _ITEM.match(after)


def without_link_numbers(text: str) -> str:
    """A page without the `[12]` before each link, when its numbers count up as lynx's do."""
    numbers = [int(number) for number in _LINK_NUMBER.findall(text)]
    steps = sum(0 < after - before <= 3 for before, after in pairwise(numbers))
    if len(numbers) < _LEAST_NUMBERS or steps < 0.8 * (len(numbers) - 1):
        return text
    return _LINK_NUMBER.sub("", text)

"""Undoes what dumpers do to lines: paragraphs broken at a column (lynx, w3m, html2text), numbers before links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise

_NARROWEST, _WIDEST = 50, 132
"""Columns at which tools break lines; a page with longer lines of running text is not broken."""
_LONG_WORD = re.compile(r"[!-~]{40}")
"""Addresses are not broken, so a line with one may stand out."""
_LEAST_FULL = 6
_BEYOND = 0.003
"""The share of lines that may be longer than the column; so may one for every ten full lines, such as headings."""
_REFERENCE = re.compile(r"\s*\d{1,4}\.\s+(?:[a-z]+:|[/#?])")
_ITEM = re.compile(r"\s*(?:[*+•·‣▪■●○◦▶►#]+|-(?=\s)|\d{1,4}[.)](?=\s)|\[\d{1,4}\](?=\S{0,40}$))")
_INSIDE = re.compile(r"[^.!?…:。\s]\s*$")
_LINK_NUMBER = re.compile(r"\[(\d{1,4})\] ?(?![(:])")
_FORM = re.compile(r"\(BUTTON\)|\[BUTTON Input\] \(not implemented\)_*|_{5,}|(?:^|(?<=\x00))\s*#(?=\[\d)[^\x00\n]*")
_LEAST_NUMBERS = 5
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
"""Characters that take two columns, and between which a line may be broken anywhere."""
_WIDE_BREAK = re.compile(rf"(?<={_WIDE.pattern})[^\S\n]*\n\s*(?={_WIDE.pattern})")
_BEFORE_MARK = re.compile(r"\s*\n\s*(?=[,.;:!?)\]%…”’،؛](?:\W|$|s\b))")
_INITIAL = re.compile(r"(?:^|(?<=\n))([“„«]?[B-HJ-NP-XZБ-ЖЛ-НП-ТФ-Ю])\n(?=[^\W\d_])")
"""A great initial that stands alone before the rest of its word."""
_WIDE_REACH = 3
"""A line of them may end so many columns before the margin: no line begins with a full stop."""


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
    widths = [columns(line) for line in lines if _counts(line)]
    broken = [(line, after, columns(line)) for line, after in pairwise(lines) if _may_go_on(line, after)]
    width, full = _likeliest(broken)
    if not width or full < _LEAST_FULL:
        return 0
    beyond = sum(one > width for one in widths)
    near = sum(0.8 * width < columns <= width and _counts(line) for line, _, columns in broken)
    ends = [(line, after.lstrip()[0]) for line, after, _ in broken if goes_on(line, after, width)]
    inside = sum(bool(_INSIDE.search(line)) for line, _ in ends)
    small, great = sum(first.islower() for _, first in ends), sum(first.isupper() for _, first in ends)
    cased = small + great >= 0.3 * len(ends)
    running = inside >= 0.7 * len(ends) and (small >= 0.2 * (small + great) or not cased)
    fits = beyond <= max(most_beyond * len(widths), 0.1 * full)
    return width if fits and full >= 0.7 * near and running else 0


def _likeliest(broken: Sequence[tuple[str, str, int]]) -> tuple[int, int]:
    """The column before which the next word did not fit for most lines, and for how many."""
    steps = [0] * (_WIDEST + 2)
    for _, after, columns in broken:
        if columns <= _WIDEST:
            steps[columns] += 1
            steps[min(_WIDEST + 1, columns + _reach(after))] -= 1
    counts = list(accumulate(steps))
    best = max(range(_NARROWEST, _WIDEST + 1), key=lambda width: (counts[width], -width))
    return best, counts[best]


def columns(line: str) -> int:
    """How many columns of a terminal a line takes, blanks at its end apart."""
    line = line.rstrip()
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line)) - _marks_in(line)


def _marks_in(line: str) -> int:
    return sum(unicodedata.combining(char) > 0 for char in line)


def _reach(after: str) -> int:
    """The columns that were wanting: the next line's first word with its blank."""
    word = after.split(None, 1)[0]
    return _WIDE_REACH if _WIDE.match(word) else 1 + columns(word)


def _counts(line: str) -> bool:
    many = len(line.split()) > 3 or len(_WIDE.findall(line)) > 10
    return many and not _LONG_WORD.search(line) and not _REFERENCE.match(line)


def is_item(line: str) -> bool:
    """Whether a line begins with the mark of a list."""
    return bool(_ITEM.match(line))


def _may_go_on(line: str, after: str) -> bool:
    """Whether two lines may be of one paragraph: no blank line, no mark of a list between them, no deeper indent."""
    if not line.strip() or not after.strip() or _ITEM.match(after):
        return False
    return _indent(after) <= _indent(line) or is_item(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def goes_on(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word did not fit on a line any more."""
    return _may_go_on(line, after) and columns(line) + _reach(after) > width


def without_line_ends(text: str) -> str:
    """A logical line as one, with single blanks; between characters of Chinese or Japanese none is put."""
    if "\n" in text:
        text = _INITIAL.sub(r"\1", _BEFORE_MARK.sub("", _WIDE_BREAK.sub("", text)))
    return " ".join(text.split())


def without_browser_marks(text: str) -> str:
    """A page without what lynx adds, when `[12]` stands before each of its links: numbers, buttons, fields, frames."""
    numbers = [int(number) for number in _LINK_NUMBER.findall(text)]
    steps = sum(0 < after - before <= 3 for before, after in pairwise(numbers))
    if len(numbers) < _LEAST_NUMBERS or steps < 0.8 * (len(numbers) - 1):
        return text
    return _LINK_NUMBER.sub("", _FORM.sub(" ", text))

"""The lines of a PDF page in the order in which people read them.

A PDF says where each piece of text stands, not what follows what. Most programs write column after column; some write
line by line across the page, and then columns must be told by where their lines begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SAME_LINE = 3.0
"""Points by which the base lines of pieces of one line may differ."""
_GUTTER = 40.0
"""Beginnings of lines that are so many points apart belong to two columns."""
_LEAST_ROWS = 3
_PROSE = 18
"""Letters that pieces of a column of prose hold on average; cells of a table hold fewer."""
_LARGE = 1.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, where it begins (points from the page's lower left), and the size of its letters."""

    x: float
    y: float
    size: float
    text: str


def in_reading_order(pieces: Sequence[Piece]) -> str | None:
    """The text column by column where it was written across columns, else None: it is in order as it is."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and abs(rows[-1][-1].y - piece.y) <= _SAME_LINE and piece.x > rows[-1][-1].x + _GUTTER:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    several = [row for row in rows if len(row) > 1]
    if len(several) < _LEAST_ROWS or len(several) < 0.5 * len(rows):
        return None
    starts = _starts([piece.x for row in several for piece in row])
    columns = [[piece for row in several for piece in row if _place(piece, starts) == n] for n in range(len(starts))]
    if len(starts) < 2 or any(sum(len(p.text) for p in one) < _PROSE * len(one) or not one for one in columns):
        return None
    told: list[str] = []
    waiting: list[list[str]] = [[] for _ in starts]
    for row in rows:
        begun = any(waiting)
        if len(row) == 1 and not (begun and _fits(row[0], starts)):
            told += [line for column in waiting for line in column]
            waiting = [[] for _ in starts]
            told.append(row[0].text)
        else:
            for piece in row:
                waiting[_place(piece, starts)].append(piece.text)
    told += [line for column in waiting for line in column]
    return "\n".join(line.strip("\n") for line in told)


def _starts(places: Sequence[float]) -> list[float]:
    """Where columns begin: the first place of each group of beginnings, for groups that recur."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _GUTTER:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [group[0] for group in groups if len(group) >= _LEAST_ROWS]


def _place(piece: Piece, starts: Sequence[float]) -> int:
    return max((n for n, start in enumerate(starts) if piece.x >= start - _SAME_LINE), default=0)


def _fits(piece: Piece, starts: Sequence[float]) -> bool:
    """Whether a piece alone on its line is the last line of a column: no wider than to where the next one begins."""
    after = [start for start in starts if start > piece.x + _GUTTER]
    return not after or piece.x + 0.4 * piece.size * len(piece.text.strip()) < after[0]


def largest(pieces: Sequence[Piece]) -> str:
    """The line in clearly larger type than the text, when it is long enough for a title; the house's name is not."""
    usual = Counter[float]()
    for piece in pieces:
        usual[piece.size] += len(piece.text)
    if not usual:
        return ""
    text_size = usual.most_common(1)[0][0]
    top = max(usual)
    line = " ".join(" ".join(piece.text for piece in pieces if piece.size == top).split())
    long_enough = len(line.split()) >= 4 or len(re.findall(r"[\u3040-\u9fff]", line)) >= 8
    return line if top >= _LARGE * text_size and long_enough and len(line) <= 250 else ""

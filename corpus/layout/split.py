"""Whether a page holds several articles one after the other, and where each begins."""

from __future__ import annotations

from corpus.languages import LanguagePack
from corpus.layout.lines import Line
from corpus.layout.stamps import date_lines

_LEAST_WORDS = 40
"""Words of prose that each part must have: lists of teasers are no articles."""


def articles_of(lines: list[Line], pack: LanguagePack, tag: str | None = None) -> list[list[Line]]:
    """The parts of a page that are articles of their own, or the page as one part.

    A new article begins where a date line that stands alone, next to a title-like line, follows prose and is followed
    by prose, in the same order of date and title each time; every part must hold enough prose.
    """
    starts = _starts(lines, pack, tag)
    if len(starts) < 2:
        return [lines]
    starts[0] = 0
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return parts if all(_prose(part) >= _LEAST_WORDS for part in parts) else [lines]


def _starts(lines: list[Line], pack: LanguagePack, tag: str | None) -> list[int]:
    """Where each article's head begins."""
    alone = sorted(
        {
            hit.index
            for hit in date_lines(lines, len(lines), len(lines), pack, tag)
            if hit.alone and hit.label != "updated"
        }
    )
    found: list[tuple[int, bool]] = []
    for index in alone:
        above = index > 0 and _title_like(lines[index - 1])
        below = index + 1 < len(lines) and _title_like(lines[index + 1])
        if not (above or below) or not any(line.prose for line in lines[index + 1 : index + 5]):
            continue
        if found and not any(line.prose for line in lines[found[-1][0] + 1 : index]):
            continue
        found.append((index, below))
    if len(found) < 2 or len({below for _, below in found}) > 1:
        return []
    return [_head_start(lines, index, below) for index, below in found]


def _head_start(lines: list[Line], index: int, below: bool) -> int:
    """The first line of an article's head: a section above the date, or the title above it."""
    start = index if below else index - 1
    while (
        start > 0 and not lines[start - 1].prose and lines[start - 1].gap == 0 and lines[start - 1].words <= 4 and below
    ):
        start -= 1
        if index - start >= 2:
            break
    return start


def _title_like(line: Line) -> bool:
    return not line.kind and not line.bullet and 3 <= line.words <= 25 and not line.text.endswith((".", ":", "。"))


def _prose(lines: list[Line]) -> int:
    return sum(line.words for line in lines if line.prose)

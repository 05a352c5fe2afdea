"""Whether a page holds several articles one after the other, and where each begins."""

from __future__ import annotations

from itertools import pairwise

from corpus.languages import LanguagePack
from corpus.layout.lines import Line
from corpus.layout.stamps import date_lines

_LEAST_WORDS = 40
"""Words of prose that each part must have: lists of teasers are no articles."""


def articles_of(lines: list[Line], pack: LanguagePack, tag: str | None = None) -> list[list[Line]]:
    """The parts of a page that are articles of their own, or the page as one part.

    A new article begins where a date line that stands alone, next to a title-like line, follows prose and is followed
    by prose, in the same order of date and title each time; or at a ruled line, when each part has such a date line.
    Every part must hold enough prose.
    """
    stamps = sorted(
        hit.index
        for hit in date_lines(lines, len(lines), len(lines), pack, tag)
        if hit.alone and hit.label != "updated"
    )
    for starts in (_ruled(lines, stamps), _starts(lines, sorted(set(stamps)))):
        if len(starts) >= 2:
            bounds = [0, *starts[1:], len(lines)]
            parts = [lines[first:last] for first, last in pairwise(bounds)]
            if all(_is_enough(part) for part in parts):
                return parts
    return [lines]


def _ruled(lines: list[Line], stamps: list[int]) -> list[int]:
    """Where ruled lines part the page, when every part bears a date of its own."""
    starts = [0, *(index for index, line in enumerate(lines) if line.ruled and index)]
    bounds = [*starts, len(lines)]
    dated = all(any(first <= stamp < last for stamp in stamps) for first, last in pairwise(bounds))
    return starts if dated else []


def _is_enough(part: list[Line]) -> bool:
    """Running text of forty words, or of fifteen in two paragraphs: more than a teaser."""
    sentences = [line.words for line in part if line.words >= 5 and line.ends and not line.kind]
    prose = sum(line.words for line in part if line.prose)
    return prose >= _LEAST_WORDS or (sum(sentences) >= 15 and len(sentences) >= 2)


def _starts(lines: list[Line], stamps: list[int]) -> list[int]:
    """Where each article's head begins."""
    found: list[tuple[int, bool]] = []
    for index in stamps:
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
    above = start - 1
    if not below and above >= 0 and lines[above].words <= 3 and not (lines[above].kind or lines[above].prose):
        start = above
    return start


def _title_like(line: Line) -> bool:
    return not line.kind and not line.bullet and 3 <= line.words <= 25 and not line.text.endswith((".", ":", "。"))

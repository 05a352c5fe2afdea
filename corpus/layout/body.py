"""Which stretch of lines is the article.

Every line is scored for (+) or against (−) being part of it, and the run of lines with the greatest sum is taken:
J. Pasternack and D. Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation", WWW 2009.
The scores here are set by hand from evidence that holds in all languages: words, sentence ends, stop words, list marks,
phrases of the packs, repetition on other pages of the source.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.languages import LanguagePack
from corpus.layout.lines import Line
from corpus.layout.marks import marks
from corpus.layout.phrases import Phrases

_CAP = 50
"""Words of one line beyond which it counts no more: a single long blurb must not outweigh an article."""
_COST = {"related": 6.0, "comments": 12.0, "footer": 14.0, "cookie": 14.0, "subscribe": 6.0, "navigation": 5.0,
         "share": 3.0, "advertisement": 2.0, "caption": 1.0, "symbols": 1.0, "link": 4.0}  # fmt: skip
_SHORT = 3.0
_ONE_WORD = re.compile(r"^\S+$")


def score_lines(lines: list[Line], phrases: Phrases, pack: LanguagePack, repeated: Collection[str] = ()) -> None:
    """Set `kind` and `score` of every line."""
    for line in lines:
        line.kind = _kind(line, phrases, repeated)
        line.score = _score(line)
    for before, line, after in zip([None, *lines[:-1]], lines, [*lines[1:], None], strict=True):
        if before is None or after is None:
            continue
        if before.prose and after.prose and line.score < 0 and line.kind in ("", "caption", "advertisement"):
            line.score *= 0.4  # a subheading, a caption or a notice inside the article
        elif line.score > 0 and line.words < _CAP and _loose(before) and _loose(after):
            line.score *= 0.35  # one sentence between short lines: a teaser


def _loose(line: Line) -> bool:
    return not line.prose and not line.ends and (bool(line.kind) or line.words < 20)


def _kind(line: Line, phrases: Phrases, repeated: Collection[str]) -> str:
    if line.text in repeated and line.level != 1:
        return "repeated"
    if not line.prose and marks().caption.match(line.text):
        return "caption"
    if line.words < 60 and (
        marks().bracketed.search(line.text) or (not line.prose and marks().credit.search(line.text))
    ):
        return "caption"
    return phrases.kind(line.text) if line.words < 30 or not line.prose else ""


def _score(line: Line) -> float:
    if line.kind == "repeated":
        return -min(_CAP, 4.0 + line.words)
    if line.kind:
        return -_COST.get(line.kind, 4.0)
    if line.prose and not (line.bullet and line.words < 14):
        return float(min(line.words, _CAP)) * (0.5 if line.bullet else 1.0)
    if line.words >= 8 and line.ends:
        return 1.0
    if line.words >= 5 and line.stops >= 0.25:
        return -1.0
    return -_SHORT - (1.0 if line.bullet else 0.0)


def best_run(lines: list[Line]) -> tuple[int, int] | None:
    """First and last index (inclusive) of the run with the greatest sum, or None when no line speaks for an article."""
    best: tuple[float, int, int] | None = None
    total, start = 0.0, 0
    for index, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, index
        total += line.score
        if line.score > 0 and (best is None or total > best[0]):
            best = (total, start, index)
    if best is None or best[0] < 8:
        return None
    return best[1], best[2]


def body_lines(lines: list[Line], first: int, last: int) -> list[Line]:
    """The lines of the run that are the article's own; the others get a `kind` that says why they are not."""
    kept: list[Line] = []
    skipping = False
    for index in range(first, last + 1):
        line = lines[index]
        if line.kind:
            skipping = line.kind in ("related", "subscribe", "share") and not line.prose
            continue
        if (
            skipping
            and not line.prose
            and index > first
            and (line.bullet or line.gap == 0 or not _introduces(lines, index))
        ):
            line.kind = "related"
            continue
        skipping = False
        if line.bullet and not line.prose and line.words < 4 and not _in_list(lines, index):
            line.kind = "list mark"
        elif _ONE_WORD.match(line.text) and len(line.text) < 3:
            line.kind = "symbols"
        else:
            kept.append(line)
    return kept


def _introduces(lines: list[Line], index: int) -> bool:
    """Whether a short line stands right before prose, as a subheading does."""
    return index + 1 < len(lines) and lines[index + 1].prose


def _in_list(lines: list[Line], index: int) -> bool:
    near = lines[max(0, index - 2) : index] + lines[index + 1 : index + 3]
    return sum(line.bullet and not line.kind for line in near) >= 2


def trim(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Cut off beginnings and ends of a run that hang on it over a dip: notices before, teasers and comments after."""
    whole = sum(max(line.score, 0.0) for line in lines[first : last + 1])
    first, last = _trim_start(lines, first, last, whole), last
    return first, _trim_end(lines, first, last, whole)


def _trim_start(lines: list[Line], first: int, last: int, whole: float) -> int:
    gained, dip, start = 0.0, 0.0, first
    for index in range(first, last + 1):
        score = lines[index].score
        if score > 0:
            if dip <= -8 and gained < 0.2 * whole and gained < 120:
                start = index
            dip = 0.0
            gained += score
            if gained >= 0.2 * whole:
                break
        else:
            dip += score
    return start


def _trim_end(lines: list[Line], first: int, last: int, whole: float) -> int:
    gained, dip, end, prose = 0.0, 0.0, last, 0
    for index in range(last, first - 1, -1):
        score = lines[index].score
        if score > 0:
            after = last - index
            if dip <= -8 and gained < 0.45 * whole and (prose < 0.55 * after or gained < 0.1 * whole or dip <= -20):
                end = index
            dip = 0.0
            gained += score
            if gained >= 0.5 * whole:
                break
        else:
            dip += score
        prose += lines[index].prose
    return end

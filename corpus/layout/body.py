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
_COST = {"related": 6.0, "comments": 40.0, "footer": 14.0, "cookie": 14.0, "subscribe": 6.0, "navigation": 5.0,
         "share": 3.0, "advertisement": 2.0, "caption": 1.0, "symbols": 1.0, "link": 4.0}  # fmt: skip
_SHORT = 3.0
_LEAST_AT_END = 2.3
_LEAST_AT_START = 1.6
_DIP = -7.0
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:19|20)\d\d", re.I)
_AGAIN, _LONGEST_CAPTION = 30, 800
_FILE_PICTURE = re.compile(r"(?:FILE|HANDOUT|CORRECTS \w+) ?[-–—] ?\S")
"""How agencies mark a picture from their archive."""
_ONE_WORD = re.compile(r"^\S+$")


def score_lines(lines: list[Line], phrases: Phrases, pack: LanguagePack, repeated: Collection[str] = ()) -> None:
    """Set `kind` and `score` of every line."""
    about_cookies = sum(line.prose and "cookie" in line.text.casefold() for line in lines)
    is_subject = about_cookies > 0.5 * sum(line.prose for line in lines)
    for line in lines:
        line.kind = _kind(line, phrases, repeated)
        if line.prose and not line.kind and not is_subject and "cookie" in line.text.casefold():
            line.kind = "cookie"
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
    if len(line.text) > 2000:
        return ""
    if _COPYRIGHT.match(line.text):
        return "footer"
    if not line.prose and marks().caption.match(line.text):
        return "caption"
    if line.words < 60 and (
        marks().bracketed.search(line.text) or (not line.prose and marks().credit.search(line.text))
    ):
        return "caption"
    if (line.words < 80 and _FILE_PICTURE.match(line.text)) or _says_itself_again(line.text):
        return "caption"
    kind = phrases.kind(line.text) if line.words < 30 or line.text[0].isdigit() or not line.prose else ""
    return kind or ("subscribe" if line.words <= 45 and marks().notice.search(line.text) else "")


def _says_itself_again(text: str) -> bool:
    """Whether a line says its beginning twice: what stands for a picture, and then its caption."""
    begins = text[:_AGAIN]
    place = text.find(begins, _AGAIN) if _AGAIN < len(text) < _LONGEST_CAPTION else -1
    return place > 0 and text.startswith(text[:place].strip(), place) and text.count(begins) == 2


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


def mark_thread(lines: list[Line], dated: Collection[int]) -> None:
    """Mark readers' comments: after some running text, at least four dated short lines with prose between each two.

    `dated` holds the indexes of lines that are no prose and bear a date.
    """
    thread: list[int] = []
    words = 0
    for index, line in enumerate(lines):
        if index in dated and words >= 60:
            if thread and not (
                index - thread[-1] <= 14 and any(near.words >= 6 for near in lines[thread[-1] + 1 : index])
            ):
                thread = []
            thread.append(index)
        words += line.words if line.prose else 0
        if len(thread) >= 4:
            break
    else:
        return
    for line in lines[thread[0] :]:
        line.kind, line.score = "comments", -4.0


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
    """Cut off what hangs on a run over a dip: notices before the article, teasers and comments after it."""
    forward, backward = range(first, last + 1), range(last, first - 1, -1)
    start = _cut(lines, forward, _LEAST_AT_START)
    end = _cut(lines, backward, _LEAST_AT_END)
    return (start, end) if start <= end else (first, last)


def extend(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Take in short sentences right before and after the run, such as a last paragraph of six words."""
    while first > 0 and _sentence(lines[first - 1]) and lines[first - 1].prose:
        first -= 1
    while last + 1 < len(lines) and _sentence(lines[last + 1]):
        last += 1
    return first, last


def _sentence(line: Line) -> bool:
    ends = line.ends and not line.text.endswith((":", "："))
    return ends and not line.kind and not line.bullet and not line.level and line.words >= 3


def _cut(lines: list[Line], order: range, least: float) -> int:
    """Where the run begins (or, walking backward, ends) once the parts that are not worth keeping are cut off."""
    whole = sum(max(lines[index].score, 0.0) for index in order)
    gained, dip, edge = 0.0, 0.0, order[0]
    for place, index in enumerate(order):
        if lines[index].score <= 0:
            dip += lines[index].score
            continue
        if gained and dip <= _DIP:
            part, rest = order[:place], order[place:]
            if _worth([lines[i] for i in part], [lines[i] for i in rest], gained / whole) < least:
                edge = index
        dip = 0.0
        gained += lines[index].score
        if gained >= 0.5 * whole:
            break
    return edge


def _worth(part: list[Line], rest: list[Line], share: float) -> float:
    """What speaks for a part beyond a dip: words shared with the rest, dense prose, size."""
    own = _long_words(part)
    shared = len(own & _long_words(rest)) / len(own) if own else 0.0
    prose = sum(line.prose for line in part) / len(part)
    return 4.0 * shared + 2.0 * prose + 3.0 * share


def _long_words(lines: list[Line]) -> frozenset[str]:
    text = " ".join(line.text.casefold() for line in lines if line.prose)
    if any("\u3040" <= char <= "\u9fff" for char in text[:200]):
        return frozenset(text[place : place + 2] for place in range(len(text) - 1))
    return frozenset(word[:6] for word in _LONG_WORD.findall(text))

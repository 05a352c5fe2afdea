"""Which lines bear a date, and which of the dates is the article's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.dates import FoundDate, find_dates
from corpus.languages import LanguagePack, fold_key, has_pack, pack_or_fallback
from corpus.layout.lines import Line

REACH = 30
"""How many lines above the body the head of an article may begin."""

_BESIDE, _NEXT_TO = 2.0, 3
_BESIDE_A_STAMP = 30
"""Letters beside a date up to which a line is no sentence, though it may end like one."""
_AROUND = " :–-—|("


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line with a date on it and how likely the date is the article's; `rest` counts the letters beside it."""

    index: int
    found: FoundDate
    score: float
    alone: bool
    rest: int
    label: str


def date_lines(
    lines: Sequence[Line], first: int, last: int, pack: LanguagePack, tag: str | None = None
) -> list[DateLine]:
    """Every date on a line that is no running text, the likeliest first; `tag` (`en-GB`) orders numbers."""
    hits: list[DateLine] = []
    for index, line in enumerate(lines):
        if len(line.text) > 160 or (line.prose and line.words > 25):
            continue
        for number, one in enumerate(dates_on(line, tag or pack.iso)[:3]):
            label = _label(line.text[: one.start], pack) or (_label_above(lines, index, pack) if number == 0 else "")
            hits.append(_weigh(index, one, line, first, last, pack, number, label))
    hits.sort(key=lambda hit: (-hit.score, hit.index))
    return hits


def dated_lines(lines: Sequence[Line], pack: LanguagePack, tag: str | None = None) -> frozenset[int]:
    """Indexes of short lines that bear a whole date."""
    return frozenset(
        index for index, line in enumerate(lines) if len(line.text) <= 100 and dates_on(line, tag or pack.iso)
    )


def dates_on(line: Line, tag: str) -> list[FoundDate]:
    """The dates on a line, in the words of the language or else of any; looked for once."""
    if line.dates is None:
        line.dates = []
        if sum(map(str.isdigit, line.text)) >= 3:
            known = has_pack(tag)
            line.dates = find_dates(line.text, languages=(tag,) if known else None)
            if not line.dates and known:
                line.dates = find_dates(line.text)
    return line.dates


def _weigh(
    index: int, found: FoundDate, line: Line, first: int, last: int, pack: LanguagePack, number: int, label: str
) -> DateLine:
    rest = line.text[: found.start] + line.text[found.end :]
    over = _letters_beside(line, pack)
    prose = line.prose and over > _BESIDE_A_STAMP
    score = 2.0 if over <= 4 else 1.0 if over <= 30 else -0.5 if over <= 60 else -2.5
    score += 1.5 if found.precision in ("minute", "second") else 0.0
    score += {"published": 3.0, "updated": -1.0}.get(label, 0.0) - 0.2 * number
    score -= 4.0 if found.precision in ("year", "month") else 0.0
    if line.kind in ("footer", "cookie", "repeated"):
        score -= 6.0
    away = first - index
    if 0 <= away <= REACH:
        score += 3.0 - 0.2 * min(away, 15)
    elif away > REACH:
        score -= 0.3
    elif index <= first + 3:
        score += 2.0
    elif index <= first + 15 and over <= 4 and not prose:
        score += 1.0
    elif index <= first + 15 and over <= _BESIDE_A_STAMP and not prose:
        score += 0.5
    elif index <= last:
        score -= 3.0 if prose else 1.0
    else:
        score -= 1.0 + 0.2 * min(index - last, 10)
    if prose:
        score -= 2.0
    if index < 12 and away > 3 and found.precision == "day" and _has_weekday(rest, pack) and not label:
        score -= 2.5  # today's date in the page's head
    return DateLine(index, found, score, over <= 4, over, label)


def _letters_beside(line: Line, pack: LanguagePack) -> int:
    """How many letters a line has beside its dates and the words that say what these are the dates of."""
    dates, rest, done = line.dates or [], [], 0
    for date in dates:
        before = line.text[done : date.start]
        known = _label_word(before, pack)
        rest.append(before[: len(before) - len(known)] if known else before)
        done = date.end
    return len(re.sub(r"[\W\d_]+", "", "".join((*rest, line.text[done:]))))


def beside(hits: Sequence[DateLine], title: int | None) -> list[DateLine]:
    """The dates once the title is known: one next to it is likelier."""
    if title is None:
        return list(hits)
    near = [replace(hit, score=hit.score + _BESIDE) if 0 < abs(hit.index - title) <= _NEXT_TO else hit for hit in hits]
    return sorted(near, key=lambda hit: (-hit.score, hit.index))


def _label(before: str, pack: LanguagePack) -> str:
    """`published` or `updated` when the text before a date ends with a word that says so, else ""."""
    word = _label_word(before, pack)
    return "" if not word else "updated" if fold_key(word).rstrip(_AROUND) in pack.dates.updated else "published"


def _label_above(lines: Sequence[Line], index: int, pack: LanguagePack) -> str:
    """The label that stands alone on the line above (`Published:`)."""
    before = lines[index - 1].text if index else ""
    return _label(before, pack) if before and _label_word(before, pack) == before else ""


def _label_word(before: str, pack: LanguagePack) -> str:
    """The words at the end of a text that say what the date behind it is the date of, with what parts them, or ""."""
    key = fold_key(before).rstrip(_AROUND)
    for word in _label_words(pack.iso):
        if key.endswith(word) and not key[: -len(word)][-1:].isalnum():
            return before[max(0, len(before.rstrip(_AROUND)) - len(word)) :]
    return ""


@lru_cache(maxsize=32)
def _label_words(language: str) -> tuple[str, ...]:
    dates = pack_or_fallback(language).dates
    return tuple(sorted((*dates.updated, *dates.published), key=len, reverse=True))


def _has_weekday(text: str, pack: LanguagePack) -> bool:
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    return any(word.rstrip(".") in words for row in pack.dates.weekdays for word in row if len(word) > 2)


def choose_date(hits: Sequence[DateLine], least: float = 1.2) -> DateLine | None:
    """The likeliest date; of one said to be published and one said to be updated close by, the former."""
    best = hits[0] if hits and hits[0].score >= least else None
    if best is None or best.label:
        return best
    near = [
        hit
        for hit in hits
        if abs(hit.index - best.index) <= 2 and hit.score > best.score - 2 and hit.label != "updated"
    ]
    return min(near, key=lambda hit: (hit.found.iso[:10], -hit.score), default=best)

"""Find every date written in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.dates import clock, patterns
from corpus.dates.found import Clock, FoundDate, Parts, make
from corpus.dates.words import DateWords, plain, words_for

LONGEST = 5000
"""Characters of a line that are read."""
_PIVOT = 70  # two-digit years up to here are of this century

Candidate = tuple[int, int, Parts, Clock | None]

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)|['’]\d\d(?!\d)")
_BEFORE, _AFTER = 64, 32  # characters before and after a year that belong to the longest date
_WIDE = re.compile(f"[{''.join(map(re.escape, map(chr, patterns.ASCII_DIGITS)))}]")
_HAS_NUMERIC = re.compile(r"\d\s?[./\-]\s?\d|\d{8}")
_HAS_DATE = re.compile(r"\d{4}|\d\d?[./]\s?\d\d?[./]\s?\d\d|['’]\d\d|[年년]")


def find_dates(line: str, languages: Sequence[str] | str | None = None) -> list[FoundDate]:
    """Every date of the line that has at least month and year, from left to right.

    Args:
        line: any text; the first 5,000 characters are read.
        languages: tags of the languages that month names are looked up in and that decide between 1 February and
            2 January for 01/02/2024 ("en-GB" writes the day first, "en" and "en-US" the month); None is all packs.
    """
    text = ascii_digits(line[:LONGEST])
    if not _HAS_DATE.search(text):
        return []
    return pick(text, line, list(candidates(text, words_for(languages))), words_for(languages))


def ascii_digits(text: str) -> str:
    """The text with ASCII digits and narrow signs, every character at its old place."""
    return text.translate(patterns.ASCII_DIGITS) if _WIDE.search(text) else text


def pick(text: str, line: str, found: list[Candidate], words: DateWords) -> list[FoundDate]:
    """Of candidates that overlap the leftmost, longest; each with the time beside it."""
    dates: list[FoundDate] = []
    free = 0
    for start, end, parts, inline in sorted(found, key=lambda one: (one[0], -one[1])):
        if start < free:
            continue
        time, first, last = _time(text, start, end, inline, words, free) if parts.day else (None, start, end)
        dates.append(make(parts, time, line, first, last))
        free = last
    return dates


def _time(
    text: str, start: int, end: int, inline: Clock | None, words: DateWords, free: int
) -> tuple[Clock | None, int, int]:
    """The clock of a date, and first and last place of date and time together."""
    if inline:
        zone, last = clock.zone_after(text, end)
        return Clock(inline.hour, inline.minute, inline.second, zone or inline.zone), start, last
    following = clock.after(text, end, words)
    if following:
        return following[0], start, following[1]
    preceding = clock.before(text, start, words, free)
    return (preceding[0], preceding[1], end) if preceding else (None, start, end)


def candidates(text: str, words: DateWords) -> Iterator[Candidate]:
    """Everything in the text that is a possible date with month and year."""
    if _HAS_NUMERIC.search(text):
        yield from _numbers(text, words)
    for start, end in _near_years(text):
        for pattern in (patterns.DAY_MONTH_YEAR, patterns.MONTH_DAY_YEAR, patterns.YEAR_MONTH_DAY, patterns.MONTH_YEAR):
            yield from _named(pattern, text, start, end, words)
        for found in patterns.CTIME.finditer(text, start, end):
            month = words.months.get(found["m"].casefold())
            if month:
                hour, minute, second = map(int, found["t"].split(":"))
                time = Clock(hour, minute, second, clock.ZONES.get(found["z"] or ""))
                yield from _possible(found.start(), found.end(), Parts(int(found["y"]), month, int(found["d"])), time)
    if "年" in text or "년" in text:
        for found in patterns.EASTERN.finditer(text):
            parts = eastern(found)
            if parts and parts.month:
                yield from _possible(found.start(), found.end(), parts)
    if "ja" in words.languages and len(words.languages) <= 3:
        for found in patterns.ERA_LETTER.finditer(text):
            year = patterns.ERAS[found["era"]] + int(found["y"])
            yield from _possible(found.start(), found.end(), Parts(year, int(found["mo"]), int(found["d"])))


def _possible(start: int, end: int, parts: Parts, inline: Clock | None = None) -> Iterator[Candidate]:
    if parts.is_possible():
        yield start, end, parts, inline


def _near_years(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text around its years, in which a date with a month's name can lie."""
    start = end = 0
    for found in _YEAR.finditer(text):
        if found.start() - _BEFORE > end:
            if end:
                yield start, end
            start = max(0, found.start() - _BEFORE)
        end = min(len(text), found.end() + _AFTER)
    if end:
        yield start, end


def _named(pattern: re.Pattern[str], text: str, start: int, end: int, words: DateWords) -> Iterator[Candidate]:
    """Dates with the month as a word."""
    place = start
    while found := pattern.search(text, place, end):
        month = month_of(found, words)
        groups = found.groupdict()
        year = int(groups["y"]) if groups["y"] else full_year(int(groups["yy"]))
        parts = Parts(year, month, int(groups["d"]) if groups.get("d") else None)
        if month and parts.is_possible():
            yield found.start(), found.end(), parts, None
            place = found.end()
        else:
            first = found.end("d") if groups.get("d") and found.start("d") == found.start() else found.start()
            place = max(found.start() + 1, first if first > found.start() else _next_word(text, found.start()))


def _next_word(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return max(end, start + 1)


def month_of(found: re.Match[str], words: DateWords) -> int | None:
    """The month of groups m and m2: both words of m, its first, its last; then m2 ("حزيران/يونيو")."""
    for name in ("m", "m2"):
        written = found[name] if name in found.re.groupindex else None
        if written:
            parts = written.split()
            for form in dict.fromkeys((" ".join(parts), parts[0], parts[-1])):
                month = words.months.get(plain(form))
                if month:
                    return month
    return None


def full_year(short: int) -> int:
    """1998 of 98, 2024 of 24."""
    return 2000 + short if short < _PIVOT else 1900 + short


def _numbers(text: str, words: DateWords) -> Iterator[Candidate]:
    """Dates in numbers: ISO 8601 (also compact), year first, day or month first."""
    for pattern in (patterns.ISO, patterns.COMPACT, patterns.YEAR_FIRST):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            time = None
            if groups.get("h"):
                second = min(int(groups["s"]), 59) if groups["s"] else None
                time = Clock(int(groups["h"]), int(groups["mi"]), second)
            parts = Parts(int(groups["y"]), int(groups["mo"]), int(groups["d"]))
            yield from _possible(found.start(), found.end(), parts, time)
    for found in patterns.NUMERIC.finditer(text):
        for parts in _orders(found, words.order):
            if parts.is_possible():
                yield found.start(), found.end(), parts, None
                break


def _orders(found: re.Match[str], order: str) -> Iterator[Parts]:
    """The readings of 01/02/2024, the likeliest first."""
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if len(found["y"]) == 2:
        if found["sep"] == "-" or len(found["a"]) < 2 or len(found["b"]) < 2:
            return
        if order == "ymd":
            yield Parts(full_year(first), second, year)
            return
        year = full_year(year)
    day_first, month_first = Parts(year, second, first), Parts(year, first, second)
    if found["sep"] == ".":
        yield day_first
    elif order == "mdy":
        yield month_first
        yield day_first
    else:
        yield day_first
        yield month_first


def eastern(found: re.Match[str]) -> Parts | None:
    """The parts of 2024年6月24日, 二〇二四年, 令和6年 or 民國113年; None for a short year without an era."""
    year = patterns.east_number(found["y"])
    era = found["era"]
    if era in patterns.ERAS:
        year += patterns.ERAS[era]
    elif year < 1000:
        return None
    month = patterns.east_number(found["mo"]) if found["mo"] else None
    return Parts(year, month, patterns.east_number(found["d"]) if found["d"] else None)

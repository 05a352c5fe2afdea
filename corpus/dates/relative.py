"""Dates told from the moment of reading: `vor 3 Stunden`, `вчера в 12:30`, `3小时前`; and dates without a year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Precision
from corpus.dates import clock, patterns
from corpus.dates.find import ascii_digits, month_of
from corpus.dates.found import FoundDate, Parts, make
from corpus.dates.words import words_for
from corpus.expressions import any_of
from corpus.languages import codes, has_pack, pack, revision

_PRECISION: dict[str, Precision] = {
    "second": "second", "minute": "minute", "hour": "minute", "day": "day", "week": "day", "month": "month",
    "year": "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rules:
    """Patterns of one language: `ago` with groups n and one group per unit, `day` with one group per days back."""

    ago: re.Pattern[str]
    day: re.Pattern[str]
    numbers: dict[str, int]
    spans: dict[str, tuple[int, str]]


def moment(captured: datetime.datetime | str | None) -> datetime.datetime | None:
    """A capture time given as such or in ISO 8601; None when it is none."""
    if captured is None or isinstance(captured, datetime.datetime):
        return captured
    try:
        return datetime.datetime.fromisoformat(captured)
    except ValueError:
        return None


@lru_cache(maxsize=32)
def _rules(code: str, _current: int) -> _Rules:
    one = pack(code)
    dates = one.dates
    units = "|".join(f"(?P<{unit}>{any_of(words)})" for unit, words in dates.units.items()) or r"(?!)"
    numbers = dict.fromkeys(dates.one, 1)
    numbers |= {word: number for number, words in dates.numbers.items() for word in words}
    spans = {word: span for span, words in dates.spans.items() for word in words}
    number = rf"(?P<n>\d{{1,4}}|{any_of(tuple(numbers))})"
    span = f"(?P<span>{any_of(tuple(spans))})"
    edge, gap = ("", r"\s?") if one.cjk else (r"(?<![^\W_])", r"\s{1,3}")
    close = "" if one.cjk else r"(?![^\W\d_])"
    shapes = []
    for index, pattern in enumerate(dates.ago):
        shape = re.escape(pattern).replace(r"\ ", gap).replace(r"\{n\}", number).replace(r"\{unit\}", f"(?:{units})")
        shapes.append(re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{index}>", shape))
        if spans:
            shape = re.escape(pattern).replace(r"\{n\}\ \{unit\}", span).replace(r"\ ", gap)
            shapes.append(shape.replace("(?P<span>", f"(?P<span_{index}>"))
    if dates.now:
        shapes.append(f"(?P<now_0>{any_of(dates.now)})")
    days = (("back_0", dates.today), ("back_1", dates.yesterday), ("back_2", dates.before_yesterday))
    day = "|".join(f"(?P<{name}>{any_of(words)})" for name, words in reversed(days))
    return _Rules(
        re.compile(f"{edge}(?:{'|'.join(shapes) or '(?!)'}){close}", re.I),
        re.compile(f"{edge}(?:{day}){close}", re.I),
        numbers,
        spans,
    )


def find_relative(
    line: str, captured: datetime.datetime | str | None, languages: Sequence[str] | str | None = None
) -> list[FoundDate]:
    """Relative dates of a line, resolved against the capture time; none without one."""
    now = moment(captured)
    if now is None:
        return []
    given = codes() if languages is None else (languages,) if isinstance(languages, str) else languages
    text = ascii_digits(line[:500])
    for code in dict.fromkeys(tag.replace("_", "-").partition("-")[0].casefold() for tag in given if has_pack(tag)):
        found = [*_ago(text, line, now, code), *_days(text, line, now, code)]
        if found:
            return sorted(found, key=lambda one: one.start)
    return []


def _ago(text: str, line: str, now: datetime.datetime, code: str) -> Iterator[FoundDate]:
    rules = _rules(code, revision())
    for found in rules.ago.finditer(text):
        given = {name.rpartition("_")[0]: value for name, value in found.groupdict().items() if value is not None}
        if "now" in given:
            yield _cut(now, "minute", line, found)
            continue
        if "span" in given:
            number, unit = rules.spans[given["span"].casefold()]
        else:
            unit = next(name for name in given if name != "n")
            written = given["n"].casefold()
            number = rules.numbers.get(written) or int(written)
        then = _back(now, unit, number)
        if then:
            yield _cut(then, _PRECISION[unit], line, found)


def _back(now: datetime.datetime, unit: str, number: int) -> datetime.datetime | None:
    try:
        if unit in ("month", "year"):
            months = now.year * 12 + now.month - 1 - number * (12 if unit == "year" else 1)
            return now.replace(year=months // 12, month=months % 12 + 1, day=1)
        return now - datetime.timedelta(**{f"{unit}s": number})
    except (ValueError, OverflowError):
        return None


def _days(text: str, line: str, now: datetime.datetime, code: str) -> Iterator[FoundDate]:
    words = words_for(code)
    for found in _rules(code, revision()).day.finditer(text):
        back = int((found.lastgroup or "back_0")[-1])
        day = (now - datetime.timedelta(days=back)).date()
        time = clock.after(text, found.end(), words)
        start, end = found.span()
        if time is None:
            earlier = clock.before(text, start, words)
            start = earlier[1] if earlier else start
            chosen = earlier[0] if earlier else None
        else:
            chosen, end = time
        yield make(Parts(day.year, day.month, day.day), chosen, line, start, end)


def _cut(then: datetime.datetime, precision: Precision, line: str, found: re.Match[str]) -> FoundDate:
    """A moment cut to its precision, with the capture time's zone where a time is left."""
    start, end = found.span()
    if precision in ("year", "month", "day"):
        iso = then.date().isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]
        return FoundDate(iso, precision, start, end, line[start:end])
    iso = then.replace(tzinfo=None).isoformat(timespec="minutes" if precision == "minute" else "seconds")
    zone = then.isoformat()[-6:] if then.tzinfo else None
    zone = "Z" if zone == "+00:00" else zone
    return FoundDate(iso + (zone or ""), precision, start, end, line[start:end], zone)


def find_yearless(
    line: str, captured: datetime.datetime | str | None, languages: Sequence[str] | str | None = None
) -> list[FoundDate]:
    """`24 июня, 16:28`, `June 24`, `6月24日`: of the year that makes it the last such day before the capture time."""
    now = moment(captured)
    if now is None:
        return []
    words = words_for(languages)
    text = ascii_digits(line[:500])
    for pattern in (patterns.DAY_MONTH, patterns.MONTH_DAY, patterns.EASTERN_DAY):
        for found in pattern.finditer(text):
            if pattern is patterns.EASTERN_DAY:
                month: int | None = patterns.east_number(found["mo"])
                day = patterns.east_number(found["d"])
            else:
                month, day = month_of(found, words), int(found["d"])
            parts = next((p for p in _years(now, month, day) if p.is_possible()), None) if month else None
            if parts:
                end = found.end("m") if pattern is patterns.DAY_MONTH else found.end()
                time = clock.after(text, end, words)
                earlier = None if time else clock.before(text, found.start(), words)
                start = earlier[1] if earlier else found.start()
                chosen = time[0] if time else earlier[0] if earlier else None
                return [make(parts, chosen, line, start, time[1] if time else end)]
    return []


def _years(now: datetime.datetime, month: int | None, day: int) -> Iterator[Parts]:
    """The day in this year if it has come (a day of grace for zones), else in the one before."""
    limit = (now + datetime.timedelta(days=1)).date()
    for year in (now.year, now.year - 1):
        if (year, month or 0, day) <= (limit.year, limit.month, limit.day):
            yield Parts(year, month, day)

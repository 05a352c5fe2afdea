"""Days, months and years: ranges that people type, the timeline and the date facet out of counts per day.

Days are proleptic Gregorian ordinals. All counting is done on whole arrays.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UsageError
from indexer.engines.base import DayCounts
from indexer.results import Bar, DateValue, Timeline

_PARTS = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_MOST_BARS = 120
"""A timeline with more bars than this is drawn with the next coarser interval; asked for by name it may have more."""

MOST_BARS_ASKED = 20_000


def first_day(text: str, name: str) -> int:
    """The first day that `2024`, `2024-06` or `2024-06-24` means. Raises `UsageError` naming the parameter."""
    year, month, day = _parts(text, name)
    return _ordinal(year, month or 1, day or 1, text, name)


def last_day(text: str, name: str) -> int:
    """The last day that a date cut to any precision means. Raises `UsageError` naming the parameter."""
    year, month, day = _parts(text, name)
    month = month or 12
    if not day:
        day = calendar.monthrange(max(year, 1), min(month, 12))[1]
    return _ordinal(year, month, day, text, name)


def _parts(text: str, name: str) -> tuple[int, int, int]:
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{name}={text}: not a date; write 2024, 2024-06 or 2024-06-24")
    year, month, day = (int(part or 0) for part in match.groups())
    return year, month, day


def _ordinal(year: int, month: int, day: int, text: str, name: str) -> int:
    try:
        return date(year, month, day).toordinal()
    except ValueError as error:
        raise UsageError(f"{name}={text}: there is no such day; {error}") from error


def _cut(days: NDArray[np.int32], interval: str) -> NDArray[np.int64]:
    """Each day as the number of its year, month (since year 0) or day, so that equal numbers are one interval."""
    stamps = (days.astype(np.int64) - date(1970, 1, 1).toordinal()).astype("M8[D]")
    if interval == "day":
        return stamps.astype(np.int64)
    if interval == "month":
        return stamps.astype("M8[M]").astype(np.int64)
    return stamps.astype("M8[Y]").astype(np.int64)


_UNITS = {"day": "D", "month": "M", "year": "Y"}


@lru_cache(maxsize=50_000)
def _name(number: int, interval: str) -> str:
    return str(np.datetime64(number, _UNITS[interval]))  # type: ignore[call-overload]


def _summed(counts: DayCounts, interval: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(interval number, count) with both rising in time."""
    if counts.days.size == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    numbers, where = np.unique(_cut(counts.days, interval), return_inverse=True)
    return numbers, np.bincount(where, weights=counts.counts, minlength=numbers.size).astype(np.int64)


def timeline(
    matching: DayCounts, held: DayCounts, interval: str, span: tuple[int | None, int | None] = (None, None)
) -> Timeline:
    """Bars from the first to the last interval of the asked span, or of the matching articles when it is open."""
    days = [*(day for day in span if day is not None)]
    if matching.days.size:
        days += [int(matching.days[0])] if span[0] is None else []
        days += [int(matching.days[-1])] if span[1] is None else []
    if not days or not (matching.days.size or (span[0] and span[1])):
        return Timeline("month" if interval == "auto" else interval, (), matching.undated)
    first, last = min(days), max(days)
    chosen = _fitting(first, last) if interval == "auto" else interval
    a, b = (int(number) for number in _cut(np.array([first, last], np.int32), chosen))
    b = min(b, a + MOST_BARS_ASKED - 1)
    inside = _between(held, *span)
    counted, all_held = (_spread(_summed(counts, chosen), a, b) for counts in (matching, inside))
    bars = [
        Bar(_name(number, chosen), count, have)
        for number, count, have in zip(range(a, b + 1), counted.tolist(), all_held.tolist(), strict=True)
    ]
    return Timeline(chosen, tuple(bars), matching.undated)


def _between(counts: DayCounts, first: int | None, last: int | None) -> DayCounts:
    """The counts of the days of a range, so that an interval of which a part is asked for holds no more than that."""
    begin = 0 if first is None else int(np.searchsorted(counts.days, first))
    end = counts.days.size if last is None else int(np.searchsorted(counts.days, last, side="right"))
    return DayCounts(counts.days[begin:end], counts.counts[begin:end], counts.undated)


def _fitting(first: int, last: int) -> str:
    days = last - first + 1
    if days <= _MOST_BARS:
        return "day" if days <= 62 else "month"
    return "month" if days / 30.4 <= _MOST_BARS else "year"


def _spread(summed: tuple[NDArray[np.int64], NDArray[np.int64]], a: int, b: int) -> NDArray[np.int64]:
    """Counts of the intervals a to b, zeros where nothing is."""
    spread = np.zeros(b - a + 1, np.int64)
    numbers, counts = summed
    inside = (numbers >= a) & (numbers <= b)
    spread[numbers[inside] - a] = counts[inside]
    return spread


def date_facet(counts: DayCounts, start: str | None, end: str | None) -> tuple[DateValue, ...]:
    """Years with their counts; the chosen year shows its months, the chosen month its days."""
    chosen = start if start and start == end else None
    open_year = (start or "")[:4] if start and (end or "")[:4] == start[:4] else None
    open_month = (start or "")[:7] if start and len(start) >= 7 and (end or "")[:7] == start[:7] else None
    months = _values(counts, "month", open_year, chosen, lambda name: _days_of(counts, name, open_month, chosen))
    return _values(counts, "year", "", chosen, lambda name: months if name == open_year else ())


def _days_of(counts: DayCounts, month: str, open_month: str | None, chosen: str | None) -> tuple[DateValue, ...]:
    return _values(counts, "day", month, chosen, lambda _: ()) if month == open_month else ()


def _values(
    counts: DayCounts, interval: str, within: str | None, chosen: str | None, below: object
) -> tuple[DateValue, ...]:
    if within is None:
        return ()
    assert callable(below)
    numbers, sums = _summed(counts, interval)
    named = ((_name(number, interval), count) for number, count in zip(numbers.tolist(), sums.tolist(), strict=True))
    return tuple(
        DateValue(name, count, name == chosen, below(name)) for name, count in named if name.startswith(within)
    )

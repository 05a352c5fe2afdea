"""Read one date string: our own tables first, dateparser with the language as the second chance."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Sequence

from corpus.dates import patterns
from corpus.dates.calendars import other_calendar
from corpus.dates.find import ascii_digits, eastern, find_dates, full_year, month_of, pick
from corpus.dates.found import FIRST_YEAR, LAST_YEAR, Clock, FoundDate, Parts, make
from corpus.dates.relative import find_relative, find_yearless
from corpus.dates.words import DateWords, words_for
from corpus.languages import base_code

LONGEST = 300
"""Characters of a date string that are read."""
_WORTH_A_SECOND_CHANCE = 60
_FIRST_EPOCH, _LAST_EPOCH = 788_918_400, 1_999_999_999  # 1995 to 2033: other numbers are no moments
_TIME = re.compile(r"\d\s?[:hH.]\s?\d\d")
_EDGES = " \t\r\n|·•–—-,;:()[]\"'"


def parse_date(
    text: str, languages: Sequence[str] | str | None = None, captured: datetime.datetime | str | None = None
) -> FoundDate | None:
    """The date that a text states, or None.

    Args:
        text: a date, perhaps with a label ("Veröffentlicht am 24. Juni 2024, 16:28 Uhr"); the first with a day.
        languages: as for `find_dates`. dateparser is asked only about given languages.
        captured: when the text was fetched (ISO 8601 or datetime). Only with it are "yesterday", "2 hours ago" and
            "24 June" resolved.
    """
    line = text.strip()[:LONGEST]
    if not line:
        return None
    found = find_dates(line, languages)
    exact = next((one for one in found if one.day), None)
    if exact:
        return exact
    plain = ascii_digits(line)
    if other_calendar(plain):
        return None
    for finder in (find_relative, find_yearless):
        resolved = finder(line, captured, languages)
        if resolved:
            return resolved[0]
    words = words_for(languages)
    short = _short_year(plain, line, words)
    if short or found:
        return short or found[0]
    return _coarse(plain, line) or _second_chance(line, languages)


def why_not(text: str) -> str | None:
    """Why a date string is refused (another calendar), or None when it is a Gregorian date or no date at all."""
    line = text.strip()[:LONGEST]
    if any(one.day for one in find_dates(line)):
        return None
    return other_calendar(ascii_digits(line))


def _short_year(plain: str, line: str, words: DateWords) -> FoundDate | None:
    """`24 Jun 24 16:28 GMT` (RFC 822), `24-Jun-24`."""
    found = patterns.SHORT_YEAR.search(plain)
    month = month_of(found, words) if found else None
    if not found or not month:
        return None
    parts = Parts(full_year(int(found["yy"])), month, int(found["d"]))
    return pick(plain, line, [(found.start(), found.end(), parts, None)], words)[0] if parts.is_possible() else None


def _coarse(plain: str, line: str) -> FoundDate | None:
    """A text that is nothing but a month in numbers, a year, or seconds (milliseconds) since 1970."""
    whole = plain.strip(_EDGES)
    start = plain.index(whole) if whole else 0
    end = start + len(whole)
    for pattern in (patterns.ISO_MONTH, patterns.MONTH_NUMBER, patterns.YEAR):
        found = pattern.fullmatch(whole)
        if found:
            parts = Parts(int(found["y"]), int(found["mo"]) if "mo" in pattern.groupindex else None)
            return make(parts, None, line, start, end) if parts.is_possible() else None
    if whole.isdecimal() and len(whole) in (10, 13) and _FIRST_EPOCH <= int(whole[:10]) <= _LAST_EPOCH:
        then = datetime.datetime.fromtimestamp(int(whole[:10]), datetime.UTC)
        time = Clock(then.hour, then.minute, then.second, "Z")
        return make(Parts(then.year, then.month, then.day), time, line, start, end)
    found = patterns.EASTERN.fullmatch(whole)
    year = eastern(found) if found else None
    return make(year, None, line, start, end) if year and year.is_possible() else None


def _second_chance(line: str, languages: Sequence[str] | str | None) -> FoundDate | None:
    """What dateparser makes of a short text with a digit, in given languages, when it holds day, month and year."""
    if languages is None or len(line) > _WORTH_A_SECOND_CHANCE or not any(map(str.isdigit, line)):
        return None
    given = [base_code(tag) for tag in ((languages,) if isinstance(languages, str) else languages)]
    import dateparser

    order = words_for(languages).order.upper()
    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": order}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read = dateparser.parse(line, languages=given, settings=settings)
        except (ValueError, TypeError, OverflowError, AttributeError, IndexError, KeyError, RecursionError):
            return None  # an unknown language, or one of dateparser's own faults: the date stays unread
    if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR or str(read.year) not in ascii_digits(line):
        return None
    zone = read.isoformat()[-6:] if read.tzinfo else None
    time = Clock(read.hour, read.minute, None, zone) if _TIME.search(line) else None
    return make(Parts(read.year, read.month, read.day), time, line, 0, len(line))

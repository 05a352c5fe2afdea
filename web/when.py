"""Dates for people: as exact as they are known, in the language of the page."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Literal

from babel import dates, localedata

_STAMP = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d):(\d\d))?")
_SKELETONS = {"month": "yMMMM", "short-month": "yMMM", "short-day": "yMMMd"}
_PLACES = {"en": "en_GB"}
"""A language whose houses write dates in several ways: the one that nobody misreads."""


@lru_cache(maxsize=8192)
def spoken(stamp: str, locale: str, style: str = "long") -> str:
    """`2024`, `2024-06`, `2024-06-24` or `2024-06-24T16:28` as people write it; what is no date is given back.

    `style`: long (`24 June 2024, 16:28`), short (`24 Jun 2024`, without the time) or day (long, without the time).
    """
    match = _STAMP.match(stamp)
    if match is None:
        return stamp
    year, month, day, hour, minute = match.groups()
    if month is None:
        return year
    locale = _PLACES.get(locale, locale)
    try:
        date = datetime.date(int(year), int(month), int(day or 1))
        kind = "day" if day else "month"
        if day and style != "short":
            said = dates.format_date(date, "long", locale=locale)
        else:
            said = dates.format_skeleton(_SKELETONS[f"short-{kind}" if style == "short" else kind], date, locale=locale)
        if hour is None or style != "long":
            return said
        time = dates.format_time(datetime.time(int(hour), int(minute)), "short", locale=locale)
    except ValueError:
        return stamp
    return str(dates.get_datetime_format("medium", locale=locale)).replace("{1}", said).replace("{0}", time)


def _alone(locale: str) -> Literal["format", "stand-alone"]:
    """Where Babel has the names of months that stand alone: a language without names of its own for that shares an
    alias to the others with the root of all locales, which Babel resolves once, in whatever language came first."""
    own, root = (localedata.load(name)["months"]["stand-alone"] for name in (locale, "root"))
    return "format" if own is root else "stand-alone"


@lru_cache(maxsize=512)
def part(value: str, locale: str) -> str:
    """The last part of a year, month or day alone, for lists in which the rest stands above: `June`, `24`."""
    pieces = value.split("-")
    if len(pieces) == 1:
        return value
    try:
        if len(pieces) == 2:
            name = str(dates.get_month_names("wide", context=_alone(locale), locale=locale)[int(pieces[1])])
            return name[0].upper() + name[1:]
        return dates.format_skeleton("d", datetime.date(2000, 1, int(pieces[2])), locale=locale)
    except (ValueError, KeyError):
        return value

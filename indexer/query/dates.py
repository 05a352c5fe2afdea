"""Days as people write them in a query: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2})(?:[T ].*)?)?)?")
_REVERSED = re.compile(r"(?:([0-9]{1,2})[./-])?([0-9]{1,2})[./-]([0-9]{4})")


def days(text: str) -> tuple[int, int] | None:
    """First and last day (ordinals) of `2024`, `2024-06`, `2024-06-24`, `06.2024`, `24.06.2024`; else None."""
    text = text.strip()
    match = _ISO.fullmatch(text)
    if match:
        year, month, day = match.groups()
    else:
        match = _REVERSED.fullmatch(text)
        if not match:
            return None
        day, month, year = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            last = first
        elif month:
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        else:
            last = date(first.year, 12, 31)
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()

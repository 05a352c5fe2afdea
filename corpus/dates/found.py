"""A date as found in a text, and how its parts become ISO 8601."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from corpus.article import Precision

FIRST_YEAR, LAST_YEAR = 1500, 2200
"""Years that a date of the news may have; others belong to other calendars or are no years."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        iso: ISO 8601 cut to its precision, with the zone when it was given (`2024-06-24T16:28+03:00`).
        precision: the smallest part that was given.
        start, end: the place in the text; time and zone belong to it, a day of the week does not.
        text: the text between them.
        zone: `Z` or an offset (`+03:00`) when given, else None.
    """

    iso: str
    precision: Precision
    start: int
    end: int
    text: str
    zone: str | None = None

    @property
    def day(self) -> str | None:
        """`2024-06-24`, or None when the date is less precise than a day."""
        return self.iso[:10] if len(self.iso) >= 10 else None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `zone` is `Z`, an offset, the name of a zone in the tz database, or None."""

    hour: int
    minute: int
    second: int | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a date before they are known to be one."""

    year: int
    month: int | None = None
    day: int | None = None

    def is_possible(self) -> bool:
        """Whether the calendar has such a day, in a year that the news may have."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR or (self.month is not None and not 1 <= self.month <= 12):
            return False
        if self.day is None:
            return True
        if self.month is None or not 1 <= self.day <= 31:
            return False
        try:
            datetime.date(self.year, self.month, self.day)
        except ValueError:
            return False
        return True


def make(parts: Parts, clock: Clock | None, text: str, start: int, end: int) -> FoundDate:
    """The found date of possible parts; a clock counts only with a day."""
    written = f"{parts.year:04d}"
    if parts.month is None:
        return FoundDate(written, "year", start, end, text[start:end])
    written += f"-{parts.month:02d}"
    if parts.day is None:
        return FoundDate(written, "month", start, end, text[start:end])
    day = datetime.date(parts.year, parts.month, parts.day)
    if clock is None:
        return FoundDate(day.isoformat(), "day", start, end, text[start:end])
    hour, minute = clock.hour, clock.minute
    if hour == 24:
        day, hour = day + datetime.timedelta(days=1), 0
    written = f"{day.isoformat()}T{hour:02d}:{minute:02d}"
    precision: Precision = "minute"
    if clock.second is not None:
        written, precision = f"{written}:{clock.second:02d}", "second"
    zone = _offset(clock.zone, day, hour, minute) if clock.zone else None
    return FoundDate(written + (zone or ""), precision, start, end, text[start:end], zone)


def _offset(zone: str, day: datetime.date, hour: int, minute: int) -> str:
    """`Z` or `+03:00` of a zone on a day."""
    if "/" not in zone:
        return zone
    from zoneinfo import ZoneInfo  # rarely needed, and slow to come

    moment = datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return moment.isoformat()[-6:]

"""Dates as the news of fourteen languages writes them, read to ISO 8601 with their precision and zone."""

from __future__ import annotations

from corpus.dates.find import find_dates
from corpus.dates.found import FoundDate
from corpus.dates.parse import parse_date, why_not
from corpus.dates.relative import find_relative

__all__ = ["FoundDate", "find_dates", "find_relative", "parse_date", "why_not"]

"""What is asked of every peer; imports nothing, so that it costs nothing in a cold start."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["and", "or", "not", "phrase", "prefix", "year", "facets", "term"]

CLASSES: dict[str, Kind] = {
    "common term": "term",
    "AND, common": "and",
    "AND, selective": "and",
    "OR of 3": "or",
    "NOT": "not",
    "phrase, common": "phrase",
    "phrase, selective": "phrase",
    "prefix": "prefix",
    "term + one year": "year",
    "facets over all hits": "facets",
}
"""Name of the class → what is asked. Facets: all categories, all months, the 20 most frequent entities."""


def default_cache() -> Path:
    """Where articles, indexes and jars are kept between runs."""
    return Path(tempfile.gettempdir()) / "newsdex-benchmarks"


@dataclass(frozen=True)
class Asked:
    """One query: its words, and the days of a year for "year"."""

    words: tuple[str, ...]
    first_day: int = 0
    last_day: int = 0

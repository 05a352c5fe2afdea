"""The schema of an index, and its columns of numbers, as Whoosh sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from whoosh import fields
from whoosh.columns import ColumnReader

from indexer.engines.stock.fields import schema as stock_schema
from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.segment import Segment

NUMBERS = ("day", "minute", "published")
_MINUTE = 60_000_000
"""Microseconds; Whoosh counts them from the beginning of the year 1."""


def make_schema(texts: Iterable[str], facets: Iterable[str]) -> Any:
    """What `newsdex export --format whoosh` writes, and `published`: day and time, midnight where it is not known."""
    schema = stock_schema(texts, facets)
    schema.add("published", fields.DATETIME(sortable=True))
    return schema


def numbers(segment: Segment, name: str) -> tuple[Array, Array | None]:
    """A column of numbers, and which documents have one (None: all)."""
    if name == "day":
        return segment.days.astype(np.int64), None
    if name == "minute":
        return segment.minutes.astype(np.int64), None
    minutes = (segment.days.astype(np.int64) - 1) * 1440 + np.maximum(segment.minutes, 0)
    return minutes * _MINUTE, segment.days > 0


class NumberColumn(ColumnReader):  # type: ignore[misc]
    """A column of numbers, as the field `kind` orders them; documents that have none show its default."""

    def __init__(self, column: Array, held: Array | None, kind: Any) -> None:
        more = 0 if isinstance(kind, fields.DATETIME) else 1 << (kind.bits - 1)
        default = kind.column_type.default_value()
        present = [True] * len(column) if held is None else held.tolist()
        pairs = zip(column.tolist(), present, strict=True)
        self._numbers: list[int] = [number + more if there else default for number, there in pairs]
        self._sign = 1

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, docnum: int) -> int:
        return self._numbers[docnum]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def sort_key(self, docnum: int) -> int:
        return self._sign * self._numbers[docnum]

    def load(self) -> list[int]:
        return self._numbers

    def set_reverse(self) -> None:
        self._sign = -1

"""Small tools over arrays that every part of the engine uses."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def bounds_of(sizes: Array) -> NDArray[np.int64]:
    """Group sizes → bounds: group i is `bounds[i]:bounds[i + 1]`."""
    bounds = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return bounds


def sizes_of(bounds: Array) -> NDArray[np.int64]:
    """Bounds → group sizes."""
    bounds = bounds.astype(np.int64)
    return bounds[1:] - bounds[:-1]


def ranges(starts: Array, sizes: Array) -> NDArray[np.int64]:
    """All numbers of the ranges that begin at `starts` and hold `sizes` numbers, one range after the other.

    A running sum of steps: one within a range, a jump at its end. `np.repeat` takes several times as long.
    """
    held = where(sizes > 0)
    if held.size < sizes.size:
        starts, sizes = starts.take(held), sizes.take(held)
    ends = sizes.cumsum(dtype=np.int64)
    steps = np.ones(int(ends[-1]) if ends.size else 0, np.int64)
    if ends.size:
        starts = starts.astype(np.int64)
        steps[0] = starts[0]
        steps[ends[:-1]] = starts[1:] - (starts[:-1] + sizes[:-1]) + 1
        steps.cumsum(out=steps)
    return steps


def changes(values: Array) -> NDArray[np.intp]:
    """Where a value differs from the one before; the first always does."""
    fresh = np.empty(values.size, bool)
    fresh[:1] = True
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return where(fresh)


def where(mask: Array) -> NDArray[np.intp]:
    """Where a flat mask holds."""
    return mask.nonzero()[0]


def smallest_but(values: Array, number: int) -> Any:
    """The value that would stand at a place if they rose: 0 is the smallest."""
    risen = values.copy()
    risen.partition(number)
    return risen[number]


def lower(table: Array, key: int) -> int:
    """Where in a rising table the first number is that is not less than the key (without widening the table)."""
    return int(table.searchsorted(table.dtype.type(key)))


def look_up(keys: Array, table: Array) -> tuple[NDArray[np.intp], Array]:
    """Where in a rising, not empty table each key stands, and whether it is there at all."""
    at = table.searchsorted(keys)
    at[at == table.size] = 0
    there: Array = table[at] == keys
    return at, there


def smallest(highest: int) -> Any:
    """The smallest unsigned type that holds this number."""
    return np.uint8 if highest < 1 << 8 else np.uint16 if highest < 1 << 16 else narrow(highest)


def narrow(highest: int) -> Any:
    """The smaller of the unsigned types of 32 and 64 bits that holds this number."""
    return np.uint32 if highest < 1 << 32 else np.uint64

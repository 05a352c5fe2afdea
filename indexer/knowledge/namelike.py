"""How much a word looks like a part of a person's name, by its letters.

A logistic regression made by `sources/namelike.py`; its data card is in data/NOTICE.md.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from zlib import crc32

from indexer.knowledge.tables import table

BUCKETS = 1 << 15
SIZES = (2, 3, 4, 5)


def groups_of(folded: str) -> list[int]:
    """The buckets of a word's letter groups, its ends marked."""
    marked = f"<{folded}>".encode("utf-16-le")
    size = len(marked) // 2
    return [crc32(marked[2 * i : 2 * (i + n)]) % BUCKETS for n in SIZES for i in range(size - n + 1)]


@cache
def namelike(language: str) -> Callable[[str], float] | None:
    """The measure of one language: folded word → log odds of being a name (0 is even); None without one."""
    row = table("namelike.json").get(language)
    if row is None:
        return None
    weights = memoryview(base64.b64decode(row["weights"])).cast("b")
    scale, bias = float(row["scale"]), float(row["bias"])

    def measure(folded: str) -> float:
        return sum(weights[bucket] for bucket in groups_of(folded)) * scale + bias

    return measure

"""In whose company names stand: what lets a family name alone mean the one person who bears it.

A family name never joins anybody by itself. It does when nearly all full names with it in the archive are one
person's, and when it stands among the same people, places and organisations as that person does; or when the whole
name stands in every article that has it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

DOMINANT, LEAST_ARTICLES, LEAST_SHARED, LEAST_SHARE = 0.9, 2, 2, 0.34


def shared_company(own: Mapping[str, int], theirs: Mapping[str, int]) -> tuple[str, ...]:
    """What a family name that stands alone shares with a person's names, the most frequent first.

    Both map what stands beside them to its number of articles. Nothing when it is too little to join them.
    """
    shared = sorted((one for one in own if one in theirs), key=lambda one: (-own[one], one))
    enough = sum(own[one] for one in shared) >= LEAST_SHARE * sum(own.values())
    return tuple(shared) if enough and len(shared) >= LEAST_SHARED else ()


def named_in_full(own: NDArray[np.int64], persons: Mapping[int, NDArray[np.int64]]) -> int | None:
    """The one of several people whose whole name stands in all articles that have a family name alone, or None.

    Articles are their numbers, of the family name and of each person.
    """
    found = [number for number, theirs in persons.items() if np.isin(own, theirs).all()]
    return found[0] if len(found) == 1 else None


def dominant(counts: dict[int, int]) -> int | None:
    """The one of several people who has nearly all articles of a family name, or None."""
    if not counts:
        return None
    best = max(counts, key=lambda number: (counts[number], -number))
    enough = counts[best] >= LEAST_ARTICLES and counts[best] >= DOMINANT * sum(counts.values())
    return best if enough else None

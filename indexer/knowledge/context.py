"""In whose company names stand: what lets a family name alone mean the one person who bears it.

A family name never joins anybody by itself. It does when nearly all full names with it in the archive are one
person's, and when it stands among the same people, places and organisations as that person does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

KEPT, MOST = 40, 120
DOMINANT, LEAST_ARTICLES, LEAST_SHARED, LEAST_SHARE = 0.9, 2, 2, 0.34


class Company:
    """For each name, what stands beside it most often; at most 120 companions a name are held."""

    def __init__(self) -> None:
        self._beside: dict[Hashable, Counter[Hashable]] = {}

    def add(self, names: Iterable[Hashable], companions: Iterable[Hashable]) -> None:
        """Take in one article: its names, and all that they stand beside."""
        others = list(companions)
        for name in names:
            row = self._beside.setdefault(name, Counter())
            row.update(other for other in others if other != name)
            if len(row) > MOST:
                self._beside[name] = Counter(
                    dict(sorted(row.items(), key=lambda item: (-item[1], str(item[0])))[:KEPT])
                )

    def of(self, names: Iterable[Hashable]) -> Counter[Hashable]:
        """All companions of several names of one person."""
        found: Counter[Hashable] = Counter()
        for name in names:
            found.update(self._beside.get(name, Counter()))
        return found

    def agrees(self, alone: Hashable, names: Iterable[Hashable]) -> tuple[Hashable, ...]:
        """What a family name shares with a person's names, when that is enough to join them; else nothing."""
        own = self._beside.get(alone, Counter())
        theirs = self.of(names)
        shared = [companion for companion, _ in own.most_common() if companion in theirs]
        weight = sum(own[companion] for companion in shared)
        enough = len(shared) >= LEAST_SHARED and weight >= LEAST_SHARE * own.total()
        return tuple(shared) if enough else ()


def dominant(counts: dict[int, int]) -> int | None:
    """The one of several people who has nearly all articles of a family name, or None."""
    if not counts:
        return None
    best = max(counts, key=lambda number: (counts[number], -number))
    enough = counts[best] >= LEAST_ARTICLES and counts[best] >= DOMINANT * sum(counts.values())
    return best if enough else None

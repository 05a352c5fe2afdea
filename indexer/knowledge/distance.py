"""How alike two readings of a name are: a weighted edit distance, for one pair or for many at once.

Vowels count half and h less; letters that languages write for one another (z and s, v and f, l and r) are close.
The distance is Levenshtein's with weights, computed for all pairs of a batch cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

VOWEL, BREATH, CONSONANT = 0.5, 0.4, 1.0
NEAR, BETWEEN_VOWELS = 0.3, 0.8
FLOOR = 0.7
"""No consonant counts more where a distance is judged by lengths alone: it may become a vowel or h for `NEAR`."""
ROUNDING = 1e-9
_LETTERS = "abcdefghijklmnopqrstuvwxyzZSC"
_NEAR = frozenset({
    "zs", "Zz", "ZS", "Ss", "gh", "gk", "dt", "bp", "vf", "vu", "cs", "cC", "CS", "kh", "lr", "vb", "sc", "zc", "ZC",
    "Zi", "ui", "ei", "ea", "ou", "oa", "ai",
})  # fmt: skip
_STEP = 16_384
"""Pairs of names compared at once: some megabytes for each letter."""


def weight(char: str) -> float:
    """What leaving out a letter costs."""
    return VOWEL if char in "aeiou" else BREATH if char == "h" else CONSONANT


@lru_cache(maxsize=1)
def _costs() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the letters, and what taking one for another costs; the last letter stands for nothing."""
    weights = np.array([*map(weight, _LETTERS), 0.0])
    swaps = np.maximum(weights[:, None], weights[None, :])
    swaps[:-1, :-1] = [[_swap(a, b) for b in _LETTERS] for a in _LETTERS]
    return weights, swaps


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {char: i for i, char in enumerate(_LETTERS)}


@lru_cache(maxsize=32_768)
def likeness(a: str, b: str, least: float = 0.0) -> float:
    """The likeness of two readings, 0 to 1; 0 where it is below `least`, as most pairs soon show."""
    if a == b:
        return 1.0
    longest = max(heaviness(a), heaviness(b)) or 1.0
    most = (1.0 - least) * longest + ROUNDING
    others = [(other, weight(other)) for other in b]
    row = [0.0]
    for _, cost in others:
        row.append(row[-1] + cost)
    for char in a:
        gone, swaps = weight(char), _SWAPS[char]
        before, row = row, [row[0] + gone]
        left, corner = row[0], before[0]
        for (other, cost), above in zip(others, before[1:], strict=True):
            # plain comparisons: the three ways to come here are weighed for every two letters
            cheapest, without, added = corner + swaps[other], above + gone, left + cost
            if without < cheapest:
                cheapest = without
            left, corner = added if added < cheapest else cheapest, above
            row.append(left)
        if min(row) > most:
            return 0.0
    return max(0.0, 1.0 - row[-1] / longest)


@lru_cache(maxsize=32_768)
def heaviness(reading: str) -> float:
    """What leaving out all of a reading costs."""
    return sum(map(weight, reading))


@lru_cache(maxsize=32_768)
def _floor(reading: str) -> float:
    return sum(min(FLOOR, weight(char)) for char in reading)


def able(a: str, b: str, least: float) -> bool:
    """Whether readings of these weights can be as alike as `least`: their distance is that of their floors or more."""
    apart = abs(_floor(a) - _floor(b))
    return a == b or apart <= (1.0 - least) * max(heaviness(a), heaviness(b)) + ROUNDING


class _Swaps(dict[str, "_Swaps.Row"]):
    """What taking one letter for another costs, by the two letters; worked out when first asked for."""

    class Row(dict[str, float]):
        def __init__(self, letter: str) -> None:
            self._letter = letter

        def __missing__(self, other: str) -> float:
            return self.setdefault(other, _swap(self._letter, other))

    def __missing__(self, letter: str) -> Row:
        return self.setdefault(letter, _Swaps.Row(letter))


_SWAPS = _Swaps()


@lru_cache(maxsize=4096)
def _swap(a: str, b: str) -> float:
    """What taking one letter for another costs."""
    if a == b:
        return 0.0
    if a + b in _NEAR or b + a in _NEAR:
        return NEAR
    return max(weight(a), weight(b)) * (BETWEEN_VOWELS if a in "aeiou" and b in "aeiou" else 1.0)


def closest(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], least: NDArray[np.float64]
) -> NDArray[np.float64]:
    """For each i the best likeness of any reading in left[i] with any in right[i].

    What cannot reach least[i] by the lengths of the readings comes out as 0.
    """
    numbers: dict[str, int] = {}
    one, two = (_rows(ways, numbers) for ways in (left, right))
    coded = _coded(list(numbers))
    weights = _costs()[0]
    heavy, floor = weights[coded].sum(axis=1), np.minimum(FLOOR, weights)[coded].sum(axis=1)
    found = np.zeros(len(left))
    for begin in range(0, len(left), _STEP):
        end = begin + _STEP
        a, b = np.broadcast_arrays(one[begin:end, :, None], two[begin:end, None, :])
        most = (1.0 - least[begin:end, None, None]) * np.maximum(heavy[a], heavy[b]) + ROUNDING
        able = (a >= 0) & (b >= 0) & (np.abs(floor[a] - floor[b]) <= most)
        able |= (a == b) & (a >= 0)
        codes, at = np.unique(a[able] * len(numbers) + b[able], return_inverse=True)
        best = np.zeros(a.shape)
        best[able] = _compared(coded[codes // max(1, len(numbers))], coded[codes % max(1, len(numbers))])[at]
        found[begin:end] = best.max(axis=(1, 2), initial=0.0)
    return found


def _rows(ways: Sequence[Sequence[str]], numbers: dict[str, int]) -> NDArray[np.int64]:
    """Readings as numbers, a row each, filled up with -1."""
    width = max(map(len, ways), default=0)
    rows = [[numbers.setdefault(way, len(numbers)) for way in row] + [-1] * (width - len(row)) for row in ways]
    return np.array(rows, np.int64).reshape(len(ways), width)


def _coded(words: Sequence[str]) -> NDArray[np.intp]:
    """Words as rows of letters, filled up with the letter that stands for nothing."""
    width = max(map(len, words), default=0)
    numbers, nothing = _numbers(), len(_LETTERS)
    rows = [[numbers.get(c, nothing) for c in word] + [nothing] * (width - len(word)) for word in words]
    return np.array(rows, np.intp).reshape(len(words), width)


def _compared(a: NDArray[np.intp], b: NDArray[np.intp]) -> NDArray[np.float64]:
    """The likeness of each row of letters of one with that of the other."""
    weights, swaps = _costs()
    nothing = len(_LETTERS)
    a = a[:, : max(1, int((a != nothing).sum(axis=1).max(initial=1)))]
    b = b[:, : max(1, int((b != nothing).sum(axis=1).max(initial=1)))]
    weight_a, weight_b = weights[a], weights[b]
    row = np.zeros((b.shape[1] + 1, len(a)))
    np.cumsum(weight_b.T, axis=0, out=row[1:])
    longest = np.maximum(weight_a.sum(axis=1), row[-1])
    # what fills a word up weighs nothing, so that the last cell is that of the words alone
    for i in range(a.shape[1]):
        before, row = row, np.empty_like(row)
        row[0] = before[0] + weight_a[:, i]
        swapped = swaps[a[:, i][:, None], b]
        for j in range(b.shape[1]):
            row[j + 1] = np.minimum(
                np.minimum(before[j] + swapped[:, j], before[j + 1] + weight_a[:, i]), row[j] + weight_b[:, j]
            )
    return np.asarray(np.maximum(0.0, 1.0 - row[-1] / np.where(longest > 0, longest, 1.0)))

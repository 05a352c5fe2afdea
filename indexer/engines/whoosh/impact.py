"""Impact codes: one byte a posting that ranks it at once, and from which the term's frequency is read back.

A code is close to 255 · f / (f + k1 (1 − b + b l / a)): the part of BM25 (Robertson and Walker 1994) that depends on
the article. Lengths are taken in steps of about 4 % for this, and codes of one length rise strictly with f, so that
(step of length, code) gives f back; code 255 stands for a frequency that is kept apart. Ranking by codes is off by a
known ratio at most (`ratio`): whoever rescores all hits within it has the exact order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array

K1, B = 1.2, 0.75
"""What the codes are made with; a search may score with others."""
APART = 255
"""The code of postings whose frequency is kept apart."""
UNIT = 1 / 255
"""What one code more says."""
_SLACK = 2  # how far a code may be pushed up to stay apart from its neighbour
_MOST = 64  # frequencies from here on are always kept apart


@lru_cache(maxsize=1)
def steps() -> NDArray[np.int64]:
    """int64 (257,): step i holds the lengths `steps[i] <= l < steps[i + 1]`; every length up to 24 has its own."""
    low = np.arange(25)
    high = np.maximum(np.ceil(24 * 1.04 ** np.arange(1, 232)), 25 + np.arange(231))
    return np.concatenate([low, high, [1 << 40]]).astype(np.int64)


@lru_cache(maxsize=1)
def _small() -> Array:
    return (np.searchsorted(steps(), np.arange(1 << 16), side="right") - 1).astype(np.uint8)


def step_of(lengths: Array) -> Array:
    """The step of each length, uint8."""
    if lengths.dtype.itemsize <= 2:
        return _small()[lengths]
    small = _small()[np.minimum(lengths, (1 << 16) - 1)]
    if lengths.size and lengths.max() >= 1 << 16:
        return np.where(lengths < 1 << 16, small, np.searchsorted(steps(), lengths, side="right") - 1).astype(np.uint8)
    return small


@dataclass(frozen=True)
class Codebook:
    """The codes of one field of one segment.

    Attributes:
        codes: uint8 (256 * 64,): step of length * 64 + frequency → code.
        frequencies: uint8 (256 * 256,): step of length * 256 + code → frequency (0: no such code).
    """

    average: float
    codes: NDArray[np.uint8]
    frequencies: NDArray[np.uint8]

    def encode(self, steps_: NDArray[np.uint8], frequencies: NDArray[np.integer]) -> NDArray[np.uint8]:
        at = steps_.astype(np.intp)
        at *= _MOST
        at += np.minimum(frequencies, _MOST - 1)
        return self.codes[at]

    def decode(self, steps_: NDArray[np.uint8], codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        at = steps_.astype(np.intp)
        at <<= 8
        at += codes
        return self.frequencies[at]

    def ratio(self, average: float, k1: float, b: float, shortest: int, longest: int) -> tuple[float, float]:
        """Between how many times code / 255 the figure f / (f + k1 (1 − b + b l / average)) lies for lengths from
        shortest to longest, off by `UNIT` besides, which is much only where the figure is next to nothing.

        Postings kept apart are not meant: their frequency is known, and whoever ranks puts the exact figure there.
        """
        first, last = (int(x) for x in np.searchsorted(steps(), [max(shortest, 1), longest], side="right") - 1)
        codes = self.codes.reshape(256, _MOST)[first : last + 1, 1:].astype(np.float64) / 255
        f = np.arange(1, _MOST, dtype=np.float64)
        least, most = 1.0, 1.0
        for lengths in (steps()[first : last + 1], np.minimum(steps()[first + 1 : last + 2] - 1, longest)):
            exact = f / (f + (k1 * (1 - b + b * np.maximum(lengths, 1) / average))[:, None])
            least = min(least, float(((exact + UNIT) / codes)[codes < 1].min(initial=1)))
            most = max(most, float(((exact - UNIT) / codes)[codes < 1].max(initial=1)))
        return least, most


@lru_cache(maxsize=256)
def codebook(average: float) -> Codebook:
    """The codes for a field whose average length is this."""
    centres = np.maximum(steps()[:-1], 1)
    norm = K1 * (1 - B + B * centres / max(average, 1e-9))
    codes = np.full((256, _MOST), APART, np.int64)
    codes[:, 0] = 0
    apart = np.zeros(256, bool)
    for f in range(1, _MOST - 1):
        natural = np.maximum(np.rint(255 * f / (f + norm)), 1).astype(np.int64)
        code = np.maximum(natural, codes[:, f - 1] + 1)
        apart |= (code > natural + _SLACK) | (code >= APART)
        codes[:, f] = np.where(apart, APART, code)
    frequencies = np.zeros((256, 256), np.uint8)
    for f in range(1, _MOST - 1):
        kept = codes[:, f] != APART
        frequencies[kept, codes[kept, f]] = f
    return Codebook(average, codes.astype(np.uint8).reshape(-1), frequencies.reshape(-1))

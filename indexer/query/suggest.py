"""Nearest spellings and completions from the words that an archive holds.

    suggester = Suggester(searcher.terms("body_folded", "", 5_000_000))
    suggester.spell("lukaschenka")       # [("lukaschenko", 812), …]
    suggester.complete("luka")
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.folding import fold
from indexer.analysis.words import chains, split

LEAST_ARTICLES = 2
"""Articles that must hold a word for it to be suggested: the rest are mostly misprints."""
MOST_WORDS = 400_000
MOST_COMPARED = 3_000
MOST_SPELLED = 8
"""Words of one query that a nearer spelling is looked for."""
LONGEST = 40
"""Letters of a word that is spelled; longer ones are never suggested for another."""
_DISTANCE_COST = 3.5
_FIRST_LETTER_COST = 2.0
_BETTER = 4
"""How many times as frequent as the typed word a suggestion has to be."""


class Suggester:
    """Suggests from folded words and the number of articles that hold each. Safe to share between threads."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        """`terms` may come in any order; single characters, numbers and rare words are left out."""
        kept = [(term, count) for term, count in terms if count >= LEAST_ARTICLES and len(term) > 1 and term.isalpha()]
        if len(kept) > MOST_WORDS:
            kept = sorted(kept, key=lambda pair: -pair[1])[:MOST_WORDS]
        kept.sort()
        self._words = [term for term, _ in kept]
        self._counts = np.array([count for _, count in kept], np.int64)
        self._sizes = {size: _Size.of(self._words, at) for size, at in _by_length(self._words).items()}

    def __len__(self) -> int:
        return len(self._words)

    def count(self, word: str) -> int:
        """Number of articles that hold a folded word, 0 for one that is left out here."""
        i = bisect_left(self._words, word)
        return int(self._counts[i]) if i < len(self._words) and self._words[i] == word else 0

    def spell(self, word: str, limit: int = 3) -> list[tuple[str, int]]:
        """The nearest words that are much more frequent, best first, with their counts.

        Up to one edit for words of four letters or fewer, else two; each edit has to be outweighed by frequency.
        """
        typed = fold(word)
        if not 3 <= len(typed) <= LONGEST or not self._words:
            return []
        most = 1 if len(typed) < 5 else 2
        least = _BETTER * self.count(typed)
        ranked = []
        for size in range(len(typed) - most, len(typed) + most + 1):
            for i, distance in self._near(typed, most, size, least):
                other, count = self._words[i], int(self._counts[i])
                cost = distance * _DISTANCE_COST + (_FIRST_LETTER_COST if other[0] != typed[0] else 0)
                ranked.append((cost - log(1 + count), other, count))
        return [(other, count) for _, other, count in sorted(ranked)[:limit]]

    def complete(self, beginning: str, limit: int = 8) -> list[tuple[str, int]]:
        """The most frequent words that begin so, with their counts."""
        typed = fold(beginning)
        if not typed:
            return []
        first = bisect_left(self._words, typed)
        last = bisect_left(self._words, typed + "\U0010ffff", first)
        counts = self._counts[first:last]
        if counts.size > limit:
            best = np.argpartition(counts, -limit)[-limit:]
        else:
            best = np.arange(counts.size)
        order = sorted(best.tolist(), key=lambda i: (-int(counts[i]), i))
        return [(self._words[first + i], int(counts[i])) for i in order]

    def query(self, text: str, lost: Iterable[str] | None = None) -> str | None:
        """A whole query with its unknown words replaced by their nearest spellings; None when nothing is better.

        `lost` are the words and phrases of the query that nothing was found for, when that is known: nothing else is
        replaced, and no part of words that signs join (E-Mail).
        """
        some = None if lost is None else {fold(word) for one in lost for word in _whole_words(one)}
        pieces: list[str] = []
        end = 0
        changed = False
        tried = 0
        for word in split(text):
            surface = text[word.start : word.end]
            unknown = not word.single and tried < MOST_SPELLED and not self.count(fold(surface))
            unknown = unknown and (some is None or fold(surface) in some) and text[word.end : word.end + 1] != ":"
            tried += unknown
            better = self.spell(surface, 1) if unknown else []
            pieces += [text[end : word.start], better[0][0] if better else surface]
            changed = changed or bool(better)
            end = word.end
        return "".join([*pieces, text[end:]]) if changed else None

    def _near(self, typed: str, most: int, size: int, least: int) -> Iterator[tuple[int, int]]:
        """Other words of a length, at most so many edits away and in so many articles, each with its distance."""
        words = self._sizes.get(size)
        if words is None:
            return
        # a letter changed is two in the sets of letters, one put in or taken out is one
        differing = 2 * most - abs(size - len(typed))
        chosen = np.flatnonzero(_ones(words.letters ^ np.uint64(_letters(typed))) <= differing)
        counts = self._counts[words.at[chosen]]
        if chosen.size > MOST_COMPARED:
            common = np.argpartition(counts, -MOST_COMPARED)[-MOST_COMPARED:]
            chosen, counts = chosen[common], counts[common]
        chosen = chosen[counts >= max(least, 1)]
        distances = edits(typed, words.codes[chosen])
        close = np.flatnonzero((distances > 0) & (distances <= most))
        yield from zip(words.at[chosen[close]].tolist(), distances[close].tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class _Size:
    """The words of one length: their numbers, sets of letters and code points, shape (words, length)."""

    at: NDArray[np.int64]
    letters: NDArray[np.uint64]
    codes: NDArray[np.uint32]

    @classmethod
    def of(cls, words: Sequence[str], at: NDArray[np.int64]) -> _Size:
        joined = "".join(words[i] for i in at.tolist()).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(joined, "<u4").reshape(at.size, -1)
        bits = np.left_shift(np.uint64(1), (codes & np.uint32(63)).astype(np.uint64))
        return cls(at, np.bitwise_or.reduce(bits, axis=1), codes)


def _by_length(words: Sequence[str]) -> dict[int, NDArray[np.int64]]:
    """The numbers of the words of each length up to `LONGEST`."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return {size: at for size in range(1, LONGEST + 3) if (at := np.flatnonzero(lengths == size)).size}


def edits(text: str, codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The distance of words of one length from a text, two neighbours swapped counting as one edit.

    All words at once (the optimal string alignment of Damerau's distance, 1964).
    """
    n, size = codes.shape
    steps = np.arange(size + 1, dtype=np.int16)
    two = before = np.zeros((n, 0), np.int16)
    row = np.broadcast_to(steps, (n, size + 1))
    for i, letter in enumerate(map(ord, text), 1):
        two, before = before, row
        fresh = np.empty((n, size + 1), np.int16)
        fresh[:, 0] = i
        np.minimum(before[:, 1:] + 1, before[:, :-1] + (codes != letter), out=fresh[:, 1:])
        if i > 1 and size > 1:
            swapped = (codes[:, :-1] == letter) & (codes[:, 1:] == ord(text[i - 2]))
            fresh[:, 2:] = np.where(swapped, np.minimum(fresh[:, 2:], two[:, :-2] + 1), fresh[:, 2:])
        row = np.minimum.accumulate(fresh - steps, axis=1) + steps  # a letter put in costs one, from the left on
    return row[:, -1].astype(np.int64)


def written(text: str, folded: str) -> str | None:
    """How a folded word is written in a text, for showing it: `gesprache` → `Gespräche`; None when it is not there."""
    return next((s for w in split(text) if fold(s := text[w.start : w.end]) == folded), None)


def _whole_words(text: str) -> Iterator[str]:
    """The words of a word or phrase that signs do not join to others."""
    words = split(text)
    joined = {i for chain in chains(text, words) for i in range(chain.first, chain.last + 1)}
    yield from (text[word.start : word.end] for i, word in enumerate(words) if i not in joined)


def _letters(word: str) -> int:
    """A set of 64 bits with one for each letter; an edit changes at most two."""
    bits = 0
    for c in word:
        bits |= 1 << (ord(c) & 63)
    return bits


def _ones(values: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Number of bits set in each."""
    quarters = _ones_of_16()[values.view(np.uint16)].reshape(-1, 4)
    ones: NDArray[np.uint8] = quarters.sum(axis=1, dtype=np.uint8)
    return ones


@lru_cache(maxsize=1)
def _ones_of_16() -> NDArray[np.uint8]:
    """Number of bits set in each number of 16 bits."""
    pairs = np.arange(1 << 16, dtype=np.uint16).view(np.uint8).reshape(-1, 2)
    ones: NDArray[np.uint8] = np.unpackbits(pairs, axis=1).sum(axis=1, dtype=np.uint8)
    return ones

"""Nearest spellings and completions from the words that an archive holds.

    suggester = Suggester(searcher.terms("body_folded", "", 5_000_000))
    suggester.spell("lukaschenka")       # [("lukaschenko", 812), …]
    suggester.complete("luka")
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from math import log

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.folding import fold
from indexer.analysis.words import split
from indexer.query.matching import within

LEAST_ARTICLES = 2
"""Articles that must hold a word for it to be suggested: the rest are mostly misprints."""
MOST_WORDS = 400_000
MOST_COMPARED = 3_000
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
        self._lengths = np.array([len(term) for term in self._words], np.int64)
        self._letters = np.array([_letters(term) for term in self._words], np.uint64)

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
        if not 3 <= len(typed) <= 40 or not self._words:
            return []
        most = 1 if len(typed) < 5 else 2
        own = self.count(typed)
        ranked = []
        for i in self._near(typed, most):
            other, count = self._words[i], int(self._counts[i])
            if other == typed or count < _BETTER * own:
                continue
            distance = 1 if within(typed, other, 1) else 2 if most == 2 and within(typed, other, 2) else 0
            if distance:
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

    def query(self, text: str) -> str | None:
        """A whole query with its unknown words replaced by their nearest spellings; None when nothing is better."""
        pieces: list[str] = []
        end = 0
        changed = False
        for word in split(text):
            surface = text[word.start : word.end]
            better = self.spell(surface, 1) if not word.single and not self.count(fold(surface)) else []
            pieces += [text[end : word.start], better[0][0] if better else surface]
            changed = changed or bool(better)
            end = word.end
        return "".join([*pieces, text[end:]]) if changed else None

    def _near(self, typed: str, most: int) -> list[int]:
        """Words of about the length and letters of the typed one, the most frequent of them."""
        differing = _ones(self._letters ^ np.uint64(_letters(typed)))
        near = np.flatnonzero((np.abs(self._lengths - len(typed)) <= most) & (differing <= 2 * most))
        if near.size > MOST_COMPARED:
            near = near[np.argpartition(self._counts[near], -MOST_COMPARED)[-MOST_COMPARED:]]
        found: list[int] = near.tolist()
        return found


def written(text: str, folded: str) -> str | None:
    """How a folded word is written in a text, for showing it: `gesprache` → `Gespräche`; None when it is not there."""
    return next((s for w in split(text) if fold(s := text[w.start : w.end]) == folded), None)


def _letters(word: str) -> int:
    """A set of 64 bits with one for each letter; an edit changes at most two."""
    bits = 0
    for c in word:
        bits |= 1 << (ord(c) & 63)
    return bits


def _ones(values: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Number of bits set in each."""
    ones: NDArray[np.uint8] = np.unpackbits(values.view(np.uint8).reshape(-1, 8), axis=1).sum(axis=1, dtype=np.uint8)
    return ones

"""Phrases and words near each other: documents that hold all the words, then their positions, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.arrays import Array, where
from indexer.engines.whoosh.found import Docs, Found, holds
from indexer.engines.whoosh.operators import And, Operator, Probed, wider
from indexer.engines.whoosh.places import Places, common, few_of, likely
from indexer.engines.whoosh.word import Word

_TOGETHER = 1 << 14
"""Documents whose places are looked at together: what is made of them stays in the processor's cache."""


def following(reached: Array, keys: Array, gap: int, slop: int) -> Array:
    """Those keys that stand gap to gap + slop behind one that was reached."""
    if not reached.size or not keys.size:
        return keys[:0]
    if not slop:
        return common(reached + reached.dtype.type(gap), keys)
    wanted = keys.astype(np.int64) - gap
    reached = reached.astype(np.int64)
    at = np.searchsorted(reached, wanted, side="right") - 1
    return keys[(at >= 0) & (reached[at] >= wanted - slop)]


class Positional(Operator):
    """Documents that hold some words in certain places; scores as the sum of the words.

    Args:
        words: for each place in the query; a word that is named twice is the same object.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.count = words[0].count
        self._distinct = list({id(word): word for word in words}.values())
        self._all = And(self._distinct)
        self.size = self._all.size
        self.slack, self.ratio = sum(word.slack for word in words), wider(words)

    def matching(self, docs: Docs) -> Docs:
        """The documents, among those given, in which the places are right; maybe others too. All hold all words."""
        if docs.size <= _TOGETHER:
            return self._matching(docs)
        return np.concatenate([self._matching(docs[i : i + _TOGETHER]) for i in range(0, docs.size, _TOGETHER)])

    def _matching(self, docs: Docs) -> Docs:
        """`matching`, of at least one and not too many."""
        raise NotImplementedError

    @cached_property
    def members(self) -> Docs:
        """All documents that match."""
        docs = self._all.found(scored=False).listed()
        return self.matching(docs) if docs.size else docs

    def found(self, scored: bool = True) -> Found:
        docs = self.members
        return Found(docs, None, self._scores(docs, False) if scored else 0.0, docs.size)

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        if "members" in self.__dict__ or docs.size > self.size:
            present = holds(self.members, docs, self.count)
        else:
            present, _ = self._all.probe(docs, scored=False)
            at = where(present)
            if at.size:
                present[at] = holds(self.matching(docs[at]), docs[at], self.count)
        if not scored:
            return present, 0.0
        at = where(present)
        scores = np.zeros(docs.size)
        scores[at] = self._scores(docs[at], exact)
        return present, scores

    def exact(self, docs: Docs) -> Array:
        known = {id(word): word.exact(docs) for word in self._distinct}
        return sum((known[id(word)] for word in self.words), np.zeros(docs.size))

    def _scores(self, docs: Docs, exact: bool) -> Array:
        if exact:
            return self.exact(docs)
        known = {id(word): word.probe(docs)[1] for word in self._distinct}
        total: Array = np.zeros(docs.size, np.float32)
        for word in self.words:
            total = total + known[id(word)]
        return total


class Phrase(Positional):
    """The words in order, each `gaps[i]` to `gaps[i] + slop` behind the last."""

    def __init__(self, words: Sequence[Word], gaps: Sequence[int], slop: int) -> None:
        super().__init__(words)
        self._gaps, self._slop = gaps, slop

    def _matching(self, docs: Docs) -> Docs:
        if not self._slop:
            for first, second, gap in zip(self.words, self.words[1:], self._gaps, strict=False):
                if docs.size and few_of([first, second], docs):
                    docs = likely(first, second, gap, docs)
        if not docs.size:
            return docs
        places = Places(self._distinct, docs, sum(self._gaps))
        keys = {id(word): places.of(word) for word in self._distinct}
        reached = keys[id(self.words[0])]
        for word, gap in zip(self.words[1:], self._gaps, strict=True):
            reached = following(reached, keys[id(word)], gap, self._slop)
        return places.docs(reached)


class Near(Positional):
    """The words in any order, the last at most `within` positions behind the first."""

    def __init__(self, words: Sequence[Word], within: int) -> None:
        super().__init__(words)
        self._within = within

    def _matching(self, docs: Docs) -> Docs:
        places = Places(self._distinct, docs, self._within)
        keys = [(places.of(word).astype(np.int64), n) for word, n in Counter(self.words).items()]
        starts = np.concatenate([stands for stands, _ in keys])
        for stands, n in keys:
            held = stands.searchsorted(starts + self._within, side="right") - stands.searchsorted(starts)
            starts = starts[held >= n]
        return places.docs(np.sort(starts))

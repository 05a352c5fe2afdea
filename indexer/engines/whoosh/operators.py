"""What a compiled query is made of: each operator finds its documents in one segment, or probes given ones.

`found` gives all documents that match, with approximate scores; `probe` says of given documents which match and what
they score, approximately or exactly. An operator may be used for one search in one thread only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engines.whoosh.arrays import Array, look_up
from indexer.engines.whoosh.blend import Blend
from indexer.engines.whoosh.found import MANY, Docs, Found, Mask, Scores, holds, nothing, of_docs, of_mask, unite

Probed = tuple[Mask, Scores]
UNBOUNDED = (-np.inf, np.inf)
"""The ratio of scores that may be below zero."""


class Operator:
    """Base of all.

    Attributes:
        count: number of documents in the segment.
        size: no more documents than this match.
        ratio, slack: exact scores lie between ratio[0] times approximate ones, less slack, and ratio[1] times them, and
            slack.
    """

    count: int
    size: int
    slack: float = 0.0
    ratio: tuple[float, float] = (1.0, 1.0)

    def found(self, scored: bool = True) -> Found:
        """All documents that match; scores are not needed unless `scored`."""
        raise NotImplementedError

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        """For rising document numbers: which match, and the scores (0 for those that do not)."""
        raise NotImplementedError

    def exact(self, docs: Docs) -> Scores:
        """The exact scores of documents that all match."""
        return self.probe(docs, exact=True)[1]

    def narrow(self, hits: Found, scored: bool) -> Found:
        """Of listed hits those that match here too, with the scores of both."""
        assert hits.docs is not None
        present, scores = self.probe(hits.docs, scored=scored)
        return hits.plus(scores).where(present)


class Fixed(Operator):
    """A set of documents, all with one score."""

    score: float = 0.0

    @cached_property
    def members(self) -> Found:
        raise NotImplementedError

    def found(self, scored: bool = True) -> Found:
        return self.members

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        known = self.members
        present = known.mask.take(docs) if known.mask is not None else holds(known.listed(), docs, self.count)
        return present, present * self.score if self.score and scored else 0.0

    def exact(self, docs: Docs) -> Scores:
        return self.score


class Nothing(Fixed):
    """No document."""

    def __init__(self, count: int) -> None:
        self.count, self.size = count, 0

    @cached_property
    def members(self) -> Found:
        return nothing()


class Span(Fixed):
    """The documents from first up to last: every one, or those of a range of days."""

    def __init__(self, count: int, first: int, last: int, score: float = 0.0) -> None:
        self.count, self.first, self.last, self.score = count, first, last, score
        self.size = last - first

    @cached_property
    def members(self) -> Found:
        if self.size * MANY > self.count:
            mask = np.zeros(self.count, bool)
            mask[self.first : self.last] = True
            return of_mask(mask, self.score, self.size)
        return Found(np.arange(self.first, self.last), None, self.score, self.size)

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        present = (docs >= self.first) & (docs < self.last)
        return present, present * self.score if self.score and scored else 0.0


class Given(Fixed):
    """Documents that are known by number."""

    def __init__(self, count: int, docs: Docs, score: float = 0.0) -> None:
        self.count, self.docs, self.score, self.size = count, docs, score, docs.size

    @cached_property
    def members(self) -> Found:
        return of_docs(self.docs, self.count, self.score)


class Tallied(Operator):
    """Documents whose exact scores are known."""

    def __init__(self, count: int, docs: Docs, scores: Array) -> None:
        self.count, self._docs, self._scores, self.size = count, docs, scores, docs.size

    def found(self, scored: bool = True) -> Found:
        return Found(self._docs, None, self._scores if scored else 0.0, self.size)

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        if not self.size:
            return np.zeros(docs.size, bool), 0.0
        at, present = look_up(docs, self._docs)
        return present, self._scores[at] * present


class Constant(Operator):
    """The documents of another operator, all with one score."""

    def __init__(self, inner: Operator, score: float) -> None:
        self.inner, self.score, self.count, self.size = inner, score, inner.count, inner.size

    def found(self, scored: bool = True) -> Found:
        known = self.inner.found(scored=False)
        return Found(known.docs, known.mask, self.score, known.size)

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        present, _ = self.inner.probe(docs, scored=False)
        return present, present * self.score if self.score and scored else 0.0

    def exact(self, docs: Docs) -> Scores:
        return self.score


class Not(Operator):
    """The documents that another operator does not match."""

    def __init__(self, inner: Operator) -> None:
        self.inner, self.count, self.size = inner, inner.count, inner.count

    def found(self, scored: bool = True) -> Found:
        known = self.inner.found(scored=False)
        return of_mask(~known.masked(self.count), 0.0, self.count - known.size)

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        return ~self.inner.probe(docs, scored=False)[0], 0.0


class And(Operator):
    """All of the operators; scores add up. Begins with the rarest and probes the others."""

    def __init__(self, parts: Sequence[Operator]) -> None:
        self.parts = parts
        self.count = parts[0].count
        self._wanted = sorted((part for part in parts if not isinstance(part, Not)), key=lambda part: part.size)
        self._barred = [part.inner for part in parts if isinstance(part, Not)]
        self.size = self._wanted[0].size if self._wanted else self.count
        self.slack, self.ratio = sum(part.slack for part in parts), wider(parts)

    def found(self, scored: bool = True) -> Found:
        if not self._wanted:
            return self._bar(of_mask(np.ones(self.count, bool), 0.0, self.count))
        rarest, *others = self._wanted
        hits = rarest.found(scored)
        if hits.size * MANY > self.count:
            return self._bar(self._overlay(hits, others, scored) if others else hits)
        if hits.docs is None:
            hits = Found(hits.listed(), None, _listed(hits), hits.size)
        for part in others:
            if not hits.size:
                return hits
            hits = part.narrow(hits, scored)
        return self._bar(hits)

    def _overlay(self, hits: Found, others: Sequence[Operator], scored: bool) -> Found:
        mask, scores = hits.masked(self.count), _spread(hits, self.count) if scored else 0.0
        for part in others:
            more = part.found(scored)
            mask = mask & more.masked(self.count)
            if scored:
                scores = scores + _spread(more, self.count)
        size = int(np.count_nonzero(mask))
        if isinstance(scores, np.ndarray) and others:
            scores *= mask
        return Found(None, mask, scores, size)

    def _bar(self, hits: Found) -> Found:
        for part in self._barred:
            if hits.docs is not None:
                hits = hits.where(~part.probe(hits.docs, scored=False)[0])
            else:
                hits = hits.without(part.found(scored=False))
        return hits

    def exact(self, docs: Docs) -> Scores:
        return sum((part.exact(docs) for part in self.parts if not isinstance(part, Not)), np.zeros(docs.size))

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        present, total = np.ones(docs.size, bool), np.zeros(docs.size)
        for part in self.parts:
            there, scores = part.probe(docs, exact=exact, scored=scored)
            present &= there
            total += scores
        return present, total * present


class Or(Operator):
    """Any of the operators; scores add up, or with `tie` the best counts, and that part of the others."""

    def __init__(self, parts: Sequence[Operator], tie: float | None = None) -> None:
        self.parts, self.tie = parts, tie
        self.count = parts[0].count
        self.size = min(sum(part.size for part in parts), self.count)
        slacks = [part.slack for part in parts]
        self.slack = sum(slacks) if tie is None else (1 - tie) * max(slacks) + tie * sum(slacks)
        self.ratio = wider(parts)

    def found(self, scored: bool = True) -> Found:
        hits = [part.found(scored) for part in self.parts]
        if sum(each.size for each in hits) * MANY > self.count:
            return self._overlay(hits, scored)
        docs = unite([each.listed() for each in hits], self.count).listed()
        if not scored or all(isinstance(each.scores, float) and not each.scores for each in hits):
            return Found(docs, None, 0.0, docs.size)
        blend = Blend(docs.size, self.tie)
        for each in hits:
            blend.put(np.searchsorted(docs, each.listed()), _listed(each))
        return Found(docs, None, blend.scores(), docs.size)

    def _overlay(self, hits: Sequence[Found], scored: bool) -> Found:
        lists = [each for each in hits if each.docs is not None]
        masks = [each for each in hits if each.mask is not None]
        mask = masks[0].masked(self.count).copy() if masks else np.zeros(self.count, bool)
        blend = Blend(self.count, self.tie)
        for each in masks:
            mask |= each.masked(self.count)
            if scored:
                blend.lay(_spread(each, self.count))
        for each in lists:
            mask[each.docs] = True
            if scored:
                blend.put(each.docs, each.plain())
        return Found(None, mask, blend.scores() if scored else 0.0, int(np.count_nonzero(mask)))

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        present = np.zeros(docs.size, bool)
        blend = Blend(docs.size, self.tie, np.float64)
        for part in self.parts:
            there, scores = part.probe(docs, exact=exact, scored=scored)
            present |= there
            if scored:
                blend.lay(scores)
        return present, blend.scores()


def wider(parts: Sequence[Operator]) -> tuple[float, float]:
    """The ratio that holds for sums, maxima and blends of all the parts' scores."""
    return min(part.ratio[0] for part in parts), max(part.ratio[1] for part in parts)


def _listed(hits: Found) -> Scores:
    """Scores of `hits.listed()`."""
    scores = hits.plain()
    if hits.mask is None or isinstance(scores, float):
        return scores
    return scores.take(hits.listed())


def _spread(hits: Found, count: int) -> Scores:
    """Scores of all documents, zero where they do not match."""
    scores = hits.plain()
    if isinstance(scores, float):
        return hits.masked(count) * np.float32(scores) if scores else 0.0
    if hits.mask is not None:
        return scores
    spread = np.zeros(count, np.float32)
    spread[hits.listed()] = scores
    return spread

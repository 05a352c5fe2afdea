"""BM25F's figures for the whole index: what a term weighs, and how long the fields are on average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.segment import Segment


@dataclass(frozen=True, slots=True)
class Norm:
    """How a field's length counts: f / (f + base + slope · length)."""

    average: float
    k1: float
    b: float

    def of(self, lengths: Array) -> Array:
        """k1 (1 − b + b · length / average)."""
        return self.k1 * (1 - self.b) + lengths * (self.k1 * self.b / self.average)


class Weights:
    """Statistics over all segments; deleted articles count until their segment is rewritten."""

    def __init__(self, segments: Sequence[Segment], scoring: Mapping[str, float]) -> None:
        self._segments = segments
        self._kinds = dict(scoring)
        self.k1 = self._kinds.pop("k1", 1.2)
        self.b = self._kinds.pop("b", 0.75)
        self.count = sum(segment.count for segment in segments)
        self._norms: dict[str, Norm] = {}
        self._known: dict[tuple[str, str], float] = {}

    @property
    def weighted(self) -> bool:
        """Whether some kinds of fields weigh more than others."""
        return any(weight != 1 for weight in self._kinds.values())

    def norm(self, field: str) -> Norm:
        if field not in self._norms:
            held = [segment.fields[field] for segment in self._segments if field in segment.fields]
            total = sum(terms.total for terms in held)
            self._norms[field] = Norm(max(total / max(self._having(held), 1), 1e-12), self.k1, self.b)
        return self._norms[field]

    def _having(self, held: Sequence[Field]) -> int:
        """Articles whose length counts for the average: those that have the field, as a language is that of a few."""
        return sum(terms.having for terms in held)

    def _idf(self, holders: int) -> float:
        """How much rarity counts (Robertson and Spärck Jones 1976, kept above zero as Lucene does)."""
        return log(1 + (max(self.count - holders, 0) + 0.5) / (holders + 0.5))

    def holders(self, field: str, text: str) -> int:
        """How many articles hold a term."""
        number = 0
        for segment in self._segments:
            terms = segment.fields.get(field)
            if terms is not None and (term := terms.find(text)) >= 0:
                number += terms.holders(term)
        return number

    def term(self, field: str, text: str, boost: float) -> float:
        """boost × weight of the field × idf × (k1 + 1): times f / (f + norm) it is the term's score."""
        key = field, text
        known = self._known.get(key)
        if known is None:
            if len(self._known) > 50_000:
                self._known.clear()
            idf = self._idf(self.holders(field, text))
            known = self._kinds.get(field.partition("_")[0], 1.0) * idf * (self.k1 + 1)
            self._known[key] = known
        return boost * known


class WhooshWeights(Weights):
    """The figures as Whoosh's own BM25F has them, for who searches by way of Whoosh."""

    def _having(self, held: Sequence[Field]) -> int:
        return self.count

    def _idf(self, holders: int) -> float:
        return log(self.count / (holders + 1)) + 1

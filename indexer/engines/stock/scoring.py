"""BM25F with exact field lengths and statistics over the articles that are there.

Whoosh keeps a field's length in one byte, and counts deleted documents until they are merged away; an oracle must not.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import Any

from whoosh import scoring

from indexer.engines.stock import fields


class ExactBM25F(scoring.WeightingModel):  # type: ignore[misc]
    """The formula of `Engine.builder`."""

    def __init__(self, parameters: Mapping[str, float]) -> None:
        self.k1 = parameters.get("k1", 1.2)
        self.b = parameters.get("b", 0.75)
        self._lengths: dict[int, dict[int, dict[str, int]]] = {}

    def lengths(self, reader: Any) -> dict[int, dict[str, int]]:
        """Document number → field → number of terms, of the documents of a reader that were not deleted."""
        if id(reader) not in self._lengths:
            self._lengths[id(reader)] = {doc: stored[fields.LENGTHS] for doc, stored in reader.iter_docs()}
        return self._lengths[id(reader)]

    def average(self, searcher: Any, name: str) -> float:
        lengths = [each[name] for each in self.lengths(searcher.reader()).values() if each.get(name)]
        return sum(lengths) / max(len(lengths), 1)

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        reader = searcher.get_parent().reader()
        holding = sum(1 for _ in reader.postings(fieldname, text).all_ids())
        return log(1 + (reader.doc_count() - holding + 0.5) / (holding + 0.5)) if holding else 0.0

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> Any:
        return _Scorer(self, searcher, fieldname, text)


class _Scorer(scoring.BaseScorer):  # type: ignore[misc]
    def __init__(self, model: ExactBM25F, searcher: Any, name: str, text: bytes) -> None:
        self._model = model
        self._name = name
        self._idf = searcher.get_parent().idf(name, text)
        self._average = model.average(searcher.get_parent(), name)
        self._lengths = model.lengths(searcher.reader())

    def score(self, matcher: Any) -> float:
        length = self._lengths[matcher.id()][self._name]
        score = scoring.bm25(self._idf, matcher.weight(), length, self._average, self._model.b, self._model.k1)
        return float(score)

"""Searching: Whoosh's matchers find and score, plain Python sets do the rest."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh import index
from whoosh.reading import TermNotFound

from corpus.errors import UsageError
from indexer.engines.base import DayCounts, EngineRequest, EngineResults, FacetFilter
from indexer.engines.stock import fields
from indexer.engines.stock.queries import in_days, is_text, scores, whoosh_query
from indexer.engines.stock.scoring import ExactBM25F
from indexer.query.nodes import Node

Docs = set[int]


class StockSearcher:
    """See `indexer.engines.base.Searcher`. Keeps what is stored of every article in memory."""

    def __init__(self, directory: Path, scoring: Mapping[str, float]) -> None:
        plain = index.open_dir(str(directory))
        self._schema = fields.own(plain.schema)
        self._scoring = scoring
        read = index.FileIndex(plain.storage, schema=self._schema)
        self._searcher = read.searcher(weighting=ExactBM25F(scoring))
        self._reader = self._searcher.reader()
        self._stored: dict[int, dict[str, Any]] = dict(self._reader.iter_docs())
        self._docs = {stored[fields.ID]: doc for doc, stored in self._stored.items()}
        self._facets = {name for name, kind in self._schema.items() if isinstance(kind, fields.Values)}
        self._lock = Lock()  # Whoosh's readers share the place in a file

    @property
    def count(self) -> int:
        return len(self._stored)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(name for stored in self._stored.values() for name in stored[fields.LENGTHS])

    def search(self, request: EngineRequest) -> EngineResults:
        found = self._scores(request.query)
        passing = {name: self._filtered(name, chosen) for name, chosen in request.filters.items()}
        dated = {
            doc for doc, stored in self._stored.items() if in_days(stored[fields.DAY], request.from_day, request.to_day)
        }
        open_hits = set(found).intersection(*passing.values())
        hits = open_hits & dated
        if request.sort == "recent":
            days = np.array([self._stored[doc][fields.DAY] for doc in found], np.int32)
            fading = request.recency.factors(days).tolist()
            found = {doc: score * left for (doc, score), left in zip(found.items(), fading, strict=True)}
        order = sorted(hits, key=self._key(request.sort, found))
        start = request.offset + _after(request, order, self._key(request.sort, found))
        page = order[start : start + request.limit]
        more = bool(page) and start + len(page) < len(order)
        return EngineResults(
            total=len(hits),
            docs=np.array(page, np.int64),
            scores=np.array([found[doc] for doc in page], np.float64),
            facets={name: self._facet(name, request, set(found) & dated, passing) for name in request.facets},
            days=self._days(hits if request.dates else ()),
            days_open=self._days(open_hits if request.dates else ()),
            distinct={name: self._distinct(name, hits) for name in request.distinct},
            cursor=_cursor(request, self._key(request.sort, found)(page[-1])) if more else None,
        )

    def _scores(self, node: Node) -> dict[int, float]:
        """Document number → score of all that a node matches."""
        asked = whoosh_query(node, lambda name: self._scoring.get(name.partition("_")[0], 1.0))
        found = {}
        with self._lock:
            for leaf, base in self._searcher.leaf_searchers():
                context = leaf.context(needs_current=True)
                found.update({base + doc: score for doc, score in scores(asked, leaf, context).items()})
        return found

    def _values(self, name: str, doc: int) -> Sequence[str]:
        stored = self._stored[doc]
        if name == fields.ID:
            return [stored[name]]
        return stored.get(name, ()) if name in self._facets else ()

    def _filtered(self, name: str, chosen: FacetFilter) -> Docs:
        include, exclude = set(chosen.include), set(chosen.exclude)
        return {
            doc
            for doc in self._stored
            if exclude.isdisjoint(values := self._values(name, doc))
            and (not include or not include.isdisjoint(values))
        }

    def _distinct(self, name: str, hits: Docs) -> tuple[int, int]:
        values = [value for doc in hits for value in self._values(name, doc)]
        return len(values), len(set(values))

    def _facet(
        self, name: str, request: EngineRequest, hits: Docs, passing: Mapping[str, Docs]
    ) -> list[tuple[str, int]]:
        """The values of one facet, counted under all filters but its own."""
        hits = hits.intersection(*(docs for other, docs in passing.items() if other != name))
        counts = Counter(value for doc in hits for value in self._values(name, doc))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if name in request.facet_match:
            ranked = [pair for pair in ranked if pair[0] in request.facet_match[name]]
        given = dict(ranked[: request.facets[name] or None])
        given |= {value: counts[value] for value in request.facet_keep.get(name, ())}
        return sorted(given.items(), key=lambda pair: (-pair[1], pair[0]))

    def _days(self, hits: Iterable[int]) -> DayCounts:
        counts = Counter(self._stored[doc][fields.DAY] for doc in hits)
        undated = counts.pop(0, 0)
        days = sorted(counts)
        return DayCounts(np.array(days, np.int32), np.array([counts[day] for day in days], np.int64), undated)

    def _key(self, sort: str, found: Mapping[int, float]) -> Any:
        """What the hits are sorted by, the smallest first."""

        def key(doc: int) -> tuple[float, ...]:
            day, minute = self._stored[doc][fields.DAY], self._stored[doc][fields.MINUTE]
            if sort in ("relevance", "recent"):
                return (-found[doc], doc)
            sign = -1 if sort == "newest" else 1
            return (day == 0, sign * day, sign * minute, doc)

        return key

    def stored(self, docs: Sequence[int]) -> list[bytes]:
        return [self._stored[int(doc)][fields.ARTICLE] for doc in docs]

    def doc(self, article_id: str) -> int | None:
        return self._docs.get(article_id)

    def terms(self, field: str, prefix: str = "", limit: int = 1000) -> list[tuple[str, int]]:
        found = []
        if field in self.fields:
            texts = [fields.decode(term) for term in self._reader.lexicon(field)]
            held = ((text, self.frequency(field, text)) for text in texts if text.startswith(prefix))
            found = [pair for pair in held if pair[1]]
        return found[:limit]

    def frequency(self, field: str, text: str) -> int:
        if not is_text(self._schema, field):
            return 0
        with self._lock:
            try:
                return sum(1 for _ in self._reader.postings(field, fields.encode(text)).all_ids())
            except TermNotFound:
                return 0

    def count_of(self, node: Node) -> int:
        return len(self._scores(node))

    def holding(self, node: Node, docs: Sequence[int]) -> list[bool]:
        found = self._scores(node)
        return [doc in found for doc in docs]

    def ids(self) -> list[str]:
        return [stored[fields.ID] for stored in self._stored.values()]

    def close(self) -> None:
        self._searcher.close()


def _cursor(request: EngineRequest, key: tuple[float, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps([request.sort, *key]).encode()).decode()


def _after(request: EngineRequest, order: Sequence[int], key: Any) -> int:
    """How many of the sorted hits the cursor has behind it."""
    if request.after is None:
        return 0
    try:
        sort, *last = json.loads(base64.urlsafe_b64decode(request.after))
        if sort != request.sort:
            raise ValueError(sort)
        return sum(key(doc) <= tuple(last) for doc in order)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{request.after!r} is no cursor of a search sorted by {request.sort}.") from error

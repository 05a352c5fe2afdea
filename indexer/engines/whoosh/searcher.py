"""Answers requests: every segment finds its hits, the answers are put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from corpus.errors import DamagedArchiveError
from indexer.engines.base import DayCounts, EngineRequest, EngineResults
from indexer.engines.whoosh import cursor, ranking
from indexer.engines.whoosh.counting import FacetTable, join_days
from indexer.engines.whoosh.manifest import Manifest
from indexer.engines.whoosh.plan import Planner
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.segmentsearch import SegmentHits, search_segment
from indexer.engines.whoosh.strings import decode, encode
from indexer.engines.whoosh.weights import Weights
from indexer.query.nodes import Node

_NO_DAYS = DayCounts(np.zeros(0, np.int32), np.zeros(0, np.int64))


class WhooshSearcher:
    """See `indexer.engines.base.Searcher`.

    Raises:
        DamagedArchiveError: from any method, when a file turns out to be altered.
    """

    def __init__(
        self, directory: Path, scoring: Mapping[str, float], weights: type[Weights] = Weights
    ) -> None:
        self.directory = directory
        self.manifest = Manifest.read(directory)
        self.segments = self.manifest.open(directory)
        self.weights = weights(self.segments, scoring)
        self._facets: dict[str, FacetTable] = {}
        self._fields: frozenset[str] | None = None

    @property
    def count(self) -> int:
        return sum(segment.live_count for segment in self.segments)

    @property
    def fields(self) -> frozenset[str]:
        if self._fields is None:
            names = {name for segment in self.segments for name in segment.fields}
            self._fields = frozenset(name for name in names if self._in_use(name))
        return self._fields

    def _in_use(self, name: str) -> bool:
        """Whether an article that was not deleted has terms in a field."""
        for segment in self.segments:
            if name in segment.fields:
                lengths = segment.fields[name].lengths
                if segment.live is None or lengths[segment.live].any():
                    return True
        return False

    def facet(self, name: str) -> FacetTable:
        if name not in self._facets:
            self._facets[name] = FacetTable(self.segments, name)
        return self._facets[name]

    def search(self, request: EngineRequest) -> EngineResults:
        after = None if request.after is None else cursor.unpack(request.after, request.sort)
        try:
            parts = [search_segment(segment, self.weights, request, after) for segment in self.segments]
            return self._joined(request, parts)
        except (IndexError, OverflowError) as error:
            raise self._contradiction(error) from error

    def _joined(self, request: EngineRequest, parts: Sequence[SegmentHits]) -> EngineResults:
        total = sum(part.hits.size for part in parts)
        first, last = request.offset, request.offset + request.limit
        ranked = ranking.join([part.ranked for part in parts], last + 1)
        page = slice(first, last)
        more = request.limit > 0 and len(ranked.docs) > last
        by_score = request.sort in ("relevance", "recent")
        scores = -ranked.keys[page] if by_score else self._scores(parts, ranked.docs[page])
        left_at = (float(ranked.keys[last - 1]), int(ranked.docs[last - 1])) if more else None
        return EngineResults(
            total=total,
            docs=ranked.docs[page],
            scores=scores + 0.0,
            facets={name: self._facet(name, request, parts) for name in request.facets},
            days=join_days([part.days for part in parts if part.days]) if request.dates else _NO_DAYS,
            days_open=join_days([part.days_open for part in parts if part.days_open]) if request.dates else _NO_DAYS,
            cursor=None if left_at is None else cursor.pack(request.sort, *left_at),
            distinct={name: self._distinct(name, parts) for name in request.distinct},
            notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        )

    def _scores(self, parts: Sequence[SegmentHits], docs: np.ndarray) -> np.ndarray:
        """Exact scores of documents in any order."""
        scores = np.zeros(len(docs))
        for segment, part in zip(self.segments, parts, strict=True):
            at = np.flatnonzero((docs >= segment.base) & (docs < segment.base + segment.count))
            if at.size:
                at = at[np.argsort(docs[at])]
                scores[at] = part.operator.probe(docs[at].astype(np.intp) - segment.base, exact=True)[1]
        return scores

    def _facet(self, name: str, request: EngineRequest, parts: Sequence[SegmentHits]) -> list[tuple[str, int]]:
        keep, match = request.facet_keep.get(name, ()), request.facet_match.get(name)
        hits = [part.without.get(name, part.hits) for part in parts]
        if name == "id":
            return self._id_facet([part.listed() for part in hits], request.facets[name], keep, match)
        return self.facet(name).ranked(hits, request.facets[name], keep, match)

    def _distinct(self, name: str, parts: Sequence[SegmentHits]) -> tuple[int, int]:
        if name == "id":
            return (sum(part.hits.size for part in parts),) * 2
        counts = self.facet(name).count([part.hits for part in parts])
        return int(counts.sum()), int(np.count_nonzero(counts))

    def _id_facet(
        self, hits: Sequence[np.ndarray], limit: int, keep: Sequence[str], match: Sequence[str] | None
    ) -> list[tuple[str, int]]:
        """Every article has one id: those of the hits, in the order of code points."""
        ids = sorted(
            segment.ids.names.text(doc)
            for segment, docs in zip(self.segments, hits, strict=True)
            for doc in docs.tolist()
        )
        found = set(ids)
        chosen = [each for each in ids if match is None or each in match][: limit or None]
        given = dict.fromkeys(chosen, 1) | {each: int(each in found) for each in keep}
        return sorted(given.items(), key=lambda pair: (-pair[1], pair[0]))

    def stored(self, docs: Sequence[int]) -> list[bytes]:
        wanted = np.asarray(docs, np.int64)
        found: list[bytes] = [b""] * len(wanted)
        with self._faults():
            for segment in self.segments:
                at = np.flatnonzero((wanted >= segment.base) & (wanted < segment.base + segment.count)).tolist()
                for i, data in zip(at, segment.stored((wanted[at] - segment.base).tolist()), strict=True):
                    found[i] = data
        return found

    def doc(self, article_id: str) -> int | None:
        with self._faults():
            for segment in self.segments:
                doc = segment.ids.number(article_id)
                if doc >= 0 and (segment.live is None or segment.live[doc]):
                    return segment.base + doc
        return None

    def terms(self, field: str, prefix: str = "", limit: int = 1000) -> list[tuple[str, int]]:
        found: dict[bytes, int] = {}
        having = [segment for segment in self.segments if field in segment.fields]
        with self._faults():
            if len(having) == 1:
                return [(decode(term), number) for term, number in _held(having[0], field, encode(prefix), limit)]
            for segment in having:
                for term, number in _held(segment, field, encode(prefix), limit):
                    found[term] = found.get(term, 0) + number
        return [(decode(term), found[term]) for term in sorted(found)[:limit]]

    def frequency(self, field: str, text: str) -> int:
        with self._faults():
            return sum(
                _live_holders(segment, field, term)
                for segment in self.segments
                if field in segment.fields and (term := segment.fields[field].find(text)) >= 0
            )

    def count_of(self, node: Node) -> int:
        request = EngineRequest(query=node, limit=0, dates=False)
        with self._faults():
            return sum(search_segment(segment, self.weights, request, None).hits.size for segment in self.segments)

    def holding(self, node: Node, docs: Sequence[int]) -> list[bool]:
        wanted = np.asarray(docs, np.int64)
        order = np.argsort(wanted)
        held = np.zeros(wanted.size, bool)
        with self._faults():
            for segment in self.segments:
                a, b = np.searchsorted(wanted, (segment.base, segment.base + segment.count), sorter=order).tolist()
                at = order[a:b]
                if at.size:
                    local = (wanted[at] - segment.base).astype(np.intp)
                    held[at] = self.planner(segment).plan(node).probe(local, scored=False)[0]
        return held.tolist()

    def planner(self, segment: Segment) -> Planner:
        return Planner(segment, self.weights)

    def ids(self) -> list[str]:
        found: list[str] = []
        with self._faults():
            for segment in self.segments:
                names = [decode(each) for each in segment.ids.names]
                if segment.live is not None:
                    names = [names[i] for i in np.flatnonzero(segment.live).tolist()]
                found += names
        return found

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Figures that cannot be in a whole index are damage."""
        try:
            yield
        except (IndexError, OverflowError) as error:
            raise self._contradiction(error) from error

    def _contradiction(self, error: Exception) -> DamagedArchiveError:
        return DamagedArchiveError(
            f"{self.directory}: the index contradicts itself ({error}). "
            "Run `newsdex verify`, then `newsdex repair` or `newsdex rebuild`."
        )

    def close(self) -> None:
        for segment in self.segments:
            segment.close()


def _live_holders(segment: Segment, field: str, term: int) -> int:
    terms = segment.fields[field]
    if segment.live is None:
        return terms.holders(term)
    row = terms.row(term)
    if row >= 0:
        return int(np.count_nonzero(segment.live & (terms.column(row) != 0)))
    return int(np.count_nonzero(segment.live[terms.docs(*terms.range(term))]))


def _held(segment: Segment, field: str, prefix: bytes, limit: int) -> Iterator[tuple[bytes, int]]:
    """The first terms with a prefix that an article holds which was not deleted."""
    terms = segment.fields[field]
    first, last = terms.terms.prefix(prefix)
    while first < last and limit > 0:
        until = min(first + limit, last)
        if segment.live is None:
            numbers = terms.all_holders(first, until).tolist()
        else:
            numbers = [_live_holders(segment, field, i) for i in range(first, until)]
        for term, number in zip(terms.terms.slice(first, until), numbers, strict=True):
            if number:
                limit -= 1
                yield term, number
        first = until

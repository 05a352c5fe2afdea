"""One request, one segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from indexer.engines.base import EngineRequest, FacetFilter
from indexer.engines.whoosh import ranking
from indexer.engines.whoosh.counting import days
from indexer.engines.whoosh.found import Docs, Found, Mask
from indexer.engines.whoosh.operators import And, Nothing, Operator, Span
from indexer.engines.whoosh.plan import Planner
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.weights import Weights
from indexer.query.nodes import And as AndNode
from indexer.query.nodes import Facet, Filter, Node, Not, Or

Days = tuple[Any, Any]


@dataclass(slots=True)
class SegmentHits:
    """What one segment answers.

    Attributes:
        operator: the compiled query.
        hits: under all filters.
        ranked: the first of them, with numbers of the whole index.
        without: facet → the hits under all filters but its own.
        days, days_open: counts per day; None when they are not asked for.
    """

    operator: Operator
    hits: Found
    ranked: ranking.Ranked
    without: dict[str, Found] = field(default_factory=dict)
    days: Days | None = None
    days_open: Days | None = None
    notes: list[str] = field(default_factory=list)


def search_segment(
    segment: Segment, weights: Weights, request: EngineRequest, after: tuple[float, int] | None
) -> SegmentHits:
    """Find, filter, rank and count in one segment. `after` is the key and number of the last hit that was given."""
    planner = Planner(segment, weights, request.until)
    apart = {name for name in request.filters if name in request.facets}  # counted without their own filter
    fixed = [_filter(name, chosen) for name, chosen in request.filters.items() if name not in apart]
    operator = planner.plan(AndNode((request.query, *fixed)) if fixed else request.query)
    window = segment.day_range(request.from_day, request.to_day)
    open_days = request.dates or window == (0, segment.count)
    scored = request.sort in ("relevance", "recent") and request.limit > 0
    hits = _within(operator, window).found(scored) if not open_days else operator.found(scored)
    hits = _living(segment, hits)
    passing = {
        name: _keep(planner.plan(_filter(name, request.filters[name])), hits, segment.count) for name in sorted(apart)
    }
    open_hits = _all(hits, passing, "")
    if open_days and window != (0, segment.count):
        inside = open_hits.between(*window)
    else:
        inside = open_hits
    answer = SegmentHits(operator, inside, ranking.none(), notes=planner.notes)
    answer.without = {name: _all(hits, passing, name).between(*window) for name in apart}
    if request.dates:
        answer.days = days(segment, inside)
        answer.days_open = answer.days if inside is open_hits else days(segment, open_hits)
    if request.limit > 0:
        answer.ranked = _rank(segment, request, operator, inside, after)
    return answer


def _filter(name: str, chosen: FacetFilter) -> Node:
    """A facet's filter as a node that scores nothing."""
    barred = [Not(Facet(name, value)) for value in chosen.exclude]
    wanted = [Or(tuple(Facet(name, value) for value in chosen.include))] if chosen.include else []
    return Filter(AndNode((*wanted, *barred)))


def _within(operator: Operator, window: tuple[int, int]) -> Operator:


    if isinstance(operator, Nothing):
        return operator
    return And([operator, Span(operator.count, *window)])


def _living(segment: Segment, hits: Found) -> Found:
    if segment.live is None or not hits.size:
        return hits
    return hits.where(segment.live if hits.docs is None else segment.live.take(hits.docs))


def _keep(operator: Operator, hits: Found, count: int) -> Mask:
    """For each hit (or each document) whether the filter lets it pass."""
    if hits.docs is not None:
        return operator.probe(hits.docs, scored=False)[0]
    return operator.found(scored=False).masked(count)


def _all(hits: Found, passing: dict[str, Mask], but: str) -> Found:
    """The hits that pass all filters but one."""
    masks = [mask for name, mask in passing.items() if name != but]
    if not masks:
        return hits
    return hits.where(np.logical_and.reduce(masks) if len(masks) > 1 else masks[0])


def _rank(
    segment: Segment, request: EngineRequest, operator: Operator, hits: Found, after: tuple[float, int] | None
) -> ranking.Ranked:
    number = request.offset + request.limit + 1  # one more tells whether there are more
    local = None if after is None else (after[0], after[1] - segment.base)
    if not hits.size:
        return ranking.none()
    if request.sort == "relevance":
        ranked = ranking.by_relevance(operator, hits, number, local)
    elif request.sort == "recent":
        ranked = ranking.by_relevance(operator, hits, number, local, request.recency.factors(segment.days))
    else:
        newest = request.sort == "newest"
        docs = _ends(segment, hits, number, newest) if after is None else hits.listed()
        keys = ranking.dates(segment.days[docs], segment.minutes[docs], newest)
        ranked = ranking.by_date(keys, docs, number, local)
    return ranking.Ranked(ranked.docs + segment.base, ranked.keys)


def _ends(segment: Segment, hits: Found, number: int, newest: bool) -> Docs:
    """Hits among which the newest or oldest are: documents lie in the order of time, those without a date first."""
    dated = hits.between(segment.undated, segment.count)
    if dated.size < number:
        return hits.listed()
    if not newest:
        return dated.first(number)
    earliest = int(dated.last(number)[0])
    day, minute = segment.days[earliest], segment.minutes[earliest]
    first, last = segment.day_range(int(day), int(day))
    first += int(segment.minutes[first:last].searchsorted(minute))  # of one minute those come first that lie first
    return dated.between(first, segment.count).listed()

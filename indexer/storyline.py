"""The timeline counted in stories: an article that is told several times in an interval counts once there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.dates import first_day, last_day
from indexer.engines.base import EngineRequest, EngineResults, Searcher
from indexer.query.nodes import Every
from indexer.results import Bar, Timeline

Counted = Callable[[EngineResults], int]


def storyline(searcher: Searcher, asked: EngineRequest, articles: Timeline, counted: Counted) -> Timeline:
    """`articles`, its counts and what is held replaced by numbers of stories.

    Each interval is a search of its own, narrowed to its days: a story is counted once in it, whatever else is told
    elsewhere. `counted` gives the stories of an answer in which the facet `story` is distinct.
    """
    bare = replace(
        asked, limit=0, offset=0, after=None, facets={}, facet_keep={}, facet_match={}, distinct=("story",), dates=False
    )
    everything = replace(bare, query=Every(), filters={})
    bars = []
    for bar in articles.bars:
        days = within(bar.start, asked.from_day, asked.to_day)
        found, held = (
            counted(searcher.search(replace(request, from_day=days[0], to_day=days[1]))) if articles_there else 0
            for request, articles_there in ((bare, bar.count), (everything, bar.held))
        )
        bars.append(Bar(bar.start, found, held))
    return replace(articles, bars=tuple(bars))


def within(start: str, from_day: int | None, to_day: int | None) -> tuple[int, int]:
    """First and last day of an interval as far as it lies in a range."""
    first, last = first_day(start, "from"), last_day(start, "to")
    return max(first, from_day or first), min(last, to_day or last)

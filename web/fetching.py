"""All hits of a search, some hundred fetched at a time on one generation, for answers that are made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import g

from indexer.request import SearchRequest
from indexer.results import Hit
from web.contract import SearchSide
from web.current import the_search

AT_ONCE = 200


def all_hits(asked: SearchRequest, most: int | None = None, at_once: int = AT_ONCE) -> Iterator[tuple[Hit, int]]:
    """Every hit (or the first `most`) with the generation it comes from, `at_once` fetched at a time."""
    search = whole_search()
    given = 0
    cursor = None
    while most is None or given < most:
        size = at_once if most is None else min(at_once, most - given)
        found = search.search(replace(asked, limit=size, cursor=cursor))
        for hit in found.hits:
            yield hit, found.generation
        given += len(found.hits)
        cursor = found.cursor
        if not found.hits or cursor is None:
            return


def whole_search() -> SearchSide:
    """The search on one generation for the whole of this answer, however long it is being fetched."""
    if "export" not in g:
        pinned = getattr(the_search(), "pinned", None)
        g.export = pinned() if callable(pinned) else the_search()
    return g.export  # type: ignore[no-any-return]

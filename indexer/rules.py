"""Small rules by which a request becomes the engine's, and the engine's answer a reader's."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from corpus.errors import UsageError
from indexer.engines.base import EngineResults, Sort
from indexer.query.matching import leaves
from indexer.query.nodes import Node
from indexer.request import SearchRequest


def in_time(end: float, count: Callable[[Node], int]) -> Callable[[Node], int | None]:
    """A count that gives None when the time is over."""
    return lambda node: count(node) if time.monotonic() < end else None


def lost_words(explained: Mapping[str, Any]) -> list[str]:
    """The words and phrases of a query of which no form is in any article."""
    words = explained["words"]
    return [word["word"] for word in words if all(form.get("count") == 0 for form in word["forms"])]


def sort_of(request: SearchRequest, node: Node) -> Sort:
    """Without words to weigh, every hit is as relevant as any other: the newest are worth most."""
    weighed = request.sort not in ("relevance", "recent") or next(leaves(node), None) is not None
    return request.sort if weighed else "newest"


def cursor_of(cursor: str, generation: int) -> str:
    """The engine's part of a cursor.

    Raises:
        UsageError: it belongs to another generation, in which the hits stood elsewhere.
    """
    number, _, rest = cursor.partition(".")
    if number == str(generation):
        return rest
    if rest and number.isdecimal():
        raise UsageError(f"cursor={cursor}: is of generation {number}, the archive is at {generation}; begin anew")
    raise UsageError(f"cursor={cursor}: is no cursor of this archive")


def stories_of(found: EngineResults) -> int:
    """Different stories among the hits: those of several articles once, and all other articles."""
    told, different = found.distinct["story"]
    return found.total - told + different

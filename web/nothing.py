"""What helps when nothing was found: other ways to ask that do find something, and gaps in what the archive holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from corpus.errors import UsageError
from indexer.request import SearchRequest
from indexer.results import SearchResults
from web.contract import SearchSide
from web.i18n import gettext
from web.links import Links, without_place
from web.page import counted
from web.when import spoken

_PIECE = re.compile(r'"[^"]*"(?:~\d+)?|\S+')
_PLAIN = re.compile(r"[^\W\d_][\w’'-]{2,}")
MOST_TRIES = 8


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to ask, and how many articles it finds."""

    label: str
    href: str
    total: int


def ways(search: SearchSide, results: SearchResults, links: Links) -> list[Way]:
    """Changes under which the search finds something, the nearest to it first; within the filters if any does."""
    asked = without_place(results.request)
    found = _that_find(search, links, _tries(asked, results.suggestion))
    free = _free(asked)
    if found or free == asked or not asked.q:
        return found
    beyond = _tries(free, results.suggestion)
    return _that_find(
        search, links, ((gettext("%(way)s, without any filter", way=label), changed) for label, changed in beyond)
    )


def _that_find(search: SearchSide, links: Links, tries: Iterable[tuple[str, SearchRequest]]) -> list[Way]:
    found: list[Way] = []
    seen: set[tuple[str, bool, bool, tuple[str, ...]]] = set()
    for label, asked in islice(tries, MOST_TRIES):
        key = (asked.q, asked.any, asked == _free(asked), asked.off)
        if key in seen:
            continue
        seen.add(key)
        try:
            total = counted(search, asked)
        except UsageError:
            continue
        if total:
            found.append(Way(label, links.to(asked), total))
    return found


def _free(asked: SearchRequest) -> SearchRequest:
    """The search without any filter."""
    return replace(asked, include={}, exclude={}, start=None, end=None)


def _tries(asked: SearchRequest, suggestion: str | None) -> Iterator[tuple[str, SearchRequest]]:
    pieces = _PIECE.findall(asked.q)
    plain = [piece for piece in pieces if _PLAIN.fullmatch(piece) and piece not in ("AND", "OR", "NOT")]
    if suggestion:
        yield gettext("words spelled like these: %(query)s", query=suggestion), replace(asked, q=suggestion)
    if asked.off:
        yield gettext("with all forms of the words"), replace(asked, off=())
    if plain:
        likely = " ".join(piece + "~" if piece in plain else piece for piece in pieces)
        yield gettext("words spelled like these: %(query)s", query=likely), replace(asked, q=likely)
    if '"' in asked.q or "=" in asked.q:
        loose = " ".join(re.sub(r'["=]|~\d+', "", asked.q).split())
        yield gettext("without the quotation marks: %(query)s", query=loose), replace(asked, q=loose)
    if not asked.any and len(plain) > 1:
        yield gettext("any of the words"), replace(asked, any=True)
    if len(asked.include) + len(asked.exclude) + bool(asked.start or asked.end) > 1:
        yield gettext("without any filter"), _free(asked)
    if 1 < len(pieces) <= 5:
        for at, piece in enumerate(pieces):
            rest = " ".join(pieces[:at] + pieces[at + 1 :])
            yield gettext("without “%(word)s”", word=piece), replace(asked, q=rest)


def held_between(search: SearchSide, results: SearchResults, locale: str) -> tuple[str, str] | None:
    """First and last year of what the archive holds, when the days asked for lie where it holds nothing."""
    asked = results.request
    if not (asked.start or asked.end) or counted(search, SearchRequest(start=asked.start, end=asked.end)):
        return None
    years = [value.value for value in search.search(SearchRequest(limit=0, facet_limit=1)).dates]
    return (spoken(min(years), locale), spoken(max(years), locale)) if years else None

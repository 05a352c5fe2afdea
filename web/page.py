"""The result page as the templates show it: what was found, what was chosen, and the ways on from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from indexer.request import MAX_OFFSET, SearchRequest
from indexer.results import SearchResults
from web.contract import SearchSide
from web.facets import date_label, facet_title, label_of
from web.i18n import gettext, ngettext, rich
from web.links import Links, between, dropped, without_place

COUNTED_CHIPS = 8
"""Chips beyond this many do not say what removing them would bring: each costs a search."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen: `href` is the search without it, `total` the hits there (None: not counted)."""

    facet: str
    label: str
    excluded: bool
    href: str
    total: int | None
    gain: int | None


@dataclass(frozen=True, slots=True)
class Pager:
    """`numbers` holds (page, address); None stands for pages left out."""

    first: int
    last: int
    page: int
    pages: int
    previous: str | None
    following: str | None
    numbers: tuple[tuple[int, str] | None, ...]


def number(value: float, locale: str) -> str:
    """A number as the locale writes it."""
    sign = _between_groups(locale) if isinstance(value, int) else None
    return format_decimal(value, locale=locale) if sign is None else f"{value:,}".replace(",", sign)


@lru_cache(maxsize=64)
def _between_groups(locale: str) -> str | None:
    """What the locale writes between groups of three digits; None where it writes whole numbers in another way."""
    small, large = (format_decimal(value, locale=locale) for value in (-1234, 56_789_012))
    found = re.fullmatch(r"-1(\D)234", small)
    return found[1] if found and large == "56,789,012".replace(",", found[1]) else None


def counted(search: SearchSide, asked: SearchRequest) -> int:
    """How many articles a search finds."""
    total = getattr(search, "total", None)  # cheaper, where it is offered: no facets, no hits
    bare = replace(without_place(asked), limit=0, facet_limit=1, facet_words={}, kwic=False)
    return int(total(bare)) if callable(total) else search.search(bare).total


def labels(results: SearchResults, ui: str) -> dict[tuple[str, str], str]:
    """(facet, value) → label, of every value that the answer names."""
    told = {("story", hit.story.id): hit.title for hit in reversed(results.hits) if hit.story}
    named = {(name, one.value): label_of(name, one, ui) for name, values in results.facets.items() for one in values}
    return {**told, **named}


def choices(asked: SearchRequest, named: Mapping[tuple[str, str], str], locale: str) -> list[dict[str, Any]]:
    """What narrows a search, one by one, with the search that lacks it."""
    found: list[dict[str, Any]] = []
    if asked.start or asked.end:
        found.append(
            {
                "facet": facet_title("date"),
                "label": date_label(asked.start, asked.end, locale),
                "excluded": False,
                "without": between(asked, None, None),
            }
        )
    for chosen, excluded in ((asked.include, False), (asked.exclude, True)):
        for name, values in chosen.items():
            for value in values:
                found.append(
                    {
                        "facet": facet_title(name),
                        "label": named.get((name, value), value),
                        "excluded": excluded,
                        "without": dropped(asked, name, value),
                    }
                )
    return found


def chips(search: SearchSide, results: SearchResults, links: Links, ui: str, locale: str) -> list[Chip]:
    """A chip for each choice, saying how many articles the search finds without it."""
    made = []
    for at, choice in enumerate(choices(links.asked, labels(results, ui), locale)):
        without = choice.pop("without")
        total = counted(search, without) if at < COUNTED_CHIPS else None
        gain = None if total is None else total - results.total
        made.append(Chip(href=links.to(without), total=total, gain=gain, **choice))
    return made


def pager(results: SearchResults, links: Links) -> Pager | None:
    """Where the shown hits lie among all; None when there are none."""
    asked = results.request
    return leaves(results.total, asked.offset, asked.limit, len(results.hits), links) if results.hits else None


def leaves(total: int, offset: int, size: int, shown: int, links: Links) -> Pager:
    """Where the `shown` things from `offset` on lie among all, `size` to a page."""
    page = offset // size + 1
    pages = min(-(-total // size), MAX_OFFSET // size + 1)

    def to(wanted: int) -> str:
        return links.to(replace(links.asked, offset=(wanted - 1) * size))

    wanted = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    numbers: list[tuple[int, str] | None] = []
    for before, at in zip([0, *wanted], wanted, strict=False):
        if at - before > 1:
            numbers.append(None)
        numbers.append((at, to(at)))
    return Pager(
        first=offset + 1,
        last=offset + shown,
        page=page,
        pages=pages,
        previous=to(page - 1) if page > 1 else None,
        following=to(page + 1) if page < pages else None,
        numbers=tuple(numbers),
    )


def sentence(results: SearchResults, locale: str) -> Markup:
    """What was found and for what, the count in bold."""
    asked = results.request
    count = ngettext("%(number)s article", "%(number)s articles", results.total, number=number(results.total, locale))
    told = {"count": Markup("<strong>{}</strong>").format(count), "held": number(results.held, locale)}
    if not asked.q and not asked.include and not asked.exclude and not (asked.start or asked.end):
        return rich("%(count)s in this archive", **told)
    if not asked.q:
        return rich("%(count)s of %(held)s with these filters", **told)
    query = Markup("<bdi>{}</bdi>").format(asked.q)
    # one with quotation marks of its own needs no others
    told["query"] = query if '"' in asked.q else Markup("<q>{}</q>").format(query)
    if len(asked.q.split()) == 1 or '"' in asked.q:
        return rich("%(count)s of %(held)s for %(query)s", **told)
    if asked.any:
        return rich("%(count)s of %(held)s with any of the words %(query)s", **told)
    return rich("%(count)s of %(held)s with all of the words %(query)s", **told)


def stories(results: SearchResults, locale: str) -> str:
    """How many stories the hits tell; empty where each tells its own, or nobody counted."""
    told = results.stories
    if told is None or told >= results.total:
        return ""
    return ngettext("%(number)s story", "%(number)s stories", told, number=number(told, locale))


def order_name(sort: str) -> str:
    return {
        "relevance": gettext("by relevance"),
        "recent": gettext("by relevance and recency"),
        "newest": gettext("newest first"),
        "oldest": gettext("oldest first"),
    }.get(sort, sort)

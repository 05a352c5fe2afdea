"""What is asked of an archive: `SearchRequest`, and how it is written as parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from corpus.errors import UsageError

Sort = Literal["relevance", "newest", "oldest", "recent"]
"""`recent` is relevance blended with recency: what an article scores, less what its age takes (`scoring.recency`)."""

Interval = Literal["auto", "day", "month", "year"]
FILTERS = ("category", "section", "entity", "language", "source", "author")
"""The facets that are counted, and that a request can filter by, each a parameter of the same name."""

CHOSEN = (*FILTERS, "story")
"""All that a request can filter by; a story is chosen from a hit and not from a list."""

MAX_OFFSET = 100_000


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search as a person or program puts it; the field names are the parameters of the API.

    Attributes:
        q: the query in the query language; empty finds everything that passes the filters.
        any: any of the plain words may match, instead of all.
        start, end: first and last day (`from`, `to`), each cut to any precision (`2024`, `2024-06`, `2024-06-24`).
        include, exclude: facet name → values; several values of one facet widen, facets narrow each other.
        limit, offset, cursor: which hits; a cursor of an earlier answer goes before offset.
        interval: of the timeline; auto takes the finest that gives at most about a hundred bars.
        facet_limit: values per facet, 0 for all.
        facet_words: facet name → only values whose label holds this text (search inside a facet).
        off: keys of query forms that are switched off (see `explain`).
        ui: language of labels (of categories and entities).
        kwic: give keyword-in-context lines with each hit.
    """

    q: str = ""
    any: bool = False
    start: str | None = None
    end: str | None = None
    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0
    cursor: str | None = None
    interval: Interval = "auto"
    facet_limit: int = 10
    facet_words: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    ui: str = "en"
    kwic: bool = False

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]], **fixed: Any) -> SearchRequest:
        """The request of a query string or a JSON object whose values are lists of texts.

        Raises:
            UsageError: a value is not of its kind; the message names the parameter and what it takes.
        """
        return cls(**{**_read(params), **fixed})

    def params(self) -> list[tuple[str, str]]:
        """The request as (parameter, value) pairs, defaults left out; `from_params` reads them back."""
        default = _DEFAULT
        pairs: list[tuple[str, str]] = []
        if self.q:
            pairs.append(("q", self.q))
        if self.any:
            pairs.append(("any", "1"))
        pairs += [(name, value) for name, value in (("from", self.start), ("to", self.end)) if value]
        for sign, chosen in (("", self.include), ("-", self.exclude)):
            pairs += [(sign + name, value) for name in CHOSEN for value in chosen.get(name, ())]
        for name in ("sort", "limit", "offset", "interval", "facet_limit"):
            if getattr(self, name) != getattr(default, name):
                pairs.append((name, str(getattr(self, name))))
        if self.cursor:
            pairs.append(("cursor", self.cursor))
        pairs += [(f"facet_words.{name}", words) for name, words in self.facet_words.items() if words]
        pairs += [("off", key) for key in self.off]
        if self.kwic != default.kwic:
            pairs.append(("kwic", "1"))
        return pairs


_DEFAULT = SearchRequest()


def _read(params: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    def last(name: str) -> str | None:
        values = [value for value in params.get(name, ()) if value != ""]
        return values[-1] if values else None

    read: dict[str, Any] = {"q": last("q") or "", "start": last("from"), "end": last("to"), "cursor": last("cursor")}
    read["any"] = _truth("any", last("any"))
    read["kwic"] = _truth("kwic", last("kwic"))
    read["sort"] = _one_of("sort", last("sort") or "relevance", get_args(Sort))
    read["interval"] = _one_of("interval", last("interval") or "auto", get_args(Interval))
    read["limit"] = _number("limit", last("limit"), 10, None)
    read["offset"] = _number("offset", last("offset"), 0, MAX_OFFSET)
    read["facet_limit"] = _number("facet_limit", last("facet_limit"), 10, None)
    for sign, name in (("", "include"), ("-", "exclude")):
        chosen = {facet: tuple(dict.fromkeys(v for v in params.get(sign + facet, ()) if v)) for facet in CHOSEN}
        read[name] = {facet: values for facet, values in chosen.items() if values}
    words = {facet: last(f"facet_words.{facet}") for facet in FILTERS}
    read["facet_words"] = {facet: text for facet, text in words.items() if text}
    read["off"] = tuple(params.get("off", ()))
    return read


def _truth(name: str, value: str | None) -> bool:
    if value is None or value.casefold() in ("0", "false", "no", "off"):
        return False
    if value.casefold() in ("1", "true", "yes", "on"):
        return True
    raise UsageError(f"{name}={value}: takes 1 or 0")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise UsageError(f"{name}={value}: takes {', '.join(allowed)}")
    return value


def _number(name: str, value: str | None, default: int, most: int | None) -> int:
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        number = -1
    if number < 0 or (most is not None and number > most):
        raise UsageError(f"{name}={value}: takes a whole number from 0" + (f" to {most}" if most is not None else ""))
    return number

"""Addresses of searches: the one shown, and those that a click away from it lie."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, quote_plus

from flask import g, url_for
from werkzeug.datastructures import MultiDict

from corpus.errors import UsageError
from indexer.dates import first_day, last_day
from indexer.request import SearchRequest
from web import colours
from web.i18n import gettext
from web.refused import Refused, TooMuch

VIEWS = ("list", "compact", "kwic")
MEASURES = ("count", "share")
STACKS = ("", "language", "category")
UNITS = ("articles", "stories")
LINES = ("", "before", "after")
SCHEMES = ("", *colours.SCHEMES)
LARGEST_PAGE = 100
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})\. ?)?(?P<month>\d{1,2})\. ?(?P<year>\d{4})")
_IN_PATHS = "!$&'()*+,/:;=@"
"""Characters that stand for themselves in the path of an address, as Werkzeug writes them."""
MOST_CHOSEN = 100
"""Values of filters in one address: every link of the page repeats them."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page of results is shown: parameters that change nothing about what is found.

    Attributes:
        view: list, compact or kwic.
        bars: what the timeline measures: the number found, or its share of what is held.
        unit: what it counts: articles, or stories, each once an interval.
        stack: the facet by which the timeline's bars are parted, or nothing.
        lines: whether lines in context stand with their article, or in one list by the words before or after.
        scheme: light or dark, or what the reader's window is.
        compare: further queries, drawn as lines over the timeline.
    """

    view: str = "list"
    bars: str = "count"
    stack: str = ""
    unit: str = "articles"
    lines: str = ""
    scheme: str = ""
    compare: tuple[str, ...] = ()

    def params(self) -> list[tuple[str, str]]:
        default = Look()
        names = ("view", "bars", "stack", "unit", "lines", "scheme")
        pairs = [(name, getattr(self, name)) for name in names if getattr(self, name) != getattr(default, name)]
        return pairs + [("compare", query) for query in self.compare]


def read_look(args: MultiDict[str, str]) -> Look:
    """The look of a query string.

    Raises:
        Refused: a value is not one of those it takes.
    """
    values = {}
    known = (
        ("view", VIEWS), ("bars", MEASURES), ("stack", STACKS), ("unit", UNITS), ("lines", LINES), ("scheme", SCHEMES),
    )  # fmt: skip
    for name, allowed in known:
        value = args.get(name, "") or allowed[0]
        if value not in allowed:
            raise Refused(
                gettext("%(name)s takes %(values)s.", name=name, values=", ".join(filter(None, allowed)))
            )
        values[name] = value
    return Look(**values, compare=tuple(dict.fromkeys(filter(None, args.getlist("compare"))))[:4])


def read_request(args: MultiDict[str, str], ui: str, page_size: int) -> SearchRequest:
    """The request of a query string, with the settings' page size where it names none.

    Raises:
        Refused: a value is not of its kind.
    """
    try:
        asked = SearchRequest.from_params(args.to_dict(flat=False), ui=ui)
    except UsageError as error:
        part, _, _ = str(error).partition(":")
        raise Refused(gettext("“%(part)s” in this address cannot be used.", part=part)) from error
    if sum(len(values) for chosen in (asked.include, asked.exclude) for values in chosen.values()) > MOST_CHOSEN:
        raise TooMuch(gettext("A search takes at most %(number)s values of filters.", number=MOST_CHOSEN))
    start, end = _date(asked.start, first_day), _date(asked.end, last_day)
    asked = replace(asked, start=start, end=end, off=asked.off[:MOST_CHOSEN])
    if asked.start and asked.end and first_day(asked.start, "from") > last_day(asked.end, "to"):
        raise Refused(gettext("%(start)s lies after %(end)s.", start=asked.start, end=asked.end))
    if not args.get("limit"):
        return replace(asked, limit=page_size)
    return replace(asked, limit=min(max(asked.limit, 1), LARGEST_PAGE))


def _date(text: str | None, read: Callable[[str, str], int]) -> str | None:
    """A date as it stands in links, months and days with two digits.

    Raises:
        Refused: it is none.
    """
    if text is None:
        return None
    text = _written(text.strip())
    try:
        read(text, "date")
    except UsageError as error:
        told = gettext("“%(text)s” is no date; write 2024, 2024-06 or 2024-06-24.", text=text[:40])
        raise Refused(told) from error
    year, *rest = text.split("-")
    return "-".join([year, *(part.zfill(2) for part in rest)])


def _written(text: str) -> str:
    """A date typed in digits alone, as keyboards of telephones have them (`20240624`), or `24.6.2024`, with hyphens."""
    if text.isdecimal() and len(text) in (6, 8):
        return "-".join(filter(None, (text[:4], text[4:6], text[6:])))
    found = _DAY_FIRST.fullmatch(text)
    return "-".join(filter(None, (found["year"], found["month"], found["day"]))) if found else text


def without_place(asked: SearchRequest) -> SearchRequest:
    """The same search from its first hit."""
    return replace(asked, offset=0, cursor=None)


def _changed(chosen: Mapping[str, tuple[str, ...]], name: str, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    changed = {facet: kept for facet, kept in chosen.items() if facet != name}
    return {**changed, name: values} if values else changed


def dropped(asked: SearchRequest, name: str, value: str) -> SearchRequest:
    """Without this value, chosen or excluded."""
    include = tuple(v for v in asked.include.get(name, ()) if v != value)
    exclude = tuple(v for v in asked.exclude.get(name, ()) if v != value)
    return replace(
        without_place(asked),
        include=_changed(asked.include, name, include),
        exclude=_changed(asked.exclude, name, exclude),
    )


def shut_out(asked: SearchRequest, name: str, value: str) -> SearchRequest:
    """Nothing that carries this value."""
    bare = dropped(asked, name, value)
    return replace(bare, exclude=_changed(bare.exclude, name, (*bare.exclude.get(name, ()), value)))


def between(asked: SearchRequest, start: str | None, end: str | None) -> SearchRequest:
    """Published from start to end."""
    return replace(without_place(asked), start=start, end=end)


def addressed(endpoint: str, name: str, value: str, *, external: bool = False) -> str:
    """As `url_for(endpoint, name=value)` for an endpoint whose path ends in a path of any kind, worked out once a page
    for all values."""
    known: dict[tuple[str, bool], tuple[str, str]] = g.setdefault("places", {})
    if (endpoint, external) not in known:
        path, mark, query = url_for(endpoint, **{name: "-"}, _external=external).partition("?")
        known[endpoint, external] = path[:-1], mark + query
    before, after = known[endpoint, external]
    return before + quote(value, safe=_IN_PATHS) + after


class Links:
    """Makes addresses of one endpoint for searches near `asked`."""

    def __init__(self, asked: SearchRequest, look: Look, page_size: int, endpoint: str = "search.results") -> None:
        self.asked = without_place(asked)
        self.look = look
        self.page_size = page_size
        path, _, query = url_for(endpoint).partition("?")
        self.path = path
        self.fixed = query
        self._onlies: dict[str, str] = {}

    def query(self, asked: SearchRequest, look: Look | None = None) -> str:
        """The query string of a search, parameters at their default left out."""
        pairs = [pair for pair in asked.params() if pair[0] not in ("limit", "kwic")]  # kwic is what the view says
        if asked.limit != self.page_size:
            pairs.append(("limit", str(asked.limit)))
        pairs += (look or self.look).params()
        given = "&".join(f"{name}={quoted(value)}" for name, value in pairs)
        return "&".join(filter(None, (given, self.fixed)))

    def everything(self) -> str:
        """The query string by which all hits are taken away, however many of them a page shows."""
        return self.query(replace(self.asked, limit=self.page_size), Look())

    def to(self, asked: SearchRequest, look: Look | None = None) -> str:
        query = self.query(asked, look)
        return f"{self.path}?{query}" if query else self.path

    def look_at(self, **changes: str | tuple[str, ...]) -> str:
        """The same search shown otherwise."""
        return self.to(self.asked, replace(self.look, **changes))  # type: ignore[arg-type]

    def onlies(self, name: str) -> str:
        """What the address of each `only` of a facet begins with; the quoted value makes it whole."""
        if name not in self._onlies:
            rest = replace(
                self.asked,
                include=_changed(self.asked.include, name, ()),
                exclude=_changed(self.asked.exclude, name, ()),
            )
            self._onlies[name] = f"{self.path}?{self.query(rest)}&{name}=".replace("?&", "?")
        return self._onlies[name]

    def exclusions(self, name: str) -> str:
        """What the address of each exclusion begins with."""
        return f"{self.path}?{self.query(self.asked)}&-{name}=".replace("?&", "?")

    def ranges(self) -> str:
        """What the address of each range of days begins with; `from=…&to=…` makes it whole."""
        # the narrower the range, the finer its interval: one that was chosen is not kept
        anywhen = replace(between(self.asked, None, None), interval="auto")
        return f"{self.path}?{self.query(anywhen)}&".replace("?&", "?")

    def at_interval(self, interval: str) -> str:
        """The same search with its timeline by year, month or day."""
        return self.to(replace(self.asked, interval=interval))  # type: ignore[arg-type]


@lru_cache(maxsize=8192)
def quoted(value: str) -> str:
    """A value as it stands in a query string."""
    return quote_plus(value)

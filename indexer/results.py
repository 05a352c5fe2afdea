"""What is asked of an archive and what it answers: `SearchRequest` and `SearchResults`, and their JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from corpus.errors import UsageError

Sort = Literal["relevance", "newest", "oldest"]
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
        default = SearchRequest()
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


@dataclass(frozen=True, slots=True)
class Snippet:
    """A window of a text: `spans` are (start, end) offsets in `text` of what matched."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    field: str = "body"
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity as a hit or an article names it."""

    id: str
    label: str
    type: str
    count: int = 1

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label, "type": self.type}


@dataclass(frozen=True, slots=True)
class CategoryRef:
    """A Media Topic with its label in the reader's language; `origin` says who gave it (declared, rule, model …)."""

    code: str
    label: str
    origin: str = "declared"

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "label": self.label}


@dataclass(frozen=True, slots=True)
class StoryRef:
    """The story that an article tells together with others: how many versions of it, in how many languages."""

    id: str
    versions: int
    languages: int

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "versions": self.versions, "languages": self.languages}


def _lists(spans: tuple[tuple[int, int], ...]) -> list[list[int]]:
    return [list(span) for span in spans]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of the answer. `title_spans` are what matched in the title; `kwic` lines are asked for."""

    id: str
    title: str
    title_spans: tuple[tuple[int, int], ...]
    snippet: Snippet
    published: str | None
    precision: str | None
    category: CategoryRef | None
    section: str | None
    language: str
    direction: str
    source: str | None
    url: str | None
    score: float
    entities: tuple[EntityRef, ...] = ()
    authors: tuple[str, ...] = ()
    kwic: tuple[tuple[str, str, str], ...] = ()
    story: StoryRef | None = None

    def as_json(self) -> dict[str, Any]:
        given: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "snippet": self.snippet.text,
            "published": self.published,
            "category": self.category.as_json() if self.category else None,
            "section": self.section,
            "language": self.language,
            "source": self.source,
            "url": self.url,
            "score": round(self.score, 6),
            "entities": [entity.as_json() for entity in self.entities],
            "story": self.story.as_json() if self.story else None,
            "highlights": {"title": _lists(self.title_spans), "snippet": _lists(self.snippet.spans)},
        }
        if self.kwic:
            given["kwic"] = [list(line) for line in self.kwic]
        return given


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its label for people, how many articles choosing it would bring, and its state.

    `parent` is the topic above (category facet); `type` the kind of entity (entity facet).
    """

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False
    type: str | None = None
    parent: str | None = None

    def as_json(self) -> dict[str, Any]:
        given: dict[str, Any] = {
            "value": self.value, "label": self.label, "count": self.count, "selected": self.selected
        }
        if self.type is not None:
            given["type"] = self.type
        if self.parent is not None:
            given["parent"] = self.parent
        return given


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval: `start` cut to it (`2024-06`), articles that match, and how many the archive holds in all."""

    start: str
    count: int
    held: int

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "count": self.count, "held": self.held}


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts per interval over the whole span, empty ones included; a bar with held = 0 is a gap of the archive."""

    interval: str
    bars: tuple[Bar, ...]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class DateValue:
    """A year, month or day of the date facet (`2024`, `2024-06`, `2024-06-24`), with those below it when it is open."""

    value: str
    count: int
    selected: bool = False
    children: tuple[DateValue, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a request.

    Attributes:
        dates: the date facet, counted without the range of days.
        query: how the query was understood: `text`, `any`, `words`, forms per language, notes (see `explain`).
        notes: what the reader must know (a query mended, a limit met), texts for people in English with a code:
            (code, text).
        cursor: goes on behind the last hit.
        held: number of articles in the archive.
        suggestion: the query with words that nobody wrote replaced by their nearest spellings, where nothing was found.
        stories: number of different stories that the hits tell, an article that tells its own counted as one; None
            where the archive has too many to count them for every request.
    """

    request: SearchRequest
    total: int
    took_ms: float
    generation: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    timeline: Timeline
    dates: tuple[DateValue, ...]
    query: Mapping[str, Any]
    notes: tuple[tuple[str, str], ...] = ()
    cursor: str | None = None
    held: int = 0
    stories: int | None = None
    suggestion: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The object of the command line's contract."""
        return {
            "total": self.total,
            "took_ms": round(self.took_ms, 3),
            "generation": self.generation,
            "hits": [hit.as_json() for hit in self.hits],
            "facets": {
                name: [value.as_json() for value in values] for name, values in self.facets.items()
            },
            "timeline": [bar.as_json() for bar in self.timeline.bars],
            "interval": self.timeline.interval,
            "undated": self.timeline.undated,
            "query": dict(self.query),
            "notes": [{"code": code, "text": text} for code, text in self.notes],
            "cursor": self.cursor,
            "stories": self.stories,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class EntityMentions:
    """An entity in one article; each mention has `text`, `start`, `end` and `field` (title, body or dateline)."""

    id: str
    label: str
    type: str
    mentions: tuple[Mapping[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "label": self.label,
            "type": self.type,
            "count": len(self.mentions),
            "mentions": [dict(mention) for mention in self.mentions],
        }


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article of the archive, with what is known of it.

    Attributes:
        article: the JSON object of the article (keys of the contract, `category` as {"code", "label"}).
        matches: field → spans that a query matched.
        stripped: lines that were left out of the body: {"line", "text", "why"}.
        provenances: one object for each file that the article was read from.
    """

    article: Mapping[str, Any]
    category: CategoryRef | None
    entities: tuple[EntityMentions, ...]
    direction: str
    generation: int
    matches: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    stripped: tuple[Mapping[str, Any], ...] = ()
    provenances: tuple[Mapping[str, Any], ...] = ()
    enriched: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The object of `newsdex show`."""
        return {**self.article, "entities": [entity.as_json() for entity in self.entities]}

    def enrichments(self) -> list[dict[str, Any]]:
        """What was added to the article as published: {"what", "value", "origin", "confidence"}."""
        return [dict(row) for row in self.enriched]

"""What an archive answers: `SearchResults` and all that it holds, with their JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.request import SearchRequest


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
        whole: False where the time for a query was over before all was found and counted: asked again, it may be more.
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
    whole: bool = True

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

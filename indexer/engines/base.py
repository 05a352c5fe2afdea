"""What every engine does: store batches of analysed articles, and answer requests made of query nodes.

Fields hold terms: for a language L `title_L` and `body_L` (stems), for all languages `title_folded` and `body_folded`
(written forms, case and accents folded), and `title_layer` and `body_layer` (compound parts and variants).
Facets hold values: any number a document, counted and filtered, never scored. Days are proleptic Gregorian ordinals
(`datetime.date.toordinal`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.terms import TermColumns
from indexer.query.nodes import Every, Node

Sort = Literal["relevance", "newest", "oldest", "recent"]

FACETS = ("category", "section", "entity", "language", "source", "author", "story")
"""The facet columns. `category` holds a topic and all topics above it; the others what their name says."""


@dataclass(frozen=True)
class Batch:
    """n articles, analysed, in the order in which they were read.

    Attributes:
        ids: the articles' ids; unique within a generation.
        fields: field name → terms of the n texts (a text without terms in a field has an empty run).
        days: int32 (n,): day of publication, 0 where it is not known.
        minutes: int16 (n,): minute of the day, -1 where it is not known; orders the articles of one day.
        facets: facet name → for each article its values, each once.
        stored: for each article the JSON bytes that `Searcher.stored` gives back.
    """

    ids: Sequence[str]
    fields: Mapping[str, TermColumns]
    days: NDArray[np.int32]
    minutes: NDArray[np.int16]
    facets: Mapping[str, Sequence[Sequence[str]]]
    stored: Sequence[bytes]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """Articles that carry any of `include` (all articles when it is empty) and none of `exclude`."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recency:
    """How much the age of an article takes from its score when hits are sorted by `recent`.

    Attributes:
        day: ordinal of the day from which ages count; later articles have no age.
        half_life: days after which half of the weight is gone.
        weight: the part of the score, 0 to 1, that fades with age; an undated article has lost it all.
    """

    day: int = 0
    half_life: float = 30.0
    weight: float = 0.5

    def factors(self, days: NDArray[np.int32]) -> NDArray[np.float64]:
        """What the scores of articles of these days (0: undated) are multiplied by."""
        ages = np.maximum(self.day - days.astype(np.int64), 0)
        fading = np.where(days == 0, 0.0, np.exp2(-ages / self.half_life))
        return np.asarray((1 - self.weight) + self.weight * fading)


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """One search.

    Attributes:
        query: what to match and score.
        filters: facet name → filter.
        from_day, to_day: both included, None is open; an undated article passes only when both are None.
        recency: what `recent` means, the score times what age leaves of it.
        until: time (`time.monotonic`) from which an engine may stop to look for more: it gives what it has then, and
            says so in the notes.
        limit, offset: which of the sorted hits to give.
        after: a cursor of an earlier answer: hits that follow it (then `offset` counts from there).
        facets: facet name → how many values (0: all), the most frequent first, ties by value.
        facet_keep: facet name → values to be counted even when they are at zero, beyond the limit or not in
            `facet_match`; they stand in their place in the order.
        facet_match: facet name → only these values are counted and limited (search inside a facet).
        distinct: names of facets whose different values among the hits are to be counted.
        dates: whether to count per day; both `DayCounts` are empty otherwise.
    """

    query: Node = field(default_factory=Every)
    filters: Mapping[str, FacetFilter] = field(default_factory=dict)
    from_day: int | None = None
    to_day: int | None = None
    sort: Sort = "relevance"
    recency: Recency = field(default_factory=Recency)
    until: float | None = None
    limit: int = 10
    offset: int = 0
    after: str | None = None
    facets: Mapping[str, int] = field(default_factory=dict)
    facet_keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facet_match: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    distinct: tuple[str, ...] = ()
    dates: bool = True


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many articles a day: `days` int32 (d,) rising, `counts` int64 (d,), and how many without a date."""

    days: NDArray[np.int32]
    counts: NDArray[np.int64]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class EngineResults:
    """The answer.

    Attributes:
        total: exact number of matching articles.
        docs, scores: the hits asked for, best first (ties by document number); document numbers are valid for this
            searcher alone. Newest and oldest order by day, then minute (a minute not known is less than any other);
            undated last in both. Scores are given whatever the order, for `recent` those that it sorts by.
        facets: facet name → (value, count) pairs. A facet is counted with every filter but its own (so that its
            other values show what choosing them would bring).
            Values at zero are left out, unless they are to be kept.
        days: per day under all filters. `days_open`: likewise, without the range of days.
        distinct: facet name → (values of all hits added up, different ones among them), under all filters.
        cursor: pass as `after` to go on behind the last hit, None when there are no more or none was asked for.
        notes: what the reader of the answer must know (an expansion cut, a fall back to slow matchers …).
    """

    total: int
    docs: NDArray[np.int64]
    scores: NDArray[np.float64]
    facets: Mapping[str, list[tuple[str, int]]]
    days: DayCounts
    days_open: DayCounts
    cursor: str | None = None
    distinct: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Builder(Protocol):
    """Writes one generation of an index into an empty directory, or one that shares the segments of another."""

    def add(self, batch: Batch) -> None:
        """Store the batch; an article whose id is in the index already replaces the older one.

        `add` and `delete` take effect in the order of the calls; within a batch the last article of an id stays.
        """
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Take the articles out; unknown ids are ignored."""
        ...

    def commit(self) -> Mapping[str, Any]:
        """Write everything out, synced to disk; returns counts for the manifest (`articles`, `segments`, …)."""
        ...

    def abort(self) -> None:
        """Drop what was written so far."""
        ...


class Searcher(Protocol):
    """Answers requests on one generation; safe to use from several threads; stays valid while open."""

    @property
    def count(self) -> int:
        """Number of articles."""
        ...

    @property
    def fields(self) -> frozenset[str]:
        """Fields that hold at least one term."""
        ...

    def search(self, request: EngineRequest) -> EngineResults:
        """The answer.

        Raises:
            UsageError: `after` is no cursor of this kind of request.
        """
        ...

    def stored(self, docs: Sequence[int]) -> list[bytes]:
        """The stored JSON of these documents."""
        ...

    def doc(self, article_id: str) -> int | None:
        """The document number of an article."""
        ...

    def terms(self, field: str, prefix: str = "", limit: int = 1000) -> list[tuple[str, int]]:
        """(term, number of articles) of a field in lexical order (of code points), from those with this prefix."""
        ...

    def frequency(self, field: str, text: str) -> int:
        """Number of articles that hold a term."""
        ...

    def count_of(self, node: Node) -> int:
        """Number of articles that match a node (for explain)."""
        ...

    def holding(self, node: Node, docs: Sequence[int]) -> list[bool]:
        """For each of these documents whether it matches a node."""
        ...

    def ids(self) -> list[str]:
        """Ids of all articles."""
        ...

    def close(self) -> None: ...


class Engine(Protocol):
    """A way to keep an index on disk."""

    name: str

    def builder(
        self, directory: Path, *, base: Path | None = None, scoring: Mapping[str, float] | None = None
    ) -> Builder:
        """A builder into `directory`; `base` is a finished index whose articles are taken over.

        `scoring` holds BM25F's parameters: `k1` (1.2 by default), `b` (0.75), and a weight (1) per field kind; the kind
        is the field's name up to the first `_`. With N articles, n of them holding the term in the field, f times in
        this article, whose field has l terms where the average of the articles that have any is a:

            idf = ln(1 + (N − n + ½) / (n + ½))        bm25 = idf · f (k1 + 1) / (f + k1 (1 − b + b · l / a))

        as in Lucene, with exact lengths. Until their segment is rewritten, an engine may count articles
        that were deleted or replaced in N, n and a; hits and counts never hold them.
        """
        ...

    def open(self, directory: Path, *, scoring: Mapping[str, float] | None = None) -> Searcher:
        """A searcher.

        Raises:
            DamagedArchiveError: a file is missing, cut short or altered.
        """
        ...

    def verify(self, directory: Path) -> list[str]:
        """What is wrong with the index, one line for each fault; empty when it is whole."""
        ...

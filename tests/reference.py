"""What every node matches and scores, and what a request answers, written down article by article.

Slow on purpose: each rule stands here as `indexer.query.nodes` and `indexer.engines.base` say it, with no index.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.engines.base import Batch, EngineRequest
from indexer.query import nodes
from indexer.query.nodes import Node


@dataclass
class Kept:
    """One article of a reference archive; `fields` holds for each field its (term, position) pairs."""

    id: str
    fields: dict[str, list[tuple[str, int]]]
    day: int
    minute: int
    facets: dict[str, list[str]]
    stored: bytes

    def places(self, name: str, text: str) -> list[int]:
        return [position for term, position in self.fields.get(name, ()) if term == text]


@dataclass
class Answer:
    """Hits as id → score in the order asked for, and the counts of `EngineResults`; days as dicts with 0 undated."""

    hits: dict[str, float]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)
    days_open: dict[int, int] = field(default_factory=dict)
    distinct: dict[str, tuple[int, int]] = field(default_factory=dict)


class Reference:
    """An archive as a dict of articles."""

    def __init__(self, scoring: Mapping[str, float] | None = None) -> None:
        self.articles: dict[str, Kept] = {}
        self.scoring = scoring or {}

    def add(self, batch: Batch) -> None:
        for i, name in enumerate(batch.ids):
            self.articles.pop(name, None)
            self.articles[name] = Kept(
                name,
                {key: list(texts.text(i)) for key, texts in batch.fields.items()},
                int(batch.days[i]),
                int(batch.minutes[i]),
                {key: list(values[i]) for key, values in batch.facets.items()},
                batch.stored[i],
            )

    def delete(self, ids: Iterable[str]) -> None:
        for name in ids:
            self.articles.pop(name, None)

    def lengths(self, name: str) -> list[int]:
        return [len(article.fields.get(name, ())) for article in self.articles.values()]

    def frequency(self, name: str, text: str) -> int:
        return sum(bool(article.places(name, text)) for article in self.articles.values())

    def terms(self, name: str) -> list[tuple[str, int]]:
        held = {term for article in self.articles.values() for term, _ in article.fields.get(name, ())}
        return [(term, self.frequency(name, term)) for term in sorted(held)]

    # One node on one article

    def score(self, node: Node, article: Kept) -> float | None:
        """What the article scores, None when it does not match."""
        match node:
            case nodes.Term():
                return self._term(node.field, node.text, node.boost, article)
            case nodes.Phrase() | nodes.Near():
                return self._placed(node, article)
            case nodes.And(parts) | nodes.Or(parts) | nodes.Best(parts):
                found = [s for part in parts if (s := self.score(part, article)) is not None]
                if isinstance(node, nodes.And):
                    return sum(found) if len(found) == len(parts) else None
                if not found:
                    return None
                best = max(found)
                return best + node.tie * (sum(found) - best) if isinstance(node, nodes.Best) else sum(found)
            case nodes.Prefix() | nodes.Wildcard() | nodes.Fuzzy():
                return node.boost if self._expands(node, article) else None
            case nodes.TermRange():
                return 1.0 if self._expands(node, article) else None
            case nodes.Facet():
                return node.boost if self._passes(node, article) else None
            case _:
                return 0.0 if self._passes(node, article) else None

    def _term(self, name: str, text: str, boost: float, article: Kept) -> float | None:
        f, n_all, n = len(article.places(name, text)), len(self.articles), self.frequency(name, text)
        if not f:
            return None
        lengths = [length for length in self.lengths(name) if length]
        k1, b = self.scoring.get("k1", 1.2), self.scoring.get("b", 0.75)
        share = len(article.fields[name]) / (sum(lengths) / len(lengths))
        idf = math.log(1 + (n_all - n + 0.5) / (n + 0.5))
        weight = self.scoring.get(name.split("_")[0], 1.0)
        return boost * weight * idf * f * (k1 + 1) / (f + k1 * (1 - b + b * share))

    def _placed(self, node: nodes.Phrase | nodes.Near, article: Kept) -> float | None:
        places = [article.places(node.field, text) for text in node.texts]
        fits = phrase_fits if isinstance(node, nodes.Phrase) else near_fits
        if not places or not any(fits(node, chosen) for chosen in itertools.product(*places)):
            return None
        return sum(self._term(node.field, text, node.boost, article) or 0.0 for text in node.texts)

    def _expands(self, node: Node, article: Kept) -> bool:
        return any(term_fits(node, term) for term, _ in article.fields.get(node.field, ()))

    def _passes(self, node: Node, article: Kept) -> bool:
        match node:
            case nodes.Every():
                return True
            case nodes.Nothing():
                return False
            case nodes.Facet("id", value):
                return article.id == value
            case nodes.Facet(name, value):
                return value in article.facets.get(name, ())
            case nodes.DayRange(start, end):
                return in_range(article.day, start, end)
            case nodes.Not(part):
                return self.score(part, article) is None
            case nodes.Filter(part):
                return self.score(part, article) is not None
        raise AssertionError(node)

    # A request on all articles

    def search(self, request: EngineRequest) -> Answer:
        found = {
            a.id: (a, s * left(request, a.day))
            for a in self.articles.values()
            if (s := self.score(request.query, a)) is not None
        }

        def passing(but: str | None = None, dated: bool = True) -> list[Kept]:
            return [a for a, _ in found.values() if self._filtered(a, request, but, dated)]

        hits = passing()
        hits.sort(key=lambda a: sort_key(request.sort, a, found[a.id][1]))
        days, days_open = (Counter(a.day for a in some) for some in (hits, passing(dated=False)))
        return Answer(
            {a.id: found[a.id][1] for a in hits},
            {name: facet(request, name, passing(but=name)) for name in request.facets},
            dict(days) if request.dates else {},
            dict(days_open) if request.dates else {},
            {name: distinct(name, hits) for name in request.distinct},
        )

    def _filtered(self, article: Kept, request: EngineRequest, but: str | None, dated: bool) -> bool:
        for name, chosen in request.filters.items():
            values = set(values_of(article, name))
            if name != but and ((chosen.include and not values & {*chosen.include}) or values & {*chosen.exclude}):
                return False
        return not dated or in_range(article.day, request.from_day, request.to_day)


def values_of(article: Kept, name: str) -> list[str]:
    return [article.id] if name == "id" else article.facets.get(name, [])


def facet(request: EngineRequest, name: str, hits: list[Kept]) -> list[tuple[str, int]]:
    counts = Counter(value for article in hits for value in values_of(article, name))
    allowed = [v for v in counts if name not in request.facet_match or v in request.facet_match[name]]
    allowed.sort(key=lambda v: (-counts[v], v))
    limit = request.facets[name] or len(allowed)
    shown = {*allowed[:limit], *request.facet_keep.get(name, ())}
    return sorted(((v, counts[v]) for v in shown), key=lambda pair: (-pair[1], pair[0]))


def distinct(name: str, hits: list[Kept]) -> tuple[int, int]:
    values = [value for article in hits for value in values_of(article, name)]
    return len(values), len(set(values))


def left(request: EngineRequest, day: int) -> float:
    """What age leaves of a score."""
    if request.sort != "recent":
        return 1.0
    recency = request.recency
    age = max(recency.day - day, 0)
    return 1 - recency.weight + (recency.weight * 0.5 ** (age / recency.half_life) if day else 0.0)


def sort_key(sort: str, article: Kept, score: float) -> tuple[float, ...]:
    if sort in ("relevance", "recent"):
        return (-score,)
    turn = 1 if sort == "oldest" else -1
    return (article.day == 0, turn * article.day, turn * article.minute)


def in_range(day: int, start: int | None, end: int | None) -> bool:
    if start is None and end is None:
        return True
    return day != 0 and (start is None or day >= start) and (end is None or day <= end)


def phrase_fits(node: nodes.Phrase, chosen: tuple[int, ...]) -> bool:
    gaps = node.gaps or (1,) * (len(chosen) - 1)
    return all(gap <= b - a <= gap + node.slop for gap, (a, b) in zip(gaps, itertools.pairwise(chosen), strict=True))


def near_fits(node: nodes.Near, chosen: tuple[int, ...]) -> bool:
    taken = list(zip(node.texts, chosen, strict=True))
    return len(set(taken)) == len(taken) and max(chosen) - min(chosen) <= node.within


def term_fits(node: Node, term: str) -> bool:
    match node:
        case nodes.Prefix(_, text):
            return term[: len(text)] == text
        case nodes.Wildcard(_, pattern):
            wild = {"*": "(?s:.*)", "?": "(?s:.)"}
            regex = "".join(wild.get(part, re.escape(part)) for part in re.split(r"([*?])", pattern))
            return re.fullmatch(regex, term) is not None
        case nodes.Fuzzy(_, text, distance, prefix):
            return term[: min(prefix, len(text))] == text[:prefix] and levenshtein(text, term) <= distance
        case nodes.TermRange(_, start, end):
            return (start is None or term >= start) and (end is None or term <= end)
    raise AssertionError(node)


@lru_cache(10_000)
def levenshtein(a: str, b: str) -> int:
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return levenshtein(a[1:], b[1:])
    return 1 + min(levenshtein(a[1:], b), levenshtein(a, b[1:]), levenshtein(a[1:], b[1:]))

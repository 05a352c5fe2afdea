"""A small, slow, obvious search side for tests of the page: plain substring search over articles given as objects."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from corpus.errors import UsageError
from indexer.request import FILTERS, SearchRequest
from indexer.results import (
    ArticleView,
    Bar,
    CategoryRef,
    DateValue,
    EntityMentions,
    EntityRef,
    FacetValue,
    Hit,
    SearchResults,
    Snippet,
    Timeline,
)

RTL = {"ar", "he", "fa"}


class FakeSearch:
    """`articles`: objects of the contract plus `entities` (id, label, type) and `category` (code, label)."""

    def __init__(self, articles: Iterable[dict[str, Any]], topics: dict[str, tuple[str, str | None]]) -> None:
        self.articles = list(articles)
        for article in self.articles:  # as an index has them: a month stands at its first day
            given = article.get("published")
            article["day"] = given and (given + "0000-01-01"[len(given) :])[:10]
        self.topics = topics
        self.generation = 1
        self.searched: list[SearchRequest] = []

    # -- what matches

    def _values(self, article: dict[str, Any], name: str) -> list[str]:
        if name == "entity":
            return [entity[0] for entity in article["entities"]]
        if name == "author":
            return list(article.get("authors") or ())
        if name == "category":
            code, found = article.get("category"), []
            while code:
                found.append(code)
                code = self.topics[code][1]
            return found
        value = article.get(name)
        return [value] if value else []

    def _words(self, request: SearchRequest) -> list[str]:
        return [word.strip('"').casefold() for word in request.q.split()]

    def _passes(self, article: dict[str, Any], request: SearchRequest, without: str = "") -> bool:
        text = f"{article['title']}\n{article['body']}".casefold()
        hold = [word in text for word in self._words(request)]
        if hold and not (any(hold) if request.any else all(hold)):
            return False
        for name in FILTERS:
            values = set(self._values(article, name))
            if name != without and request.include.get(name) and not values & set(request.include[name]):
                return False
            if name != without and values & set(request.exclude.get(name, ())):
                return False
        if without == "date" or not (request.start or request.end):
            return True
        day = article["day"]
        if not day:
            return False
        start, end = request.start or "", request.end or "9999"
        return day[: len(start)] >= start and day[: len(end)] <= end

    # -- answers

    def search(self, request: SearchRequest) -> SearchResults:
        self.searched.append(request)
        if request.q.count('"') % 2:
            raise UsageError('q: a quotation mark (") is open; close it or take it out')
        found = [article for article in self.articles if self._passes(article, request)]
        if request.sort != "relevance":
            dated = [a for a in found if a["day"]]
            dated.sort(key=lambda a: a["day"] + a["published"][10:16], reverse=request.sort == "newest")
            found = dated + [a for a in found if not a["day"]]
        start = int(request.cursor or 0) + request.offset
        shown = found[start : start + request.limit]
        more = start + len(shown) < len(found) and request.limit
        return SearchResults(
            request=request,
            total=len(found),
            took_ms=1.25,
            generation=self.generation,
            hits=tuple(self._hit(article, request) for article in shown),
            facets={name: self._facet(request, name) for name in FILTERS},
            timeline=self._timeline(found, request),
            dates=self._dates(request),
            query={"text": request.q},
            cursor=str(start + len(shown)) if more else None,
            held=len(self.articles),
        )

    def facet(
        self, request: SearchRequest, name: str, offset: int, limit: int, order: str
    ) -> tuple[Sequence[FacetValue], int]:
        values = list(self._facet(replace(request, facet_limit=0), name))
        if order == "label":
            values.sort(key=lambda value: value.label.casefold())
        return values[offset : offset + limit], len(values)

    def article(self, article_id: str, ui: str = "en", q: str = "") -> ArticleView | None:
        article = next((a for a in self.articles if a["id"] == article_id), None)
        if article is None:
            return None
        mentions = []
        for entity_id, label, kind in article["entities"]:
            places = self._places(article["body"], [label])
            spans = [{"text": label, "start": s, "end": e, "field": "body"} for s, e in places]
            mentions.append(EntityMentions(entity_id, label, kind, tuple(spans)))
        words = self._words(SearchRequest(q=q))
        provenance = {
            "file": "exports/x.jsonl", "member": None, "line": 3, "reader": "jsonl",
            "fields": {"title": {"rule": "key", "path": "title", "line": 3}, "published": {"rule": "key"}},
        }  # fmt: skip
        shown = {k: v for k, v in article.items() if k not in ("entities", "day")}
        category = self._category(article)
        return ArticleView(
            article={**shown, "category": category.as_json() if category else None, "provenance": provenance},
            category=category,
            entities=tuple(mentions),
            direction="rtl" if article["language"] in RTL else "ltr",
            generation=self.generation,
            matches={field: self._places(article[field], words) for field in ("title", "body")} if words else {},
            stripped=({"line": 1, "text": "Startseite | Abo | Login", "why": "navigation"},),
            provenances=(provenance,),
        )

    def suggest(self, text: str, ui: str) -> list[str]:
        return sorted({a["title"] for a in self.articles if text.casefold() in a["title"].casefold()})[:5]

    def story_timeline(self, request: SearchRequest) -> Timeline | None:
        return None

    # -- parts

    def _places(self, text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
        places, folded = [], text.casefold()
        for word in filter(None, (word.casefold() for word in words)):
            at = folded.find(word)
            while at >= 0:
                places.append((at, at + len(word)))
                at = folded.find(word, at + len(word))
        return tuple(sorted(places))

    def _category(self, article: dict[str, Any]) -> CategoryRef | None:
        code = article.get("category")
        return CategoryRef(code, self.topics[code][0]) if code else None

    def _hit(self, article: dict[str, Any], request: SearchRequest) -> Hit:
        words, body = self._words(request), article["body"]
        places = self._places(body, words)
        start = max(0, places[0][0] - 80) if places else 0
        end = min(len(body), start + 260)
        spans = tuple((s - start, e - start) for s, e in places if s >= start and e <= end)
        lines = tuple((body[max(0, s - 60) : s], body[s:e], body[e : e + 60]) for s, e in places)
        return Hit(
            article["id"], article["title"], self._places(article["title"], words),
            Snippet(body[start:end], spans, "body", start > 0, end < len(body)), article.get("published"), "day",
            self._category(article), article.get("section"), article["language"],
            "rtl" if article["language"] in RTL else "ltr", article.get("source"), article.get("url"), 1.0,
            tuple(EntityRef(*entity) for entity in article["entities"]), tuple(article.get("authors") or ()),
            lines if request.kwic else (),
        )  # fmt: skip

    def _facet(self, request: SearchRequest, name: str) -> tuple[FacetValue, ...]:
        counts: Counter[str] = Counter()
        labels: dict[str, tuple[str, str | None]] = {}
        for article in self.articles:
            for entity_id, label, kind in article["entities"]:
                labels[entity_id] = (label, kind)
            if self._passes(article, request, without=name):
                counts.update(set(self._values(article, name)))
        chosen, excluded = request.include.get(name, ()), request.exclude.get(name, ())
        values = []
        for value in dict.fromkeys([v for v, _ in sorted(counts.items(), key=lambda p: (-p[1], p[0]))]):
            values.append(value)
        values = values[: request.facet_limit or None]
        values += [v for v in (*chosen, *excluded) if v not in values]
        made = []
        for value in values:
            label, kind = value, None
            if name == "entity":
                label, kind = labels.get(value, (value, None))
            if name == "category":
                label = self.topics[value][0]
            parent = self.topics[value][1] if name == "category" else None
            word = request.facet_words.get(name, "").casefold()
            if word in label.casefold() or value in chosen:
                made.append(
                    FacetValue(value, label, counts[value], value in chosen, value in excluded, kind, parent)
                )
        return tuple(made)

    def _timeline(self, found: Sequence[dict[str, Any]], request: SearchRequest) -> Timeline:
        days = sorted(a["day"] for a in self.articles if a["day"])
        days = [d for d in days if (request.start or "") <= d and d[: len(request.end or "9")] <= (request.end or "9")]
        if not days:
            return Timeline("year", ())
        first, last = (datetime.date.fromisoformat(d) for d in (days[0], days[-1]))
        interval = request.interval
        if interval == "auto":
            interval = "day" if (last - first).days < 100 else "month"
        cut = {"day": 10, "month": 7, "year": 4}[interval]
        starts = dict.fromkeys(
            (first + datetime.timedelta(n)).isoformat()[:cut] for n in range((last - first).days + 1)
        )
        counts = Counter(a["day"][:cut] for a in found if a["day"])
        held = Counter(day[:cut] for day in days)
        bars = tuple(Bar(start, counts[start], held[start]) for start in starts)
        return Timeline(interval, bars, sum(not a["day"] for a in found))

    def _dates(self, request: SearchRequest) -> tuple[DateValue, ...]:
        days = Counter(
            a["day"] for a in self.articles if a["day"] and self._passes(a, request, "date")
        )
        opened = request.start if request.start == request.end else None

        def level(cut: int, above: str) -> tuple[DateValue, ...]:
            counts: Counter[str] = Counter()
            for day, count in days.items():
                if day.startswith(above):
                    counts[day[:cut]] += count
            deeper = {4: 7, 7: 10}
            return tuple(
                DateValue(
                    value, count, value == opened,
                    level(deeper[cut], value) if cut in deeper and (opened or "").startswith(value) else (),
                )
                for value, count in sorted(counts.items())
            )  # fmt: skip

        return level(4, "")

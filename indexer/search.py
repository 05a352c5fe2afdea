"""Search an archive: a `SearchRequest` in, `SearchResults` out, on whichever generation is live."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from corpus.errors import UsageError
from corpus.languages import pack_or_fallback
from indexer.archive import Archive
from indexer.dates import date_facet, first_day, last_day, timeline
from indexer.engines.base import EngineRequest, EngineResults, FacetFilter, Recency
from indexer.facets import FacetLabels
from indexer.hits import category_of, enrichments_of, entities_of, hit_of
from indexer.knowing import decode_record, languages_of
from indexer.live import Live
from indexer.opened import MOST_COMPILED, Opened
from indexer.query import CompiledQuery, Highlighter, compile_query
from indexer.query.nodes import And, Every, Facet, Not
from indexer.request import FILTERS, SearchRequest
from indexer.results import ArticleView, FacetValue, Hit, SearchResults, Timeline
from indexer.rules import cursor_of, in_time, lost_words, sort_of, stories_of
from indexer.settings import Settings, load_settings
from indexer.similar import similar_to
from indexer.storyline import storyline
from indexer.suggesting import instead, suggestions


class ArchiveSearch:
    """Answers requests on the live generation of one archive, and moves to a new one when CURRENT names it.

    Safe to use from several threads: a request works on the generation that it began with.
    """

    def __init__(self, archive: Archive, settings: Settings | None = None, *, ahead: bool = False) -> None:
        """`ahead`: a new generation is made ready in the background while the one before answers."""
        self.archive = archive
        self.settings = settings or load_settings(archive.path)
        self._live = Live(archive, self.settings, ahead=ahead)
        self._pinned: Opened | None = None

    def opened(self) -> Opened:
        """The live generation.

        Raises:
            UsageError: nothing is indexed yet. DamagedArchiveError, RebuildNeededError: it cannot be used.
        """
        return self._pinned or self._live.opened()

    def renew(self) -> None:
        """Answer from what is live now, and wait for it to be ready."""
        self._live.renewed()

    def pinned(self) -> ArchiveSearch:
        """The same search, which stays on the generation that is live now: for answers that are fetched in parts."""
        fixed = copy.copy(self)
        fixed._pinned = self.opened()
        return fixed

    @property
    def generation(self) -> int:
        return self.opened().number

    @property
    def edition(self) -> str:
        """The generation and the corrections that it was opened with: what is asked of one edition stays true in it."""
        return self.opened().edition

    @property
    def count(self) -> int:
        """Number of articles in the archive."""
        return self.opened().searcher.count

    def search(self, request: SearchRequest) -> SearchResults:
        """The answer.

        Raises:
            UsageError: a value of the request cannot be understood.
        """
        start = time.perf_counter()
        opened = self.opened()
        compiled = self.compile(request, opened)
        labels = FacetLabels(opened, request.ui)
        until = time.monotonic() + self.settings.limits.seconds
        asked = replace(self._engine_request(request, opened, compiled, labels), until=until)
        found = opened.searcher.search(asked)
        facets = {name: labels.values(name, found.facets.get(name, []), request) for name in FILTERS}
        span = (asked.from_day, asked.to_day)
        hits = self._hits(found, opened, compiled, request)
        notes = [*(("query", note) for note in compiled.notes), *(("engine", note) for note in found.notes)]
        explained = compiled.explain(in_time(until, opened.count_of))
        return SearchResults(
            request=request,
            total=found.total,
            took_ms=(time.perf_counter() - start) * 1000,
            generation=opened.number,
            hits=hits,
            facets=facets,
            timeline=timeline(found.days, opened.held, request.interval, span),
            dates=date_facet(found.days_open, request.start, request.end),
            query={"text": request.q, "any": request.any, **explained},
            notes=tuple(notes),
            cursor=found.cursor and f"{opened.number}.{found.cursor}",
            held=opened.searcher.count,
            stories=stories_of(found) if opened.stories else None,
            suggestion=instead(opened, request.q, lost_words(explained)) if request.q and not found.total else None,
            whole=time.monotonic() < until,
        )

    def total(self, request: SearchRequest) -> int:
        """How many articles a request finds; cheaper than `search`, as nothing is shown of them.

        Raises:
            UsageError: a value of the request cannot be understood.
        """
        opened = self.opened()
        asked = self._engine_request(request, opened, self.compile(request, opened), FacetLabels(opened, request.ui))
        bare = replace(asked, limit=0, offset=0, after=None, facets={}, facet_keep={}, facet_match={}, distinct=())
        return opened.searcher.search(replace(bare, dates=False)).total

    def story_timeline(self, request: SearchRequest) -> Timeline | None:
        """The timeline of a request counted in stories; None where stories are not counted.

        Raises:
            UsageError: a value of the request cannot be understood.
        """
        opened = self.opened()
        if not opened.stories:
            return None
        labels = FacetLabels(opened, request.ui)
        asked = self._engine_request(request, opened, self.compile(request, opened), labels)
        bare = replace(asked, limit=0, offset=0, after=None, facets={}, facet_keep={}, facet_match={}, distinct=())
        found = opened.searcher.search(bare)
        articles = timeline(found.days, opened.held, request.interval, (asked.from_day, asked.to_day))
        return storyline(opened.searcher, bare, articles, stories_of)

    def compile(self, request: SearchRequest, opened: Opened) -> CompiledQuery:
        """The query of a request, analysed for every language that the archive holds.

        A query that was asked lately is not read again. Picked languages filter and do not change the analysis, so that
        the counts beside them hold after a click.
        """
        key = request.q, request.any, request.off
        known = opened.compiled.get(key)
        if known is None:
            if len(opened.compiled) >= MOST_COMPILED:
                opened.compiled = {}
            known = opened.compiled[key] = self._compiled(request, opened)
        return known

    def _compiled(self, request: SearchRequest, opened: Opened) -> CompiledQuery:
        return compile_query(
            request.q,
            any_word=request.any,
            languages=opened.languages,
            fields=opened.searcher.fields,
            limits=self.settings.limits,
            entity_lookup=opened.entities.lookup,
            resolver=lambda name, typed: opened.resolve(name, (typed,)),
            names=opened.other_names,
            meant=opened.meant,
            disabled=frozenset(request.off),
            count=opened.count_of,
        )

    def _engine_request(
        self, request: SearchRequest, opened: Opened, compiled: CompiledQuery, labels: FacetLabels
    ) -> EngineRequest:
        include = {name: opened.resolve(name, values) for name, values in request.include.items()}
        exclude = {name: opened.resolve(name, values) for name, values in request.exclude.items()}
        from_day = first_day(request.start, "from") if request.start else None
        to_day = last_day(request.end, "to") if request.end else None
        if from_day and to_day and from_day > to_day:
            raise UsageError(f"from={request.start} is after to={request.end}")
        filters = {
            name: FacetFilter(include.get(name, ()), exclude.get(name, ())) for name in {*include, *exclude}
        }
        return EngineRequest(
            query=compiled.node,
            filters=filters,
            from_day=from_day,
            to_day=to_day,
            sort=sort_of(request, compiled.node),
            recency=Recency(opened.latest, self.settings.scoring.half_life, self.settings.scoring.recency),
            limit=request.limit,
            offset=request.offset,
            after=request.cursor and cursor_of(request.cursor, opened.number),
            facets={name: labels.limit(name, request) for name in FILTERS},
            distinct=("story",) if opened.stories else (),
            facet_keep={name: (*include.get(name, ()), *exclude.get(name, ())) for name in filters},
            facet_match=labels.matching(request),
        )

    def _hits(
        self, found: EngineResults, opened: Opened, compiled: CompiledQuery, request: SearchRequest
    ) -> tuple[Hit, ...]:
        docs = found.docs.tolist()
        markers = Highlighter(compiled, opened).each(docs, opened.searcher.holding)
        stored = opened.searcher.stored(docs)
        return tuple(
            hit_of(decode_record(data), score, opened, marker, request)
            for data, score, marker in zip(stored, found.scores.tolist(), markers, strict=True)
        )

    def article(self, article_id: str, ui: str = "en", q: str = "") -> ArticleView | None:
        """One article with its entities; with `q`, where the query matches it. None when it is not held."""
        opened = self.opened()
        doc = opened.searcher.doc(article_id)
        if doc is None:
            return None
        record = decode_record(opened.searcher.stored([doc])[0])
        article = record["article"]
        matches: Mapping[str, tuple[tuple[int, int], ...]] = {}
        if q.strip():
            highlighter = Highlighter(self.compile(SearchRequest(q=q), opened), opened)
            matches = {
                name: tuple(highlighter.spans(article[name], languages_of(record), name)) for name in ("title", "body")
            }
        category = category_of(record, opened, ui)
        first = record["provenances"][0]
        shown = {
            **article,
            "category": category.as_json() if category else None,
            "provenance": {key: value for key, value in first.items() if key not in ("stripped", "notes")},
        }
        return ArticleView(
            article=shown,
            category=category,
            entities=entities_of(record, opened, ui),
            direction=pack_or_fallback(article["language"]).direction,
            generation=opened.number,
            matches=matches,
            stripped=tuple(first.get("stripped", ())),
            provenances=tuple(record["provenances"]),
            enriched=tuple(enrichments_of(record, opened)),
        )

    def similar(self, article_id: str, ui: str = "en", limit: int = 5) -> tuple[Hit, ...]:
        """Articles that share the most telling words of this one; none when it is not held."""
        opened = self.opened()
        doc = opened.searcher.doc(article_id)
        article = decode_record(opened.searcher.stored([doc])[0])["article"] if doc is not None else None
        node = similar_to(article, opened.searcher) if article else None
        if node is None:
            return ()
        found = opened.searcher.search(EngineRequest(query=node, limit=limit, dates=False))
        return self._hits(found, opened, CompiledQuery(node), SearchRequest(ui=ui))

    def versions(self, article_id: str, ui: str = "en") -> tuple[Hit, ...]:
        """The other articles that tell the story of this one, the earliest first."""
        opened = self.opened()
        doc = opened.searcher.doc(article_id)
        story = decode_record(opened.searcher.stored([doc])[0]).get("story") if doc is not None else None
        if not story:
            return ()
        asked = EngineRequest(
            query=And((Facet("story", story), Not(Facet("id", article_id)))), sort="oldest", limit=100, dates=False
        )
        return self._hits(opened.searcher.search(asked), opened, CompiledQuery(Every()), SearchRequest(ui=ui))

    def suggest(self, text: str, ui: str = "en", limit: int = 8) -> list[dict[str, Any]]:
        """What a beginning may become: entities, topics and sources by name, then words of the archive.

        Each is `{"kind", "value", "label", "count"}`; kind is a filter's name or `word`, count None where unknown.
        """
        return suggestions(self.opened(), text, ui, limit)

    def names(self, entity_id: str) -> tuple[tuple[str, str, int], ...]:
        """The names under which an entity was printed: (language, name, articles), the most frequent first."""
        entities = self.opened().entities
        record = entities.records.get(entities.current(entity_id))
        printed = record.forms.items() if record else ()
        rows = [(language, name, count) for language, forms in printed for name, count in forms.items()]
        return tuple(sorted(rows, key=lambda row: (-row[2], row[0], row[1])))

    def facet(
        self, request: SearchRequest, name: str, offset: int = 0, limit: int = 100, order: str = "count"
    ) -> tuple[tuple[FacetValue, ...], int]:
        """A page of all values of one facet (`order`: `count` or `label`), and how many there are."""
        if name not in FILTERS:
            raise UsageError(f"facet={name}: takes {', '.join(FILTERS)}")
        opened = self.opened()
        whole = replace(request, limit=0, offset=0, cursor=None, facet_limit=0)
        labels = FacetLabels(opened, request.ui)
        asked = self._engine_request(whole, opened, self.compile(whole, opened), labels)
        found = opened.searcher.search(replace(asked, facets={name: 0}, distinct=(), dates=False))
        values = labels.values(name, found.facets[name], whole)
        if order == "label":
            values = tuple(sorted(values, key=lambda value: value.label.casefold()))
        return values[offset : offset + limit], len(values)
